import { useQuery } from "@tanstack/react-query";
import type { UIMessage } from "ai";
import type { Me } from "../../shared/api.ts";
import { request } from "../api/request.ts";
import type { Uploads } from "../documents/use-uploads.ts";
import { Chat } from "./chat.tsx";

export interface ConversationViewProps {
  conversationId: string;
  uploads: Uploads;
  me: Me;
}

/** A conversation, once what was said in it so far is here. */
export function ConversationView({ conversationId, uploads, me }: ConversationViewProps) {
  const { data, isError, error, refetch } = useQuery({
    queryKey: ["messages", conversationId],
    queryFn: () => request<UIMessage[]>("GET", `/api/conversations/${conversationId}/messages`),
    // The chat itself keeps what is said from here on.
    staleTime: Infinity,
    gcTime: 0,
  });
  if (isError) {
    return (
      <div className="page-note" role="alert">
        <p>{error.message}</p>
        <button type="button" className="button" onClick={() => void refetch()}>
          Try again
        </button>
      </div>
    );
  }
  if (data === undefined) return <p className="page-note">One moment …</p>;
  return <Chat conversationId={conversationId} initialMessages={data} uploads={uploads} me={me} />;
}
