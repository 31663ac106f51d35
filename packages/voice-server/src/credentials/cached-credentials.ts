import { AgentNotFoundError, ProjectKeyRefusedError } from "../errors/index.ts";
import type { FetchedCredentials } from "./control-plane.ts";
import type { CredentialsSource } from "./credentials-source.ts";
import type { LiveKitCredentials } from "./livekit-credentials.ts";

/** After a failed refresh the next one waits this long, so that an outage does not slow every caller down. */
const RETRY_AFTER_MS = 10_000;

export interface CachedCredentialsOptions {
  fetchCredentials: () => Promise<FetchedCredentials>;
  /** Age from which they are fetched again, in ms. */
  cacheTtlMs: number;
  /** Without an `expiresAt`, how long after their last fetch old credentials serve while refreshes fail, in ms. */
  maxStaleMs: number;
  now: () => number;
  warn: (message: string) => void;
}

/**
 * Credentials that are fetched again when they are older than `cacheTtlMs`, by one request however many callers wait.
 * While the control plane fails the old ones serve until they expire, and each failure is counted and logged. A
 * refusal (key revoked, agent deleted) is no failure: from then on nothing is minted until it is lifted.
 */
export class CachedCredentials implements CredentialsSource {
  readonly #options: CachedCredentialsOptions;
  #fetched: FetchedCredentials;
  #fetchedAtMs: number;
  #refused = false;
  #retryAtMs = Number.NEGATIVE_INFINITY;
  #lastError: unknown;
  #failedRefreshes = 0;
  #underWay: Promise<LiveKitCredentials> | undefined;

  /** The first fetch; its error is the caller's. */
  static async create(options: CachedCredentialsOptions): Promise<CachedCredentials> {
    return new CachedCredentials(options, await options.fetchCredentials());
  }

  private constructor(options: CachedCredentialsOptions, fetched: FetchedCredentials) {
    this.#options = options;
    this.#fetched = fetched;
    this.#fetchedAtMs = options.now();
  }

  get latest(): LiveKitCredentials {
    return this.#fetched.credentials;
  }

  get failedRefreshes(): number {
    return this.#failedRefreshes;
  }

  async current(): Promise<LiveKitCredentials> {
    const now = this.#options.now();
    const isUsable = !this.#refused && !this.#hasExpired(now);
    if (isUsable && now - this.#fetchedAtMs < this.#options.cacheTtlMs) return this.latest;
    if (now < this.#retryAtMs) {
      if (isUsable) return this.latest;
      throw this.#lastError;
    }
    this.#underWay ??= this.#refresh().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #refresh(): Promise<LiveKitCredentials> {
    try {
      this.#fetched = await this.#options.fetchCredentials();
      this.#fetchedAtMs = this.#options.now();
      this.#refused = false;
      this.#retryAtMs = Number.NEGATIVE_INFINITY;
      return this.latest;
    } catch (error) {
      this.#failedRefreshes += 1;
      this.#lastError = error;
      this.#refused ||= ProjectKeyRefusedError.isInstance(error) || AgentNotFoundError.isInstance(error);
      const now = this.#options.now();
      this.#retryAtMs = now + RETRY_AFTER_MS;
      const serves = !this.#refused && !this.#hasExpired(now);
      this.#options.warn(
        `LiveKit credentials were not refreshed (failure ${this.#failedRefreshes}), ` +
          `${serves ? "the old ones still serve" : "no token can be minted"}: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (!serves) throw error;
      return this.latest;
    }
  }

  #hasExpired(now: number): boolean {
    return (
      now >= (this.#fetched.expiresAtMs ?? this.#fetchedAtMs + this.#options.cacheTtlMs + this.#options.maxStaleMs)
    );
  }
}
