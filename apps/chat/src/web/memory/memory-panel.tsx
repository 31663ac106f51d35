import { AddMemory } from "./add-memory.tsx";
import { ForgetEverything } from "./forget-everything.tsx";
import { MemoryEntry } from "./memory-entry.tsx";
import { ProfileSection } from "./profile-section.tsx";
import { useMemory } from "./use-memory.ts";

export interface MemoryPanelProps {
  /** Everything was forgotten, the open conversation too. */
  onForgotten: () => void;
  onGo: (conversationId: string) => void;
}

/** What memory holds about the user, to be seen, corrected and forgotten. */
export function MemoryPanel({ onForgotten, onGo }: MemoryPanelProps) {
  const memory = useMemory();
  const { data, isError, refetch } = memory.query;
  if (isError) {
    return (
      <div className="panel-section" role="alert">
        <p className="error">What I remember cannot be shown.</p>
        <button type="button" className="button" onClick={() => void refetch()}>
          Try again
        </button>
      </div>
    );
  }
  if (data === undefined) return <p className="panel-section hint">One moment …</p>;

  return (
    <>
      <ProfileSection profile={data.profile} onSet={memory.setField} />
      <section className="panel-section" aria-labelledby="memories-title">
        <h2 id="memories-title">Memories</h2>
        {data.memories.length === 0 && (
          <p className="hint">None yet. What you tell me becomes a memory once you begin another conversation.</p>
        )}
        <ul className="memories">
          {data.memories.map((item) => (
            <MemoryEntry
              key={item.id}
              item={item}
              onCorrect={(text) => memory.correct(item.id, text)}
              onForget={() => memory.forget(item.id)}
              onGo={onGo}
            />
          ))}
        </ul>
        <AddMemory onAdd={memory.add} />
      </section>
      <ForgetEverything onForget={memory.forgetAll} onForgotten={onForgotten} />
    </>
  );
}
