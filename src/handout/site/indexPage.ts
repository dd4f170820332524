import { plainText } from "../../notebook/index.ts";
import { documentOf } from "../handout.ts";
import { Html, html, joined, NOTHING } from "../html.ts";
import type { Lecture } from "../lecture.ts";
import { asScripts } from "../program.ts";
import { nameOf, type SiteCourse, type SiteLecture } from "./course.ts";
import { searchIndex } from "./searchIndex.ts";
import { searchPage } from "./searchPage.ts";
import { siteStyle } from "./siteStyle.ts";

/** A lecture of the course with its page. */
export interface SitePage {
  about: SiteLecture;
  file: string;
  lecture: Lecture;
}

/** The first page of a site: the lectures in order, and a search that needs no server. */
export function renderIndex(course: SiteCourse, pages: readonly SitePage[], printFile: string): Promise<string> {
  const { scripts, sources } = asScripts([`(${searchPage})()`]);
  const index = JSON.stringify(searchIndex(pages)).replaceAll("<", "\\u003c");
  const minutes = pages.reduce((sum, { about }) => sum + about.minutes, 0);
  const body = html`<a class="skip" href="#lectures">Skip to the lectures</a>
<div class="page">
<main id="content">
<h1>${course.title}</h1>
<p class="about">${pages.length} ${pages.length === 1 ? "lecture" : "lectures"}, ${duration(minutes)} of reading. <a href="${printFile}">All on one page, to print</a></p>
<section id="search" role="search" aria-label="Search all lectures" hidden>
<label for="search-field">Search all lectures</label>
<input id="search-field" type="search" autocomplete="off" spellcheck="false">
<p id="search-told" role="status"></p>
<ol id="search-found"></ol>
</section>
<ol class="lectures" id="lectures">
${joined(pages.map(page => item(page, pages)))}
</ol>
</main>
</div>
<script type="application/json" id="search-index">${Html.of(index)}</script>
`;
  const language = pages[0]?.lecture.language ?? "en";
  return documentOf({
    title: course.title,
    language,
    style: siteStyle,
    body,
    program: { scripts, sources, style: NOTHING },
  });
}

function item({ about, file, lecture }: SitePage, pages: readonly SitePage[]): Html {
  const needed = about.needs.flatMap(need => pages.find(page => nameOf(page.about.path) === nameOf(need)) ?? []);
  const links = needed.map(page => html`<a href="${encodeURI(page.file)}">${page.about.title}</a>`);
  const needs = links.length ? html` · needs ${joined(links, ", ")}` : NOTHING;
  return html`<li>
<h2><a href="${encodeURI(file)}">${about.title}</a></h2>
<p class="about">${about.minutes} minutes${needs}</p>
<p>${firstWords(lecture)}</p>
</li>`;
}

/** What a lecture begins with, as much as makes whole sentences. */
export function firstWords({ cells }: Lecture): string {
  for (const { cell, content } of cells) {
    if (cell.cell_type !== "markdown" || content.isEmpty) continue;
    const paragraph = cell.source
      .split(/\n\s*\n/)
      .map(each => each.trim())
      .find(each => /^[^#<>|`$!\-*\d\s]/.test(each) || /^[*_]{1,2}\p{L}/u.test(each));
    if (paragraph === undefined) continue;
    return shortened(plainText(paragraph));
  }
  return "";
}

function shortened(text: string): string {
  let kept = "";
  for (const sentence of text.split(/(?<=[.?!…:;]) +(?=\p{Lu})/u)) {
    if (kept !== "" && kept.length + sentence.length > FIRST_WORDS) break;
    kept += `${kept && " "}${sentence}`;
  }
  return kept.length > 2 * FIRST_WORDS ? `${kept.slice(0, FIRST_WORDS).replace(/\s\S*$/, "")} …` : kept;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours && `${hours} ${hours === 1 ? "hour" : "hours"}`, rest && `${rest} minutes`];
  return parts.filter(Boolean).join(" and ") || "0 minutes";
}

const FIRST_WORDS = 240;
