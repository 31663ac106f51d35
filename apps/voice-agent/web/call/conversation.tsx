import { TrackToggle, type UseSessionReturn, useAgent, useSessionMessages } from "@livekit/components-react";
import { Track } from "livekit-client";
import { MessageBox } from "./message-box.tsx";
import { Transcript } from "./transcript.tsx";

export interface ConversationProps {
  session: UseSessionReturn;
  over: boolean;
  onCallAgain: () => void;
}

/** What is said, and the means to say more. */
export function Conversation({ session, over, onCallAgain }: ConversationProps) {
  const agent = useAgent(session);
  const { messages, send } = useSessionMessages(session);

  return (
    <>
      <div className="bar">
        <output className="state" data-testid="agent-state">
          {over ? "The call is over" : agent.state}
        </output>
        {over ? (
          <button type="button" onClick={onCallAgain}>
            Call again
          </button>
        ) : (
          <>
            <TrackToggle source={Track.Source.Microphone}>Microphone</TrackToggle>
            <button type="button" className="quiet" onClick={() => void session.end()}>
              Hang up
            </button>
          </>
        )}
      </div>
      <Transcript messages={messages} />
      {!over && <MessageBox send={async (text) => void (await send(text))} />}
    </>
  );
}
