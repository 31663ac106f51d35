#!/usr/bin/env node
import { parseArgs } from "node:util";
import { download } from "./download.ts";
import type { Dtype } from "./dtype.ts";
import { importTransformers } from "./import-transformers.ts";
import { type PresetName, presets } from "./presets.ts";
import { rerankerPresets } from "./reranker-presets.ts";

const help = `Downloads a sentence-embedding model or a cross-encoder for @sotto/embed-transformers.

Usage: sotto-embed-download --preset NAME [options]
       sotto-embed-download --model OWNER/NAME [options]

Options:
  --preset NAME      one of ${Object.keys({ ...presets, ...rerankerPresets }).join(", ")}
  --model NAME       repository on the hub
  --reranker         the repository is of a cross-encoder
  --revision NAME    branch, tag or commit (default main)
  --dtype NAME       precision of the weights (default q8)
  --cache-dir DIR    where to put the files; pass the same folder as cacheDir
  --host URL         a mirror of the hub (default HF_ENDPOINT, else https://huggingface.co)
  --help             shows this

Ends with 0 when the model is there and runs, 1 when not, 2 for a wrong option.`;

const options = {
  preset: { type: "string" },
  model: { type: "string" },
  reranker: { type: "boolean" },
  revision: { type: "string" },
  dtype: { type: "string" },
  "cache-dir": { type: "string" },
  host: { type: "string", default: process.env.HF_ENDPOINT },
  help: { type: "boolean", default: false },
} as const;

async function main(): Promise<number> {
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    values = parseArgs({ options }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.preset === undefined && values.model === undefined) {
    console.error(`Give --preset or --model.\n\n${help}`);
    return 2;
  }
  try {
    if (values.host) (await importTransformers()).env.remoteHost = values.host;
    const result = await download({
      preset: values.preset as PresetName | undefined,
      model: values.model,
      reranker: values.reranker,
      revision: values.revision,
      dtype: values.dtype as Dtype | undefined,
      cacheDir: values["cache-dir"],
      onProgress: showProgress(),
    });
    const kind = result.dimensions === 0 ? "reranker" : `${result.dimensions} dimensions`;
    console.log(`${result.model}@${result.revision} (${result.dtype}, ${kind}) is in ${result.cacheDir}`);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return (error as { code?: unknown }).code === "argument.invalid" ? 2 : 1;
  }
}

/** One line a file and a tenth of it, on standard error. */
function showProgress() {
  const shown = new Map<string, number>();
  return ({ file, loadedBytes, totalBytes }: { file: string; loadedBytes: number; totalBytes: number }) => {
    const tenth = totalBytes > 0 ? Math.floor((loadedBytes / totalBytes) * 10) : 0;
    if (shown.get(file) === tenth) return;
    shown.set(file, tenth);
    console.error(`${file} ${tenth * 10}% of ${(totalBytes / 1e6).toFixed(1)} MB`);
  };
}

main().then((code) => {
  process.exitCode = code;
});
