import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const cells = [
  {
    id: "title",
    text: [
      "# Links",
      "[lecture 5](05-latent-variables.ipynb), [its seed](05-latent-variables.ipynb#cell-id=541b9721),",
      "[its weights](05-latent-variables.ipynb#cell-id=447512fe),",
      "[a file](../src/index.ts), [elsewhere](https://example.org/07-elbo.ipynb)",
    ].join("\n"),
  },
  { id: "code", code: "1" },
];

describe.skipIf(!chromiumPath)(`links in the text of a lecture${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open("notebooks/06-small.ipynb");
  });
  afterAll(() => companion?.stop());

  it("lead to the other lecture's page, a file's text, and elsewhere", async () => {
    const links = lecture.page.locator(".jp-MarkdownOutput a[href]:not(.jp-InternalAnchorLink)");
    await expect
      .poll(() => links.evaluateAll(all => all.map(each => each.getAttribute("href")?.replace(/^http:..127[^/]*/, ""))))
      .toEqual([
        "/open/notebooks/05-latent-variables.ipynb",
        "/open/notebooks/05-latent-variables.ipynb#cell=541b9721",
        "/open/notebooks/05-latent-variables.ipynb#cell=447512fe",
        expect.stringMatching(/^\/files\/src\/index\.ts/),
        "https://example.org/07-elbo.ipynb",
      ]);
  });

  it("lead to the cell that they name", async () => {
    const [page] = await Promise.all([
      lecture.page.context().waitForEvent("page"),
      lecture.page.getByRole("link", { name: "its weights" }).click(),
    ]);
    const named = page.locator(".jp-MarkdownOutput h2", { hasText: "To remember" });
    await named.waitFor();
    const top = () => named.evaluate(node => node.getBoundingClientRect().top / innerHeight);
    await expect.poll(top, { timeout: 20_000 }).toBeGreaterThan(0);
    await expect.poll(top, { timeout: 20_000 }).toBeLessThan(0.5);
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
