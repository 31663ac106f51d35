import { useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp, Trash2 } from "lucide-react";
import { useState } from "react";
import type { DocumentSummary, Me } from "../../shared/api.ts";
import { request } from "../api/request.ts";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { UploadButton } from "./upload-button.tsx";
import { UploadProgress } from "./upload-progress.tsx";
import type { Uploads } from "./use-uploads.ts";

/** The user's documents, and what is being uploaded. */
export function DocumentsSection({ uploads, me }: { uploads: Uploads; me: Me }) {
  const queries = useQueryClient();
  const [deleting, setDeleting] = useState<DocumentSummary>();
  const { data, isSuccess } = useQuery({
    queryKey: ["documents"],
    queryFn: () => request<DocumentSummary[]>("GET", "/api/documents"),
  });

  async function remove({ name }: DocumentSummary) {
    await request("DELETE", `/api/documents/${encodeURIComponent(name)}`);
    await queries.invalidateQueries({ queryKey: ["documents"] });
  }

  return (
    <section className="panel-section" aria-labelledby="documents-title">
      <h2 id="documents-title">Documents</h2>
      <ul className="documents">
        {data?.map((document) => (
          <li key={document.name}>
            <div className="document-text">
              <span className="file-name">{document.name}</span>
              <span className="detail">
                {document.type}, {document.passages} {document.passages === 1 ? "passage" : "passages"}
              </span>
            </div>
            <button
              type="button"
              className="icon-button small"
              aria-label={`Delete ${document.name}`}
              onClick={() => setDeleting(document)}
            >
              <Trash2 aria-hidden />
            </button>
          </li>
        ))}
        {uploads.list.map((upload) => (
          <UploadProgress key={upload.key} upload={upload} onDismiss={() => uploads.dismiss(upload.key)} />
        ))}
      </ul>
      {isSuccess && data.length + uploads.list.length === 0 && (
        <p className="hint">Markdown, text, PDF, HTML or CSV, up to {me.maxUploadBytes / 1_000_000} MB each.</p>
      )}
      <UploadButton me={me} onFiles={uploads.add} className="button wide" label="Upload documents">
        <FileUp aria-hidden /> Upload
      </UploadButton>
      <p className="sr-only" role="status">
        {uploads.news}
      </p>
      {deleting !== undefined && (
        <ConfirmDialog
          title="Delete this document?"
          action="Delete"
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(undefined)}
        >
          <p>
            {deleting.name} is deleted for good. Answers that cite it stay, but the passages cannot be opened any more.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}
