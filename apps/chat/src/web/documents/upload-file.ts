import type { DocumentSummary, UploadEvent } from "../../shared/api.ts";
import { messageOf } from "../api/request.ts";

export interface UploadProgress {
  phase: "sending" | "reading" | "indexing";
  /** Done of this phase, in [0, 1]; undefined while that cannot be said. */
  share?: number;
}

/**
 * Sends a file and follows what becomes of it. An XMLHttpRequest, for `fetch` does not say how much was sent.
 *
 * @throws Error whose message is for the user
 */
export function uploadFile(
  file: File,
  { onProgress, signal }: { onProgress: (progress: UploadProgress) => void; signal: AbortSignal },
): Promise<DocumentSummary> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    let read = 0;
    let outcome: DocumentSummary | Error | undefined;

    function take(event: UploadEvent) {
      if (event.phase === "read") onProgress({ phase: "reading" });
      else if (event.phase === "index") onProgress({ phase: "indexing", share: event.done / Math.max(event.total, 1) });
      else outcome = event.phase === "done" ? event.document : new Error(event.message);
    }
    function takeLines() {
      const end = xhr.responseText.lastIndexOf("\n") + 1;
      if (xhr.status !== 200 || end <= read) return;
      for (const line of xhr.responseText.slice(read, end).split("\n")) {
        if (line !== "") take(JSON.parse(line) as UploadEvent);
      }
      read = end;
    }

    xhr.upload.onprogress = ({ loaded, total }) => onProgress({ phase: "sending", share: loaded / Math.max(total, 1) });
    xhr.onprogress = takeLines;
    xhr.onload = () => {
      takeLines();
      if (outcome === undefined) reject(new Error(messageOf(xhr.responseText)));
      else if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    };
    xhr.onerror = () => reject(new Error("The server cannot be reached."));
    xhr.onabort = () => reject(new Error("The upload was cancelled."));
    signal.addEventListener("abort", () => xhr.abort(), { once: true });
    xhr.open("POST", `/api/documents?name=${encodeURIComponent(file.name)}`);
    xhr.setRequestHeader("content-type", "application/octet-stream");
    xhr.send(file);
  });
}
