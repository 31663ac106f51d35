import { useTextStream } from "@livekit/components-react";
import { useMemo } from "react";
import { MEMORY_TOPIC, type MemoryReport, type RecallReport, type SavedReport } from "../../src/call/reports.ts";

/** What the worker told of memory in this call, in order. */
export function useMemoryReports(): { recalls: RecallReport[]; saved: SavedReport[] } {
  const { textStreams } = useTextStream(MEMORY_TOPIC);
  return useMemo(() => {
    const reports = textStreams.flatMap(({ text }) => parse(text));
    return {
      recalls: reports.filter((report) => report.type === "recall"),
      saved: reports.filter((report) => report.type === "saved"),
    };
  }, [textStreams]);
}

/** Nothing while a report is still arriving. */
function parse(text: string): MemoryReport[] {
  try {
    return [JSON.parse(text) as MemoryReport];
  } catch {
    return [];
  }
}
