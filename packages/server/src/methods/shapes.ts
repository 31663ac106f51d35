import { z } from "zod";

/** JSON as the parser made it; what it must hold is checked by the memory, which knows its limits. */
const json = z.unknown().meta({ id: "Json" });
const jsonObject = z.record(z.string(), z.unknown()).meta({ id: "JsonObject" });
const filter = jsonObject.meta({ id: "Filter", description: "A filter over metadata, as { field: value }." });
const vector = z.array(z.number());
const ids = z.array(z.string());
const moment = z.number().describe("Milliseconds since the epoch.");

const user = z
  .union([
    z.string(),
    z.strictObject({
      id: z.string(),
      name: z.string().optional(),
      metadata: jsonObject.optional(),
      timeZone: z.string().optional(),
    }),
  ])
  .meta({ id: "User" });

const document = z
  .looseObject({
    id: z.string(),
    text: z.string(),
    title: z.string().optional(),
    metadata: jsonObject.optional(),
    embedding: vector.optional(),
    payload: json.optional(),
  })
  .meta({ id: "Document" });

const chunking = z.strictObject({
  by: z.enum(["heading", "sentence", "size"]),
  maxChars: z.number().optional(),
  overlapChars: z.number().optional(),
});

const turn = z.strictObject({
  role: z.enum(["user", "assistant"]),
  text: z.string(),
  speakerName: z.string().optional(),
});

const provenance = z.strictObject({
  sessionId: z.string(),
  turnIds: ids,
  speaker: z.string().optional(),
  at: moment,
  agent: z.string().optional(),
});

const memory = z
  .union([
    z.string(),
    z.strictObject({
      id: z.string().optional(),
      kind: z.enum(["turn", "fact", "episode"]).optional(),
      text: z.string(),
      turn: turn.extend({ answers: turn.optional() }).optional(),
      provenance: provenance.optional(),
      validFrom: moment.optional(),
      metadata: jsonObject.optional(),
    }),
  ])
  .meta({ id: "Memory" });

const written = {
  user,
  session: z.string(),
  replaces: z.union([z.string(), ids]).optional(),
  at: moment.optional(),
  interrupted: z.boolean().optional(),
  speaker: z.union([z.string(), z.strictObject({ id: z.string(), name: z.string().optional() })]).optional(),
  toolCalls: z
    .array(z.strictObject({ name: z.string(), arguments: json.optional(), result: json.optional() }))
    .optional(),
  metadata: jsonObject.optional(),
  durability: z.enum(["commit", "queued"]).optional(),
};

const lane = z.enum(["profile", "working", "permanent", "org"]);
const topK = z.number();

/** What the arguments of the calls look like. */
export const shapes = {
  name: z.string(),
  documents: z.array(document),
  createOptions: z
    .strictObject({
      metadata: jsonObject.optional(),
      chunking: chunking.optional(),
      embedder: z.string().optional(),
      ifExists: z.enum(["append", "replace", "error"]).optional(),
    })
    .optional(),
  addOptions: z
    .strictObject({
      upsert: z.boolean().optional(),
      idempotencyKey: z.string().optional(),
      durability: z.enum(["commit", "queued"]).optional(),
    })
    .optional(),
  idsOrFilter: z.union([ids, z.strictObject({ filter })]),
  ids,
  getOptions: z
    .strictObject({
      ids: ids.optional(),
      filter: filter.optional(),
      limit: z.number().optional(),
      offset: z.number().optional(),
    })
    .optional(),
  loadOptions: z.strictObject({ autoRefresh: z.boolean().optional() }).optional(),
  text: z.string(),
  indexes: z.union([z.string(), ids]),
  queryOptions: z
    .strictObject({
      topK: topK.optional(),
      alpha: z.number().optional(),
      filter: filter.optional(),
      minScore: z.number().optional(),
      embedding: vector.optional(),
      explain: z.boolean().optional(),
      groupBy: z.literal("parent").optional(),
      rerank: z.boolean().optional(),
    })
    .optional(),
  recallOptions: z.strictObject({
    user,
    session: z.string().optional(),
    lanes: z.array(lane).optional(),
    topK: z
      .union([topK, z.strictObject({ working: topK.optional(), permanent: topK.optional(), org: topK.optional() })])
      .optional(),
    intent: z.string().optional(),
    alpha: z.number().optional(),
    rerank: z.boolean().optional(),
    speaker: z.string().optional(),
    agents: ids.optional(),
    filter: filter.optional(),
    minScore: z.number().optional(),
    timeoutMs: z.number().optional(),
    orgIndexes: ids.optional(),
    asOf: moment.optional(),
    excludeTurnIds: ids.optional(),
    excludeLastTurns: z.number().optional(),
    contextCharCap: z.number().optional(),
    perLaneCharCap: z.number().optional(),
  }),
  briefOptions: z.strictObject({
    user,
    session: z.string().optional(),
    maxTurns: z.number().optional(),
    maxMemories: z.number().optional(),
    contextCharCap: z.number().optional(),
    timeoutMs: z.number().optional(),
  }),
  user,
  memory,
  memoriesOptions: z
    .strictObject({
      asOf: moment.optional(),
      includeSuperseded: z.boolean().optional(),
      limit: z.number().optional(),
    })
    .optional(),
  patch: z.strictObject({
    data: jsonObject.optional(),
    summary: z.string().nullable().optional(),
    provenance: z.array(provenance).optional(),
  }),
  ofUser: z.strictObject({ user }),
  forgetWhat: z.strictObject({
    user: user.optional(),
    everything: z.literal(true).optional(),
    session: z.string().optional(),
    memoryId: z.string().optional(),
    turnId: z.string().optional(),
    index: z.string().optional(),
    documentIds: ids.optional(),
  }),
  turn: z.strictObject({
    ...written,
    role: z.enum(["user", "assistant"]),
    text: z.string(),
    itemId: z.string().optional(),
  }),
  response: z.strictObject({
    ...written,
    userText: z.string(),
    assistantText: z.string(),
    turnId: z.string().optional(),
  }),
  endScope: z.strictObject({ user, session: z.string() }),
  session: z.strictObject({ id: z.string(), user: user.optional() }),
  optionalName: z.string().optional(),
};
