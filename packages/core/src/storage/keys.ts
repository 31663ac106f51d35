import { InvalidArgumentError } from "../errors/index.ts";

/** A key taken apart, as `parseKey` answers it. */
export type ParsedKey =
  | { project: string; kind: "index"; index: string }
  | { project: string; kind: "session"; session: string }
  | { project: string; kind: "user"; user: string; log: string };

/** The log of an index: `<project>/index/<name>`. */
export function indexKey(project: string, index: string): string {
  return `${indexKeyPrefix(project)}${encodePart(index, "index")}`;
}

/** The log of a session: `<project>/session/<id>`. */
export function sessionKey(project: string, session: string): string {
  return `${sessionKeyPrefix(project)}${encodePart(session, "session")}`;
}

/** The log of a user's profile: `<project>/user/<id>/profile`. */
export function profileKey(project: string, user: string): string {
  return userKey(project, user, "profile");
}

/** The log of what a user said in earlier sessions: `<project>/user/<id>/permanent`. */
export function permanentKey(project: string, user: string): string {
  return userKey(project, user, "permanent");
}

/** Any log of a user: `<project>/user/<id>/<log>`. */
export function userKey(project: string, user: string, log: string): string {
  return `${userKeyPrefix(project, user)}${encodePart(log, "log")}`;
}

/** What every key of a project begins with. */
export function projectKeyPrefix(project: string): string {
  return `${encodePart(project, "project")}/`;
}

/** What the keys of a project's indexes begin with. */
export function indexKeyPrefix(project: string): string {
  return `${projectKeyPrefix(project)}index/`;
}

/** What the keys of a project's sessions begin with. */
export function sessionKeyPrefix(project: string): string {
  return `${projectKeyPrefix(project)}session/`;
}

/** What the keys of one user's logs begin with. */
export function userKeyPrefix(project: string, user: string): string {
  return `${projectKeyPrefix(project)}user/${encodePart(user, "user")}/`;
}

/** Takes a key apart. Undefined for one that the functions above do not make. */
export function parseKey(key: string): ParsedKey | undefined {
  const encoded = key.split("/");
  const parts = encoded.map(decodePart);
  const [project, kind, name, log] = parts;
  if (project === undefined || name === undefined) return undefined;
  if (kind === "index" && parts.length === 3) return { project, kind, index: name };
  if (kind === "session" && parts.length === 3) return { project, kind, session: name };
  if (kind === "user" && parts.length === 4 && log !== undefined) return { project, kind, user: name, log };
  return undefined;
}

/**
 * One part of a key, percent-encoded: `encodeURIComponent`, and `.` and `~` too, so that no part reads as a relative
 * path or a home folder.
 */
export function encodePart(part: string, argument = "part"): string {
  if (typeof part !== "string" || part === "") {
    throw new InvalidArgumentError(argument, "a part of a storage key must be a string of at least one character");
  }
  if (!isWellFormed(part)) throw new InvalidArgumentError(argument, "it holds half of a surrogate pair");
  return encodeURIComponent(part).replaceAll(".", "%2E").replaceAll("~", "%7E");
}

/** Undefined when `part` is not what `encodePart` answers. */
function decodePart(part: string): string | undefined {
  try {
    const decoded = decodeURIComponent(part);
    return decoded !== "" && encodePart(decoded) === part ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
