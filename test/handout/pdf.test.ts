import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { exportPdf, findChromium, needChromium } from "../../src/handout/index.ts";
import { cssString } from "../../src/handout/print/printStyle.ts";
import { formatNotebook } from "../../src/notebook/index.ts";
import { findPython, needsPython } from "../support/python.ts";
import { chromiumPath, needsChromium } from "./chromium.ts";
import { code, markdown, shown } from "./pages.ts";

describe("the browser that prints", () => {
  it("is the named one, else the first in the path; where none is, it is said what to do", () => {
    const folder = mkdtempSync(join(tmpdir(), "lectern-path-"));
    const browser = join(folder, "google-chrome");
    expect(() => needChromium({ LECTERN_CHROMIUM: browser })).toThrow(/LECTERN_CHROMIUM must be .*but there is no/);
    writeFileSync(browser, "");
    chmodSync(browser, 0o755);
    expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(browser);
    expect(findChromium({ PATH: "", LECTERN_CHROMIUM: browser })).toBe(browser);
    const none = { PATH: "/nowhere" };
    if (findChromium(none) === undefined)
      expect(() => needChromium(none)).toThrow(/a PDF must be printed by a Chromium, Chrome or Edge, but none is/);
  });
});

it("writes titles as strings of CSS that nothing ends", () => {
  const written = cssString('a "b" \\ </style>\n{}é 1');
  expect(written).toBe('"a \\22 b\\22  \\5c  \\3c \\2f style\\3e \\a \\7b \\7d é 1"');
});

const python = findPython(["pypdf"]);

describe.skipIf(!chromiumPath || !python.path)(`a PDF${needsChromium}${needsPython(python)}`, () => {
  let told: {
    title: string;
    language: string;
    marked: boolean;
    tags: string[];
    alts: string[];
    outline: string[];
    links: string[];
    pages: string[];
  };
  let source = "";
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), "lectern-pdf-test-"));
    const filler = Array.from({ length: 9 }, (_, i) => `Filler ${i}: ${"some words go on and on ".repeat(22)}`);
    const lines = Array.from({ length: 16 }, (_, i) => `const line${i} = ${i};`).join("\n");
    const claim = { text: "the claim", holds: true };
    const cells = [
      markdown("# 7. The *title* & more\n\n[file](b.ipynb) [web](https://example.org/)"),
      ...filler.flatMap((text, i) => [
        markdown(`## Section ${i}\n\n${text}`),
        code(lines.replaceAll("line", `line${i}x`), [
          shown({ "application/vnd.lectern.claim+json": claim, "text/plain": "claim" }),
        ]),
      ]),
      code("1", [
        shown(
          {
            "image/svg+xml":
              '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
          },
          { "image/svg+xml": { alt: "a red square" } },
        ),
      ]),
    ];
    const path = join(folder, "a.ipynb");
    writeFileSync(path, formatNotebook({ nbformat: 4, nbformat_minor: 5, metadata: { lang: "en-GB" }, cells }));
    const pdf = await exportPdf(path, join(folder, "new"));
    source = readFileSync(pdf, "latin1");
    const { stdout, stderr } = spawnSync(python.path ?? "", ["-c", READ, pdf], { encoding: "utf8" });
    expect(stderr).toBe("");
    told = JSON.parse(stdout);
  });

  it("has its title, its language, tags, words for its figures, and an outline", () => {
    expect(told.title).toBe("7. The title & more");
    expect(told.language).toBe("en-GB");
    expect(told.marked).toBe(true);
    expect(told.tags).toEqual(expect.arrayContaining(["/H1", "/H2", "/P", "/Figure", "/Link"]));
    expect(told.alts).toContain("a red square");
    expect(told.outline[0]).toBe("7. The title & more");
    expect(told.outline.filter(title => title.startsWith("Section "))).toHaveLength(9);
  });

  it("has numbers on its pages, and its title above all but the first", () => {
    expect(told.pages.length).toBeGreaterThan(4);
    for (const [index, text] of told.pages.entries()) {
      expect(text).toMatch(new RegExp(`(^|\\n)${index + 1}\\s*(\\n|$)`));
      expect(text.split("7. The title & more").length - 1, text).toBe(1);
    }
  });

  it("tears neither code nor a claim from what it belongs to, nor a heading from its text", () => {
    for (let i = 0; i < 9; i++) {
      const page = told.pages.find(text => text.includes(`line${i}x0 `));
      expect(page, `code ${i}`).toContain(`line${i}x15 `);
      expect(told.pages.find(text => text.includes(`Section ${i}\n`))).toContain(`Filler ${i}:`);
    }
  });

  it("links the web, and no file of the machine that printed it", () => {
    expect(told.links).toContain("https://example.org/");
    expect(told.links.filter(link => !link.startsWith("https:"))).toEqual([]);
    expect(source).not.toContain(tmpdir());
  });
});

const READ = `
import json, sys, pypdf
reader = pypdf.PdfReader(sys.argv[1])
root = reader.trailer["/Root"]
tags, alts, seen = set(), set(), set()
def walk(node):
    node = node.get_object()
    if isinstance(node, list):
        for each in node: walk(each)
    elif isinstance(node, dict):
        if "/S" in node: tags.add(str(node["/S"]))
        if "/Alt" in node: alts.add(str(node["/Alt"]))
        if "/K" in node: walk(node["/K"])
walk(root["/StructTreeRoot"])
def titles(items):
    for item in items:
        if isinstance(item, list): yield from titles(item)
        else: yield item.title
links = [str(a.get_object()["/A"]["/URI"]) for page in reader.pages for a in page.get("/Annots", []) if "/A" in a.get_object() and "/URI" in a.get_object()["/A"]]
print(json.dumps(dict(title=reader.metadata.title, language=root.get("/Lang"), marked=bool(root["/MarkInfo"]["/Marked"]),
  tags=sorted(tags), alts=sorted(alts), outline=list(titles(reader.outline)), links=links, pages=[page.extract_text() for page in reader.pages])))
`;
