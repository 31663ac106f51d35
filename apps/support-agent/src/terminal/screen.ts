import pc from "picocolors";

type Stream = Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean };

/** Where the app prints to, with that stream's colours: plain unless it is a terminal. */
export interface Screen {
  write(text: string): void;
  line(text?: string): void;
  colors: ReturnType<typeof pc.createColors>;
}

export function openScreen(stream: Stream, { color }: { color: boolean }): Screen {
  const { NO_COLOR, TERM } = process.env;
  return {
    write: (text) => void stream.write(text),
    line: (text = "") => void stream.write(`${text}\n`),
    colors: pc.createColors(color && stream.isTTY === true && !NO_COLOR && TERM !== "dumb"),
  };
}

/** A text in one line of at most `chars` characters. */
export function snippet(text: string, chars: number): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= chars ? flat : `${flat.slice(0, chars - 1).trimEnd()}…`;
}
