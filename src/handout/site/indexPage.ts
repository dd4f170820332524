import { lectureWords } from "../../notebook/lectureWords.ts";
import { documentOf } from "../handout.ts";
import { Html, html, joined, NOTHING } from "../html.ts";
import type { Lecture } from "../lecture.ts";
import { asScripts } from "../program.ts";
import { nameOf, type SiteCourse, type SiteLecture } from "./course.ts";
import { firstWordsOf } from "./firstWords.ts";
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
export async function renderIndex(course: SiteCourse, pages: readonly SitePage[], printFile: string): Promise<string> {
  const { scripts, sources } = asScripts([`(${searchPage})()`]);
  const index = JSON.stringify(searchIndex(pages)).replaceAll("<", "\\u003c");
  const minutes = pages.reduce((sum, { about }) => sum + about.minutes, 0);
  const { words, glyphs } = await firstWordsOf(pages.map(({ lecture }) => lecture));
  const body = html`<a class="skip" href="#lectures">Skip to the lectures</a>
${glyphs}
<div class="page">
<main id="content">
<h1>${course.title}</h1>
<p class="about">${lectureWords(pages.map(({ about }) => about))}, ${duration(minutes)} of reading. <a href="${printFile}">All on one page, to print</a></p>
<section id="search" role="search" aria-label="Search all lectures" hidden>
<label for="search-field">Search all lectures</label>
<input id="search-field" type="search" autocomplete="off" spellcheck="false">
<p id="search-told" role="status"></p>
<ol id="search-found"></ol>
</section>
<ol class="lectures" id="lectures">
${joined(pages.map((page, index) => item(page, words[index] ?? NOTHING, pages)))}
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

function item({ about, file }: SitePage, words: Html, pages: readonly SitePage[]): Html {
  const needed = about.needs.flatMap(need => pages.find(page => nameOf(page.about.path) === nameOf(need)) ?? []);
  const links = needed.map(page => html`<a href="${encodeURI(page.file)}">${page.about.title}</a>`);
  const needs = links.length ? html` · needs ${joined(links, ", ")}` : NOTHING;
  return html`<li>
<h2><a href="${encodeURI(file)}">${about.title}</a></h2>
<p class="about">${about.minutes} minutes${needs}</p>
<p>${words}</p>
</li>`;
}

function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours && `${hours} ${hours === 1 ? "hour" : "hours"}`, rest && `${rest} minutes`];
  return parts.filter(Boolean).join(" and ") || "0 minutes";
}
