import { Brain, Menu } from "lucide-react";
import { useCallback, useState } from "react";
import type { Me } from "../shared/api.ts";
import { ConversationView } from "./chat/conversation-view.tsx";
import { ConversationList } from "./conversations/conversation-list.tsx";
import { useConversationId } from "./conversations/use-conversation-id.ts";
import { DocumentsSection } from "./documents/documents-section.tsx";
import { useUploads } from "./documents/use-uploads.ts";
import { MemoryPanel } from "./memory/memory-panel.tsx";
import { Drawer } from "./ui/drawer.tsx";
import { useMediaQuery } from "./ui/use-media-query.ts";

/** Conversations and documents on the left, memory on the right; on a narrow screen both are drawers. */
export function Layout({ me }: { me: Me }) {
  const leftFits = useMediaQuery("(min-width: 800px)");
  const rightFits = useMediaQuery("(min-width: 1120px)");
  const [drawer, setDrawer] = useState<"left" | "right" | null>(null);
  const close = useCallback(() => setDrawer(null), []);
  const [conversationId, go] = useConversationId();
  const uploads = useUploads();

  return (
    <div className="layout">
      <a className="skip-link" href="#message">
        Skip to the message box
      </a>
      <Drawer
        label="Conversations and documents"
        side="left"
        inline={leftFits}
        open={drawer === "left"}
        onClose={close}
      >
        <ConversationList
          currentId={conversationId}
          onGo={(id) => {
            go(id);
            close();
          }}
        />
        <DocumentsSection uploads={uploads} me={me} />
      </Drawer>

      <main className="chat-column">
        <header className="top-bar">
          {!leftFits && (
            <button
              type="button"
              className="icon-button"
              aria-label="Conversations and documents"
              aria-expanded={drawer === "left"}
              onClick={() => setDrawer("left")}
            >
              <Menu aria-hidden />
            </button>
          )}
          <h1>
            Sotto chat <span className="model-name">{me.model}</span>
          </h1>
          {!rightFits && (
            <button
              type="button"
              className="icon-button"
              aria-label="What I remember"
              aria-expanded={drawer === "right"}
              onClick={() => setDrawer("right")}
            >
              <Brain aria-hidden />
            </button>
          )}
        </header>
        <ConversationView key={conversationId} conversationId={conversationId} uploads={uploads} me={me} />
      </main>

      <Drawer label="What I remember" side="right" inline={rightFits} open={drawer === "right"} onClose={close}>
        <MemoryPanel onForgotten={() => go(null)} onGo={go} />
      </Drawer>
    </div>
  );
}
