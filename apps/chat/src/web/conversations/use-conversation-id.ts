import { generateId } from "ai";
import { useCallback, useEffect, useState } from "react";

const PATH = /^\/c\/([A-Za-z0-9_-]{8,64})$/;

/**
 * The conversation of the address, `/c/<id>`; a new one at any other address. The second is what goes to another: by id,
 * or, for null, to a new one.
 */
export function useConversationId(): [string, (id: string | null) => void] {
  const [id, setId] = useState(() => fromAddress() ?? generateId());

  useEffect(() => {
    if (fromAddress() === undefined) history.replaceState(null, "", `/c/${id}`);
    const onPopState = () => setId(fromAddress() ?? generateId());
    addEventListener("popstate", onPopState);
    return () => removeEventListener("popstate", onPopState);
  }, [id]);

  const go = useCallback((to: string | null) => {
    const next = to ?? generateId();
    history.pushState(null, "", `/c/${next}`);
    setId(next);
  }, []);
  return [id, go];
}

function fromAddress(): string | undefined {
  return PATH.exec(location.pathname)?.[1];
}
