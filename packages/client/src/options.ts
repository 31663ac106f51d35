import { InvalidArgumentError } from "@sotto/core";

export interface ConnectOptions {
  /** Of the server, for example `http://127.0.0.1:7888`. Default: `SOTTO_URL`. */
  url?: string;
  /** Key of the project. Default: `SOTTO_PROJECT_KEY`; none for a server on loopback without keys. */
  key?: string;
  /** The project that the server must serve. Default: `SOTTO_PROJECT_ID`; without it, whichever it serves. */
  project?: string;
  /** The most that a call takes, in milliseconds, its retries included; recall has its own. Default 10,000. */
  timeoutMs?: number;
  /** Deadline of a recall that names none, in milliseconds. Default 250. */
  recallTimeoutMs?: number;
  /** How often a call that may be repeated is tried in all. Default 3. */
  tries?: number;
  /** Default: the platform's. */
  fetch?: typeof fetch;
}

export interface Connection {
  /** Without a slash at its end. */
  url: string;
  key: string | undefined;
  project: string | undefined;
  timeoutMs: number;
  recallTimeoutMs: number;
  tries: number;
  fetch: typeof fetch;
}

const KNOWN = ["url", "key", "project", "timeoutMs", "recallTimeoutMs", "tries", "fetch"];

/** Throws `argument.invalid` for an unknown option or a value that cannot be; never with the key in it. */
export function connectionOf(options: ConnectOptions): Connection {
  for (const name of Object.keys(options)) {
    if (!KNOWN.includes(name))
      throw new InvalidArgumentError(name, `connectSotto has no such option; it has ${KNOWN.join(", ")}`);
  }
  const { timeoutMs = 10_000, recallTimeoutMs = 250, tries = 3 } = options;
  const platformFetch = options.fetch ?? globalThis.fetch;
  return {
    url: checkedUrl(options.url ?? environment("SOTTO_URL")),
    key: checkedKey(options.key ?? environment("SOTTO_PROJECT_KEY")),
    project: options.project ?? environment("SOTTO_PROJECT_ID"),
    timeoutMs: above0("timeoutMs", timeoutMs),
    recallTimeoutMs: above0("recallTimeoutMs", recallTimeoutMs),
    tries: Math.max(1, Math.floor(above0("tries", tries))),
    fetch: (input, init) => platformFetch(input, init),
  };
}

function checkedUrl(value: string | undefined): string {
  if (value === undefined) throw new InvalidArgumentError("url", "it is missing; pass it, or set SOTTO_URL");
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.search !== "")
    throw new InvalidArgumentError("url", "it must be http:// or https://, without a user, a password or a query");
  return value.replace(/\/+$/, "");
}

function checkedKey(key: string | undefined): string | undefined {
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key))
    throw new InvalidArgumentError("key", "it must be printable ASCII without spaces");
  return key;
}

function above0(name: string, value: number): number {
  if (typeof value === "number" && value > 0 && value < 2 ** 31) return value;
  throw new InvalidArgumentError(name, `it is ${String(value).slice(0, 40)}; it must be a number above 0`);
}

function environment(name: string): string | undefined {
  const value = (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name];
  return value === "" ? undefined : value;
}
