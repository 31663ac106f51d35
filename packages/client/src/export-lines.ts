import type { Transport } from "./transport.ts";

/** The lines of an export as they come. A connection that is cut off throws: half an export is none. */
export async function* exportLines(transport: Transport, what: unknown): AsyncIterable<string> {
  const body = await transport.stream("export", [what]);
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = "";
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += decoder.decode(value, { stream: !done });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      yield* lines.filter((line) => line !== "");
      if (done) break;
    }
    if (rest !== "") yield rest;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
