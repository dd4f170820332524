import { JSDOM } from "jsdom";
import { expect, it } from "vitest";
import { selectByWalking } from "../../src/handout/figures/select.ts";

const PAGE = `<!doctype html><div class="g a"><svg><g class="a b"><clipPath id="c"/><text class="a-b"/></g><g class="b"><g class="a  b c"/></g></svg>
<p class="A">words <b class="b">bold</b></p></div>`;

it.each([
  ..."g .a .b .a.b g.a.b g.a-b text.a-b clipPath .A p * g>g #c clipPath#c .absent".split(" "),
  ..."circle|g,text|.a .b|:first-child|g[class^=a]".split("|"),
])("finds by %s what jsdom finds", selector => {
  const [usual, walking] = [new JSDOM(PAGE), new JSDOM(PAGE)].map(each => each.window);
  if (!usual || !walking) throw new Error("no window");
  selectByWalking(walking.Element.prototype);
  const [expected, found] = [usual, walking].map(({ document }) =>
    [document.body, document.querySelector("svg") as Element].flatMap(within => [
      ...[...within.querySelectorAll(selector)].map(each => each.outerHTML),
      within.querySelector(selector)?.outerHTML ?? null,
    ]),
  );
  expect(found).toEqual(expected);
});

it("says what is wrong with a selector that is none", () => {
  const { window } = new JSDOM(PAGE);
  selectByWalking(window.Element.prototype);
  expect(() => window.document.body.querySelector("")).toThrow();
  expect(() => window.document.body.querySelector("g..a")).toThrow();
});
