import { type ReactNode, useState } from "react";
import { Modal } from "./modal.tsx";

export interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  /** What the button does, as a verb. */
  action: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, children, action, onConfirm, onClose }: ConfirmDialogProps) {
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });

  async function confirm() {
    setState({ busy: true });
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setState({ busy: false, error: error instanceof Error ? error.message : String(error) });
    }
  }

  return (
    <Modal title={title} onClose={onClose}>
      <div className="modal-text">{children}</div>
      {state.error !== undefined && (
        <p className="error" role="alert">
          {state.error}
        </p>
      )}
      <div className="modal-actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button danger" disabled={state.busy} onClick={() => void confirm()}>
          {action}
        </button>
      </div>
    </Modal>
  );
}
