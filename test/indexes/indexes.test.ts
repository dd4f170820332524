import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimsIn, type Notebook, type Output, parseNotebook } from "../../src/notebook/index.ts";
import { rows } from "../traceability.ts";
import { folder, questionsFile, slipsFile } from "./lookup.ts";
import { questions } from "./questions.ts";
import { questionsNotebook } from "./questionsNotebook.ts";
import type { Notes } from "./row.ts";
import { slips } from "./slips.ts";
import { slipsNotebook } from "./slipsNotebook.ts";

const stored = (file: string) => parseNotebook(readFileSync(join(folder, file), "utf8"), file);

/** The lines of the notes that ask, or leave something to be done; read by hand. */
const ASKING: Record<Notes, number[]> = {
  Berkeley: [216, 217, 218, 331, 355, 387, 400, 435],
  Michigan: [67],
  Stanford: [31, 36],
  summary: [24, 38, 47, 49],
  draft: [
    14, 23, 24, 25, 27, 33, 37, 38, 45, 50, 59, 61, 62, 66, 71, 73, 75, 79, 88, 98, 102, 105, 106, 108, 112, 120, 121,
    129, 132, 153, 164, 178, 179, 183, 210, 212, 215,
  ],
};

/** The items of the table that are questions. */
const ITEMS_ASKED = [
  ...["1.10", "1.12", "1.13", "1.14", "1.15", "1.16", "1.17", "1.18"],
  ...["5.3", "5.6", "5.20", "5.21", "5.24", "5.25", "5.26", "5.27", "5.28"],
];

describe("what the indexes hold", () => {
  it("has each of the 46 slips once", () => {
    const numbers = slips.map(({ item }) => Number(item.replace(/^E/, ""))).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 46 }, (_, i) => i + 1));
  });

  it("has every line of the notes that asks, and no other", () => {
    const asked = questions.flatMap(({ at }) => at.flatMap(([name, ...lines]) => lines.map(line => `${name} ${line}`)));
    const asking = Object.entries(ASKING).flatMap(([name, lines]) => lines.map(line => `${name} ${line}`));
    expect([...new Set(asked)].sort()).toEqual(asking.sort());
  });

  it("has every item that is a question", () => {
    const asked = rows.filter(({ says }) => says.includes("?")).map(({ item }) => item);
    expect(asked.length).toBeGreaterThan(9);
    expect(questions.map(({ item }) => item)).toEqual(expect.arrayContaining([...ITEMS_ASKED, ...asked]));
  });
});

describe.each([
  { file: slipsFile, made: slipsNotebook(), count: 46, name: /^E\d+$/ },
  { file: questionsFile, made: questionsNotebook(), count: questions.length, name: /^Q\d+$/ },
])("$file", ({ file, made, count, name }) => {
  const notebook = stored(file);
  const listed = rowsOf(notebook).filter(row => name.test(row.name));

  it("is what npm run indexes writes", () => {
    const cells = ({ cells }: Notebook) =>
      cells.map(({ id, cell_type, source, metadata }) => ({ id, cell_type, source, metadata }));
    expect(cells(notebook)).toEqual(cells(made));
  });

  it("has every row once, under its own name", () => {
    expect(listed.length).toBe(count);
    expect(new Set(listed.map(row => row.name)).size).toBe(count);
  });

  it("claims nothing twice, and only in the name of a row", () => {
    const claims = claimsIn(notebook.cells.flatMap(cell => (cell.cell_type === "code" ? cell.outputs : [])));
    const names = claims.map(({ text }) => text.split(":")[0] ?? "");
    expect(new Set(names).size).toBe(names.length);
    expect(listed.map(row => row.name)).toEqual(expect.arrayContaining(names));
    expect(names.length).toBeGreaterThan(count / 2);
  });

  it.each(listed)("$name leads to a cell, and its results stand there or in its own claim", row => {
    const own = shownIn(notebook).find(shown => shown.includes(`✓ ${row.name}: `)) ?? "";
    const claim = own.split("\n").find(line => line.includes(`✓ ${row.name}: `)) ?? "";
    expect(row.links.length).toBeGreaterThan(0);
    const there = row.links.map(([target, id]) => {
      const cell = stored(target).cells.find(each => each.id === id);
      expect(cell, `${target}#cell-id=${id}`).toBeDefined();
      return cell?.cell_type === "code" ? shownOf(cell.outputs) : "";
    });
    if (file === slipsFile) expect(row.results.length).toBeGreaterThan(0);
    for (const result of row.results) expect(plain([claim, ...there].join("\n"))).toContain(plain(result));
  });
});

interface ListedRow {
  name: string;
  links: [file: string, cell: string][];
  results: string[];
}

/** The rows as a reader finds them: from one name in bold, `**E1.**` or `**Q1. …?**`, to the next or to a heading. */
function rowsOf({ cells }: Notebook): ListedRow[] {
  const texts = cells.filter(({ cell_type }) => cell_type === "markdown").map(({ source }) => source);
  return texts.flatMap(source =>
    source.split(/^(?=\*\*[EQ]\d+\.|## )/m).flatMap(part => {
      const [head = "", name] = /^\*\*([EQ]\d+)\..*?\*\*/.exec(part) ?? [];
      if (name === undefined) return [];
      const links = [...part.matchAll(/\]\(([^)#]+\.ipynb)#cell-id=([\w-]+)\)/g)];
      const results = [...part.slice(head.length).matchAll(/\*\*(.+?)\*\*/g)];
      return [
        {
          name,
          links: links.map(([, target = "", id = ""]): [string, string] => [target, id]),
          results: results.map(([, result = ""]) => result),
        },
      ];
    }),
  );
}

function shownIn({ cells }: Notebook): string[] {
  return cells.map(cell => (cell.cell_type === "code" ? shownOf(cell.outputs) : ""));
}

function shownOf(outputs: readonly Output[]): string {
  const words = (output: Output) =>
    "data" in output ? String(output.data["text/plain"] ?? "") : "text" in output ? output.text : "";
  return outputs.map(words).join("\n");
}

/** One minus, no capitals and no commas in numbers. */
function plain(text: string): string {
  return text
    .replaceAll("−", "-")
    .replace(/(?<=\d),(?=\d{3})/g, "")
    .toLowerCase();
}
