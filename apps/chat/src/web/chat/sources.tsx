import { FileText, MessagesSquare } from "lucide-react";
import { useState } from "react";
import type { PassageRef } from "../../shared/api.ts";
import type { Source } from "./sources-of.ts";

/** Sources with at least this share of the best one's score are shown at once. */
const NEAR_BEST = 0.6;

export interface SourcesProps {
  /** Best first. */
  sources: readonly Source[];
  onOpen: (passage: PassageRef) => void;
}

export function Sources({ sources, onOpen }: SourcesProps) {
  const [all, setAll] = useState(false);
  const best = sources[0]?.score ?? 0;
  const near = sources.filter(({ score }) => score >= best * NEAR_BEST);
  const shown = all ? sources : near;
  const left = sources.length - shown.length;
  return (
    <section className="sources" aria-label="Sources of this answer">
      <ol>
        {shown.map((source, index) => (
          <li key={`${source.lane} ${source.id}`}>
            <button type="button" className="source" onClick={() => onOpen(source)}>
              <span className="source-number">{index + 1}</span>
              {source.lane === "org" ? <FileText aria-hidden /> : <MessagesSquare aria-hidden />}
              <span className="source-title">{source.title}</span>
            </button>
          </li>
        ))}
        {left > 0 && (
          <li>
            <button type="button" className="source more" onClick={() => setAll(true)}>
              {left} weaker
            </button>
          </li>
        )}
      </ol>
    </section>
  );
}
