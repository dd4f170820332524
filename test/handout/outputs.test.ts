import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { renderHandout } from "../../src/handout/index.ts";
import { picture } from "./exampleFigures.ts";
import { code, markdown, page, shown } from "./pages.ts";

describe("outputs", () => {
  it("that share ids are kept apart", async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg"><clipPath id="a"><rect/></clipPath><g clip-path="url(#a)" style="fill: url(\'#a\')"/><use href="#a"/></svg>';
    const { main } = await page(code("", [shown({ "image/svg+xml": svg }), shown({ "image/svg+xml": svg })]));
    const [first, second] = [...main.querySelectorAll("clipPath")].map(element => element.id);
    expect(first).not.toBe(second);
    const groups = [...main.querySelectorAll("figure g")];
    expect(groups.map(group => group.getAttribute("clip-path"))).toEqual([`url(#${first})`, `url(#${second})`]);
    expect(groups[1]?.getAttribute("style")).toContain(`url(#${second})`);
    expect(main.querySelectorAll("use")[1]?.getAttribute("href")).toBe(`#${second}`);
  });

  it("show the SVG where there is one, and draw the plotly figure where there is none", async () => {
    const plotly = { data: [{ x: [1, 2], y: [1, 2], name: "drawn here" }], layout: { showlegend: true } };
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><text>stored</text></svg>';
    const type = "application/vnd.plotly.v1+json";
    const { main } = await page(
      code("", [shown({ [type]: plotly, "image/svg+xml": svg, "text/plain": "words" })]),
      code("", [shown({ [type]: plotly, "text/plain": "words" }, { [type]: { alt: "a line" } })]),
    );
    const drawings = [...main.querySelectorAll(".sheet:not(.narrow) > svg")];
    expect(drawings.map(drawing => drawing.getAttribute("aria-label"))).toEqual(["words", "a line"]);
    expect(drawings[0]?.textContent).toContain("stored");
    expect(drawings[1]?.textContent).toContain("drawn here");
  });

  it("that cannot be drawn are words, and the rest of the handout is there", async () => {
    const type = "application/vnd.plotly.v1+json";
    const map = { data: [{ type: "scattergeo", lon: [1], lat: [1] }], layout: {} };
    const { main } = await page(
      code("", [shown({ [type]: map, "text/plain": "a map of one <place>" }), shown({ [type]: map })]),
      code("", [shown({ "text/plain": "what follows" })]),
    );
    const notes = [...main.querySelectorAll("p.note")].map(each => each.textContent);
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(note).toMatch(/^This figure is shown in the notebook only: .*scattergeo/);
    expect(main.textContent).toContain("a map of one <place>");
    expect(main.textContent).toContain("what follows");
    expect(main.querySelector("figure")).toBeNull();
  });

  it("say once what is wrong", async () => {
    const error = (ename: string, evalue: string) => ({
      output_type: "error" as const,
      ename,
      evalue,
      traceback: [`${ename}: ${evalue}`, "    at cell 1"],
    });
    const verdict = { exercise: "1", state: "wrong", message: "it must be even, but got 3" };
    const { main } = await page(
      code("", [
        shown({ "application/vnd.lectern.exercise+json": verdict }),
        error("WrongAnswer", "it must be even, but got 3"),
      ]),
      code("", [
        shown({ "application/vnd.lectern.claim+json": { text: "one is two", holds: false, residual: 1, within: 0 } }),
        error("ClaimError", 'claim "one is two": must hold'),
      ]),
      code("", [error("TypeError", "x is no y")]),
    );
    expect(main.textContent?.match(/it must be even/g)).toHaveLength(1);
    // Once where it stands, and once in the list of all claims.
    expect(main.textContent?.match(/one is two/g)).toHaveLength(2);
    expect(main.querySelector(".claims")?.textContent?.match(/one is two/g)).toHaveLength(1);
    expect([...main.querySelectorAll("pre.error")].map(each => each.textContent)).toEqual([
      '✗ claim "one is two": must hold',
      "TypeError: x is no y\n    at cell 1",
    ]);
  });

  it("lose their colours and what a carriage return has overwritten", async () => {
    const { main } = await page(
      code("", [
        { output_type: "stream", name: "stdout", text: "\u001b[32mgreen\u001b[39m\n10%\r50%\rdone\r\nlast\r" },
        { output_type: "error", ename: "E", evalue: "e", traceback: ["\u001b[31mE: e\u001b[39m"] },
        { output_type: "error", ename: "TypeError", evalue: "no trace", traceback: [] },
      ]),
    );
    expect(main.querySelector(".stdout")?.textContent).toBe("green\ndone\nlast");
    expect([...main.querySelectorAll(".error")].map(error => error.textContent)).toEqual([
      "E: e",
      "TypeError: no trace",
    ]);
  });

  it("in LaTeX and Markdown are set", async () => {
    const { main } = await page(
      code("", [
        shown({ "text/latex": "$$x^2$$" }),
        shown({ "text/latex": "x^3" }),
        shown({ "text/markdown": "**bold** $y$" }),
        shown({ "text/html": "<p>cost $z$</p>" }),
      ]),
    );
    expect(main.querySelectorAll("math")).toHaveLength(4);
    expect(main.querySelector("strong")?.textContent).toBe("bold");
  });

  it("may be attachments and pictures", async () => {
    const [type, png] = ["image/png", picture(3).split(",")[1] ?? ""];
    const { main } = await page(
      markdown("![ring](attachment:a%20b.png)", { attachments: { "a b.png": { [type]: png } } }),
      code("", [shown({ [type]: `${png}\n` }, { [type]: { alt: "a picture" } })]),
    );
    expect([...main.querySelectorAll("img")].map(image => image.getAttribute("src"))).toEqual([picture(3), picture(3)]);
    expect([...main.querySelectorAll("img")].map(image => image.alt)).toEqual(["ring", "a picture"]);
  });

  it("may be pictures in files beside the notebook", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lectern-pictures-"));
    await writeFile(join(folder, "ring one.png"), Buffer.from(picture(3).split(",")[1] ?? "", "base64"));
    const cells = [markdown("![a](ring%20one.png) ![lost](none.png)")];
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells } as const;
    const html = await renderHandout({ ...notebook, cells }, { source: join(folder, "a.ipynb") });
    const main = new JSDOM(html).window.document.querySelector("main") as Element;
    expect([...main.querySelectorAll("img")].map(image => image.getAttribute("src"))).toEqual([picture(3)]);
    expect(main.querySelector("a")?.textContent).toContain("lost");
  });
});
