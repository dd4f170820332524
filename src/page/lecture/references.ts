import type { Lecture } from "./lecture.ts";

/** A reference to an equation leads to its cell; what MathJax writes into the link is nowhere on the page. */
export function followReferences(lecture: Lecture): void {
  lecture.notebook.node.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.MathJax a[href^="#mjx-eqn"]');
    if (!link) return;
    event.preventDefault();
    const label = decodeURIComponent(link.hash).replace(/^#mjx-eqn:/, "");
    lecture.goTo(lecture.texts.findIndex(text => text.includes(`\\label{${label}}`)));
  });
}
