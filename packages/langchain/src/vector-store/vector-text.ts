/** Values to a call of `String.fromCharCode`: its arguments stand on the stack. */
const STEP = 8_192;

/** A vector as base64 of its float32 values, for a payload. */
export function vectorToText(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
  let binary = "";
  for (let i = 0; i < bytes.length; i += STEP) binary += String.fromCharCode(...bytes.subarray(i, i + STEP));
  return btoa(binary);
}

export function textToVector(text: string): number[] {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return Array.from(new Float32Array(bytes.buffer));
}
