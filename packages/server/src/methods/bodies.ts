import type { MethodName } from "@sotto/client/contract";
import { z } from "zod";
import { shapes } from "./shapes.ts";

/** The body of every call. */
export const BODIES: Readonly<Record<MethodName, z.ZodType>> = {
  createIndex: z.strictObject({ name: shapes.name, documents: shapes.documents, options: shapes.createOptions }),
  addDocs: z.strictObject({ name: shapes.name, documents: shapes.documents, options: shapes.addOptions }),
  deleteDocs: z.strictObject({ name: shapes.name, ids: shapes.idsOrFilter }),
  getDocs: z.strictObject({ name: shapes.name, options: shapes.getOptions }),
  getIndex: z.strictObject({ name: shapes.name }),
  listIndexes: z.strictObject({}),
  deleteIndex: z.strictObject({ name: shapes.name }),
  loadIndex: z.strictObject({ name: shapes.name, options: shapes.loadOptions }),
  unloadIndex: z.strictObject({ name: shapes.name }),
  refreshIndex: z.strictObject({ name: shapes.name }),
  query: z.strictObject({ indexes: shapes.indexes, text: shapes.text, options: shapes.queryOptions }),

  searchMemory: z.strictObject({ query: shapes.text, options: shapes.recallOptions }),
  prefetch: z.strictObject({ partialText: shapes.text, options: shapes.recallOptions }),
  brief: z.strictObject({ options: shapes.briefOptions }),
  remember: z.strictObject({ user: shapes.user, memory: shapes.memory }),
  supersede: z.strictObject({ user: shapes.user, oldId: shapes.text, newFact: shapes.memory }),
  memories: z.strictObject({ user: shapes.user, options: shapes.memoriesOptions }),
  export: z.strictObject({ what: shapes.ofUser }),
  forget: z.strictObject({ what: shapes.forgetWhat }),
  applyRetention: z.strictObject({}),

  profile: z.strictObject({ user: shapes.user }),
  updateProfile: z.strictObject({ user: shapes.user, patch: shapes.patch }),
  profileHistory: z.strictObject({ user: shapes.user }),

  recordTurn: z.strictObject({ turn: shapes.turn }),
  saveResponse: z.strictObject({ response: shapes.response }),
  listSessions: z.strictObject({ of: shapes.ofUser }),
  endSession: z.strictObject({ scope: shapes.endScope }),
  "session.open": z.strictObject({ session: shapes.session }),
  "session.addDocs": z.strictObject({
    session: shapes.session,
    documents: shapes.documents,
    options: shapes.addOptions,
  }),
  "session.deleteDocs": z.strictObject({ session: shapes.session, ids: shapes.ids }),
  "session.getDocs": z.strictObject({ session: shapes.session, options: shapes.getOptions }),
  "session.query": z.strictObject({ session: shapes.session, text: shapes.text, options: shapes.queryOptions }),
  "session.turns": z.strictObject({ session: shapes.session }),
  "session.loadIndex": z.strictObject({ session: shapes.session, name: shapes.name }),
  "session.pushIndex": z.strictObject({ session: shapes.session, name: shapes.optionalName }),

  reembed: z.strictObject({}),
  flush: z.strictObject({}),
};
