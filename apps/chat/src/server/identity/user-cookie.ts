import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { getSignedCookie, setSignedCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { RequestError } from "../http/request-error.ts";

const COOKIE = "chat-user";
const YEAR_SECONDS = 31_536_000;

/** What routes know of who asks: an id that the server made. Nothing a browser sends can name another user. */
export interface Identified {
  Variables: { userId: string };
}

/**
 * The sample's identity: each browser gets a new, unguessable id in a signed cookie. Your application has a sign-in of its
 * own; take the id from there.
 */
export class UserCookie {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The user of the cookie, else a new one, whose cookie is set. */
  async begin(c: Context): Promise<string> {
    const userId = (await this.#userOf(c)) ?? randomUUID();
    await setSignedCookie(c, COOKIE, userId, this.#secret, {
      httpOnly: true,
      sameSite: "Strict",
      secure: new URL(c.req.url).protocol === "https:",
      path: "/",
      maxAge: YEAR_SECONDS,
    });
    return userId;
  }

  /** Lets only those through who have a cookie that this server signed. */
  readonly required = createMiddleware<Identified>(async (c, next) => {
    const userId = await this.#userOf(c);
    if (userId === undefined) {
      throw new RequestError(401, "server.unauthorized", "There is no valid cookie. Ask /api/me for one first.");
    }
    c.set("userId", userId);
    await next();
  });

  async #userOf(c: Context): Promise<string | undefined> {
    return (await getSignedCookie(c, this.#secret, COOKIE)) || undefined;
  }
}
