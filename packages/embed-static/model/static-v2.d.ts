/** Each part of the model in base64. */
export const meta: string;
export const vocab: string;
export const scales: string;
export const vectors: string;
