import type { Lecture } from "./lecture.ts";

/** From where to where, in pixels of the window. */
type Stretch = readonly [from: number, to: number];

/** What stays free above and below what is shown. */
export const MARGIN = 12;

/** Scrolls by the least that shows the first of the stretches that fits; where none does, to the head of the last. */
export function bringIntoView(lecture: Lecture, stretches: readonly Stretch[]): void {
  const view = viewOf(lecture).getBoundingClientRect();
  const fits = stretches.find(([from, to]) => to - from + 2 * MARGIN <= view.height);
  const [from, to] = fits ?? stretches.at(-1) ?? [view.top, view.bottom];
  const toHead = from - MARGIN - view.top;
  scrollGently(lecture, fits ? Math.min(toHead, Math.max(0, to + MARGIN - view.bottom)) : toHead);
}

/** Whether the head of an element is seen. */
export function isInView(lecture: Lecture, element: Element): boolean {
  const view = viewOf(lecture).getBoundingClientRect();
  const { top, height } = element.getBoundingClientRect();
  return height > 0 && top >= view.top && top < view.bottom - MARGIN;
}

/** Scrolls the lecture by so many pixels; at once for readers who want no motion. */
export function scrollGently(lecture: Lecture, by: number): void {
  if (Math.abs(by) < 2) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  viewOf(lecture).scrollBy({ top: by, behavior: calm ? "instant" : "smooth" });
}

/** The element that scrolls. */
export function viewOf({ notebook }: Lecture): HTMLElement {
  return (notebook as unknown as { outerNode: HTMLElement }).outerNode;
}
