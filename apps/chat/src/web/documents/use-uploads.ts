import { useQueryClient } from "@tanstack/react-query";
import { generateId } from "ai";
import { useCallback, useState } from "react";
import { type UploadProgress, uploadFile } from "./upload-file.ts";

export interface Upload {
  key: string;
  name: string;
  progress: UploadProgress;
  error?: string;
  cancel: () => void;
}

export interface Uploads {
  /** Under way, or failed and not dismissed yet. */
  list: readonly Upload[];
  /** What happened last, to be said aloud. */
  news: string;
  /** Uploads one after the other. */
  add: (files: readonly File[]) => void;
  dismiss: (key: string) => void;
}

export function useUploads(): Uploads {
  const queries = useQueryClient();
  const [list, setList] = useState<readonly Upload[]>([]);
  const [news, setNews] = useState("");

  const change = useCallback((key: string, fields: Partial<Upload>) => {
    setList((uploads) => uploads.map((each) => (each.key === key ? { ...each, ...fields } : each)));
  }, []);
  const dismiss = useCallback((key: string) => setList((uploads) => uploads.filter((each) => each.key !== key)), []);

  const add = useCallback(
    (files: readonly File[]) => {
      const waiting = files.map((file) => {
        const cancelling = new AbortController();
        const upload: Upload = {
          key: generateId(),
          name: file.name,
          progress: { phase: "sending" },
          cancel: () => cancelling.abort(),
        };
        return { file, upload, signal: cancelling.signal };
      });
      setList((uploads) => [...uploads, ...waiting.map(({ upload }) => upload)]);
      void (async () => {
        for (const { file, upload, signal } of waiting) {
          if (signal.aborted) {
            dismiss(upload.key);
            continue;
          }
          try {
            await uploadFile(file, { signal, onProgress: (progress) => change(upload.key, { progress }) });
            // A first list that is still under way does not know the file, and would not be asked for again.
            await queries.cancelQueries({ queryKey: ["documents"] });
            await queries.invalidateQueries({ queryKey: ["documents"] });
            setNews(`${file.name} can be asked about now.`);
            dismiss(upload.key);
          } catch (error) {
            if (signal.aborted) dismiss(upload.key);
            else change(upload.key, { error: error instanceof Error ? error.message : String(error) });
          }
        }
      })();
    },
    [queries, change, dismiss],
  );

  return { list, news, add, dismiss };
}
