import { type Encoder, loadEncoder } from "./encoder.ts";
import type { RuntimeChoice } from "./runtime/open-runtime.ts";

interface Shared {
  users: number;
  loading: Promise<Encoder> | undefined;
}

// One model in the process, however many embedders there are: it takes some 300 MB.
const shared = new Map<RuntimeChoice, Shared>();

/** A share in the process's model. */
export interface EncoderShare {
  /** Loads the model on the first call; a failed load is tried again by the next call. */
  encoder(): Promise<Encoder>;
  /** Gives the share back; the last one frees the model. */
  release(): Promise<void>;
}

export function shareEncoder(choice: RuntimeChoice): EncoderShare {
  const entry = shared.get(choice) ?? { users: 0, loading: undefined };
  shared.set(choice, entry);
  let taken = false;
  return {
    encoder() {
      if (!taken) {
        taken = true;
        entry.users++;
      }
      entry.loading ??= loadEncoder(choice).catch((error: unknown) => {
        entry.loading = undefined;
        throw error;
      });
      return entry.loading;
    },
    async release() {
      if (!taken) return;
      taken = false;
      if (--entry.users > 0) return;
      const { loading } = entry;
      entry.loading = undefined;
      await (await loading?.catch(() => undefined))?.release();
    },
  };
}
