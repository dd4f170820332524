import { join } from "node:path";
import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { renderLecture } from "../../src/handout/lecture.ts";
import { countInWords } from "../../src/handout/site/course.ts";
import { renderIndex } from "../../src/handout/site/indexPage.ts";
import { readCourse } from "../../src/server/lecture/course.ts";
import { repository } from "../kernel/support.ts";
import { markdown } from "./pages.ts";

const lecture = (path: string, ...needs: string[]) => ({ path, title: path, minutes: 60, needs });

it("counts as lectures what belongs together, and not the indexes beside it", () => {
  const course = readCourse(repository).lectures.map(each => ({ ...each, path: join("notebooks", each.notebook) }));
  expect(countInWords(course)).toBe("14 lectures and 2 pages beside them");
  expect(countInWords([lecture("x/a.ipynb"), lecture("x/b.ipynb", "a.ipynb"), lecture("x/c.ipynb")])).toBe(
    "2 lectures and 1 page beside them",
  );
  expect(countInWords([lecture("a.ipynb")])).toBe("1 lecture");
  expect(countInWords([lecture("a.ipynb"), lecture("b.ipynb")])).toBe("2 lectures");
});

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
