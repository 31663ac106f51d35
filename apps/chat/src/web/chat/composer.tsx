import { ArrowUp, Paperclip, Square } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Me } from "../../shared/api.ts";
import { UploadButton } from "../documents/upload-button.tsx";
import type { Uploads } from "../documents/use-uploads.ts";

const MESSAGE_CHARS = 8_000;

export interface ComposerProps {
  /** An answer is under way: it can be stopped. */
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
  uploads: Uploads;
  me: Me;
}

export function Composer({ busy, onSend, onStop, uploads, me }: ComposerProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const ready = !busy && text.trim() !== "";

  function send() {
    if (!ready) return;
    onSend(text.trim());
    setText("");
    box.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    // While an input method composes, Enter is its own.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <UploadButton me={me} onFiles={uploads.add} className="icon-button" label="Attach documents">
        <Paperclip aria-hidden />
      </UploadButton>
      <label htmlFor="message" className="sr-only">
        Message
      </label>
      <textarea
        id="message"
        ref={box}
        rows={1}
        value={text}
        maxLength={MESSAGE_CHARS}
        placeholder="Ask, or tell me something"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {busy ? (
        <button type="button" className="icon-button primary" aria-label="Stop the answer" onClick={onStop}>
          <Square aria-hidden />
        </button>
      ) : (
        <button type="submit" className="icon-button primary" aria-label="Send" disabled={!ready}>
          <ArrowUp aria-hidden />
        </button>
      )}
    </form>
  );
}
