/** The model in base64, as `scripts/pack-model.mjs` packed it. */
export const model: string;
