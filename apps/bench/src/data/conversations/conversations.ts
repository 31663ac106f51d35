import type { IrDocument, IrQuery, IrSet } from "../../quality/ir-set.ts";
import type { Relevance } from "../../quality/metrics.ts";
import { pick, randomSource, shuffled } from "../random.ts";
import { ACKNOWLEDGEMENTS, ASPECTS, OPENERS, REACTIONS, SMALL_TALK, SPEAKERS, TOPICS } from "./phrases.ts";

const SESSIONS = 6;
const EPISODES = 4;
/** Topics of one conversation: fewer than its episodes, so that some come back in another session, to be told apart. */
const TOPICS_OF_ONE = 16;

/** What an answer says of its topic: nothing, another name of it, or the name that the question uses. */
type Kind = "elliptic" | "alias" | "full";

/** Shares of the kinds: nobody has counted them, so scores are also given kind by kind. */
const KINDS: readonly Kind[] = [
  "elliptic",
  "elliptic",
  "elliptic",
  "alias",
  "alias",
  "alias",
  "full",
  "full",
  "full",
  "full",
];

/**
 * Conversations over several sessions and questions about them, each answered by one turn. An `elliptic` answer does not
 * say what it is about: the turns before it do. An `alias` answer uses another name for it. A `full` answer stands alone,
 * and what stands around it can only mislead. Around all of them is talk that names the topic and answers nothing, and
 * the same topics and the same sorts of answer come back in other sessions. The same seed gives the same set.
 */
export function conversations(seed: number, count = 40): IrSet {
  const set = { name: `conversations (seed ${seed})`, corpus: [], queries: [], qrels: {} };
  const random = randomSource(seed);
  for (let number = 0; number < count; number++) addConversation(set, random, `conversation-${number}`);
  return set;
}

interface Growing {
  corpus: IrDocument[];
  queries: IrQuery[];
  qrels: Record<string, Relevance>;
}

function addConversation({ corpus, queries, qrels }: Growing, random: () => number, group: string): void {
  const [teller, listener] = pick(random, SPEAKERS);
  const topics = shuffled(random, TOPICS).slice(0, TOPICS_OF_ONE);
  const left = new Map(topics.map((topic) => [topic, shuffled(random, ASPECTS)]));
  for (let episode = 0; episode < SESSIONS * EPISODES; episode++) {
    const session = `${group}/session-${Math.floor(episode / EPISODES)}`;
    const say = (speaker: string, text: string): string => {
      const id = `${group}/turn-${corpus.length}`;
      corpus.push({ id, group, session, speaker, text });
      return id;
    };
    const topic = pick(random, topics);
    const [name, ...alsoCalled] = topic;
    const called = () => pick(random, topic);
    const aspects = left.get(topic)?.splice(0, 2) ?? [];
    if (random() < 0.5) say(pick(random, [teller, listener]), pick(random, SMALL_TALK));
    say(teller, about(pick(random, OPENERS), called()));
    if (random() < 0.5) say(listener, pick(random, REACTIONS));
    for (const aspect of aspects) {
      const kind = pick(random, KINDS);
      if (kind === "elliptic" || random() < 0.6)
        say(listener, about(pick(random, aspect.prompts), random() < 0.6 ? called() : "it"));
      const sentence = pick(random, kind === "elliptic" ? aspect.elliptic : aspect.full);
      const answer = about(sentence, kind === "full" ? name : pick(random, alsoCalled), pick(random, aspect.values));
      const id = say(teller, answer);
      if (random() < 0.6) say(listener, about(pick(random, ACKNOWLEDGEMENTS), called()));
      const query = `query-${queries.length}`;
      queries.push({ id: query, group, kind, text: about(pick(random, aspect.questions), name, "", teller) });
      qrels[query] = { [id]: 1 };
    }
  }
}

/** The sentence with its places filled, and a capital letter in front. */
function about(sentence: string, topic: string, value = "", who = ""): string {
  const text = sentence.replace("{topic}", topic).replace("{value}", value).replace("{who}", who);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
