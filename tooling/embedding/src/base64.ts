interface FromBase64 {
  fromBase64?: (text: string) => Uint8Array;
}

/** The bytes of a base64 text, by the fastest means there is. */
export function fromBase64(text: string): Uint8Array {
  if (typeof Buffer === "function") return Buffer.from(text, "base64");
  const native = (Uint8Array as FromBase64).fromBase64;
  if (native !== undefined) return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
