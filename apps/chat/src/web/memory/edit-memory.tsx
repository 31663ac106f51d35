import { useId, useState } from "react";
import { Modal } from "../ui/modal.tsx";
import { useSubmit } from "./use-submit.ts";

export interface EditMemoryProps {
  text: string;
  onSave: (text: string) => Promise<void>;
  onClose: () => void;
}

export function EditMemory({ text, onSave, onClose }: EditMemoryProps) {
  const id = useId();
  const [draft, setDraft] = useState(text);
  const { busy, error, onSubmit } = useSubmit(async () => {
    if (draft.trim() !== text) await onSave(draft.trim());
    onClose();
  });
  return (
    <Modal title="Correct this memory" onClose={onClose}>
      <form onSubmit={onSubmit} className="stacked-form">
        <label htmlFor={id}>What is right</label>
        <textarea id={id} rows={4} maxLength={2_000} value={draft} onChange={(event) => setDraft(event.target.value)} />
        {error !== undefined && (
          <p className="error" role="alert">
            {error}
          </p>
        )}
        <div className="modal-actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy || draft.trim() === ""}>
            Save
          </button>
        </div>
      </form>
    </Modal>
  );
}
