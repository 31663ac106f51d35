import { fileURLToPath } from "node:url";

/** The workspace's root, in which the packages that the app imports lie. */
const root = fileURLToPath(new URL("../../../..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root, distDir: "dist" };
