import { normalizedText } from "../engine/index.ts";

const POLITE = words(
  `hi hello hey hiya howdy greetings good morning afternoon evening night day bye goodbye see you later cheers
   thanks thank thx ty much very so a lot many please welcome nice to meet talk soon have one there again
   sorry excuse me pardon um uh hmm mm er ah oh well`,
);
const ASSENT = words(
  `yes yeah yep yup yah sure ok okay k right correct exactly absolutely definitely certainly fine great perfect good cool alright
   all no nope nah not really that is thats it sounds works agreed indeed got understood i see please do go ahead on`,
);
/** More words than this are not small talk, whichever they are. */
const MOST_WORDS = 8;

/**
 * What a short text is when it says nothing alone. `polite`: a greeting, thanks, a farewell, a filler. `assent`: a yes or
 * no, which means something only after what it answers. English; anything else is undefined and counts as said.
 */
export function smallTalk(text: string): "polite" | "assent" | undefined {
  const said = normalizedText(text)
    .split(" ")
    .filter((word) => word !== "");
  if (said.length > MOST_WORDS) return undefined;
  if (said.every((word) => POLITE.has(word))) return "polite";
  return said.every((word) => POLITE.has(word) || ASSENT.has(word)) ? "assent" : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}
