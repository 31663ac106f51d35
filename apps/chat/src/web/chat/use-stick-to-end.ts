import { useEffect, useRef } from "react";

/** So near to the end, in pixels, a reader counts as being at it. */
const NEAR_END_PX = 120;

/** Keeps the end of the page in sight as it grows, unless the reader went back up. `content` is what makes it grow. */
export function useStickToEnd(content: unknown): void {
  const atEnd = useRef(true);

  useEffect(() => {
    const onScroll = () => {
      const { scrollHeight, scrollTop, clientHeight } = document.documentElement;
      atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    };
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, []);

  useEffect(() => {
    if (content !== undefined && atEnd.current) scrollTo({ top: document.documentElement.scrollHeight });
  }, [content]);
}
