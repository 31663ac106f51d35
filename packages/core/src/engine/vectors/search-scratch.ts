import { type Arena, SHORTLIST_STATE_BYTES } from "../kernel/index.ts";

export const MAXIMUM_DIMENSIONS = 4_096;
const INITIAL_CAPACITY = 16_384;

/** Working memory of a search. All fields but the capacities are byte offsets into the arena. */
export class SearchScratch {
  /** int16 a dimension. */
  readonly query: number;
  /** 16 bytes for each 4 dimensions. */
  readonly lookup: number;
  readonly state: number;
  /** `capacity` uint32: what is to be scored, and `capacity` float32: its scores. */
  slots = 0;
  scores = 0;
  /** `capacity` pairs of uint32. */
  buffer = 0;
  capacity = 0;
  /** A bit for each of `liveSlots`. */
  live = 0;
  private liveSlots = 0;
  private readonly arena: Arena;

  constructor(arena: Arena) {
    this.arena = arena;
    this.query = arena.allocate(MAXIMUM_DIMENSIONS * 2);
    this.lookup = arena.allocate(MAXIMUM_DIMENSIONS * 4);
    this.state = arena.allocate(SHORTLIST_STATE_BYTES);
    this.reserve(INITIAL_CAPACITY, INITIAL_CAPACITY);
  }

  /** Makes room for a shortlist buffer of `capacity` entries and for `liveSlots` bits. */
  reserve(capacity: number, liveSlots: number): void {
    if (capacity > this.capacity) {
      if (this.capacity > 0) {
        this.arena.free(this.slots, this.capacity * 4);
        this.arena.free(this.scores, this.capacity * 4);
        this.arena.free(this.buffer, this.capacity * 8);
      }
      this.capacity = 2 ** Math.ceil(Math.log2(capacity));
      this.slots = this.arena.allocate(this.capacity * 4);
      this.scores = this.arena.allocate(this.capacity * 4);
      this.buffer = this.arena.allocate(this.capacity * 8);
    }
    if (liveSlots > this.liveSlots) {
      if (this.liveSlots > 0) this.arena.free(this.live, this.liveSlots / 8);
      this.liveSlots = 2 ** Math.ceil(Math.log2(liveSlots));
      this.live = this.arena.allocate(this.liveSlots / 8);
    }
  }
}

/** The scratch of an arena, shared by all its stores: a search runs to its end before the next one begins. */
export const scratchOf = oneForEachArena();

/** That of a scan in steps, between which searches come: a scan runs to its end before the next one begins. */
export const steppedScratchOf = oneForEachArena();

function oneForEachArena(): (arena: Arena) => SearchScratch {
  const scratches = new WeakMap<Arena, SearchScratch>();
  return (arena) => {
    let scratch = scratches.get(arena);
    if (scratch === undefined) {
      scratch = new SearchScratch(arena);
      scratches.set(arena, scratch);
    }
    return scratch;
  };
}
