import { RoomAudioRenderer, SessionProvider, useSession } from "@livekit/components-react";
import { TokenSource } from "livekit-client";
import { useEffect, useMemo, useState } from "react";
import { MemoryPanel } from "../memory/memory-panel.tsx";
import { Conversation } from "./conversation.tsx";

export interface CallProps {
  name: string;
  onCallAgain: () => void;
}

/** One call, from the button that starts it to the one that calls again. */
export function Call({ name, onCallAgain }: CallProps) {
  // A token source hands out one token, so one room, for as long as it is valid.
  const tokenSource = useMemo(() => TokenSource.endpoint(`${location.origin}/getToken`), []);
  const session = useSession(tokenSource);
  const [stage, setStage] = useState<"before" | "during" | "after">("before");
  const [problem, setProblem] = useState("");

  useEffect(() => {
    if (stage === "during" && session.connectionState === "disconnected") setStage("after");
  }, [stage, session.connectionState]);

  const start = async (microphone: boolean) => {
    setProblem("");
    try {
      await session.start({ tracks: { microphone: { enabled: microphone } } });
      setStage("during");
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };

  return (
    <SessionProvider session={session}>
      <RoomAudioRenderer />
      <div className="columns">
        <section className="card" aria-label="Call">
          {stage === "before" && (
            <div className="start">
              <p>Hello {name}.</p>
              <button type="button" onClick={() => void start(true)}>
                Talk
              </button>
              <button type="button" onClick={() => void start(false)}>
                Type
              </button>
              {problem !== "" && <p role="alert">The call did not start: {problem}</p>}
            </div>
          )}
          {stage !== "before" && <Conversation session={session} over={stage === "after"} onCallAgain={onCallAgain} />}
        </section>
        <MemoryPanel />
      </div>
    </SessionProvider>
  );
}
