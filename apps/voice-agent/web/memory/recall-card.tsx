import type { FoundReport, RecallReport } from "../../src/call/reports.ts";

const STATUS: Record<RecallReport["status"], string> = {
  ok: "found",
  empty: "nothing found",
  late: "too late, answered without",
  failed: "failed, answered without",
  unknown_user: "no caller, answered without",
};

const LANE: Record<FoundReport["lane"], string> = {
  profile: "profile",
  working: "this call",
  permanent: "earlier calls",
  org: "knowledge base",
};

/** One turn: the question, the time of each lane, and what it found. */
export function RecallCard({ recall }: { recall: RecallReport }) {
  return (
    <article className="recall" data-testid="recall">
      <h3>{recall.query}</h3>
      <p className="muted">
        {STATUS[recall.status]}, the reply waited <strong>{recall.waitedMs.toFixed(1)} ms</strong>
        {recall.prefetched && ", begun while you spoke"}
      </p>
      <ul className="lanes">
        {recall.lanes
          .filter(({ status }) => status !== "skipped")
          .map(({ lane, status, ms, hits }) => (
            <li key={lane} className={status}>
              {LANE[lane]}: {hits} in {ms.toFixed(1)} ms{status === "ok" || status === "empty" ? "" : ` (${status})`}
            </li>
          ))}
      </ul>
      {recall.found.map((entry) => (
        <details key={`${entry.lane} ${entry.source} ${entry.text}`}>
          <summary>
            <span className={`lane ${entry.lane}`}>{LANE[entry.lane]}</span> {entry.source}
            <span className="score">{entry.score.toFixed(2)}</span>
          </summary>
          {entry.at !== undefined && (
            <time dateTime={new Date(entry.at).toISOString()}>{new Date(entry.at).toLocaleString()}</time>
          )}
          <blockquote>{entry.text}</blockquote>
        </details>
      ))}
    </article>
  );
}
