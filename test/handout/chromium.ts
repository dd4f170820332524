import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export const chromiumPath = CANDIDATES.find(path => existsSync(path));

/** Put behind the name of a test that needs a browser, so that a skipped one says why. */
export const needsChromium = chromiumPath ? "" : ` (skipped: no Chromium at ${CANDIDATES.join(", ")})`;

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath ?? "", args: ["--no-sandbox"] });
}
