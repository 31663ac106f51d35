import { startOfflineLlm } from "./index.ts";

it("closes while a client keeps its connection open, and frees the port", async () => {
  const server = await startOfflineLlm();
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await Promise.all([server.close(), server.close()]);
  await expect(fetch(`${server.url}/health`)).rejects.toThrow("fetch failed");
  const again = await startOfflineLlm({ port: Number(new URL(server.url).port) });
  await again.close();
});

it("reports a port that is taken", async () => {
  const server = await startOfflineLlm();
  await expect(startOfflineLlm({ port: Number(new URL(server.url).port) })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await server.close();
});
