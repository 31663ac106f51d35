export { type Redact, type RedactOptions, redactSecrets } from "./redact.ts";
export { redactDeep } from "./redact-deep.ts";
