import type { BuildPeers } from "./peer.ts";

/** USearch: an HNSW graph over float32 in native code, prebuilt in its package; built on all cores, searched on one. */
export const usearch: BuildPeers = async ({ vectors }) => {
  const library = await import("usearch").catch(() => undefined);
  if (library === undefined) return undefined;
  const start = performance.now();
  const index = new library.Index({
    metric: library.MetricKind.IP,
    quantization: library.ScalarKind.F32,
    dimensions: vectors.dimensions,
    connectivity: 0,
    expansion_add: 0,
    expansion_search: 0,
    multi: false,
  });
  index.add(
    BigUint64Array.from({ length: vectors.count }, (_, i) => BigInt(i)),
    vectors.values,
    0,
  );
  return [
    {
      name: "USearch, HNSW float32",
      searches: "vectors",
      buildMs: performance.now() - start,
      search: ({ vector }, k) => Array.from(index.search(vector, k, 1).keys, Number),
    },
  ];
};
