import { sentencesOf } from "../../recall/index.ts";

const ENDS_AS_QUESTION = /[?？؟]["'”’)\]]*$/u;
/** How English questions and requests begin; transcripts often lack the question mark. */
const BEGINS_AS_QUESTION =
  /^(?:(?:so|and|but|ok|okay|well|um|uh|hey|hi|hello|please|now|again|sorry)[\s,]+)*(?:what|who|whom|whose|which|where|when|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|have|has|tell|show|remind|repeat|say|read|list|give|explain|describe|recall|summari[sz]e)(?:['’](?:s|re|d|ll))?\b/iu;

/** True when every sentence asks for something and none states anything. A guess: by its first words and its last sign. */
export function asksOnly(text: string): boolean {
  const sentences = sentencesOf(text);
  return (
    sentences.length > 0 &&
    sentences.every((sentence) => ENDS_AS_QUESTION.test(sentence) || BEGINS_AS_QUESTION.test(sentence))
  );
}
