import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { InvalidArgumentError } from "@sotto/core";

/** Where a database is, taken from its URL. */
export interface PostgresAddress {
  /** In the order in which they are tried. A host that begins with `/` is the folder of a Unix socket. */
  hosts: readonly { host: string; port: number }[];
  database: string;
  user: string;
  password: string | undefined;
  /** As libpq has it; `verify-full` is the one that cannot be listened to. */
  ssl: "disable" | "prefer" | "require" | { ca?: string; checkServerIdentity?: () => undefined };
  /** Parameters of the session: what the URL had beyond the ones of libpq. */
  session: Readonly<Record<string, string>>;
}

const DEFAULT_PORT = 5432;

/** scheme :// user:password @ hosts / database ? parameters. `URL` knows one host only. */
const FORM = /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/;

/**
 * `postgres://user:password@host1:5432,host2:5432/database?sslmode=verify-full`. With several hosts, the one that takes
 * writes is used (`target_session_attrs=read-write` or `primary`; nothing else makes sense for a store).
 */
export function parseUrl(url: string): PostgresAddress {
  const form = typeof url === "string" ? FORM.exec(url) : null;
  // The URL itself is not said: it holds a password.
  if (form === null) throw invalid("it must read postgres://user:password@host:port/database");
  const [, credentials = "", authority = "", path = "", query = ""] = form;
  const parameters = new Map(new URLSearchParams(query));
  const take = (name: string) => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value;
  };
  const [user, password] = splitOnce(credentials, ":").map(decode);
  const attributes = take("target_session_attrs") ?? "read-write";
  if (attributes !== "read-write" && attributes !== "primary") {
    throw invalid("target_session_attrs must be read-write or primary: a store writes");
  }
  const hosts = hostsOf(authority || (take("host") ?? "localhost"), take("port"));
  const name = user || take("user") || userInfo().username;
  return {
    hosts,
    database: decode(path) || name,
    user: name,
    password: password === undefined ? take("password") : password,
    ssl: sslOf(take("sslmode") ?? take("ssl") ?? "prefer", take("sslrootcert")),
    session: Object.fromEntries(parameters),
  };
}

function hostsOf(authority: string, ports: string | undefined): { host: string; port: number }[] {
  const given = ports?.split(",");
  return authority.split(",").map((text, i) => {
    const [, host, port] = /^(\[[^\]]+\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
    if (host === undefined) throw invalid("each of its hosts must read name or name:port, an IPv6 address in brackets");
    const number = Number(port ?? given?.[i] ?? given?.[0] ?? DEFAULT_PORT);
    if (!Number.isInteger(number) || number < 1 || number > 65_535) throw invalid("a port must be from 1 to 65535");
    return { host: decode(host.replace(/^\[|\]$/g, "")) || "localhost", port: number };
  });
}

function sslOf(mode: string, rootCertificate: string | undefined): PostgresAddress["ssl"] {
  const ca = rootCertificate === undefined || rootCertificate === "system" ? {} : { ca: read(rootCertificate) };
  switch (mode) {
    case "disable":
    case "false":
      return "disable";
    case "allow":
    case "prefer":
      return "prefer";
    case "require":
    case "true":
      return rootCertificate === undefined ? "require" : { ...ca, checkServerIdentity: () => undefined };
    case "verify-ca":
      return { ...ca, checkServerIdentity: () => undefined };
    case "verify-full":
      return ca;
    default:
      throw invalid("sslmode must be one of disable, prefer, require, verify-ca, verify-full");
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw invalid(`sslrootcert cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`);
  }
}

function splitOnce(text: string, separator: string): (string | undefined)[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(text: string): string;
function decode(text: string | undefined): string | undefined;
function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    throw invalid("a % in it is not followed by two hexadecimal digits");
  }
}

function invalid(reason: string): InvalidArgumentError {
  return new InvalidArgumentError("url", reason);
}
