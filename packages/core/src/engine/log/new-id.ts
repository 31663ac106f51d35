const BYTES = 16;
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** Random bytes that no id was made of yet, from `used` on: asking the system for each id alone takes ten times as long. */
const random = new Uint8Array(64 * BYTES);
let used = random.length;

/** A new id: 128 random bits as 32 hexadecimal digits. */
export function newId(): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  let id = "";
  for (const end = used + BYTES; used < end; used++) id += hex[random[used] as number];
  return id;
}
