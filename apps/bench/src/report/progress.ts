export type Progress = (message: string) => void;

/** Says what is going on, on one line of a terminal's stderr; says nothing elsewhere. */
export function terminalProgress(): { say: Progress; done(): void } {
  const { stderr } = process;
  if (stderr.isTTY !== true) return { say: () => {}, done: () => {} };
  const rewrite = (text: string) => {
    stderr.cursorTo(0);
    stderr.write(text.slice(0, stderr.columns - 1));
    stderr.clearLine(1);
  };
  return { say: rewrite, done: () => rewrite("") };
}
