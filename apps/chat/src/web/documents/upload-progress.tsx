import { X } from "lucide-react";
import type { Upload } from "./use-uploads.ts";

const PHASES = { sending: "Sending", reading: "Reading", indexing: "Indexing" };

export function UploadProgress({ upload, onDismiss }: { upload: Upload; onDismiss: () => void }) {
  const { name, progress, error, cancel } = upload;
  return (
    <li className="upload">
      <div className="upload-text">
        <span className="file-name">{name}</span>
        {error === undefined ? (
          <>
            <progress aria-label={`${PHASES[progress.phase]} ${name}`} max={1} value={progress.share} />
            <span className="detail">{PHASES[progress.phase]} …</span>
          </>
        ) : (
          <span className="error" role="alert">
            {error}
          </span>
        )}
      </div>
      <button
        type="button"
        className="icon-button small"
        aria-label={error === undefined ? `Cancel the upload of ${name}` : `Dismiss the message about ${name}`}
        onClick={error === undefined ? cancel : onDismiss}
      >
        <X aria-hidden />
      </button>
    </li>
  );
}
