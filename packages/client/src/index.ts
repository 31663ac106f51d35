/**
 * Sotto over HTTP: `connectSotto` is what `createSotto` is, with the memory in a Sotto server.
 *
 * @module
 */
export { type ConnectOptions, connectSotto } from "./connect-sotto.ts";
