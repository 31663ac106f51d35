/**
 * The thread that owns a SQLite store: takes requests from its parent in order, and answers them. It is a program of its
 * own, built to `dist/sqlite-worker.js`.
 *
 * @module
 */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { type ErrorJson, errorToJson, SottoError, StorageUnavailableError } from "../../errors/index.ts";
import { commitGroup, type Member, type Outcome } from "./group-commit.ts";
import type {
  GroupedHandlers,
  GroupedOperations,
  LongHandlers,
  LongOperations,
  OperationName,
  Output,
  Request,
  Response,
  WorkerMessage,
  WorkerOptions,
} from "./protocol.ts";
import { storageError } from "./sqlite-error.ts";
import { Store } from "./store.ts";
import type { StorePlace } from "./store-place.ts";

/** Requests that share one transaction, at most; those of one message stay together. */
const GROUP_LIMIT = 1_024;

const writes: Record<keyof GroupedOperations, boolean> = {
  list: false,
  head: false,
  append: true,
  read: false,
  truncate: true,
  flush: false,
};

if (parentPort === null) throw new Error("sqlite-worker.js is a worker thread's program");
const port = parentPort;
const options = workerData as WorkerOptions;
const running = new Set<Promise<void>>();
let store: Store | undefined;
let maintenanceDue = false;

port.on("message", (first: Request[]) => {
  const requests = [...first];
  // And all that came in while the last group was on its way to the disk.
  while (requests.length < GROUP_LIMIT) {
    const next: { message: Request[] } | undefined = receiveMessageOnPort(port);
    if (next === undefined) break;
    requests.push(...next.message);
  }
  let group: Request<keyof GroupedOperations>[] = [];
  for (const request of requests) {
    if (isGrouped(request)) {
      group.push(request);
    } else {
      serveGroup(group);
      group = [];
      serveLong(request);
    }
  }
  serveGroup(group);
});

function serveGroup(group: Request<keyof GroupedOperations>[]): void {
  if (group.length === 0) return;
  const { database, grouped, place, readOnly } = opened();
  const members = group.map((request) => ({
    // Of a store that is open for reading only, the handler says so.
    writes: writes[request.operation] && !readOnly,
    perform: () => callGrouped(grouped, request),
  }));
  const outcomes = inPlace(place, members, commitGroup<Output<OperationName>>(database, members));
  respond(
    outcomes.map((outcome, i) => {
      const id = group[i]?.id ?? 0;
      return "error" in outcome ? { id, ...failure(outcome.error) } : { id, value: outcome.value };
    }),
  );
  if (group.some(({ operation }) => operation === "truncate")) scheduleMaintenance();
}

/** The same, unless what was committed went into a file that is not in its place any more. */
function inPlace<T>(place: StorePlace, members: readonly Member<T>[], outcomes: Outcome<T>[]): Outcome<T>[] {
  if (!members.some(({ writes }) => writes)) return outcomes;
  try {
    place.assertSame();
    return outcomes;
  } catch (error) {
    return outcomes.map((outcome, i) => (members[i]?.writes === true ? { error } : outcome));
  }
}

function serveLong(request: Request<keyof LongOperations>): void {
  const before = request.operation === "close" ? Promise.all(running) : undefined;
  const work = answerLong(request, before).finally(() => running.delete(work));
  running.add(work);
}

/** What is no error of ours comes from the store's own code: it is not to be used any more. */
function failure(error: unknown): ErrorJson {
  const known = storageError(error, options);
  if (SottoError.isInstance(known)) return errorToJson(known);
  return errorToJson(new StorageUnavailableError(options.name, known instanceof Error ? known.message : String(known)));
}

async function answerLong(request: Request<keyof LongOperations>, before?: Promise<unknown>): Promise<void> {
  const { id, operation } = request;
  try {
    await before;
    if (operation === "close") maintain();
    if (operation === "open") store ??= new Store(options, (changed) => post({ changed }));
    respond([{ id, value: await callLong(opened().long, request) }]);
    if (operation === "erase" || operation === "delete") scheduleMaintenance();
  } catch (error) {
    respond([{ id, ...failure(error) }]);
  }
  if (operation === "close") port.close();
}

function callGrouped<N extends keyof GroupedOperations>(handlers: GroupedHandlers, request: Request<N>) {
  return handlers[request.operation](request.input);
}

function callLong<N extends keyof LongOperations>(handlers: LongHandlers, request: Request<N>) {
  return handlers[request.operation](request.input);
}

function isGrouped(request: Request): request is Request<keyof GroupedOperations> {
  return request.operation in writes;
}

function opened(): Store {
  if (store === undefined) throw new Error("the store is not open");
  return store;
}

function scheduleMaintenance(): void {
  maintenanceDue = true;
  setImmediate(maintain);
}

function maintain(): void {
  if (!maintenanceDue) return;
  maintenanceDue = false;
  try {
    store?.maintain();
  } catch {
    // There is no hurry: it is tried again after the next truncate, erase or delete.
  }
}

function respond(responses: Response[]): void {
  post({ responses });
}

function post(message: WorkerMessage): void {
  port.postMessage(message, "responses" in message ? message.responses.flatMap(transferable) : []);
}

/** The buffers of an answer that nothing else holds. */
function transferable(response: Response): ArrayBuffer[] {
  if (!("value" in response) || typeof response.value !== "object" || response.value === null) return [];
  if ("bodies" in response.value) return response.value.bodies.flatMap(wholeBuffer);
  return "data" in response.value ? wholeBuffer(response.value.data) : [];
}

function wholeBuffer({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength > 0 ? [buffer] : [];
}
