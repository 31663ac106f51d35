import { useQuery } from "@tanstack/react-query";
import type { Me } from "../shared/api.ts";
import { request } from "./api/request.ts";
import { Layout } from "./layout.tsx";

/** The page, once the server knows who is here. */
export function App() {
  const me = useQuery({ queryKey: ["me"], queryFn: () => request<Me>("GET", "/api/me"), staleTime: Infinity });
  if (me.data !== undefined) return <Layout me={me.data} />;
  if (!me.isError) return <p className="page-note">One moment …</p>;
  return (
    <div className="page-note" role="alert">
      <p>The server cannot be reached.</p>
      <button type="button" className="button" onClick={() => void me.refetch()}>
        Try again
      </button>
    </div>
  );
}
