import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Chromium of the machine: CHROMIUM_PATH, else where Debian puts it. */
const executablePath = process.env.CHROMIUM_PATH || "/usr/bin/chromium";

/** False where tests in a browser have to be skipped. */
export const hasChromium = existsSync(executablePath);

/** A headless browser with a profile of its own, which calls nobody but the page. */
export function launchChromium(moreArguments: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...moreArguments,
    ],
  });
}
