import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { exportHtml } from "../../src/handout/index.ts";
import { formatNotebook } from "../../src/notebook/index.ts";
import { code, markdown, page, shown } from "./pages.ts";

const addresses = (root: ParentNode) => [...root.querySelectorAll("main a")].map(link => link.getAttribute("href"));

it("lead from handout to handout, at the cell that is named, and leave other addresses alone", async () => {
  const { document } = await page(
    markdown("[a](07-elbo.ipynb) [b](../other/07-elbo.ipynb#cell-id=7slips02)"),
    code("1", [shown({ "text/markdown": "[c](07-elbo.ipynb#Jensen)" })]),
    markdown(
      "[d](https://example.org/a.ipynb) [e](/a.ipynb) [f](a.ipynb.txt) [g](a.ts) [h](#a.ipynb) [i](a.ipynb?x=1)",
    ),
  );
  expect(addresses(document)).toEqual([
    "07-elbo.html",
    "../other/07-elbo.html#cell-id=7slips02",
    "07-elbo.html#Jensen",
    "https://example.org/a.ipynb",
    "/a.ipynb",
    "a.ipynb.txt",
    "a.ts",
    "#a.ipynb",
    "a.ipynb?x=1",
  ]);
});

it("find each cell by its id, a folded one too, and never two of them", async () => {
  const { document } = await page(markdown("a", { id: "one" }), {
    ...code("1", [], "hide-cell"),
    id: "two",
  });
  expect(document.getElementById("cell-id=one")?.textContent).toContain("a");
  expect(document.getElementById("cell-id=two")?.querySelector("details")).not.toBeNull();
});

it("lead to handouts for the same readers", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lectern-links-"));
  const path = join(folder, "a.ipynb");
  const cells = [markdown("[b](b.ipynb#cell-id=c)")];
  await writeFile(path, formatNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
  for (const [edition, target] of [
    ["student", "b.html#cell-id=c"],
    ["instructor", "b.instructor.html#cell-id=c"],
  ] as const) {
    const html = await readFile(await exportHtml(path, folder, { edition }), "utf8");
    expect(addresses(new JSDOM(html).window.document)).toEqual([target]);
  }
});
