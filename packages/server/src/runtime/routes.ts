import type { z } from "zod";
import { endBody, flushBody, searchBody, startBody, turnBody } from "./bodies.ts";

export interface RuntimeRoute {
  name: string;
  path: `/v1/runtime/${string}`;
  summary: string;
  /** Undefined: a GET. */
  body?: z.ZodType;
}

export const RUNTIME_ROUTES: readonly RuntimeRoute[] = [
  { name: "runtimeHealth", path: "/v1/runtime/health", summary: "Whether the runtime is up." },
  {
    name: "runtimeSessionStart",
    path: "/v1/runtime/session/start",
    summary: "Opens or resumes a session.",
    body: startBody,
  },
  {
    name: "runtimeSearchMemory",
    path: "/v1/runtime/search_memory",
    summary: "Recall for one turn, under a deadline.",
    body: searchBody,
  },
  { name: "runtimeTurnAfter", path: "/v1/runtime/turn/after", summary: "Saves an exchange.", body: turnBody },
  { name: "runtimeSessionEnd", path: "/v1/runtime/session/end", summary: "Ends a session.", body: endBody },
  {
    name: "runtimeSyncFlush",
    path: "/v1/runtime/sync/flush",
    summary: "Waits until every accepted write is on disk.",
    body: flushBody,
  },
];
