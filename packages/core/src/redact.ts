/**
 * Takes numbers and keys that nobody should keep out of what is said, before it is stored, embedded or logged.
 *
 * @module
 */
export { type Redact, type RedactOptions, redactSecrets } from "./redact/index.ts";
