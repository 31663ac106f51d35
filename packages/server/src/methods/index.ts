export { BODIES } from "./bodies.ts";
export { callMethod } from "./call-method.ts";
export { checkBody, checkShape } from "./check-body.ts";
