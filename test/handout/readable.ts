import type { Page } from "playwright-core";

/** What a reader of a page at this width, and with these colours, cannot read or reach; empty where all is well. */
export async function unreadable(page: Page): Promise<string[]> {
  const found = await page.evaluate(() => {
    const faults: string[] = [];
    const says = (element: Element) =>
      `${element.outerHTML.slice(0, 80)}… in ${element.closest("section")?.id ?? "the page"}`;
    for (const drawing of document.querySelectorAll("figure .sheet > svg")) {
      if (!drawing.checkVisibility()) continue;
      const ratio = drawing.getBoundingClientRect().width / (drawing as SVGSVGElement).viewBox.baseVal.width;
      for (const text of drawing.querySelectorAll("text")) {
        const size = Number.parseFloat(getComputedStyle(text).fontSize) * ratio;
        if (size < 9 && /\S/.test(text.textContent ?? ""))
          faults.push(`letters of ${size.toFixed(1)} px: ${text.textContent}`);
      }
    }
    for (const number of document.querySelectorAll(".numbered > .number")) {
      const { right, width } = number.getBoundingClientRect();
      if (width > 0 && right > innerWidth + 1) faults.push(`a number out of sight: ${says(number)}`);
    }
    for (const element of document.querySelectorAll("main *")) {
      if (element.closest("svg, mjx-container, .spoken") || !element.checkVisibility()) continue;
      const { overflowX } = getComputedStyle(element);
      if (overflowX !== "auto" && overflowX !== "scroll") continue;
      if (element.scrollWidth <= element.clientWidth + 1) continue;
      if (element.matches("pre")) faults.push(`code that has to be scrolled: ${says(element)}`);
      if ((element as HTMLElement).tabIndex < 0) faults.push(`scrolls, but not by keys: ${says(element)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than its window");
    return faults;
  });
  return [...new Set(found)];
}
