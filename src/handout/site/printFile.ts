import { documentOf } from "../handout.ts";
import { Html, html, joined } from "../html.ts";
import type { Lecture } from "../lecture.ts";
import { inTags } from "./links.ts";
import { lectureHeads, printStyle } from "../print/printStyle.ts";

/** A lecture with the name of its file, without an ending. */
export interface NamedLecture {
  name: string;
  lecture: Lecture;
}

/** All lectures as one page, to be printed: each begins a sheet, and links between them lead to places in it. */
export function renderPrintFile(title: string, all: readonly NamedLecture[], extension: string): Promise<string> {
  const language = all[0]?.lecture.language ?? "en";
  const items = all.map(({ name, lecture }) => html`<li><a href="#${name}">${lecture.title}</a></li>`);
  const articles = all.map(({ name, lecture }, index) => {
    const { cells, summary } = lecture;
    const content = joined([...cells.map(each => each.content), summary]);
    const own = inTags(content, tag => renamed(tag, name, index, extension));
    return html`<article class="lecture" id="${name}" style="page: ${pageName(index)}">\n${own}\n</article>`;
  });
  const body = html`${joinedGlyphs(all)}
<div class="page">
<main id="content">
<header class="cover">
<h1>${title}</h1>
<nav aria-label="Lectures">
<ol>
${joined(items)}
</ol>
</nav>
</header>
${joined(articles)}
</main>
</div>
`;
  const heads = lectureHeads(
    title,
    all.map(({ lecture }, index) => ({ page: pageName(index), title: lecture.title })),
  );
  return documentOf({ title, language, style: `${printStyle}${heads}`, body });
}

/**
 * A tag with the name of its lecture before its id and the ids it names, since two lectures may have the same. Those of
 * outputs have it already, and the signs of formulas are the same for all.
 */
function renamed(tag: string, name: string, index: number, extension: string): string {
  const own = (id: string) => (id.startsWith(scopeOf(index)) || id.startsWith("MJX-") ? id : `${name}/${id}`);
  return tag
    .replace(/ (id|aria-labelledby|aria-describedby)="([^"]*)"/g, (_, attribute: string, ids: string) => {
      return ` ${attribute}="${attribute === "id" ? own(ids) : ids.split(/\s+/).map(own).join(" ")}"`;
    })
    .replace(/ ((?:xlink:)?href)="#([^"]*)"/g, (_, attribute: string, id: string) => ` ${attribute}="#${own(id)}"`)
    .replace(/ href="([^":/?#]+)(?:#([^"]*))?"/g, (whole, file: string, id: string | undefined) => {
      if (!file.endsWith(extension)) return whole;
      const target = file.slice(0, -extension.length);
      return ` href="#${id ? `${target}/${id}` : target}"`;
    });
}

/** What the names of the outputs of a lecture of the course begin with. */
export function scopeOf(index: number): string {
  return `lecture-${index + 1}-output`;
}

function pageName(index: number): string {
  return `lecture-${index + 1}`;
}

/** Each sign once, however many lectures write it. */
function joinedGlyphs(all: readonly NamedLecture[]): Html {
  const shapes = new Map<string, string>();
  for (const { lecture } of all) {
    for (const [shape, id = ""] of lecture.glyphs.toString().matchAll(/<path id="([^"]+)"[^>]*>(?:<\/path>)?/g))
      shapes.set(id, shape);
  }
  return html`<svg xmlns="http://www.w3.org/2000/svg" style="display: none"><defs>${Html.of([...shapes.values()].join(""))}</defs></svg>`;
}
