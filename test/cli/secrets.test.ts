import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeInstructors, writeStarter } from "../../src/cli/handOut.ts";
import { exportHtml, exportMarkdown, exportSlides, Site } from "../../src/handout/index.ts";
import { printable } from "../../src/handout/print/exportPdf.ts";
import { readEdition, split } from "../../src/notebook/editions/index.ts";
import { type Cell, formatNotebook, type Notebook } from "../../src/notebook/index.ts";

const folder = mkdtempSync(join(tmpdir(), "lectern secrets "));
afterAll(() => rmSync(folder, { recursive: true }));

// A secret in every place of a solution: each has a word of its own, so that one that is found says where it was.
const secrets: string[] = [];
const secret = (place: string) => {
  const word = `Secret${place}X`;
  secrets.push(word);
  return word;
};
const png = (word: string) => Buffer.from(word).toString("base64");
const picture = (word: string) => {
  secrets.push(png(word));
  return png(word);
};
const outputs = (place: string): Extract<Cell, { cell_type: "code" }>["outputs"] => [
  { output_type: "stream", name: "stdout", text: `${secret(`${place}Stream`)}\n` },
  {
    output_type: "display_data",
    data: {
      "text/plain": secret(`${place}Plain`),
      "text/html": `<b title="${secret(`${place}Title`)}">${secret(`${place}Html`)}</b>`,
      "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg"><title>${secret(`${place}SvgTitle`)}</title></svg>`,
      "application/vnd.plotly.v1+json": { data: [], layout: { title: { text: secret(`${place}Figure`) } } },
      "application/vnd.lectern.claim+json": { text: secret(`${place}Claim`), holds: true },
      "application/vnd.lectern.exercise+json": { exercise: "1", state: "right", message: secret(`${place}Verdict`) },
    },
    metadata: { alt: secret(`${place}Alt`), "image/svg+xml": { alt: secret(`${place}SvgAlt`) } },
  },
  {
    output_type: "error",
    ename: secret(`${place}Error`),
    evalue: secret(`${place}Value`),
    traceback: [secret(`${place}Trace`)],
  },
];
const metadata = (place: string) => ({
  name: secret(`${place}Name`),
  alt: secret(`${place}MetadataAlt`),
  lectern: { summary: secret(`${place}Summary`), prediction: secret(`${place}Prediction`) },
});
const code = (id: string, source: string, others: Partial<Cell> = {}): Cell =>
  ({ cell_type: "code", id, metadata: {}, source, outputs: [], execution_count: 1, ...others }) as Cell;
const text = (id: string, source: string, others: Partial<Cell> = {}): Cell =>
  ({ cell_type: "markdown", id, metadata: {}, source, ...others }) as Cell;
const only = (place: string) => ({ metadata: { ...metadata(place), tags: ["instructor-only"] } });

const notebook: Notebook = {
  cells: [
    text("title", "# Everybody reads this"),
    code("before", "1 + 1", {
      outputs: [{ output_type: "stream", name: "stdout", text: "Everybody sees this" }],
    } as Partial<Cell>),
    code(
      "answer",
      `function f(): number {\n  // BEGIN SOLUTION\n  // ${secret("Comment")}\n  return "${secret("Source")}".length;\n  // STUB\n  // return unanswered(); // Everybody gets this stub\n  // END SOLUTION\n}`,
      { outputs: outputs("Answer"), metadata: { ...metadata("Answer"), tags: ["hide-input"] } } as Partial<Cell>,
    ),
    code("check", 'check("1", must => must("it is", f() > 0))', { outputs: outputs("Check") } as Partial<Cell>),
    code("later", "f", { outputs: outputs("Later") } as Partial<Cell>),
    text(
      "words",
      `Say why. ![shown](attachment:shown.png)\n<!-- BEGIN SOLUTION -->\n${secret("Words")} ![${secret("WordsAlt")}](attachment:hidden.png)\n<!-- END SOLUTION -->`,
      {
        metadata: metadata("Words"),
        attachments: {
          "shown.png": { "image/png": png("everybody") },
          "hidden.png": { "image/png": picture("hidden picture") },
        },
      } as Partial<Cell>,
    ),
    code("further", `f() // ${secret("Further")}`, {
      outputs: outputs("Further"),
      ...only("Further"),
    } as Partial<Cell>),
    text("note", `${secret("Note")} ![n](attachment:note.png)`, {
      ...only("Note"),
      attachments: { "note.png": { "image/png": picture("note picture") } },
    } as Partial<Cell>),
  ],
  metadata: {
    kernelspec: { name: "lectern", display_name: "TypeScript (lectern)", language: "typescript" },
    widgets: { "application/vnd.jupyter.widget-state+json": { state: { a: { value: secret("Widget") } } } },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

/** What is printed into a PDF, in whose compressed streams nothing could be looked for. */
async function printedPage(path: string, home: string): Promise<string> {
  const page = join(home, "printed.html");
  writeFileSync(page, await printable(await readEdition(path, "student"), path));
  return page;
}

/** The pictures that lie beside Markdown, as a notebook has them. */
function figuresBeside(path: string, home: string): string {
  const beside = join(home, "markdown", `${basename(path, ".ipynb")}-figures`);
  if (!existsSync(beside)) return "";
  const all = readdirSync(beside).map(name => readFileSync(join(beside, name)));
  for (const each of all)
    expect(secrets.filter(word => each.includes(word) || png(String(each)).includes(word))).toEqual([]);
  return all.map(each => each.toString("base64")).join("\n");
}

/** The notebook as it is written, and with its solutions apart, as `lectern split` stores it. */
const forms = {
  together(name: string) {
    writeFileSync(name, formatNotebook(notebook));
  },
  apart(name: string) {
    const { student, solutions } = split(notebook);
    writeFileSync(name, formatNotebook(student));
    mkdirSync(join(name, "../solutions"), { recursive: true });
    writeFileSync(join(name, "../solutions/secret.ipynb"), formatNotebook(solutions));
  },
};

describe.each(Object.entries(forms))("with the solutions %s", (form, lay) => {
  const home = join(folder, form);
  const path = join(home, "secret.ipynb");
  mkdirSync(home);
  lay(path);

  it.each([
    ["a starter", () => writeStarter(path, join(home, "starter"))],
    ["a starter without outputs", () => writeStarter(path, join(home, "bare"), { withoutOutputs: true })],
    ["a handout", () => exportHtml(path, join(home, "handouts"))],
    ["slides", () => exportSlides(path, join(home, "slides"))],
    ["a PDF's page", () => printedPage(path, home)],
    ["Markdown", () => exportMarkdown(path, join(home, "markdown"))],
  ])("no secret is left in %s", async (_, build) => {
    const built = readFileSync(await build(), "utf8");
    expect(secrets.length).toBeGreaterThan(60);
    expect(secrets.filter(word => built.includes(word))).toEqual([]);
    expect(built).toContain("Everybody reads this");
    expect(built).toContain("Everybody gets this stub");
    expect(built + figuresBeside(path, home)).toContain(png("everybody"));
  });

  it("no secret is left in any file of a site", async () => {
    const about = { path, title: "Title", minutes: 1, needs: [] };
    const site = new Site({ title: "Course", lectures: [about] }, { edition: "student" });
    await site.add(about);
    const files = await site.files();
    expect([...files.keys()].sort()).toEqual(["index.html", "print.html", "secret.html"]);
    for (const [name, text] of files) {
      expect(
        secrets.filter(word => text.includes(word)),
        name,
      ).toEqual([]);
      expect(text).toContain("Everybody reads this");
    }
  });

  it("what everybody may see is left, but without outputs", async () => {
    expect(readFileSync(await writeStarter(path, join(home, "starter")), "utf8")).toContain("Everybody sees this");
    const bare = readFileSync(await writeStarter(path, join(home, "bare"), { withoutOutputs: true }), "utf8");
    expect(bare).not.toContain("Everybody sees this");
  });

  it("all of them are in what instructors get", async () => {
    const built = readFileSync(await writeInstructors(path, join(home, "handouts")), "utf8");
    expect(secrets.filter(word => !built.includes(word))).toEqual([]);
  });
});

it("refuses to hand out a line of a solution that stands elsewhere, too", async () => {
  const cells = [...notebook.cells, text("slip", 'It is `return "SecretSourceX".length;`, of course.')];
  const path = join(folder, "slip.ipynb");
  writeFileSync(path, formatNotebook({ ...notebook, cells }));
  await expect(writeStarter(path, join(folder, "starter"))).rejects.toThrow(
    /no line of a solution must be left for students, but got "return .*SecretSourceX.*" of cell answer/,
  );
});
