import { readFile } from "node:fs/promises";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { renderHandout } from "../../src/handout/index.ts";
import { type Output, parseNotebook } from "../../src/notebook/index.ts";
import { code, markdown, page, shown } from "./pages.ts";

describe("the sample notebook", () => {
  let html: string;
  let document: Document;
  beforeAll(async () => {
    const path = new URL("../fixtures/notebooks/sample.ipynb", import.meta.url);
    html = await renderHandout(parseNotebook(await readFile(path, "utf8")), { source: path.pathname });
    document = new JSDOM(html).window.document;
  });

  it("asks for nothing from anywhere", () => {
    for (const element of document.querySelectorAll("*")) {
      expect(["SCRIPT", "LINK", "IFRAME", "BASE"]).not.toContain(element.tagName);
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^srcset$/);
        if (name === "src" || (/href$/.test(name) && element.localName !== "a")) expect(value).toMatch(/^(data:|#)/);
        if (name === "style") expect(value).not.toMatch(/url\((?!#|['"]?#)/);
      }
    }
    expect(document.querySelector("style")?.textContent).not.toMatch(/url\((?!data:font\/woff2;base64,)|@import/);
  });

  it("has a language, a title, a policy and a way past the contents", () => {
    expect(document.documentElement.lang).toBe("en");
    expect(document.title).toBe("Latent variables and the evidence lower bound");
    expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain("default-src 'none'");
    expect(document.querySelector(".skip")?.getAttribute("href")).toBe("#content");
    expect(document.querySelectorAll("h1")).toHaveLength(1);
  });

  it("has no id twice, and no link inside it that leads nowhere", () => {
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const link of document.querySelectorAll("a[href^='#'], use")) {
      const target = (link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "").slice(1);
      expect(ids).toContain(decodeURIComponent(target));
    }
  });

  it("describes every picture in words", () => {
    const pictures = [...document.querySelectorAll("figure svg, img")];
    expect(pictures.length).toBeGreaterThan(5);
    for (const element of pictures)
      expect(element.getAttribute("aria-label") ?? element.getAttribute("alt")).toMatch(/\w{3}/);
  });

  it("sets all mathematics", () => {
    const prose = document.querySelector("main")?.cloneNode(true) as Element;
    for (const element of prose.querySelectorAll("pre, code, svg")) element.remove();
    expect(prose.textContent).not.toMatch(/\$(?!5)|\\[a-z]|\uE000/);
    expect(document.querySelectorAll("[data-mml-node='merror']")).toHaveLength(0);
    expect(document.querySelectorAll("math").length).toBe(document.querySelectorAll("mjx-container").length);
  });

  it("is the same when it is made again", async () => {
    const path = new URL("../fixtures/notebooks/sample.ipynb", import.meta.url);
    expect(await renderHandout(parseNotebook(await readFile(path, "utf8")), { source: path.pathname })).toBe(html);
  });
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: the sources under test have templates in them
describe("mathematics", () => {
  it("is numbered through the page, and a reference may come before its label", async () => {
    const { document } = await page(
      markdown("See \\eqref{b}, $\\ref{a}$."),
      markdown("$$\\begin{equation}\\label{a} x \\end{equation}$$"),
      markdown("\\begin{align} y &= 1 \\label{b} \\\\ z &= 2 \\tag{Z} \\end{align}"),
    );
    const references = [...document.querySelectorAll("p mjx-container")].map(
      element => element.querySelectorAll("use").length,
    );
    expect(references.slice(0, 2)).toEqual([3, 1]);
    expect([...document.querySelectorAll("math mlabeledtr > mtd:first-child")].map(label => label.textContent)).toEqual(
      ["(1)", "(2)", "(Z)"],
    );
  });

  it("leaves dollars in code alone", async () => {
    const { main } = await page(
      markdown("`$a$` and ``b`$c$``\n\n```ts\nconst s = `${x}$`;\n```\n\n    $indented"),
      code("`${y}` + '$'"),
    );
    expect(main.textContent).toContain("$a$");
    expect(main.textContent).toContain("const s = `${x}$`;");
    expect(main.textContent).toContain("`${y}` + '$'");
    expect(main.querySelector("math")).toBeNull();
  });

  it("keeps Markdown out of formulas, in tables too", async () => {
    const { main } = await page(
      markdown("| a | b |\n|--|--|\n| $p(x|z)$ | $x_1*y_1*z$ |\n\nA \\(w_i\\) and \\\\(v_i\\\\) and \\$1."),
    );
    expect(main.querySelectorAll("td")).toHaveLength(2);
    expect(main.querySelectorAll("math")).toHaveLength(4);
    expect(main.querySelector("em")).toBeNull();
    expect(main.textContent).toContain("and $1.");
  });

  it("speaks the TeX that course notes use", async () => {
    const tex =
      "\\operatorname{KL}\\bigl(q\\,\\|\\,p\\bigr) \\mathbb{E}_{\\mathcal{N}} \\boldsymbol{\\mu} \\mathfrak{g} \\text{if } x \\cancel{y} \\bra{\\psi} \\coloneqq \\argmax";
    const { main } = await page(markdown(`$\\DeclareMathOperator*{\\argmax}{arg\\,max} ${tex}$`));
    expect(main.querySelectorAll("[data-mml-node='merror'], mtext[mathcolor='red']")).toHaveLength(0);
    expect(main.querySelector("math")?.getAttribute("alttext")).toContain("\\operatorname{KL}");
  });
});

describe("headings", () => {
  it("have anchors of their own, as Jupyter makes them", async () => {
    const { document } = await page(
      markdown("## The bound\n\n## The bound\n\n## On $K$"),
      markdown("## The bound\n\n[up](#The-bound)"),
    );
    const anchors = [...document.querySelectorAll("h2")].map(heading => heading.id);
    expect(anchors).toEqual(["The-bound", "The-bound-2", "On-K", "The-bound-3"]);
    const links = [...document.querySelectorAll(".contents a")].map(link =>
      decodeURIComponent(link.getAttribute("href") ?? ""),
    );
    expect(links).toEqual(anchors.map(anchor => `#${anchor}`));
  });
});

describe("claims", () => {
  const claim = (text: string, holds: boolean) =>
    shown({
      "application/vnd.lectern.claim+json": { text, holds, residual: 1e-9, within: 1e-6, relation: "=", unit: "value" },
      "text/html": "<p>other</p>",
    });

  it("are drawn, and counted at the end with links", async () => {
    const { document } = await page(code("", [claim("a = b", true), claim("$c$ = d", false)]));
    expect([...document.querySelectorAll(".claim .mark")].map(mark => mark.textContent)).toEqual(["✓", "✗"]);
    expect(document.querySelector(".claim")?.textContent).toContain("residual 1e-9 ≤ 0.000001");
    const summary = document.querySelector(".claims") as Element;
    expect(summary.querySelector("h2")?.textContent).toBe("1 of 2 claims hold");
    for (const link of summary.querySelectorAll("a"))
      expect(document.getElementById((link.getAttribute("href") ?? "").slice(1))?.className).toMatch(/^claim /);
    expect(summary.querySelectorAll("math")).toHaveLength(1);
  });

  it("count where the error that a claim ended in tells of it", async () => {
    const evalue = 'claim "c = d": must hold, but got residual 1.';
    const error = { output_type: "error" as const, ename: "ClaimError", evalue, traceback: [evalue] };
    const { document } = await page(code("", [claim("a = b", true), claim("c = d", false), error]));
    const summary = document.querySelector(".claims") as Element;
    expect(summary.querySelector("h2")?.textContent).toBe("1 of 2 claims hold");
    const link = summary.querySelector("li.fails a") as Element;
    expect(link.textContent).toBe("c = d");
    const told = document.getElementById((link.getAttribute("href") ?? "").slice(1));
    expect(told?.textContent).toContain("must hold, but got residual 1.");
  });

  it("leave no summary where there are none", async () =>
    expect((await page(markdown("x"))).document.querySelector(".claims")).toBeNull());
});

describe("tags", () => {
  const outputs: Output[] = [{ output_type: "stream", name: "stdout", text: "the output" }];
  const tagged = async (...tags: string[]) => (await page(code("theCode()", outputs, ...tags))).main;

  it.each([
    ["remove-cell", false, false],
    ["remove-input", false, true],
    ["remove-output", true, false],
    ["hide-input", true, true],
    ["hide-output", true, true],
    ["hide-cell", true, true],
  ])("%s", async (tag, input, output) => {
    const main = await tagged(tag);
    expect(main.textContent?.includes("theCode()")).toBe(input);
    expect(main.textContent?.includes("the output")).toBe(output);
    expect(main.querySelectorAll("details > summary")).toHaveLength(tag.startsWith("hide") ? 1 : 0);
    const folded = main.querySelector("details")?.textContent ?? "";
    expect(folded.includes("theCode()")).toBe(tag === "hide-input" || tag === "hide-cell");
    expect(folded.includes("the output")).toBe(tag === "hide-output" || tag === "hide-cell");
  });

  it.each([
    [undefined, 1, ""],
    ["less than 3", 0, "You predicted: less than 3"],
    ["", 0, ""],
  ])("predict: folded until the reader said something or looked (%j)", async (prediction, folded, words) => {
    const cell = code("theCode()", outputs, "predict");
    if (prediction !== undefined) cell.metadata.lectern = { prediction };
    const { main } = await page(cell);
    expect(main.querySelectorAll("details")).toHaveLength(folded);
    expect(main.querySelector(".prediction")?.textContent ?? "").toBe(words);
    expect(main.textContent).toContain("the output");
  });
});

describe("what is folded", () => {
  const outputs: Output[] = [{ output_type: "stream", name: "stdout", text: "the output" }];
  const folds = async (tags: string[], summary?: string) => {
    const cell = code("first();\nsecond();", outputs, ...tags);
    if (summary !== undefined) cell.metadata.lectern = { summary };
    const { main } = await page(cell);
    return [...main.querySelectorAll("details")].map(each => [
      each.className,
      each.querySelector("summary")?.textContent,
    ]);
  };

  it.each<[string[], string[][]]>([
    [["hide-input"], [["code", "The figure (2 lines of code)"]]],
    [["hide-output"], [["part", "The figure"]]],
    [["hide-cell"], [["part", "The figure"]]],
    [["predict"], [["answer", "Predict first; then look"]]],
    [
      ["hide-input", "predict"],
      [
        ["code", "The figure (2 lines of code)"],
        ["answer", "Predict first; then look"],
      ],
    ],
    [["hide-output", "predict"], [["answer", "Predict first; then look"]]],
    [
      ["hide-input", "hide-output"],
      [
        ["code", "The figure (2 lines of code)"],
        ["part", "Show the output"],
      ],
    ],
    [["hide-cell", "hide-input", "hide-output"], [["part", "The figure"]]],
    [
      ["hide-cell", "predict"],
      [
        ["part", "The figure"],
        ["answer", "Predict first; then look"],
      ],
    ],
  ])("%j: says each thing once, the author's words on the outer fold", async (tags, expected) =>
    expect(await folds(tags, "The figure")).toEqual(expected),
  );

  it("says how long code is that has no words, and takes blank words for none", async () => {
    expect(await folds(["hide-input"])).toEqual([["code", "Code (2 lines)"]]);
    expect(await folds(["hide-input"], " ")).toEqual([["code", "Code (2 lines)"]]);
  });
});

describe("code", () => {
  it("is coloured and unchanged", async () => {
    const source = 'const x: number = 1; // "a" < b && c\n\n\tfunction f<T>(y: T) { return `${y}`; }';
    const { main } = await page(code(source));
    expect(main.querySelector("pre.code")?.textContent).toBe(source);
    expect(
      new Set([...main.querySelectorAll("pre.code span[class^=c]")].map(span => span.className)).size,
    ).toBeGreaterThan(3);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: the sources under test have templates in them
