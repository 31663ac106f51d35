import type { Profile } from "../../user/index.ts";
import { derivedSummary } from "../../user/index.ts";

/** What a model is shown of a profile: its summary, then its data where the summary is not made of it. */
export function profileText({ summary, data }: Profile): string {
  const lines = derivedSummary(data);
  return summary === lines ? lines : `${summary}\n${lines}`.trim();
}

/** Null for a profile that holds nothing. */
export function profileOrNull(profile: Profile | null): Profile | null {
  return profile === null || profileText(profile) === "" ? null : profile;
}
