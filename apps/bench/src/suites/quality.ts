import { conversations } from "../data/conversations/conversations.ts";
import { type Abstention, scoreAbstention } from "../quality/abstention.ts";
import { type AlphaScores, scoreAlphas } from "../quality/alphas.ts";
import { EMBEDDERS, type EmbedderName } from "../quality/embedders.ts";
import { type IrSet, readIrSets } from "../quality/ir-set.ts";
import { type NeighbourScores, scoreNeighbours } from "../quality/neighbours.ts";
import { openGroups } from "../quality/open-groups.ts";
import { timeQueries } from "../quality/query-times.ts";
import { type SpokenScores, scoreSpoken } from "../quality/spoken.ts";
import type { Progress } from "../report/progress.ts";

/** Queries of other sets that are asked of each set, since it cannot answer them. */
const MOST_FOREIGN = 300;

export interface QualityResult {
  embedder: string;
  sets: {
    name: string;
    documents: number;
    queries: number;
    groups: number;
    /** Milliseconds of a query, its embedding included. */
    queryMs: { p50: number; p95: number };
  }[];
  alphas: AlphaScores[];
  /** The queries as they are, and as people say them. */
  spoken: SpokenScores[];
  /** Of sets whose documents are turns in sessions. */
  neighbours: NeighbourScores[];
  abstention: Abstention[];
}

export interface QualityOptions {
  /** Directory of `*.ir.json`. */
  sets?: string;
  /** Adds the generated conversations, once for each seed. */
  conversationSeeds: readonly number[];
  /** How many conversations a seed makes. Default 40. */
  conversationCount?: number;
  /** Default `static`. */
  embedder?: EmbedderName;
  progress: Progress;
}

/** Retrieval quality by Sotto's public API. */
export async function benchQuality(options: QualityOptions): Promise<QualityResult> {
  const sets: IrSet[] = [
    ...(options.sets === undefined ? [] : readIrSets(options.sets)),
    ...options.conversationSeeds.map((seed) => conversations(seed, options.conversationCount)),
  ];
  const embedder = EMBEDDERS[options.embedder ?? "static"]();
  const result: QualityResult = {
    embedder: embedder.id,
    sets: [],
    alphas: [],
    spoken: [],
    neighbours: [],
    abstention: [],
  };
  for (const set of sets) {
    options.progress(`${set.name}: indexing`);
    const { groups, sotto } = await openGroups(set, embedder);
    const queries = groups.reduce((sum, group) => sum + group.queries.length, 0);
    const queryMs = await timeQueries(groups);
    result.sets.push({ name: set.name, documents: set.corpus.length, queries, groups: groups.length, queryMs });
    options.progress(`${set.name}: alphas`);
    result.alphas.push(...(await scoreAlphas(set, groups)));
    options.progress(`${set.name}: as it is said`);
    result.spoken.push(...(await scoreSpoken(set, groups)));
    if (set.corpus.some(({ session }) => session !== undefined)) {
      options.progress(`${set.name}: neighbours`);
      result.neighbours.push(...(await scoreNeighbours(set, groups)));
    }
    options.progress(`${set.name}: abstention`);
    result.abstention.push(await scoreAbstention(set, groups, foreignQueries(set, sets)));
    await sotto.close();
  }
  await embedder.dispose?.();
  return result;
}

function foreignQueries(set: IrSet, sets: readonly IrSet[]): string[] {
  const generated = ({ name }: IrSet) => name.startsWith("conversations (");
  return sets
    .filter((other) => other !== set && !(generated(set) && generated(other)))
    .flatMap((other) => other.queries.slice(0, MOST_FOREIGN).map(({ text }) => text));
}
