import { decodeText } from "../files/decode-text.ts";
import type { Loader } from "./loader.ts";

/** Plain text: one document, titled by the file's name. */
export const textLoader: Loader = {
  type: "text",
  extensions: [".txt", ".text", ".log", ".rst", ".adoc"],
  load({ bytes }) {
    return [{ text: decodeText(bytes) }];
  },
};
