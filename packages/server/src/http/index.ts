export { Access, isLoopback } from "./access.ts";
export { answerError } from "./answer-error.ts";
export { type Body, readBody } from "./read-body.ts";
export { serverErrors } from "./server-errors.ts";
