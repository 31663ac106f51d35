/** Something that the caller has to change: shown without a stack, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
