import { useId, useState } from "react";
import { useSubmit } from "./use-submit.ts";

export interface AddFieldProps {
  taken: readonly string[];
  onAdd: (key: string, value: string) => Promise<void>;
  onClose: () => void;
}

export function AddField({ taken, onAdd, onClose }: AddFieldProps) {
  const id = useId();
  const [key, setKey] = useState(taken.includes("name") ? "" : "name");
  const [value, setValue] = useState("");
  const { busy, error, onSubmit } = useSubmit(async () => {
    await onAdd(key.trim(), value.trim());
    onClose();
  });
  return (
    <form className="stacked-form" onSubmit={onSubmit}>
      <div className="two-fields">
        <div>
          <label htmlFor={`${id}-key`}>Field</label>
          <input id={`${id}-key`} value={key} maxLength={60} onChange={(event) => setKey(event.target.value)} />
        </div>
        <div>
          <label htmlFor={`${id}-value`}>Value</label>
          <input
            id={`${id}-value`}
            value={value}
            maxLength={1_000}
            onChange={(event) => setValue(event.target.value)}
          />
        </div>
      </div>
      {error !== undefined && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <div className="modal-actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" className="button primary" disabled={busy || key.trim() === "" || value.trim() === ""}>
          Save
        </button>
      </div>
    </form>
  );
}
