import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { hasChromium, launchChromium } from "@sotto-internal/browser";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { buildPage } from "./build-page.ts";
import { startTestServer, type TestServer } from "./chat-server.ts";
import { HANDBOOK } from "./visitor.ts";

/** Needs Chromium (CHROMIUM_PATH, or /usr/bin/chromium). Screenshots go to CHAT_SCREENSHOTS, where that names a folder. */
const inBrowser = hasChromium ? it : it.skip;
const TIMEOUT_MS = 120_000;
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1320, height: 860 };

let folder: string;
let server: TestServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (!hasChromium) return;
  folder = await mkdtemp(join(tmpdir(), "sotto-chat-page-"));
  await buildPage(folder);
  browser = await launchChromium();
}, TIMEOUT_MS);
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  if (!hasChromium) return;
  server = await startTestServer({ pageDir: folder });
  problems = [];
  await open(DESKTOP);
}, TIMEOUT_MS);
afterEach(async () => {
  if (!hasChromium) return;
  await context.close();
  await server.close();
  expect(problems).toEqual([]);
}, TIMEOUT_MS);

async function open(viewport: { width: number; height: number }, colorScheme: "light" | "dark" = "light") {
  await context?.close();
  context = await browser.newContext({ viewport, colorScheme });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(server.url);
}

const messageBox = () => page.getByRole("textbox", { name: "Message", exact: true });
const answers = () => page.locator(".message.assistant");
const memories = () => page.getByRole("region", { name: "Memories" }).getByRole("listitem");

async function ask(question: string): Promise<Locator> {
  const before = await answers().count();
  await messageBox().fill(question);
  await messageBox().press("Enter");
  await answered(before + 1);
  return answers().nth(before);
}

async function answered(count: number) {
  await page.waitForFunction(
    (wanted) =>
      document.querySelectorAll(".message.assistant[aria-busy=false]").length === wanted &&
      document.querySelector("[aria-label='Send']") !== null,
    count,
  );
}

async function upload(name = "handbook.md", text = HANDBOOK) {
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: `Delete ${name}` }).waitFor();
}

async function screenshot(name: string) {
  const to = process.env.CHAT_SCREENSHOTS;
  if (!to) return;
  await mkdir(to, { recursive: true });
  await page.screenshot({ path: join(to, `${name}.png`) });
}

async function violations(): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

describe("the chat in a browser", () => {
  inBrowser(
    "answers about an uploaded document, opens the cited passage, and is the same after a reload",
    async () => {
      await page.getByText("What would you like to know?").waitFor();
      await screenshot("welcome");
      await upload();
      const answer = await ask("Within how many days can a router be returned?");
      expect(await answer.textContent()).toContain("within 30 days");
      await screenshot("cited-answer");

      await answer
        .getByRole("button", { name: /Larkfield handbook/ })
        .first()
        .click();
      const passage = page.getByRole("dialog", { name: "Larkfield handbook" });
      const cited = passage.getByRole("region", { name: "The cited passage" });
      expect(await cited.textContent()).toContain("within 30 days of its delivery");
      await screenshot("passage");
      await page.keyboard.press("Escape");
      await passage.waitFor({ state: "detached" });

      await page.reload();
      await answered(1);
      expect(await answers().first().textContent()).toContain("within 30 days");
      await answers()
        .first()
        .getByRole("button", { name: /Larkfield handbook/ })
        .first()
        .click();
      expect(await cited.textContent()).toContain("within 30 days of its delivery");
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "remembers in this conversation and in the next, until it is told to forget",
    async () => {
      await ask("My boat is called Sirocco.");
      await page.reload();
      await answered(1);
      expect(await (await ask("What is my boat called?")).textContent()).toContain("Sirocco");

      await page.getByRole("button", { name: "New conversation" }).click();
      await page.getByText("What would you like to know?").waitFor();
      const answer = await ask("What is my boat called?");
      expect(await answer.textContent()).toContain("Sirocco");
      await answer
        .getByRole("button", { name: /Memory/ })
        .first()
        .click();
      const passage = page.getByRole("dialog");
      await passage.getByText("Sirocco").first().waitFor();
      await page.keyboard.press("Escape");
      await memories().first().waitFor();
      await screenshot("remembered");

      while ((await memories().count()) > 0) {
        const left = await memories().count();
        await memories()
          .first()
          .getByRole("button", { name: /^Forget/ })
          .click();
        await screenshot("forget-one");
        await page.getByRole("dialog", { name: "Forget this?" }).getByRole("button", { name: "Forget" }).click();
        await page.waitForFunction((count) => document.querySelectorAll(".memories > li").length < count, left);
      }
      await page.getByRole("button", { name: "New conversation" }).click();
      await page.getByText("What would you like to know?").waitFor();
      expect(await (await ask("What is my boat called?")).textContent()).not.toContain("Sirocco");
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "lets memory be seen, added to, corrected and forgotten as a whole",
    async () => {
      await page.getByRole("button", { name: "Add a field" }).click();
      await page.getByRole("textbox", { name: "Value" }).fill("Ana");
      await page.getByRole("textbox", { name: "Value" }).press("Enter");
      await page.getByRole("textbox", { name: "name", exact: true }).waitFor();

      await page.getByRole("textbox", { name: "Something to remember" }).fill("My boat is called Sirocco.");
      await page.getByRole("button", { name: "Remember", exact: true }).click();
      await memories()
        .getByRole("button", { name: /^Correct/ })
        .click();
      await page.getByRole("textbox", { name: "What is right" }).fill("My boat is called Mistral.");
      await page.getByRole("button", { name: "Save" }).click();
      await memories().filter({ hasText: "Mistral" }).waitFor();
      const answer = await ask("What is my boat called?");
      expect(await answer.textContent()).toContain("Mistral");
      await screenshot("panel");
      expect(await violations()).toEqual([]);

      await page.getByRole("button", { name: "Forget everything" }).click();
      await screenshot("forget-everything");
      await page.getByRole("dialog").getByRole("button", { name: "Forget everything" }).click();
      await page.getByText("None yet.").waitFor();
      await page.getByText("What would you like to know?").waitFor();
      expect(await (await ask("What is my boat called?")).textContent()).not.toMatch(/Mistral|Sirocco/);
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "can be used by keyboard alone",
    async () => {
      await page.getByText("What would you like to know?").waitFor();
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the message box");
      await page.keyboard.press("Enter");
      await page.keyboard.type("My boat is called Sirocco.");
      await page.keyboard.press("Enter");
      await answered(1);
      await page.keyboard.type("What is my boat");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("called?");
      expect(await messageBox().inputValue()).toBe("What is my boat\ncalled?");
      await page.keyboard.press("Enter");
      await answered(2);

      await page.getByRole("button", { name: "New conversation" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("What would you like to know?").waitFor();
      await messageBox().focus();
      await page.keyboard.type("What is my boat called?");
      await page.keyboard.press("Enter");
      await answered(1);

      const source = answers()
        .first()
        .getByRole("button", { name: /Memory/ })
        .first();
      await source.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      for (let presses = 0; presses < 6; presses++) {
        await page.keyboard.press("Tab");
        // The browser's own bar is the only other stop.
        expect(
          await page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')"),
        ).toBe(true);
      }
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect(await source.evaluate((element) => element === document.activeElement)).toBe(true);
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "says an answer aloud as it comes, and that it is complete",
    async () => {
      await upload();
      await ask("Within how many days can a router be returned?");
      const spoken = page.getByRole("log", { name: "Answer as it comes" });
      expect(await spoken.getAttribute("aria-live")).toBe("polite");
      expect(await spoken.textContent()).toMatch(/within 30 days.*The answer is complete\.$/);
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "shows what went wrong with a model or a file, and goes on",
    async () => {
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles({
          name: "scan.pdf",
          mimeType: "application/pdf",
          buffer: Buffer.from("not a PDF"),
        });
      await page.getByRole("alert").filter({ hasText: "not a PDF that can be read" }).waitFor();
      await page.getByRole("button", { name: "Dismiss the message about scan.pdf" }).click();

      server.llm.respondWith(() => {
        throw new Error("out of order");
      });
      const log = console.error;
      console.error = () => {};
      await messageBox().fill("My boat is called Sirocco.");
      await messageBox().press("Enter");
      await page.getByRole("alert").filter({ hasText: "The model failed (status 500)" }).waitFor({ timeout: 30_000 });
      console.error = log;
      await screenshot("failure");
      server.llm.respondWith(undefined);
      await page.getByRole("button", { name: "Try again" }).click();
      await answered(1);
      await page.reload();
      await answered(1);
      expect(await page.locator(".message.user").count()).toBe(1);
    },
    TIMEOUT_MS,
  );

  inBrowser(
    "stops an answer, and keeps what had been said",
    async () => {
      await upload();
      let release = () => {};
      server.llm.respondWith(
        () =>
          new Promise((resolve) => {
            release = () => resolve("Never said.");
          }),
      );
      await messageBox().fill("Within how many days can a router be returned?");
      await messageBox().press("Enter");
      await page.getByRole("button", { name: "Stop the answer" }).click();
      await page.getByRole("button", { name: "Send" }).waitFor();
      release();
      server.llm.respondWith(undefined);
      await page.getByRole("button", { name: "Try again" }).click();
      await answered(1);
      expect(await answers().first().textContent()).toContain("within 30 days");
    },
    TIMEOUT_MS,
  );

  inBrowser.each(["light", "dark"] as const)(
    "fits a phone, %s, without anything that needs scrolling sideways or cannot be read",
    async (scheme) => {
      await open(PHONE, scheme);
      await page.getByText("What would you like to know?").waitFor();
      await screenshot(`phone-${scheme}-welcome`);
      await page
        .locator("input[type=file]")
        .first()
        .setInputFiles({
          name: "handbook.md",
          mimeType: "text/markdown",
          buffer: Buffer.from(HANDBOOK),
        });
      await page.getByRole("button", { name: "Conversations and documents" }).click();
      await page.getByRole("button", { name: "Delete handbook.md" }).waitFor();
      await screenshot(`phone-${scheme}-left`);
      expect(await violations()).toEqual([]);
      await page.getByRole("button", { name: "Close" }).click();

      const answer = await ask("Within how many days can a router be returned?");
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(PHONE.width);
      await screenshot(`phone-${scheme}-answer`);
      expect(await violations()).toEqual([]);
      await answer
        .getByRole("button", { name: /Larkfield handbook/ })
        .first()
        .click();
      await page.getByRole("region", { name: "The cited passage" }).waitFor();
      await screenshot(`phone-${scheme}-passage`);
      expect(await violations()).toEqual([]);
      await page.getByRole("button", { name: "Close" }).click();

      await page.getByRole("button", { name: "What I remember" }).click();
      await page.getByRole("textbox", { name: "Something to remember" }).fill("My boat is called Sirocco.");
      await page.getByRole("button", { name: "Remember", exact: true }).click();
      await memories().filter({ hasText: "Sirocco" }).waitFor();
      await screenshot(`phone-${scheme}-right`);
      expect(await violations()).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
