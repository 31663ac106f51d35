/** 128 random bits; unlike `crypto.randomUUID` also there on pages that did not come over TLS. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
