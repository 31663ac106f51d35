// The whole app against a real LiveKit server: what the README says to run, callers with LiveKit's own clients.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dispose } from "@livekit/rtc-node";
import { createSotto } from "@sotto/core";
import { hasChromium } from "@sotto-internal/browser";
import { NOTHING_FOUND } from "@sotto-internal/offline-llm";
import { type RunningApp, startApp } from "./stack/app.ts";
import { startBrowser } from "./stack/browser.ts";
import { Person } from "./stack/caller.ts";
import { Calls } from "./stack/calls.ts";
import { findLiveKitServer, type LiveKitServer, startLiveKitServer } from "./stack/livekit-server.ts";
import { offlineSpeech, wavOf } from "./stack/offline-speech.ts";

const program = findLiveKitServer();
const systemClock = {
  monotonic: () => performance.now(),
  after: (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const withServer = program === undefined ? describe.skip : describe;

withServer("with a real LiveKit server (bash tooling/scripts/install-livekit-server.sh installs one)", () => {
  let folder: string;
  let liveKit: LiveKitServer;
  let app: RunningApp;
  const calls = new Calls();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sotto-voice-agent-"));
    liveKit = await startLiveKitServer(program as string);
    app = await startApp("npm run dev:offline", liveKit.url, join(folder, "store"));
  }, 240_000);

  afterAll(async () => {
    await calls.end();
    await app?.stop();
    await liveKit?.stop();
    await dispose();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it("refuses a token to whoever has not signed in", async () => {
    const answer = await fetch(`${app.url}/getToken`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(answer.status).toBe(401);
  });

  it("answers what is spoken: microphone, Opus, voice activity, transcription, memory, speech", async () => {
    const made = await calls.begin(await Person.signIn(app, "Ben"));
    await made.says("How long is the warranty of handset batteries?");
    expect(await made.hears("12 months")).toContain("batteries");
    expect(made.recalls.map(({ query }) => query)).toContain("How long is the warranty of handset batteries?");
    await made.hangUp();
  }, 120_000);

  it("does not tell one caller what another has said", async () => {
    const cleo = await calls.begin(await Person.signIn(app, "Cleo"));
    await cleo.type("My cat is called Bertolt.");
    await cleo.savedAll("My cat is called Bertolt.", "Thank you, I will remember that.");
    await cleo.hangUp();

    const stranger = await calls.begin(await Person.signIn(app, "Cleo"));
    expect(stranger.roomName).not.toBe(cleo.roomName);
    await stranger.type("What is my cat called?");
    expect(await stranger.hears(NOTHING_FOUND)).not.toContain("Bertolt");
    expect(JSON.stringify(stranger.reports.all)).not.toContain("Bertolt");
    await stranger.hangUp();
  }, 120_000);

  it("loses nothing acknowledged when the process of a call is killed, and takes the next call", async () => {
    const dora = await Person.signIn(app, "Dora");
    const made = await calls.begin(dora);
    await made.type("My parcel has the number LX-4471.");
    await made.savedAll("My parcel has the number LX-4471.");
    for (const place of ["Ghent", "Lisbon", "Turku", "Graz"])
      await made.type(`My aunt in ${place} has the same router.`);
    await made.savedAll("My aunt in Turku has the same router.");
    const session = await made.sid();
    process.kill(await app.jobOf(session), "SIGKILL");
    await made.agentLeaves();
    const acknowledged = made.saved;
    await made.hangUp();

    const sotto = createSotto({ storage: app.store });
    const kept = await sotto.session(session);
    const turns = await kept.turns();
    expect(acknowledged.length).toBeGreaterThanOrEqual(3);
    for (const { itemId, role, text } of acknowledged)
      expect(turns).toContainEqual(expect.objectContaining({ id: itemId, role, text }));
    await kept.close();
    await sotto.close();

    const next = await calls.begin(dora);
    await next.type("What does a second SIM cost?");
    await next.hears("3 EUR a month");
    await next.hangUp();

    // When nobody writes to it any more, the killed call becomes a memory as any other.
    const later = createSotto({ storage: app.store, clock: { ...systemClock, now: () => Date.now() + 600_000 } });
    await (await later.session({ id: "later", user: next.identity })).close();
    const texts = async () => (await later.memories(next.identity)).map(({ text }) => text).join("\n");
    for (let left = 50; left > 0 && !(await texts()).includes("LX-4471"); left--) await sleep(200);
    expect(await texts()).toContain("LX-4471");
    await later.close();
  }, 180_000);

  (hasChromium ? it : it.skip)(
    "shows the transcript and what memory found in the web page (in Chromium)",
    async () => {
      const speech = await offlineSpeech(app.openaiURL, "When does a technician come?");
      const microphoneFile = join(folder, "microphone.wav");
      writeFileSync(microphoneFile, wavOf(speech));
      const browser = await startBrowser(microphoneFile);
      try {
        const page = await browser.newPage({ viewport: { width: 1100, height: 900 } });
        page.setDefaultTimeout(45_000);
        const elsewhere: string[] = [];
        page.on("request", (request) => {
          if (new URL(request.url()).hostname !== "127.0.0.1") elsewhere.push(request.url());
        });
        await page.goto(app.url);
        await page.getByLabel("What is your name?").fill("Eva");
        await page.getByRole("button", { name: "Continue" }).click();
        await page.getByRole("button", { name: "Type" }).click();
        const transcript = page.getByRole("list", { name: "Transcript" });
        await transcript.getByText("How can I help you?").waitFor();

        await page.getByLabel("Message").fill("What does a second SIM cost?");
        await page.getByRole("button", { name: "Send" }).click();
        await transcript.locator(".caller", { hasText: "What does a second SIM cost?" }).waitFor();
        await transcript.locator(".agent", { hasText: "3 EUR a month" }).waitFor();
        const card = page.getByTestId("recall");
        expect(await card.textContent()).toMatch(
          /What does a second SIM cost\?found, the reply waited \d+\.\d ms.*knowledge base: \d+ in \d+\.\d ms/,
        );
        await card.getByText("Mobile plans").first().click();
        await card.locator("details[open]").first().waitFor();
        await page.getByTestId("saved").getByText("on disk").waitFor();

        // Chromium's echo cancelling and noise suppression may garble tones: what counts is that something was heard.
        await page.getByRole("button", { name: "Microphone" }).click();
        await transcript
          .locator(".caller", { hasText: /When does a technician come|What can you do for me/ })
          .first()
          .waitFor();
        if (process.env.SOTTO_SCREENSHOTS)
          await page.screenshot({ path: join(process.env.SOTTO_SCREENSHOTS, "voice-agent.png") });

        await page.getByRole("button", { name: "Hang up" }).click();
        await page.getByRole("button", { name: "Call again" }).click();
        await page.getByText("Hello Eva.").waitFor();
        expect(elsewhere).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    180_000,
  );
});
