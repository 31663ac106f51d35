/** Resolves once the check holds; fails after ten seconds. */
export async function until(check: () => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  while (!check()) {
    if (Date.now() > end) throw new Error(`still not so: ${check.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
