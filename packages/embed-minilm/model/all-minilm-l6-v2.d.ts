/** Each part of the model, compressed (gzip) and in base64. */
export const tokenizer: string;
export const tokenizerConfig: string;
export const directions: string;
export const graph: string;
