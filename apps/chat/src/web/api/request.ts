/** What the server answered in place of what was asked for; the message is for the user. */
export class RequestFailed extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "RequestFailed";
    this.status = status;
  }
}

/** Asks the API. @throws RequestFailed */
export async function request<T = void>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => {
    throw new RequestFailed(0, "The server cannot be reached.");
  });
  const text = await response.text();
  if (!response.ok) throw new RequestFailed(response.status, messageOf(text));
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The message of an error as the API gives it. */
export function messageOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: string } };
    if (error?.message) return error.message;
  } catch {
    // Not from this API: something between the page and the server.
  }
  return "Something went wrong on the server.";
}
