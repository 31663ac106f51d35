import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { createServer, newKey, type SottoServer } from "@sotto/server";
import { startTestServer, type TestServer } from "./chat-server.ts";
import { textOf, Visitor } from "./visitor.ts";

let sotto: Sotto;
let memory: SottoServer;
let server: TestServer;

beforeEach(async () => {
  const key = newKey();
  sotto = createSotto({ storage: memoryStorage() });
  memory = createServer({ sotto, keys: [{ role: "write", key }] });
  const { url } = await memory.listen({ port: 0 });
  server = await startTestServer({ env: { SOTTO_URL: url, SOTTO_PROJECT_KEY: key } });
});
afterEach(async () => {
  await server.close();
  await memory.close();
  await sotto.close();
});

it("keeps the chat's memory in a Sotto server that SOTTO_URL names", async () => {
  const ana = await Visitor.arrive(server);
  await ana.ask("conversation-1", "My boat is called Sirocco.");
  await ana.ask("conversation-2", "Hello!");
  expect(textOf(await ana.ask("conversation-3", "What is my boat called?"))).toContain("Sirocco");
  const other = await Visitor.arrive(server);
  expect(textOf(await other.ask("conversation-9", "What is my boat called?"))).not.toContain("Sirocco");
});
