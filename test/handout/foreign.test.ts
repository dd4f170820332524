import { mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { renderHandout } from "../../src/handout/index.ts";
import type { Output } from "../../src/notebook/index.ts";
import { picture } from "./exampleFigures.ts";
import { code, markdown, page, shown } from "./pages.ts";

const png = picture(3).split(",")[1] ?? "";
const PLOTLY = "application/vnd.plotly.v1+json";

describe("a notebook from elsewhere", () => {
  it("has streams of two names only, and a policy for forms and bases", async () => {
    const { main, html } = await page(code("", [{ output_type: "stream", name: 'x"><b>' as "stdout", text: "t" }]));
    expect(main.querySelector("pre")?.className).toBe("stdout");
    expect(html).toContain("form-action 'none'; base-uri 'none'");
  });

  it("takes the next form of a figure that cannot be drawn, and says so", async () => {
    const figures = [
      { data: [{ type: "surface", z: [[1]] }] },
      {},
      null,
      { data: [null] },
      { data: [{ x: [1], y: [1] }], layout: { images: [{ source: "https://example.org/a.png" }] } },
    ];
    const { main } = await page(
      code(
        "",
        figures.map(each => shown({ [PLOTLY]: each, "image/png": png })),
      ),
    );
    expect(main.querySelectorAll("p.note")).toHaveLength(figures.length);
    expect(main.querySelectorAll("figure.picture img")).toHaveLength(figures.length);
  });

  it("leaves a link around a picture from elsewhere its words", async () => {
    const { main } = await page(
      markdown(
        "[![Open it](https://example.org/badge.svg)](https://example.org/book) and [![](https://example.org/b.svg)](x)",
      ),
    );
    const links = [...main.querySelectorAll("a")].map(link => [link.getAttribute("href"), link.textContent]);
    expect(links).toEqual([
      ["https://example.org/book", "[picture: Open it]"],
      ["x", "[picture: https://example.org/b.svg]"],
    ]);
  });

  it("has terminal colours that stand out from the ground of an error too", async () => {
    const { main } = await page(
      code("", [{ output_type: "error", ename: "E", evalue: "v", traceback: ["\u001b[36m<module>\u001b[0m"] }]),
    );
    const style = main.querySelector("span[style*='light-dark']")?.getAttribute("style") ?? "";
    const light = /light-dark\(#(\w{6})/.exec(style)?.[1] ?? "";
    const luminance = (hex: string) =>
      [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
        const part = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) / 255;
        return sum + share * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      }, 0);
    // The ground of an error in the light, #fff1f0.
    expect((luminance("fff1f0") + 0.05) / (luminance(light) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  it("takes dollars for money as pandoc does", async () => {
    const { main } = await page(
      markdown("| a | b |\n|--|--|\n| one | $1600 |\n| two | $12 |\n\nIt costs $5 and $10, and $ 3 $; but $x$."),
    );
    expect(main.querySelectorAll("tbody tr")).toHaveLength(2);
    expect(main.querySelectorAll("math")).toHaveLength(1);
    expect(main.textContent).toContain("It costs $5 and $10, and $ 3 $; but");
  });

  it("shows pictures of its own folder alone, links followed", async () => {
    const parent = await mkdtemp(join(tmpdir(), "lectern-inside-"));
    const folder = join(parent, "notebook");
    await mkdir(join(folder, "sub"), { recursive: true });
    for (const file of ["secret.png", "notebook/own.png", "notebook/sub/own.png"])
      await writeFile(join(parent, file), Buffer.from(png, "base64"));
    await symlink(join(parent, "secret.png"), join(folder, "out.png"));
    await symlink("own.png", join(folder, "in.png"));
    const names = ["own.png", "sub/own.png", "in.png", "../secret.png", "%2e%2e/secret.png", "out.png"];
    const cells = [markdown(names.map(name => `![${name}](${name})`).join("\n\n"))];
    const notebook = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells };
    const html = await renderHandout(notebook, { source: join(folder, "a.ipynb") });
    const shownOnes = [...new JSDOM(html).window.document.querySelectorAll("img")].map(image => image.alt);
    expect(shownOnes).toEqual(["own.png", "sub/own.png", "in.png"]);
  });

  it("keeps the style sheets of its drawings and tables, each for itself", async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><style>.a{fill:red}</style><rect class="a"/></svg>';
    const table =
      '<style>#T td{color:red} body{display:none} #T{background:url(https://example.org)}</style><table id="T"><td>1</table>';
    const { main } = await page(code("", [shown({ "image/svg+xml": svg }), shown({ "text/html": table })]));
    const [first, second] = [...main.querySelectorAll("style")].map(style => style.textContent);
    expect(first).toBe('.a:where([data-scope="output-1"], [data-scope="output-1"] *) { fill:red }');
    expect(second).toContain('#output-2-T td:where([data-scope="output-2"], [data-scope="output-2"] *) { color:red }');
    expect(second).not.toContain("url");
    expect(main.querySelector(".html table")?.id).toBe("output-2-T");
  });

  it("has pictures as large as it says", async () => {
    const { main } = await page(code("", [shown({ "image/png": png }, { "image/png": { width: 40, height: "x" } })]));
    expect(main.querySelector("img")?.getAttribute("width")).toBe("40");
    expect(main.querySelector("img")?.hasAttribute("height")).toBe(false);
  });

  it("brings no address or style in through TeX, and says what of it cannot be read", async () => {
    const { main } = await page(
      markdown('$\\mmlToken{mi}[href="javascript:x" style="background:url(https://example.org)"]{x}$ $\\frac{1$'),
    );
    expect(main.querySelector("a, [style*='url']")).toBeNull();
    expect([...(main.querySelector("math mi")?.attributes ?? [])]).toEqual([]);
    expect(main.querySelector(".tex-error")?.textContent).toBe("\\frac{1");
    expect(main.querySelector(".note")?.textContent).toContain("Missing close brace");
  });

  it.each([
    [{ "text/html": '<iframe src="https://example.org/a"></iframe>' }, "[embedded page: https://example.org/a]"],
    [{ "text/html": '<audio src="data:audio/wav;base64,AA"></audio>' }, "[sound]"],
    [{ "text/html": "<div></div><script>draw()</script>", "text/plain": "<Chart>" }, "a program draws"],
    [
      { "application/vnd.vegalite.v5+json": {}, "text/plain": "<Chart>" },
      "A chart (Vega-Lite) is shown in the notebook only.",
    ],
    [{ "application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()" }, "A control is shown"],
  ])("says what is not shown: %j", async (data, words) => {
    const { main } = await page(code("", [shown(data)]));
    expect(main.textContent).toContain(words);
    if ("text/plain" in data) expect(main.querySelector("pre.result")?.textContent).toBe(data["text/plain"]);
  });

  it.each([
    [{ tags: ["remove_input"] }, "", 0],
    [{ jupyter: { source_hidden: true } }, "", 1],
    [{ jupyter: { outputs_hidden: true } }, "", 1],
    [{}, "#| echo: false\n", 0],
  ])("hides as it says: %j %j", async (metadata, head, folds) => {
    const outputs: Output[] = [{ output_type: "stream", name: "stdout", text: "the output" }];
    const { main } = await page({ ...code(`${head}theCode()`, outputs), metadata });
    expect(main.querySelectorAll("details")).toHaveLength(folds);
    expect(main.textContent?.includes("theCode()")).toBe(folds === 1);
    expect(main.textContent).toContain("the output");
  });

  it("keeps the colours of a terminal, dark enough to read, and a huge output in part", async () => {
    const text = "\u001b[31mred\u001b[0m \u001b[38;5;226mpale\u001b[0m\u001b[2K";
    const { main } = await page(
      code("", [{ output_type: "stream", name: "stdout", text }, shown({ "text/plain": "x".repeat(300_000) })]),
    );
    expect(main.querySelector(".stdout")?.textContent).toBe("red pale");
    expect(main.querySelectorAll(".stdout span")).toHaveLength(2);
    expect(main.querySelector(".note")?.textContent).toContain("another 100,000 characters");
  });
});
