import { useState } from "react";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";

export interface ForgetEverythingProps {
  onForget: (options: { documents: boolean }, onForgotten: () => void) => Promise<void>;
  onForgotten: () => void;
}

export function ForgetEverything({ onForget, onForgotten }: ForgetEverythingProps) {
  const [asking, setAsking] = useState(false);
  const [documents, setDocuments] = useState(false);

  return (
    <section className="panel-section" aria-labelledby="data-title">
      <h2 id="data-title">Your data</h2>
      <div className="button-row">
        <a className="button" href="/api/memory/export" download>
          Export
        </a>
        <button type="button" className="button danger" onClick={() => setAsking(true)}>
          Forget everything
        </button>
      </div>
      {asking && (
        <ConfirmDialog
          title="Forget everything?"
          action="Forget everything"
          onConfirm={() => onForget({ documents }, onForgotten)}
          onClose={() => setAsking(false)}
        >
          <p>Your profile, all memories and all conversations are deleted for good.</p>
          <label className="check">
            <input type="checkbox" checked={documents} onChange={(event) => setDocuments(event.target.checked)} />
            Delete my documents, too
          </label>
        </ConfirmDialog>
      )}
    </section>
  );
}
