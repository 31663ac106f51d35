// Every command of the README, as it stands there and in its order, as somebody who has just heard of it runs them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dispose } from "@livekit/rtc-node";
import { createSotto, type MemoryRecord } from "@sotto/core";
import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import { type Call, type CallableApp, Person } from "./stack/caller.ts";
import { Calls } from "./stack/calls.ts";
import type { Child } from "./stack/child.ts";
import { setInEnvFile } from "./stack/env-file.ts";
import { bringChanges, freshEnvironment } from "./stack/fresh-clone.ts";
import { canInstallLiveKitServer } from "./stack/livekit-server.ts";
import { mustBeFree } from "./stack/ports.ts";
import { ReadmeReader, readmeSays } from "./stack/readme.ts";
import { steps } from "./stack/steps.ts";
import { Terminal } from "./stack/terminal.ts";

const APP_PORTS = { "the web server": 3000, "the stand-in": 4010, "the worker": 8081 };
const PORTS = { "livekit-server": 7880, "livekit-server for media": 7881, ...APP_PORTS };
const QUESTION = readmeSays(/and ask: \*([^*]+)\*/);
const ABOUT_ME = readmeSays(/Tell it something\s\(\*([^*]+)\*\)/);
const PAGE = readmeSays(/Then open <([^>]+)>/);

(canInstallLiveKitServer() ? describe : describe.skip)(
  "the README, command by command (needs Go, or a LiveKit server that its script has built)",
  () => {
    const readme = new ReadmeReader();
    const started: Child[] = [];
    const calls = new Calls();
    let folder: string;
    let env: NodeJS.ProcessEnv;
    let terminal: Terminal;
    let liveKitServer: string;
    let model: OfflineLlm;

    const step = steps();
    const start = (command: string, inTerminal = terminal): Child => {
      const child = inTerminal.start(command);
      started.push(child);
      return child;
    };
    const answersTheQuestion = async (made: Call): Promise<void> => {
      await made.type(QUESTION);
      expect(await made.hears("3 EUR a month")).toContain("second SIM");
      const [recall] = made.recalls;
      expect(recall).toMatchObject({ query: QUESTION, status: "ok", waitedMs: expect.any(Number) });
      expect(recall?.found[0]).toMatchObject({ lane: "org", source: "Mobile plans" });
      expect(recall?.found[0]?.text).toContain("3 EUR a month");
      expect(recall?.lanes.find(({ lane }) => lane === "org")).toMatchObject({ status: "ok", ms: expect.any(Number) });
    };
    const app = (): CallableApp => ({ url: PAGE, openaiURL: model.baseURL });

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "sotto-readme-"));
      env = freshEnvironment(folder);
      terminal = new Terminal(folder, env);
      await mustBeFree(PORTS);
      model = await startOfflineLlm();
    });

    afterAll(async () => {
      await calls.end();
      for (const child of started.toReversed()) await child.stop();
      await model?.close();
      await dispose();
      rmSync(folder, { recursive: true, force: true });
    }, 90_000);

    step(
      "clones, installs and builds",
      async () => {
        await terminal.run(readme.next("git clone "));
        bringChanges(join(folder, "sotto"), env);
        await terminal.run(readme.next("cd sotto"));
        await terminal.run(readme.next("npm run bootstrap"), 240_000);
        await terminal.run(readme.next("npm run build"), 300_000);
        const printed = await terminal.run(readme.next("bash tooling/scripts/install-livekit-server.sh"), 400_000);
        liveKitServer = printed.findLast((line) => line.endsWith("/livekit-server")) ?? "";
        await terminal.run(readme.next("cd apps/voice-agent"));
      },
      960_000,
    );

    step("has a LiveKit server in a terminal of its own", async () => {
      const own = new Terminal(terminal.folder, { ...env, PATH: `${dirname(liveKitServer)}:${env.PATH}` });
      await start(readme.next("livekit-server --dev"), own).says("starting LiveKit server");
    });

    step(
      "talks without a key, is remembered, and ends by Ctrl-C in the middle of a call",
      async () => {
        const dev = start(readme.next("npm run dev:offline"));
        await dev.says(`Open ${PAGE} and call.`, 120_000);
        await dev.says("registered worker");
        const ann = await Person.signIn(app(), "Ann");
        const first = await calls.begin(ann);
        await answersTheQuestion(first);
        await first.type(ABOUT_ME);
        await first.savedAll(ABOUT_ME);
        await first.hangUp();

        const second = await calls.begin(ann);
        await second.type("What is my cat called?");
        await second.hears("Bertolt");
        expect(second.recalls[0]?.found.filter(({ text }) => text.includes("Bertolt"))).toMatchObject([
          { lane: "permanent", source: "Ann" },
        ]);
        expect(await dev.interrupt()).toEqual([]);
        await mustBeFree(APP_PORTS);
      },
      240_000,
    );

    step(
      "talks with a model, which makes facts of a call that the next one knows",
      async () => {
        await terminal.run(readme.next("cp .env.example .env"));
        const settings = { OPENAI_API_KEY: "a key", OPENAI_BASE_URL: model.baseURL, CONSOLIDATOR: "llm" };
        setInEnvFile(join(terminal.folder, ".env"), settings);
        const dev = start(readme.next("npm run dev"));
        await dev.says(`Open ${PAGE} and call.`, 120_000);
        await dev.says("registered worker");
        const ben = await Person.signIn(app(), "Ben");
        const first = await calls.begin(ben);
        await answersTheQuestion(first);
        await first.type("My router is a Larkbox 4.");
        await first.savedAll("My router is a Larkbox 4.");
        const session = await first.sid();
        await first.hangUp();

        const [fact] = await factsOf(first.identity);
        expect(fact).toMatchObject({
          text: "My router is a Larkbox 4.",
          provenance: [{ sessionId: session, speaker: first.identity, turnIds: [expect.any(String)] }],
        });
        const second = await calls.begin(ben);
        await second.type("Which router do I have?");
        await second.hears("Larkbox 4");
        expect(second.recalls[0]?.found).toContainEqual(
          expect.objectContaining({ lane: "permanent", text: fact?.text }),
        );
        await second.hangUp();
        expect(await dev.interrupt()).toEqual([]);
      },
      240_000,
    );

    step(
      "runs part by part, and sees documents that are indexed meanwhile",
      async () => {
        const index = readme.next("npm run index");
        await terminal.run(index);
        await terminal.run(readme.next("npm run build"));
        const worker = start(readme.next("npm run worker"));
        const web = start(readme.next("npm run web"));
        await web.says(`The page is at ${PAGE}`);
        await worker.says("registered worker");
        const made = await calls.begin(await Person.signIn(app(), "Cleo"));
        await answersTheQuestion(made);

        const document = "# Office plants\n\nBartholomew waters the ficus in the Ghent office on Thursdays.\n";
        writeFileSync(join(terminal.folder, "..", "quickstart", "knowledge", "office-plants.md"), document);
        await terminal.run(index);
        // Another process's commit is seen within some 100 ms; nobody asks as soon as that.
        await sleep(1_000);
        await made.type("Who waters the ficus in the Ghent office?");
        await made.hears("Bartholomew");
        await made.hangUp();
        expect(await web.interrupt()).toEqual([]);
        expect(await worker.interrupt()).toEqual([]);
      },
      240_000,
    );

    it("leaves none out", () => expect(readme.left).toEqual([]));

    /** What the model has made of the caller's calls, once there is something. */
    async function factsOf(user: string): Promise<MemoryRecord[]> {
      const sotto = createSotto({ storage: join(terminal.folder, ".sotto") });
      try {
        for (const deadline = Date.now() + 30_000; ; await sleep(200)) {
          const facts = (await sotto.memories(user)).filter(({ kind }) => kind === "fact");
          if (facts.length > 0 || Date.now() > deadline) return facts;
        }
      } finally {
        await sotto.close();
      }
    }
  },
);
