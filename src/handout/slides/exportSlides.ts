import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Edition, readEdition } from "../../notebook/editions/index.ts";
import type { Notebook } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { documentOf } from "../handout.ts";
import { type Html, html, joined, NOTHING } from "../html.ts";
import { type HandoutOptions, renderLecture } from "../lecture.ts";
import { asScripts } from "../program.ts";
import { deckOf } from "./deck.ts";
import type { Slide } from "./slideMaker.ts";
import { slidesProgram } from "./slidesProgram.ts";
import { slidesStyle } from "./slidesStyle.ts";

/** A notebook as slides in one file that needs nothing else, with notes for who speaks. */
export async function renderSlides(notebook: Notebook, options: HandoutOptions = {}): Promise<string> {
  const lecture = await renderLecture(notebook, { extension: ".slides.html", ...options });
  const { scripts, sources } = asScripts([`(${slidesProgram})()`]);
  const deck = deckOf(lecture);
  const body = html`${lecture.glyphs}
<main class="deck" id="content">
${joined(deck.map((slide, index) => section(slide, index, deck.length)))}
</main>
<p id="slide-counter" aria-hidden="true"></p>
`;
  return documentOf({
    title: lecture.title,
    language: lecture.language,
    style: slidesStyle,
    body,
    program: { scripts, sources, style: NOTHING },
  });
}

/** Writes the slides of a notebook into a folder, made if need be, and returns the path of the file. */
export async function exportSlides(path: string, out: string, edition: Edition = "student"): Promise<string> {
  const extension = edition === "student" ? ".slides.html" : `.${edition}.slides.html`;
  const slides = await renderSlides(await readEdition(path, edition), { source: path, extension });
  await mkdir(out, { recursive: true });
  const target = join(out, basename(path, ".ipynb") + extension);
  await writeWhole(target, slides);
  return target;
}

function section({ running, steps, notes }: Slide, index: number, count: number): Html {
  const shown = steps.map((step, place) => html`<div class="${place ? "step later" : "step"}">\n${step}\n</div>`);
  const head = running === "" ? NOTHING : html`<p class="running">${running}</p>`;
  const spoken = notes.length
    ? html`<aside class="notes" aria-label="Notes for the speaker">\n${joined(notes)}\n</aside>`
    : NOTHING;
  const keys = index
    ? NOTHING
    : html`<p class="keys">→ and ← from slide to slide, n for the notes, p for the notes in a window, f for the full screen</p>`;
  return html`<section class="slide" id="slide-${index + 1}" aria-roledescription="slide" aria-label="${index + 1} of ${count}">
${joined([head, ...shown, keys, spoken])}
</section>`;
}
