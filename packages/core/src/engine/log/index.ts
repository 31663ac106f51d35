export { conversationSettings, type IndexSettings } from "./index-settings.ts";
export { newId } from "./new-id.ts";
export { readFirstEvents } from "./read-first-events.ts";
export type { IndexChange, IndexEvent } from "./record-codec.ts";
export { appendRecords, RecordLog } from "./record-log.ts";
export { hasVectorsOf } from "./reembed.ts";
export { type EventFold, StoredIndex } from "./stored-index.ts";
export { reembedded, type TakeOverParts, takeOver } from "./take-over.ts";
