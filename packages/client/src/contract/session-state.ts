/** What a call on a session answers besides its result: the handle's state, as it is now. */
export interface SessionState {
  id: string;
  userId?: string;
  versions: { session: number; profile: number; permanent: number };
  docCount: number;
}
