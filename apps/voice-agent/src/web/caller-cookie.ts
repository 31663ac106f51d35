import { randomUUID } from "node:crypto";
import { parseSigned, serializeSigned } from "hono/utils/cookie";

const COOKIE = "caller";
const YEAR_SECONDS = 31_536_000;

/** Someone who has said their name on the page. `id` is what owns their memory. */
export interface Caller {
  id: string;
  name: string;
}

/**
 * Sign-in of the sample: whoever says a name gets a new, unguessable id in a signed cookie, and is known by it in this
 * browser. Your application has a sign-in of its own; take the id from there.
 */
export class CallerCookie {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  async callerOf(request: Request): Promise<Caller | undefined> {
    const cookies = await parseSigned(request.headers.get("cookie") ?? "", this.#secret, COOKIE);
    const value = cookies[COOKIE];
    if (!value) return undefined;
    const [id, ...name] = value.split(":");
    return id ? { id, name: name.join(":") } : undefined;
  }

  /** The `Set-Cookie` of a caller; a new one unless `caller` is known. */
  set(name: string, caller: Caller = { id: randomUUID(), name }, secure = false): Promise<string> {
    return serializeSigned(COOKIE, `${caller.id}:${name}`, this.#secret, {
      httpOnly: true,
      sameSite: "Strict",
      secure,
      path: "/",
      maxAge: YEAR_SECONDS,
    });
  }
}
