/**
 * The walls of the repository, checked on every import, type-only ones included. `npm run lint` runs it.
 *
 * Rooms of core, lowest first: a room imports those before it, each by its door (`index.ts`), and none after it.
 */
const ROOMS = [
  "errors",
  "telemetry",
  "redact",
  "storage",
  "engine",
  "user",
  "session",
  "recall",
  "consolidation",
  "forgetting",
];
/** Rooms within the engine, lowest first. */
const ENGINE_ROOMS = [
  "bytes",
  "documents",
  "kernel",
  "analysis",
  "filter",
  "chunking",
  "words",
  "vectors",
  "embedding",
  "search",
  "validate",
  "log",
  "catalog",
];
const CORE = "^packages/core/src/";
/** Tests look into the rooms that they test; what they share stands in packages/core/test. */
const TESTS = "(\\.test\\.ts$|/test/|\\.d\\.ts$)";

const upward = (rooms, base) =>
  rooms.flatMap((room, place) => {
    const above = rooms.slice(place + 1);
    return above.length === 0
      ? []
      : [
          {
            name: `${room}-imports-nothing-above-it`,
            severity: "error",
            from: { path: `${base}${room}/`, pathNot: TESTS },
            to: { path: `${base}(${above.join("|")})/` },
          },
        ];
  });

const throughDoors = (base, rooms) =>
  rooms.map((room) => ({
    name: `${room}-has-one-door`,
    severity: "error",
    from: { path: CORE, pathNot: [TESTS, `${base}${room}/`] },
    to: { path: `${base}${room}/`, pathNot: `${base}${room}/index\\.ts$` },
  }));

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "A circle of files, type-only imports included, means that two files are one idea.",
      severity: "error",
      from: { path: "^packages/[^/]+/src/", pathNot: TESTS },
      to: { circular: true },
    },
    ...throughDoors(CORE, [...ROOMS.filter((room) => room !== "engine" && room !== "storage"), "adapter"]),
    ...throughDoors(`${CORE}engine/`, ENGINE_ROOMS),
    {
      name: "engine-has-one-door",
      severity: "error",
      from: { path: CORE, pathNot: [TESTS, `${CORE}engine/`] },
      to: { path: `${CORE}engine/`, pathNot: `${CORE}engine/index\\.ts$` },
    },
    {
      name: "storage-has-one-door",
      comment: "Node's store has a door of its own, so that browsers do not load it.",
      severity: "error",
      from: { path: CORE, pathNot: [TESTS, `${CORE}storage/`] },
      to: { path: `${CORE}storage/`, pathNot: [`${CORE}storage/index\\.ts$`, `${CORE}storage/node/index\\.ts$`] },
    },
    ...upward(ROOMS, CORE),
    ...upward(ENGINE_ROOMS, `${CORE}engine/`),
    {
      name: "nothing-below-the-facade-imports-it",
      severity: "error",
      from: { path: `${CORE}(${ROOMS.join("|")})/`, pathNot: TESTS },
      to: {
        path: `${CORE}(adapter/|testing/|[^/]*sotto\\.ts$|memory-methods\\.ts$|index\\.ts$|engine\\.ts$|storage\\.ts$)`,
      },
    },
    {
      name: "packages-import-published-entries",
      comment: "Another package is imported by its name and published subpaths, never by a path into it.",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: { path: "^(packages|apps)/([^/]+)/src/", pathNot: "^$1/$2/" },
    },
    {
      name: "packages-import-no-app",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "adapters-depend-on-core-alone",
      severity: "error",
      from: { path: "^packages/(livekit|ai-sdk|langchain)/src/", pathNot: TESTS },
      to: { path: "^packages/(?!core/|$1/)" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: ["node_modules", "/dist/"] },
    exclude: { path: ["/dist/", "/generated/", "\\.d\\.(ts|mts)$"] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
