import { FileUp } from "lucide-react";
import type { Me } from "../../shared/api.ts";
import { UploadButton } from "../documents/upload-button.tsx";
import type { Uploads } from "../documents/use-uploads.ts";

/** What a new conversation begins with. */
export function Welcome({ me, uploads }: { me: Me; uploads: Uploads }) {
  return (
    <div className="welcome">
      <h2>What would you like to know?</h2>
      <ul>
        <li>Upload a document and ask about it: the answer names its passages.</li>
        <li>Tell me something, and ask for it in another conversation.</li>
        <li>See, correct and forget what I remember.</li>
      </ul>
      <UploadButton me={me} onFiles={uploads.add} className="button" label="Upload a document">
        <FileUp aria-hidden /> Upload a document
      </UploadButton>
      {me.offline && (
        <p className="hint">
          A stand-in answers in place of a model. It quotes what bears on your question, and understands nothing.
        </p>
      )}
    </div>
  );
}
