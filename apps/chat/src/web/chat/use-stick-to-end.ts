import { type RefObject, useEffect, useRef } from "react";

/** So near to the end, in pixels, a reader counts as being at it. */
const NEAR_END_PX = 120;

/** Keeps the end of a scrolled element in sight as it grows, unless the reader went back up. */
export function useStickToEnd<T extends HTMLElement>(content: unknown): RefObject<T | null> {
  const scroller = useRef<T>(null);
  const atEnd = useRef(true);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    };
    element.addEventListener("scroll", onScroll, { passive: true });
    return () => element.removeEventListener("scroll", onScroll);
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (content !== undefined && element !== null && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [content]);
  return scroller;
}
