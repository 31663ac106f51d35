import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import type { MemoryItem } from "../../shared/api.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { EditMemory } from "./edit-memory.tsx";

const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

export interface MemoryEntryProps {
  item: MemoryItem;
  onCorrect: (text: string) => Promise<void>;
  onForget: () => Promise<void>;
  onGo: (conversationId: string) => void;
}

export function MemoryEntry({ item, onCorrect, onForget, onGo }: MemoryEntryProps) {
  const [open, setOpen] = useState<"edit" | "forget">();
  const close = () => setOpen(undefined);
  const { conversationId } = item;
  const short = item.text.length > 60 ? `${item.text.slice(0, 60)} …` : item.text;
  return (
    <li className="memory">
      <p className="memory-text">{item.text}</p>
      <div className="memory-footer">
        <span className="detail">
          <time dateTime={new Date(item.at).toISOString()}>{DAY.format(item.at)}</time>
          {conversationId !== undefined && (
            <>
              {", "}
              <button type="button" className="link-button" onClick={() => onGo(conversationId)}>
                open the conversation
              </button>
            </>
          )}
        </span>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Correct: ${short}`}
          onClick={() => setOpen("edit")}
        >
          <Pencil aria-hidden />
        </button>
        <button
          type="button"
          className="icon-button small"
          aria-label={`Forget: ${short}`}
          onClick={() => setOpen("forget")}
        >
          <Trash2 aria-hidden />
        </button>
      </div>
      {open === "edit" && <EditMemory text={item.text} onSave={onCorrect} onClose={close} />}
      {open === "forget" && (
        <ConfirmDialog title="Forget this?" action="Forget" onConfirm={onForget} onClose={close}>
          <p className="memory-text">{item.text}</p>
          <p>
            It is forgotten for good
            {conversationId !== undefined && ", with the words in the conversation it comes from"}.
          </p>
        </ConfirmDialog>
      )}
    </li>
  );
}
