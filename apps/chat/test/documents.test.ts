import { PDFDocument } from "pdf-lib";
import { startTestServer, type TestServer } from "./chat-server.ts";
import { HANDBOOK, sourcesOf, textOf, Visitor } from "./visitor.ts";

let server: TestServer;
let ana: Visitor;

beforeAll(async () => {
  server = await startTestServer({ env: { UPLOAD_MAX_MB: "0.05", DOCUMENTS_PER_USER: "3" } });
});
beforeEach(async () => {
  ana = await Visitor.arrive(server);
});
afterAll(() => server.close());

async function pdf(text: string): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  const page = document.addPage();
  page.drawText(text, { size: 12, x: 40, y: 600 });
  return document.save();
}

describe("documents", () => {
  it.each([
    ["handbook.md", HANDBOOK, "markdown"],
    ["returns.txt", "A router can be returned within 30 days.", "text"],
    ["returns.html", "<h1>Returns</h1><p>A router can be returned within 30 days.</p>", "html"],
    ["faq.csv", "question,answer\nReturns?,A router can be returned within 30 days.\n", "csv"],
  ])("are answered from: %s", async (name, content, type) => {
    const events = await ana.upload(name, content);
    expect(events.at(0)).toEqual({ phase: "read" });
    expect(events.filter(({ phase }) => phase === "index").at(-1)).toMatchObject({ phase: "index" });
    expect(events.at(-1)).toMatchObject({ phase: "done", document: { name, type } });
    const answer = await ana.ask("conversation-1", "Within how many days can a router be returned?");
    expect(textOf(answer)).toContain("within 30 days");
    expect(sourcesOf(answer)[0]?.id).toContain(name);
  });

  it("are answered from: a PDF, whose page is named", async () => {
    await ana.upload("returns.pdf", await pdf("A router can be returned within 30 days."));
    const answer = await ana.ask("conversation-1", "Within how many days can a router be returned?");
    expect(textOf(answer)).toContain("within 30 days");
    const id = encodeURIComponent(sourcesOf(answer)[0]?.id as string);
    expect(await (await ana.fetch(`/api/passages?lane=org&id=${id}`)).json()).toMatchObject({
      origin: "returns.pdf, page 2",
    });
  });

  it("take the place of one that had their name, without what is no longer in them", async () => {
    await ana.upload("handbook.md", HANDBOOK);
    const events = await ana.upload("handbook.md", "# Larkfield handbook\n\nEverything is sold out.");
    expect(events.at(-1)).toMatchObject({ phase: "done", document: { passages: 1 } });
    expect(await ana.documents()).toHaveLength(1);
    const answer = await ana.ask("conversation-1", "Within how many days can a router be returned?");
    expect(textOf(answer)).not.toContain("30 days");
  });

  it("are gone once they are deleted, and their citations say so", async () => {
    await ana.upload("handbook.md", HANDBOOK);
    const [source] = sourcesOf(await ana.ask("conversation-1", "Within how many days can a router be returned?"));
    expect((await ana.fetch("/api/documents/handbook.md", { method: "DELETE" })).status).toBe(204);
    expect(await ana.documents()).toEqual([]);
    const gone = await ana.fetch(`/api/passages?lane=org&id=${encodeURIComponent(source?.id as string)}`);
    expect(gone.status).toBe(404);
    const answer = await ana.ask("conversation-2", "Within how many days can a router be returned?");
    expect(sourcesOf(answer).filter(({ lane }) => lane === "org")).toEqual([]);
    expect((await ana.fetch("/api/documents/handbook.md", { method: "DELETE" })).status).toBe(404);
  });

  it("are refused when they cannot be read, and nothing is kept of them", async () => {
    expect((await ana.upload("scan.pdf", "not a PDF")).at(-1)).toMatchObject({
      phase: "failed",
      message: expect.stringContaining("not a PDF that can be read"),
    });
    expect((await ana.upload("blank.txt", "  \n")).at(-1)).toMatchObject({ phase: "failed" });
    await expect(ana.upload("music.mp3", "la la la")).rejects.toThrow("music.mp3 is of a kind that cannot be read");
    await expect(ana.upload("empty.md", "")).rejects.toThrow("empty.md is empty");
    expect(await ana.documents()).toEqual([]);
  });

  it("keep to their folder, whatever name is given", async () => {
    const events = await ana.upload("../../etc/handbook.md", HANDBOOK);
    expect(events.at(-1)).toMatchObject({ phase: "done", document: { name: "handbook.md" } });
  });

  it("are refused when they are too large or too many", async () => {
    await expect(ana.upload("large.txt", "word ".repeat(20_000))).rejects.toThrow(/413.*0.05 MB/);
    for (const name of ["a.md", "b.md", "c.md"]) await ana.upload(name, HANDBOOK);
    expect((await ana.upload("d.md", HANDBOOK)).at(-1)).toMatchObject({
      phase: "failed",
      message: expect.stringContaining("at most 3"),
    });
    expect((await ana.upload("c.md", HANDBOOK)).at(-1)).toMatchObject({ phase: "done" });
  });
});
