import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { renderLecture } from "../../src/handout/lecture.ts";
import { renderIndex } from "../../src/handout/site/indexPage.ts";
import { markdown } from "./pages.ts";

const lecture = (path: string) => ({ path, title: path, minutes: 60, needs: [] });

it("shows formulas in the first words of a lecture as formulas", async () => {
  const cells = [markdown("# Pictures\n\nThere are $2^{784}$ pictures, for \\$5 & *more*. Each has $p(x)$.")];
  const shown = await renderLecture({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  const page = { about: lecture("a.ipynb"), file: "a.html", lecture: shown };
  const index = await renderIndex({ title: "Course", lectures: [page.about] }, [page], "print.html");
  const { document } = new JSDOM(index).window;
  const words = document.querySelector(".lectures li > p:last-child");
  expect(words?.querySelectorAll("mjx-container svg, svg").length).toBe(2);
  expect([...(words?.querySelectorAll("math") ?? [])].map(each => each.getAttribute("alttext"))).toEqual([
    "2^{784}",
    "p(x)",
  ]);
  expect(words?.textContent?.replace(/\s+/g, " ")).toMatch(/^There are .* pictures, for \$5 & more\. Each has .*\.$/);
  expect(words?.textContent).not.toContain("^");
  for (const use of document.querySelectorAll("use")) {
    const id = (use.getAttribute("href") ?? use.getAttribute("xlink:href") ?? "").slice(1);
    expect(document.getElementById(id), id).toBeTruthy();
  }
});
