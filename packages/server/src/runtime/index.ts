export { RUNTIME_ROUTES, type RuntimeRoute } from "./routes.ts";
export { Runtime } from "./runtime.ts";
export { runtimeError } from "./runtime-error.ts";
