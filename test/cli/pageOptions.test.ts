import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { assertNoPageOptions, readPageOptions } from "../../src/cli/pageOptions.ts";
import { renderHandout } from "../../src/handout/index.ts";
import type { Notebook } from "../../src/notebook/index.ts";

const folder = mkdtempSync(join(tmpdir(), "lectern-page-options-"));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const notebook: Notebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { authors: [{ name: "A. Nother" }, { name: "B. Yline" }] },
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "# Of the notebook\n\nWords." },
    { cell_type: "code", id: "b", metadata: {}, source: "secret()", execution_count: 1, outputs: [] },
  ],
};

async function page(values: Partial<Parameters<typeof readPageOptions>[0]>) {
  const html = await renderHandout(notebook, readPageOptions({ "no-input": false, ...values }, 1));
  return { html, document: new JSDOM(html).window.document };
}

describe("the options of a page", () => {
  it("say who wrote it and when, in its language", async () => {
    const { document } = await page({
      title: "<b>Mine</b> & yours",
      author: 'Eve "<script>"',
      date: "2026-11-30",
      lang: "de",
    });
    expect(document.documentElement.lang).toBe("de");
    expect(document.title).toBe("<b>Mine</b> & yours");
    expect([...document.querySelectorAll("h1")].map(each => each.textContent)).toEqual(["<b>Mine</b> & yours"]);
    expect(document.querySelector(".byline")?.textContent).toBe('Eve "<script>" · 30. November 2026');
    expect(document.querySelector("script")).toBeNull();
  });

  it("come from the notebook where they are left out", async () => {
    const { document } = await page({});
    expect(document.querySelector("h1")?.textContent).toBe("Of the notebook");
    expect(document.querySelector("h1 + .byline")?.textContent).toBe("A. Nother, B. Yline");
    expect(document.querySelector("pre.code")?.textContent).toBe("secret()");
  });

  it("leave the code out, put a style sheet last, and a picture above the title", async () => {
    const css = file("mine.css", "h1 { color: teal }");
    const logo = file("logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const { html, document } = await page({ "no-input": true, css, logo });
    expect(html).not.toContain("secret");
    expect(document.querySelector("style")?.textContent?.trim().endsWith("h1 { color: teal }")).toBe(true);
    expect(document.querySelector("main > img.logo")?.getAttribute("src")).toMatch(/^data:image\/svg\+xml;base64,/);
  });

  it.each([
    [{ date: "30.11.2026" }, /--date must be a day as 2026-11-30, but got 30\.11\.2026/],
    [{ date: "2026-02-30" }, /--date must be a day/],
    [{ lang: '"><script>' }, /--lang must be a language tag/],
    [{ title: " " }, /--title must not be empty/],
    [{ css: "nowhere.css" }, /--css must be a file, but there is none at nowhere\.css; as in --css handout\.css\./],
    [{ css: file("end.css", "p {} </style><script>1</script>") }, /--css must hold no end of a style element/],
    [{ css: file("asks.css", "@import 'https://example.org/a.css';") }, /has @import/],
    [{ css: file("face.css", "p { background: url(https://example.org/a.png) }") }, /has url\(https:/],
    [{ logo: file("logo.txt", "") }, /--logo must be a picture \(.*\.svg/],
    [{ logo: file("large.png", "x".repeat(600_000)) }, /--logo must be at most 500 kB, but .* is 600 kB/],
  ])("are checked: %j", (values, message) => {
    expect(() => readPageOptions({ "no-input": false, ...values }, 1)).toThrow(message);
  });

  it("give no two pages the same title, and say nothing of what is no page", () => {
    expect(() => readPageOptions({ "no-input": false, title: "One" }, 2)).toThrow(
      /--title must stand with one notebook, but got 2/,
    );
    expect(() => assertNoPageOptions({ "no-input": true }, "ipynb")).toThrow(/--no-input must stand with --to html/);
    expect(() => assertNoPageOptions({ "no-input": false }, "ipynb")).not.toThrow();
  });
});
