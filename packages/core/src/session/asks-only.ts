import { sentencesOf } from "../engine/index.ts";

const ENDS_AS_QUESTION = /[?？؟]["'”’»)\]]*$/u;
/** How questions and requests begin, by language; transcripts often lack the question mark. */
const BEGINNINGS = [
  `what|who|whom|whose|which|where|when|why|how|is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|have|has|tell|show|remind|repeat|say|read|list|give|explain|describe|recall|summari[sz]e`,
  `was|wer|wen|wem|wessen|welche[rsmn]?|wo|wohin|woher|wann|warum|wieso|weshalb|wie|ist|sind|hast|habe ich|hat|haben|kannst|können|könnten|könntest|weißt|wissen sie|sag|sagen sie|erinner|nenn|zeig`,
  `qué|que|quién|quien|cuál|cual|cuáles|dónde|donde|adónde|cuándo|cuando|por qué|cómo|cuánto|cuántos|cuántas|sabes|sabe|puedes|puede|podrías|podría|dime|dígame|recuérdame`,
  `qu|que|qui|quoi|quel|quelle|quels|quelles|où|quand|pourquoi|comment|combien|est ce que|sais tu|savez vous|peux tu|pouvez vous|pourriez vous|dis|dites|rappelle|rappelez`,
  `qual|quais|onde|quando|como|quanto|você sabe|pode|me diga|chi|cosa|che cosa|quale|dove|perché|quanto|sai|puoi|può|dimmi|mi dica|wat|wie|welke|waar|wanneer|waarom|hoe|weet|kun|kunt`,
].join("|");
const LEADS =
  "so|and|but|ok|okay|well|um|uh|hey|hi|hello|please|now|again|sorry|und|aber|also|na|hallo|bitte|y|pero|bueno|hola|et|mais|alors|bonjour|e|mas|ma|en|maar";
const BEGINS_AS_QUESTION = new RegExp(
  `^[¿¡\\s"'«“]*(?:(?:${LEADS})[\\s,]+)*(?:${BEGINNINGS})(?:['’](?:s|re|d|ll))?(?![\\p{L}\\p{N}])`,
  "iu",
);

/** True when a sentence asks or requests: a guess by its first words and its last sign. */
export function asks(sentence: string): boolean {
  return ENDS_AS_QUESTION.test(sentence) || BEGINS_AS_QUESTION.test(sentence);
}

/** True when every sentence asks for something and none states anything. */
export function asksOnly(text: string): boolean {
  const sentences = sentencesOf(text);
  return sentences.length > 0 && sentences.every(asks);
}

/** The question that a text ends with: its last sentence and those right before it, as far as they ask; "" without one. */
export function lastQuestion(text: string, mostChars: number): string {
  const asked: string[] = [];
  let chars = 0;
  // From a little before what may be kept, so that a long text costs no more than a short one.
  const sentences = sentencesOf(text.length > mostChars * 3 ? text.slice(-mostChars * 3) : text);
  for (let i = sentences.length - 1; i >= 0; i--) {
    const sentence = sentences[i] as string;
    chars += sentence.length + 1;
    if (!(asked.length === 0 ? asks(sentence) : ENDS_AS_QUESTION.test(sentence)) || chars > mostChars) break;
    asked.unshift(sentence);
  }
  return asked.join(" ");
}

/** How an answer says that it is none; short ones only, since a long one says more. */
const NO_ANSWER =
  /\b(?:(?:i am|i'm|i m) (?:not sure|afraid i|still (?:looking|checking))|(?:do not|don't|didn't|did not) (?:know|have (?:that|any|this|the) (?:information|record|data)|have a record)|can(?:not|'t| not) (?:see|find|say|tell|answer)|(?:no|without) (?:record|information|idea|data)|there is no \w+ (?:in|on)|not in my|not on (?:file|record)|would have to (?:ask|look|check)|let me (?:check|look)|could you (?:tell|repeat)|weiß (?:ich )?(?:es |das )?(?:leider )?nicht|keine (?:ahnung|information|angabe|daten)|nicht (?:sicher|bekannt|gespeichert)|kann ich (?:leider )?nicht|müsste (?:ich )?(?:nach|frag)|no (?:lo )?sé|no (?:tengo|dispongo|encuentro|puedo)|no estoy segur[oa]|(?:ne|n') ?(?:sais|ai|dispose|trouve|peux|suis) pas)/iu;
const MOST_CHARS_OF_NO_ANSWER = 120;

/** Whether an answer only says that it has none. English, German, Spanish, French; a guess. */
export function answersNothing(text: string): boolean {
  return text.length <= MOST_CHARS_OF_NO_ANSWER && NO_ANSWER.test(text.replaceAll("’", "'"));
}
