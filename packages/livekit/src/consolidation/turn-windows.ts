import type { Turn } from "@sotto/core";

/** Cuts turns into pieces of at most so many characters, in order; of more than `most` pieces, the newest. */
export function turnWindows(turns: readonly Turn[], { chars, most }: { chars: number; most: number }): Turn[][] {
  const windows: Turn[][] = [];
  let room = 0;
  for (const turn of turns) {
    const text = turn.text.slice(0, chars);
    if (windows.length === 0 || text.length > room) {
      windows.push([]);
      room = chars;
    }
    windows.at(-1)?.push(text === turn.text ? turn : { ...turn, text });
    room -= text.length;
  }
  return windows.slice(-most);
}
