/**
 * Sotto as an HTTP server: one store for many processes, for browsers and for agents in any language.
 *
 * @module
 */
export { createServer, type ListenOptions, type ServerOptions, type SottoServer } from "./create-server.ts";
export { hashKey, newKey, type ServerKey } from "./keys/index.ts";
