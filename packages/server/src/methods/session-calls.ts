import type { SessionState } from "@sotto/client/contract";
import type { Session, SessionOptions, Sotto } from "@sotto/core";

/** One call on a session: opened for it, and let go of without ending it. The memory keeps what is in use at hand. */
export async function onSession(
  sotto: Sotto,
  options: SessionOptions,
  call: ((session: Session) => Promise<unknown>) | undefined,
): Promise<{ result: unknown; session: SessionState }> {
  const session = await sotto.session(options);
  try {
    const result = await call?.(session);
    const { id, userId, versions, docCount } = session;
    return { result, session: { id, versions, docCount, ...(userId === undefined ? {} : { userId }) } };
  } finally {
    await session.close({ end: false });
  }
}
