import type { KeyRole } from "@sotto/client/contract";
import type { Context } from "hono";
import { type KeyRing, mayCall } from "../keys/index.ts";
import { serverErrors } from "./server-errors.ts";

/** Who may call what. */
export class Access {
  readonly #keys: KeyRing;
  readonly #project: string;
  readonly #origins: ReadonlySet<string>;

  constructor(options: { keys: KeyRing; project: string; origins: readonly string[] }) {
    this.#keys = options.keys;
    this.#project = options.project;
    this.#origins = new Set(options.origins);
  }

  allowsOrigin(origin: string): boolean {
    return this.#origins.has(origin);
  }

  /** Throws `server.unauthorized`, `server.forbidden`, `server.foreign_origin` or `server.project_mismatch`. */
  check(c: Context, least: KeyRole): void {
    const origin = c.req.header("origin");
    if (origin !== undefined && !this.#origins.has(origin)) throw serverErrors.foreignOrigin();
    if (this.#keys.isEmpty) {
      // A page whose name was made to point here (DNS rebinding) calls us by that name.
      if (!isLoopbackHost(c.req.header("host"))) throw serverErrors.foreignOrigin();
    } else {
      const role = this.#keys.roleOf(c.req.header("authorization"));
      if (role === undefined) throw serverErrors.unauthorized();
      if (!mayCall(role, least)) throw serverErrors.forbidden(role, least);
    }
    const project = c.req.header("x-project-id");
    if (project !== undefined && project !== this.#project) throw serverErrors.projectMismatch();
  }
}

function isLoopbackHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.startsWith("[") ? host.slice(1, host.indexOf("]")) : (host.split(":")[0] ?? "");
  return isLoopback(name);
}

/** An address or name that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
