import { parentPort } from "node:worker_threads";
import { load } from "../load.ts";
import { LoadError } from "../load-error.ts";
import type { LoadMessage, LoadRequest } from "./messages.ts";

/** Documents in one message. */
const PORTION = 500;

parentPort?.on("message", ({ source, options }: LoadRequest) => {
  answer(source, options).catch((error: unknown) => post(failure(error)));
});

async function answer(source: LoadRequest["source"], options: LoadRequest["options"]): Promise<void> {
  const { documents, report } = await load(source, options);
  for (let start = 0; start < documents.length; start += PORTION) {
    post({ kind: "documents", documents: documents.slice(start, start + PORTION) });
  }
  post({ kind: "done", report });
}

function failure(error: unknown): LoadMessage {
  if (LoadError.isInstance(error)) {
    return { kind: "failed", code: error.code, message: error.message, details: { ...error.details } };
  }
  const { message, code } = error as NodeJS.ErrnoException;
  return { kind: "failed", message, details: code === undefined ? {} : { code } };
}

function post(message: LoadMessage): void {
  parentPort?.postMessage(message);
}
