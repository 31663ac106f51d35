/** "No": made by `refuse`. */
export interface Refusal {
  readonly refused: { readonly status: 401 | 403; readonly message: string };
}

/** What `authorize` returns to turn a caller away. `message` reaches the caller. */
export function refuse(status: 401 | 403, message?: string): Refusal {
  const standard = status === 401 ? "Sign in to get a token." : "You may not join this call.";
  return { refused: { status, message: message ?? standard } };
}

export function isRefusal(value: object): value is Refusal {
  return "refused" in value;
}
