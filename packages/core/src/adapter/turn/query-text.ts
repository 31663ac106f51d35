/** Characters of a message that memory is asked with as it is. */
const MOST_CHARS = 1_000;
/** Of a longer one: characters of each of its sentences, and of all of them. */
const SENTENCE_CHARS = 120;
const TOGETHER_CHARS = 480;
/** Of a question that something pasted runs into without an end: what it ends with. */
const RUN_IN_CHARS = 48;
const SENTENCE_END = /(?<=[.!?\u3002\uff01\uff1f])\s+|\n+/u;
const QUESTION_END = /[?\uff1f]["')\]]*$/u;

/**
 * What is asked with. A longer text is something pasted, with a question before it or behind it, and all the rest would
 * only blur it: its questions are asked with, the first and the last ones; without one, how it begins and ends.
 */
export function queryText(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= MOST_CHARS) return trimmed;
  const questions = trimmed.split(SENTENCE_END).filter((sentence) => QUESTION_END.test(sentence));
  const asked = questions.map(endOf);
  const most = TOGETHER_CHARS / SENTENCE_CHARS;
  const wanted = asked.length <= most ? asked : [...asked.slice(0, most / 2), ...asked.slice(-most / 2)];
  const half = TOGETHER_CHARS / 2;
  const shown = wanted.length > 0 ? wanted : [trimmed.slice(0, half), trimmed.slice(-half)];
  return shown.join("\n").replace(/\p{Surrogate}/gu, "");
}

function endOf(question: string): string {
  if (question.length <= SENTENCE_CHARS) return question;
  return question.slice(-RUN_IN_CHARS).replace(/^\S*\s+/u, "");
}
