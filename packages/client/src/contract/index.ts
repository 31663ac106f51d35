/**
 * The wire between `@sotto/client` and `@sotto/server`: names, paths, roles and arguments of every call.
 *
 * @module
 */
export {
  DOCUMENTS_PER_REQUEST,
  type KeyRole,
  METHOD_NAMES,
  METHODS,
  type MethodName,
  type MethodRow,
  REQUEST_BYTES,
} from "./methods.ts";
export type { SessionState } from "./session-state.ts";
