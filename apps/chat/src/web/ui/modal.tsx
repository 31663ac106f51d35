import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

export interface ModalProps {
  title: string;
  onClose: () => void;
  /** `drawer-left` and `drawer-right` fill the screen's height. */
  kind?: "dialog" | "drawer-left" | "drawer-right";
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus, closes on Escape, and gives the focus back. */
export function Modal({ title, onClose, kind = "dialog", children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed before it is taken out of the page: else the focus would be lost.
  useLayoutEffect(() => {
    const opened = dialog.current;
    if (opened?.open === false) opened.showModal();
    return () => opened?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`modal ${kind}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        // Only what surrounds the box is the dialog itself.
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="modal-box">
        <header className="modal-header">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
            <X aria-hidden />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
