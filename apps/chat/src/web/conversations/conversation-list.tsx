import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SquarePen, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ConversationSummary } from "../../shared/api.ts";
import { request } from "../api/request.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

export interface ConversationListProps {
  currentId: string;
  /** Null for a new one. */
  onGo: (id: string | null) => void;
}

export function ConversationList({ currentId, onGo }: ConversationListProps) {
  const queries = useQueryClient();
  const [deleting, setDeleting] = useState<ConversationSummary>();
  const { data = [] } = useQuery({
    queryKey: ["conversations"],
    queryFn: () => request<ConversationSummary[]>("GET", "/api/conversations"),
  });

  async function remove({ id }: ConversationSummary) {
    await request("DELETE", `/api/conversations/${id}`);
    await Promise.all([
      queries.invalidateQueries({ queryKey: ["conversations"] }),
      queries.invalidateQueries({ queryKey: ["memory"] }),
    ]);
    if (id === currentId) onGo(null);
  }

  return (
    <nav className="panel-section" aria-label="Conversations">
      <button type="button" className="button wide" onClick={() => onGo(null)}>
        <SquarePen aria-hidden /> New conversation
      </button>
      <ul className="conversations">
        {data.map((conversation) => (
          <li key={conversation.id}>
            <a
              href={`/c/${conversation.id}`}
              aria-current={conversation.id === currentId ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onGo(conversation.id);
              }}
            >
              {conversation.title}
            </a>
            <button
              type="button"
              className="icon-button small"
              aria-label={`Delete the conversation “${conversation.title}”`}
              onClick={() => setDeleting(conversation)}
            >
              <Trash2 aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {deleting !== undefined && (
        <ConfirmDialog
          title="Delete this conversation?"
          action="Delete"
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(undefined)}
        >
          <p>“{deleting.title}” and everything that I remember from it are deleted for good.</p>
        </ConfirmDialog>
      )}
    </nav>
  );
}
