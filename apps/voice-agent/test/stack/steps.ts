/** Tests each of which goes on where the one before it ended: after one that failed the rest say so and do nothing. */
export function steps(): (name: string, run: () => Promise<void>, timeoutMs?: number) => void {
  let failed: string | undefined;
  return (name, run, timeoutMs = 60_000) => {
    it(
      name,
      async () => {
        if (failed !== undefined) throw new Error(`Not tried, because "${failed}" failed.`);
        failed = name;
        await run();
        failed = undefined;
      },
      timeoutMs,
    );
  };
}
