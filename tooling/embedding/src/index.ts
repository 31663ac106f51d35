export { fromBase64 } from "./base64.ts";
export { gunzip } from "./gunzip.ts";
export { type ModelModule, modelModule } from "./model-module.ts";
export { nextTurn } from "./next-turn.ts";
export { nodeModule } from "./node-module.ts";
export { createRunQueue, type RunQueue } from "./run-queue.ts";
export { untilAborted } from "./until-aborted.ts";
