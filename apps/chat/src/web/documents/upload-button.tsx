import { type ReactNode, useRef } from "react";
import type { Me } from "../../shared/api.ts";

export interface UploadButtonProps {
  me: Me;
  onFiles: (files: readonly File[]) => void;
  className: string;
  label: string;
  children: ReactNode;
}

/** A button that opens the file chooser. */
export function UploadButton({ me, onFiles, className, label, children }: UploadButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className={className} aria-label={label} onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={me.extensions.join(",")}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = "";
        }}
      />
    </>
  );
}
