import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { packageFolders, pinnedFile, surfaceOf } from "../src/surface.ts";

// A change that is meant: `pnpm --filter @sotto-internal/surface pin`, and a changeset that says it.
describe("what a package exports", () => {
  it.each(packageFolders())("is what is pinned: %s", (folder) => {
    expect(surfaceOf(folder)).toBe(readFileSync(pinnedFile(folder), "utf8"));
  });

  it("is pinned for nothing that is gone", () => {
    const files = readdirSync(dirname(pinnedFile("core")));
    expect(files.sort()).toEqual(packageFolders().map((folder) => `${folder}.txt`));
  });
});
