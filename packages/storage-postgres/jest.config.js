import preset from "@sotto-internal/jest";

// A server, other processes and kills: slow where much else runs.
export default { ...preset, testTimeout: 60_000 };
