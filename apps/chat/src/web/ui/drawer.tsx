import type { ReactNode } from "react";
import { Modal } from "./modal.tsx";

export interface DrawerProps {
  label: string;
  side: "left" | "right";
  /** Beside the chat; else over it, when it is open. */
  inline: boolean;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function Drawer({ label, side, inline, open, onClose, children }: DrawerProps) {
  if (inline) {
    return (
      <aside className={`side ${side}`} aria-label={label}>
        {children}
      </aside>
    );
  }
  if (!open) return null;
  return (
    <Modal title={label} kind={`drawer-${side}`} onClose={onClose}>
      {children}
    </Modal>
  );
}
