import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MemoryOverview } from "../../shared/api.ts";
import { request } from "../api/request.ts";

export interface MemoryActions {
  query: UseQueryResult<MemoryOverview>;
  setField: (key: string, value: string | null) => Promise<void>;
  add: (text: string) => Promise<void>;
  correct: (id: string, text: string) => Promise<void>;
  forget: (id: string) => Promise<void>;
  forgetAll: (options: { documents: boolean }, onForgotten: () => void) => Promise<void>;
}

/** What memory holds, and what can be done with it; each resolves once it is shown. */
export function useMemory(): MemoryActions {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["memory"],
    queryFn: () => request<MemoryOverview>("GET", "/api/memory"),
  });

  async function change(method: string, path: string, body?: unknown): Promise<void> {
    await request(method, `/api/memory${path}`, body);
    await queries.invalidateQueries({ queryKey: ["memory"] });
  }

  return {
    query,
    setField: (key, value) => change("PATCH", "/profile", { [key]: value }),
    add: (text) => change("POST", "", { text }),
    correct: (id, text) => change("PUT", `/${encodeURIComponent(id)}`, { text }),
    async forget(id) {
      await change("DELETE", `/${encodeURIComponent(id)}`);
      // The words that it was made from are gone from their conversation.
      await queries.invalidateQueries({ queryKey: ["conversations"] });
    },
    async forgetAll({ documents }, onForgotten) {
      await request("DELETE", `/api/memory${documents ? "?documents=true" : ""}`);
      // The page leaves the conversation that is gone before it is seen to be empty: nobody writes into it.
      onForgotten();
      await Promise.all(
        [["memory"], ["conversations"], ["documents"]].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  };
}
