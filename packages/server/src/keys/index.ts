export { KeyRing, mayCall, type ServerKey } from "./key-ring.ts";
export { hashKey, newKey } from "./new-key.ts";
