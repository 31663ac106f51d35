import { RecallCard } from "./recall-card.tsx";
import { useMemoryReports } from "./use-memory-reports.ts";

/** What memory found for each turn and how long it took, the newest first. */
export function MemoryPanel() {
  const { recalls, saved } = useMemoryReports();
  const slowest = Math.max(0, ...saved.map(({ tookMs }) => tookMs));

  return (
    <section className="card memory" aria-label="Memory">
      <h2>Memory</h2>
      <p className="muted" data-testid="saved">
        {saved.length === 0
          ? "Nothing is kept yet."
          : `${saved.length} ${saved.length === 1 ? "utterance is" : "utterances are"} on disk, each within ${slowest.toFixed(1)} ms.`}
      </p>
      {recalls.length === 0 && <p className="muted">What memory finds for each turn appears here.</p>}
      {recalls.toReversed().map((recall) => (
        <RecallCard key={recall.messageId} recall={recall} />
      ))}
    </section>
  );
}
