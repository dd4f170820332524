import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { exportMarkdown, renderMarkdownHandout } from "../../../src/handout/index.ts";
import type { Cell } from "../../../src/notebook/index.ts";
import { code, markdown, shown } from "../pages.ts";

async function written(...cells: Cell[]) {
  const notebook = { nbformat: 4 as const, nbformat_minor: 5, metadata: { language_info: { name: "python" } }, cells };
  return renderMarkdownHandout(notebook, "a figures");
}

/** What another reader of Markdown makes of it. */
async function read(...cells: Cell[]) {
  const { text } = await written(...cells);
  const { document } = new JSDOM(new MarkdownIt({ html: true, linkify: true }).render(text)).window;
  return document.body;
}
const words = (element: Element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();

describe("as Markdown", () => {
  // Each text is rendered by markdown-it, and so is what we write of it: the two must read alike.
  it.each([
    "Plain *emphasis*, **strong**, `code`, `` a ` tick `` and ***both***.",
    "A \\*star\\*, a \\_line\\_, snake_case_name, 2 * 3 * 4, brackets](not a link) and a back\\\\slash",
    "1\\. no item, and a < b > c && d &amp;lt; e <strong>bold</strong> \\<b>",
    "\\# no heading\n\n\\- no item\n\n\\+ none\n\n\\> no quote\n\n\\=== not under a heading",
    "# One\n\n## Two `code`\n\n### Three *x*",
    "- one\n- two\n  - inner\n  - more\n\n    with a paragraph\n- three",
    "3. three\n4. four\n\n   ```js\n   a();\n\n   b();\n   ```\n\n5. five",
    "> quoted\n>\n> - item\n>\n> twice\n\nafter",
    "| a | b |\n| --- | --- |\n| 1 \\| 2 | `x` |\n| *3* | |",
    '[link](https://example.org/a_(b) "title") and <https://example.org/?a=1&b=2>',
    "````\n```\ninner\n```\n````",
    "line one  \nline two\n\n---\n\nH<sub>2</sub>O, x<sup>2</sup> and <kbd>k</kbd>",
    "<details><summary>A & B < C</summary>\n\nInside *it*\n\n</details>",
    "~~gone~~ and ~one~",
  ])("reads as it was written: %j", async source => {
    const { document } = new JSDOM(new MarkdownIt({ html: true, linkify: true }).render(source)).window;
    const body = await read(markdown(`# Title\n\n${source}`));
    const names = (root: Element) =>
      [...root.querySelectorAll("h1,h2,h3,em,strong,code,pre,li,ol,ul,blockquote,td,th,hr,sub,sup,kbd,details,s")].map(
        each => `${each.localName}: ${words(each)}`,
      );
    body.querySelector("h1")?.remove();
    expect(names(body)).toEqual(names(document.body));
    expect(words(body)).toBe(words(document.body));
  });

  it("has formulas between dollars, and the numbers of equations in place of references", async () => {
    const { text } = await written(
      markdown(
        "# T\n\nHere $a_1 < b_2*c*$ by \\eqref{one}:\n\n$$\na &= b \\\\\n- c &= d % why\n\\tag{1.2}\\label{one}\n$$\n\nand \\eqref{none}. It costs \\$5.",
      ),
    );
    expect(text).toContain("Here $a_1 \\lt b_2*c*$ by (1.2):\n\n$$a &= b \\\\ - c &= d \\tag{1.2}$$\n\n");
    expect(text).toContain("and $\\eqref{none}$. It costs \\$5.");
  });

  it("has claims, verdicts and errors in words", async () => {
    const { text } = await written(
      markdown("# T"),
      code("1", [
        shown({
          "application/vnd.lectern.claim+json": {
            text: "$a$ is b",
            holds: true,
            residual: 0.25,
            within: 1,
            label: "1",
          },
        }),
        shown({ "application/vnd.lectern.claim+json": { text: "no", holds: false } }),
        shown({ "application/vnd.lectern.exercise+json": { exercise: "1.1", state: "unanswered", message: "say" } }),
        { output_type: "stream", name: "stdout", text: "\u001b[31mred\u001b[0m\n```\n" },
      ]),
    );
    expect(text).toContain("> ✓ **Claim, holds:** $a$ is b (1); residual 0.25 ≤ 1");
    expect(text).toContain("> ✗ **Claim, fails:** no");
    expect(text).toContain("> ○ Exercise 1.1: not answered yet.; say");
    expect(text).toContain("````text\nred\n```\n````");
    expect(text).toContain("## 1 of 2 claims hold\n\n1. ✓ $a$ is b\n2. ✗ no\n");
    expect(text).toContain("```python\n1\n```");
  });

  it("links other lectures by their files, and headings by the names that hosts give them", async () => {
    const { text } = await written(
      markdown("# T\n\n## Why (not)?\n\n[a](b.ipynb#cell-id=x) [c](#Why-(not)?) [d](#cell-id=y)"),
    );
    expect(text).toContain("[a](b.md) [c](#why-not) d");
  });

  it("has figures as files, with their words", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>rect { fill: red }</style><rect width="9" height="9"/></svg>';
    const png = Buffer.from("no picture").toString("base64");
    const { text, figures } = await written(
      markdown("# T"),
      code("", [shown({ "image/svg+xml": svg }, { "image/svg+xml": { alt: "a [red] $x$ *square*" } })]),
      code("", [shown({ "image/png": png }, { "image/png": { alt: "a picture" } })]),
    );
    expect(text).toContain("![a \\[red\\] \\$x\\$ \\*square\\*](a%20figures/figure-1.svg)");
    expect(text).toContain("![a picture](a%20figures/figure-2.png)");
    expect([...figures.keys()]).toEqual(["figure-1.svg", "figure-2.png"]);
    expect(String(figures.get("figure-2.png"))).toBe("no picture");
    const drawing = new JSDOM(String(figures.get("figure-1.svg")), { contentType: "image/svg+xml" }).window.document;
    const scope = drawing.documentElement.getAttribute("data-scope");
    expect(scope).toMatch(/^output-/);
    expect(drawing.querySelector("style")?.textContent).toContain(`[data-scope="${scope}"]`);
  });
});

it("writes the sample into a folder: each picture that it names is there", async () => {
  const out = await mkdtemp(join(tmpdir(), "lectern-markdown-"));
  const sample = new URL("../../fixtures/notebooks/sample.ipynb", import.meta.url).pathname;
  const path = await exportMarkdown(sample, join(out, "new"));
  const text = await readFile(path, "utf8");
  const named = [...text.matchAll(/!\[[^\]]*\]\(sample-figures\/(.*?)\)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(0);
  expect((await readdir(join(out, "new/sample-figures"))).sort()).toEqual(named.sort());
});
