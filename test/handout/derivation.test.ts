import { readFile } from "node:fs/promises";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { renderHandout } from "../../src/handout/index.ts";
import { parseNotebook } from "../../src/notebook/index.ts";

describe("a derivation in a handout", () => {
  let main: Element;
  beforeAll(async () => {
    const path = new URL("../fixtures/notebooks/derivation.ipynb", import.meta.url);
    const html = await renderHandout(parseNotebook(await readFile(path, "utf8")), { source: path.pathname });
    main = new JSDOM(html).window.document.querySelector("main") as Element;
  });

  it("is a table of lines, reasons and numbers, each line set as mathematics", () => {
    const tables = [...main.querySelectorAll("table")];
    expect(tables.map(table => table.querySelectorAll("tbody tr").length)).toEqual([8, 8, 6, 2, 2, 2, 2]);
    for (const row of tables.flatMap(table => [...table.querySelectorAll("tbody tr")])) {
      const [number, line, , ...numbers] = row.querySelectorAll("td");
      expect(number?.textContent).toMatch(/^\d$/);
      expect(line?.querySelectorAll("mjx-container").length).toBeGreaterThan(0);
      for (const number of numbers) expect(number.textContent).toMatch(/^−?\d\.\d{6}$/);
    }
    expect(main.querySelectorAll("[data-mml-node='merror']")).toHaveLength(0);
  });

  it("leaves no TeX in the prose", () => {
    const prose = main.cloneNode(true) as Element;
    for (const element of prose.querySelectorAll("pre, code, svg, mjx-container")) element.remove();
    expect(prose.textContent).not.toMatch(/\$|\\[a-z]/);
    expect(prose.textContent).toContain("The posterior comes from: line: closed form; parabola: another grid.");
  });

  it("has the verdicts on a line of the reader's, with expressions as code", () => {
    const verdicts = [...main.querySelectorAll("p > strong")].map(strong => strong.textContent);
    expect(verdicts).toEqual([
      "✓ follows.",
      "✗ does not hold.",
      "✗ holds, but not by this rule.",
      "✓ follows.",
      "… unanswered.",
    ]);
    const codes = [...main.querySelectorAll("p > code")].map(code => code.textContent);
    expect(codes).toContain("E_q[log(p(x|z))] + KL(q(z), p(z))");
  });
});
