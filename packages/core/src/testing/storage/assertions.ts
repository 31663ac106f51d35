import { hasCode, type SottoError, type SottoErrorCode } from "../../errors/index.ts";

/** Assertions of the conformance kit: plain code, so that any test runner can run it. */

export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [show(actual), show(expected)];
  if (found !== wanted) throw new Error(`${what}: expected ${wanted}, found ${found}`);
}

export function assertTrue(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Answers the error with `code` that `promise` rejects with. */
export async function assertRejects(
  promise: Promise<unknown>,
  code: SottoErrorCode,
  what: string,
): Promise<SottoError> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    if (hasCode(error, code)) return error;
    throw new Error(`${what}: expected an error with code ${code}, found ${String(error)}`, { cause: error });
  }
  throw new Error(`${what}: expected an error with code ${code}, but it resolved to ${show(value)}`);
}

/** As JSON with sorted keys; bytes by their numbers, or by length and hash (FNV-1a) when there are many. */
function show(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Uint8Array) return showBytes(part);
    if (part === undefined) return "(undefined)";
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function showBytes(bytes: Uint8Array): string {
  if (bytes.length <= 64) return `bytes [${Array.from(bytes).join(",")}]`;
  // Runners that isolate tests make every use of a global slow.
  const { imul } = Math;
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return `${bytes.length} bytes, hash ${hash >>> 0}`;
}
