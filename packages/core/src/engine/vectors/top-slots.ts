import type { ScoredSlots } from "../bytes/index.ts";
import { heapBegin, replaceWorst, sortBestFirst } from "../kernel/index.ts";

/** Collects the best of a stream of scored slots: of equal scores (as float32) the lower slot comes first. */
export class TopSlots {
  private scores = new Float32Array(16);
  private slots = new Uint32Array(16);
  private wanted = 0;
  private found = 0;

  begin(wanted: number): void {
    if (wanted > this.slots.length) {
      this.scores = new Float32Array(wanted);
      this.slots = new Uint32Array(wanted);
    }
    this.wanted = wanted;
    this.found = 0;
    heapBegin(this.scores, this.slots, wanted, Number.NEGATIVE_INFINITY);
  }

  offer(slot: number, exactScore: number): void {
    const score = Math.fround(exactScore);
    const worst = this.scores[0] as number;
    if (score < worst || (score === worst && slot > (this.slots[0] as number))) return;
    replaceWorst(this.scores, this.slots, this.wanted, score, slot);
    this.found++;
  }

  /** Ends the collection: best first. The arrays are reused by the next one. */
  end(): ScoredSlots {
    sortBestFirst(this.scores, this.slots, this.wanted);
    const count = Math.min(this.found, this.wanted);
    return { count, slots: this.slots.subarray(0, count), scores: this.scores.subarray(0, count) };
  }
}
