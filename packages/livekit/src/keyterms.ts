import type { Scope, Sotto } from "@sotto/core";
import { withDeadline } from "@sotto/core/adapter";
import { errorText, guardedLog } from "./telemetry/guarded-log.ts";

export interface KeytermOptions {
  /** Indexes whose titles are taken. Default: every index of the project. */
  orgIndexes?: readonly string[] | undefined;
  /** Most terms; speech recognition takes few. Default 50. */
  most?: number | undefined;
  /** The longest to wait, milliseconds. Default 1,000. */
  timeoutMs?: number | undefined;
}

const TERM_CHARS = 50;
const TITLES_AN_INDEX = 200;

/**
 * Names and terms that speech recognition should know: of the user (name, values of the profile), then titles of
 * documents. For an option such as `keyterms` of an STT. Never rejects: "none" is as good an answer as late ones.
 *
 * @example
 * ```ts
 * const stt = new deepgram.STT({ model: "nova-3", keyterms: await keyterms(sotto, { user: "ada" }) });
 * ```
 */
export async function keyterms(sotto: Sotto, { user }: Scope, options: KeytermOptions = {}): Promise<string[]> {
  const { most = 50, timeoutMs = 1_000 } = options;
  try {
    return await withDeadline(async () => [...new Set(await termsOf(sotto, user, options))].slice(0, most), {
      operation: "key terms",
      timeoutMs,
    });
  } catch (error) {
    guardedLog("warn", "speech recognition goes on without key terms", { error: errorText(error) });
    return [];
  }
}

async function termsOf(sotto: Sotto, user: Scope["user"], { orgIndexes }: KeytermOptions): Promise<string[]> {
  const name = typeof user === "string" ? undefined : user.name;
  const { data } = await sotto.profile(user);
  const names =
    orgIndexes ?? (await sotto.listIndexes()).map((index) => index.name).filter((each) => !each.startsWith("."));
  const documents = await Promise.all(names.map((index) => sotto.getDocs(index, { limit: TITLES_AN_INDEX })));
  const titles = documents.flat().map(({ title, metadata }) => title ?? metadata?.title);
  return [name, ...Object.values(data), ...titles].flatMap((term) =>
    typeof term === "string" && term.trim() !== "" && term.length <= TERM_CHARS ? [term.trim()] : [],
  );
}
