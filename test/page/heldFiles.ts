import { setTimeout as wait } from "node:timers/promises";
import type { Page, Route } from "playwright-core";

/** How long a request for a file is held back, before the server sees it and before its answer is seen, in ms. */
export interface Held {
  before: number;
  after: number;
  /** Whether the answer is lost on its way, though the server did what it was asked. */
  isLost?: boolean;
}

/** Holds back what a page asks of its notebook's file, as a slow disk or a busy machine does. */
export class HeldFiles {
  /** Of the requests to come; undefined lets them pass. */
  held: (method: string) => Held | undefined = () => undefined;
  readonly warnings: string[] = [];
  /** How many saves are under way at once, at most. */
  mostAtOnce = 0;
  readonly #saves = new Set<Route>();

  static async of(page: Page): Promise<HeldFiles> {
    const files = new HeldFiles();
    page.on("console", message => {
      if (/Different hash|Last saving/.test(message.text())) files.warnings.push(message.text());
    });
    await page.route(/\/api\/contents\/[^?]*\.ipynb(\?|$)/, route => files.#pass(route).catch(() => undefined));
    return files;
  }

  async #pass(route: Route): Promise<void> {
    const method = route.request().method();
    const { before, after, isLost } = this.held(method) ?? { before: 0, after: 0 };
    if (method === "PUT") this.mostAtOnce = Math.max(this.mostAtOnce, this.#saves.add(route).size);
    try {
      await wait(before);
      const response = await route.fetch();
      await wait(after);
      await (isLost ? route.abort("connectionreset") : route.fulfill({ response }));
    } finally {
      this.#saves.delete(route);
    }
  }
}
