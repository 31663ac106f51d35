import { OptionInvalidError } from "../errors/index.ts";
import { clientAddressOf } from "./client-address.ts";
import { HttpError } from "./http-error.ts";

export interface RateLimit {
  /** Tokens in `windowMs`, at least 1. All of them may be taken at once; they come back evenly. */
  limit: number;
  /** In ms, at least 1. */
  windowMs: number;
}

/** Limits of this process; several processes each keep their own. */
export interface RateLimitOptions {
  /** By the identity that `authorize` returns. Default 30 a minute; `false`: none. */
  perIdentity?: RateLimit | false;
  /** By the caller's address, before `authorize` runs. Default: none, for behind a proxy all callers share one. */
  perIp?: RateLimit;
  /** The caller's address. Default: the socket's, which only `@sotto/voice-server/node` knows. */
  ip?: (request: Request) => string | undefined;
}

/** Most callers remembered; beyond it the one not seen for longest is forgotten. */
const MAX_KEYS = 10_000;

/** A token bucket for each key. */
export class RateLimiter {
  readonly #limit: RateLimit;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(option: string, limit: RateLimit, now: () => number) {
    if (!(limit.limit >= 1)) throw new OptionInvalidError(`${option}.limit`, `must be at least 1, not ${limit.limit}`);
    if (!(limit.windowMs >= 1))
      throw new OptionInvalidError(`${option}.windowMs`, `must be at least 1, not ${limit.windowMs}`);
    this.#limit = limit;
    this.#now = now;
  }

  /** @throws HttpError 429 with Retry-After, in seconds, when nothing is left for `key` */
  take(key: string): void {
    const { limit, windowMs } = this.#limit;
    const atMs = this.#now();
    const last = this.#buckets.get(key) ?? { tokens: limit, atMs };
    const tokens = Math.min(limit, last.tokens + (Math.max(0, atMs - last.atMs) * limit) / windowMs);
    const allowed = tokens >= 1;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, atMs });
    const oldest = this.#buckets.keys().next().value;
    if (this.#buckets.size > MAX_KEYS && oldest !== undefined) this.#buckets.delete(oldest);
    if (allowed) return;
    const seconds = Math.max(1, Math.ceil(((1 - tokens) * windowMs) / limit / 1000));
    throw new HttpError(
      429,
      "server.rate_limited",
      `Too many tokens: the limit is ${limit} in ${windowMs} ms. Try again in ${seconds} s.`,
      {
        details: { limit, windowMs, retryAfterSeconds: seconds },
        headers: { "Retry-After": String(seconds) },
      },
    );
  }
}

const PER_IDENTITY: RateLimit = { limit: 30, windowMs: 60_000 };

/** The limits of one endpoint. */
export function createRateLimits(options: RateLimitOptions | false, now: () => number) {
  const { perIdentity = PER_IDENTITY, perIp, ip } = options === false ? { perIdentity: false as const } : options;
  const byIdentity = perIdentity === false ? undefined : new RateLimiter("rateLimit.perIdentity", perIdentity, now);
  const byIp = perIp === undefined ? undefined : new RateLimiter("rateLimit.perIp", perIp, now);
  return {
    takeForIdentity: (identity: string) => byIdentity?.take(identity),
    takeForAddress: (request: Request) => {
      const address = ip === undefined ? clientAddressOf(request) : ip(request);
      if (address !== undefined) byIp?.take(address);
    },
  };
}
