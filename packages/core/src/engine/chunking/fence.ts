/** A fence of code: its character and length. */
export interface Fence {
  readonly mark: string;
  readonly length: number;
}

const opening = /^ {0,3}(`{3,}|~{3,})(.*)$/;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

/** The fence that this line opens (CommonMark 4.5), if any. */
export function openFence(line: string): Fence | undefined {
  const [, marks, info = ""] = opening.exec(line) ?? [];
  if (marks === undefined || (marks.startsWith("`") && info.includes("`"))) return undefined;
  return { mark: marks.charAt(0), length: marks.length };
}

export function closesFence(line: string, { mark, length }: Fence): boolean {
  const marks = closing.exec(line)?.[1];
  return marks?.startsWith(mark) === true && marks.length >= length;
}
