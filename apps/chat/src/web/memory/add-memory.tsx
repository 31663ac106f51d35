import { useState } from "react";
import { useSubmit } from "./use-submit.ts";

export function AddMemory({ onAdd }: { onAdd: (text: string) => Promise<void> }) {
  const [text, setText] = useState("");
  const { busy, error, onSubmit } = useSubmit(async () => {
    await onAdd(text.trim());
    setText("");
  });
  return (
    <form className="inline-form" onSubmit={onSubmit}>
      <label htmlFor="new-memory" className="sr-only">
        Something to remember
      </label>
      <input
        id="new-memory"
        value={text}
        maxLength={2_000}
        placeholder="A new memory"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="button" disabled={busy || text.trim() === ""}>
        Remember
      </button>
      {error !== undefined && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
