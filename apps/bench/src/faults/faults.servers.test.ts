import { benchFaults } from "../suites/faults.ts";

it("lets no attack through", async () => {
  const rows = await benchFaults({ quick: true, progress: () => undefined });
  expect(rows.filter(({ failures }) => failures > 0)).toEqual([]);
  expect(rows.length).toBeGreaterThan(5);
}, 300_000);
