import { readdirSync } from "node:fs";
import { join as joinPaths, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { renderHandout } from "../../src/handout/index.ts";
import { hasSolutionsApart, split, studentEdition, readEdition, traces } from "../../src/notebook/editions/index.ts";
import { type Cell, formatNotebook, type Notebook } from "../../src/notebook/index.ts";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { code, markdown, page, shown } from "./pages.ts";

vi.setConfig({ testTimeout: 60_000 * slowness() });

const lectures = resolve(import.meta.dirname, "../../notebooks");

/** What a reader of the page can come by: its text, without the tags that colour it, and with them, attributes included. */
function textsOfPage(html: string): string[] {
  const names: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&" };
  const plain = (text: string) =>
    text
      .replace(/&#(x?)([\da-f]+);/gi, (_, hex, digits) => String.fromCodePoint(Number.parseInt(digits, hex ? 16 : 10)))
      .replace(/&(lt|gt|quot|amp);/g, (_, name) => names[name] ?? "");
  return [plain(html.replace(/<[^>]*>/g, "")), plain(html)];
}

const verdict = (exercise: string, state: string, message = "") =>
  shown({ "application/vnd.lectern.exercise+json": { exercise, state, message }, "text/plain": "unused" });

describe("the verdict of a check", () => {
  it("is a line with a mark, whatever came of the exercise, and is no claim", async () => {
    const { main } = await page(
      code("check()", [
        verdict("1.1", "unanswered", "Write."),
        verdict("1.2", "right"),
        verdict("1.3", "wrong", "No."),
      ]),
    );
    expect([...main.querySelectorAll(".exercise")].map(each => [each.className, each.textContent])).toEqual([
      ["exercise unanswered", "○ Exercise 1.1: not answered yet. Write."],
      ["exercise right", "✓ Exercise 1.2: right."],
      ["exercise wrong", "✗ Exercise 1.3: not right yet. No."],
    ]);
    expect(main.querySelector(".claims")).toBeNull();
  });

  it.each(["constructor", "<b>", 7, null])("is text in a state that is not known: %s", async state => {
    const { main } = await page(code("check()", [verdict("<i>", state as string, "<b>")]));
    expect(main.querySelector(".exercise")?.className).toBe("exercise unknown");
    expect(main.querySelector(".exercise i, .exercise b")).toBeNull();
  });
});

describe("the instructor's handout", () => {
  it("marks solutions and teaching notes, and shows no mark and no stub", async () => {
    const { main } = await page(
      code("const f = () => {\n  // BEGIN SOLUTION\n  return 7;\n  // STUB\n  // return 0;\n  // END SOLUTION\n};"),
      markdown("Ask them *why*.", { metadata: { tags: ["instructor-only"] } }),
      code("1"),
    );
    const notes = [...main.querySelectorAll('[role="note"]')];
    expect(notes.map(note => note.getAttribute("aria-label"))).toEqual(["Solution", "For the instructor"]);
    expect(main.querySelector("pre")?.textContent?.trim()).toBe("const f = () => {\n  return 7;\n};");
    expect(notes[0]?.textContent).toBe("  return 7;\n");
    expect(notes[1]?.querySelector("em")?.textContent).toBe("why");
  });

  it.each([
    [
      "Why is *that*?\n\n<!-- BEGIN SOLUTION -->\nBecause of [this][a].\n<!-- END SOLUTION -->\n\nGo on.\n\n[a]: #b",
      "Because of this.",
    ],
    ["- Why?\n  <!-- BEGIN SOLUTION -->\n  Because.\n  <!-- END SOLUTION -->\n- Go on.", "Because."],
    ["<!-- BEGIN SOLUTION -->\n$1$\n<!-- END SOLUTION -->\nWhy? Go on.", "1"],
  ])("boxes of a text what is the instructor's, and no more: %j", async (source, words) => {
    const { main } = await page(markdown(source));
    const boxes = [...main.querySelectorAll(".instructor")];
    expect(boxes).toHaveLength(1);
    expect(boxes[0]?.textContent).toContain(words);
    expect(boxes[0]?.textContent).not.toMatch(/Why|Go on/);
    expect(main.textContent).toMatch(/Why[\s\S]*Go on/);
    expect(main.querySelectorAll("a")).toHaveLength(source.includes("[this]") ? 1 : 0);
    if (source.startsWith("- ")) expect(boxes[0]?.closest("li")?.textContent).toContain("Why?");
  });

  it.each([
    ["all of it", markdown("<!-- BEGIN SOLUTION -->\nBecause.\n<!-- END SOLUTION -->\n")],
    ["code that begins outside", markdown("Why?\n\n```ts\n1;\n// BEGIN SOLUTION\n2;\n// END SOLUTION\n```")],
    ["all of a cell of code", code("// BEGIN SOLUTION\n1;\n// END SOLUTION\n")],
  ])("boxes the whole where the solution is %s", async (_, cell) => {
    const { main } = await page(cell);
    const [box, ...others] = main.querySelectorAll('[role="note"]');
    expect(others).toEqual([]);
    expect(box?.parentElement?.className).toMatch(/^cell /);
    const words = (text: string) => text.split(/\s+/).filter(Boolean);
    expect(words(box?.textContent?.replace("Solution", "") ?? "")).toEqual(
      words(cell.source.replace(/^.*(SOLUTION|```).*\n?/gm, "")),
    );
  });

  it("marks the lines of a solution in each of several runs", async () => {
    const run = (line: string) => `// BEGIN SOLUTION\n${line}\n// END SOLUTION`;
    const { main } = await page(
      code(`const a = 1;\n${run("const b = 2;")}\nconst c = 3;\n${run("const d = 4;\nconst e = 5;")}`),
    );
    expect([...main.querySelectorAll(".solution")].map(each => each.textContent)).toEqual([
      "const b = 2;\n",
      "const d = 4;\nconst e = 5;",
    ]);
    expect(main.querySelector("pre")?.textContent).toBe(
      "const a = 1;\nconst b = 2;\nconst c = 3;\nconst d = 4;\nconst e = 5;",
    );
  });

  it("shows half a mark as it is", async () => {
    const { main } = await page(code("// BEGIN SOLUTION\n1"));
    expect(main.querySelector("pre")?.textContent).toContain("// BEGIN SOLUTION");
  });
});

describe("what students get", () => {
  const secret = "the secret is 271828";
  const metadata = { alt: secret, name: secret, tags: ["hide-input"], lectern: { summary: secret, [secret]: secret } };
  const outputs = [
    shown({ "text/html": `<p title="${secret}">${secret}</p>`, "text/plain": secret }, { alt: secret }),
    shown({ "image/svg+xml": `<svg><title>${secret}</title></svg>`, "application/json": [secret] }),
    { output_type: "stream" as const, name: "stdout" as const, text: secret },
    { output_type: "error" as const, ename: secret, evalue: secret, traceback: [secret] },
  ];
  const planted: Cell[] = [
    markdown("# A lecture"),
    code("1 + 1", [shown({ "text/plain": "two" })]),
    { ...code(`// BEGIN SOLUTION\nlet s = "${secret}"; // ${secret}\n// END SOLUTION`, outputs), metadata },
    { ...code("later(s)", outputs) },
    markdown(`Why?\n\n<!-- BEGIN SOLUTION -->\n${secret}\n<!-- END SOLUTION -->\n`),
    markdown(secret, {
      metadata: { tags: ["instructor-only"], note: secret },
      attachments: { [secret]: { "text/plain": secret } },
    }),
    code("more"),
  ];
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: planted };

  it("has no trace of a secret that stands in every place of a solution", async () => {
    const student = studentEdition(notebook);
    expect(formatNotebook(notebook).split("271828").length).toBeGreaterThan(20);
    expect(formatNotebook(student)).not.toContain("271828");
    expect(formatNotebook(split(notebook).student)).not.toContain("271828");
    const html = await renderHandout(student);
    expect(html).not.toContain("271828");
    expect(html).toContain("two");
    expect(html).toContain("Your answer here.");
  });

  it.each(readdirSync(lectures).filter(name => hasSolutionsApart(joinPaths(lectures, name))))(
    "of %s has no line of a solution",
    async name => {
      const path = joinPaths(lectures, name);
      const { solutions } = split(await readEdition(path, "instructor"));
      const html = await renderHandout(await readEdition(path, "student"), { source: path });
      expect(traces(solutions, textsOfPage(html))).toEqual([]);
      const whole = await renderHandout(solutions, { source: path });
      expect(traces(solutions, textsOfPage(whole)).length).toBeGreaterThanOrEqual(3);
    },
  );
});
