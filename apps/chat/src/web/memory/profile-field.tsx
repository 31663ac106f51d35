import { Check, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { useSubmit } from "./use-submit.ts";

export interface ProfileFieldProps {
  name: string;
  value: string;
  onSet: (value: string | null) => Promise<void>;
}

export function ProfileField({ name, value, onSet }: ProfileFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState(value);
  const changed = draft.trim() !== value && draft.trim() !== "";
  const saving = useSubmit(() => onSet(draft.trim()));
  const removing = useSubmit(() => onSet(null));
  const error = saving.error ?? removing.error;
  return (
    <li>
      <form className="profile-field" onSubmit={saving.onSubmit}>
        <label htmlFor={id}>{name}</label>
        <input id={id} value={draft} maxLength={1_000} onChange={(event) => setDraft(event.target.value)} />
        {changed ? (
          <button type="submit" className="icon-button small" aria-label={`Save ${name}`} disabled={saving.busy}>
            <Check aria-hidden />
          </button>
        ) : (
          <button
            type="button"
            className="icon-button small"
            aria-label={`Remove ${name}`}
            disabled={removing.busy}
            onClick={removing.onSubmit}
          >
            <Trash2 aria-hidden />
          </button>
        )}
      </form>
      {error !== undefined && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </li>
  );
}
