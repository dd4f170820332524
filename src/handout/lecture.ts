import { basename, dirname, resolve } from "node:path";
import type { Cell, Notebook } from "../notebook/index.ts";
import { type CellTools, drawCellAhead, renderCell } from "./cells.ts";
import { renderClaimsSummary } from "./claims.ts";
import { renderContents } from "./contents.ts";
import { type Drawer, drawHere } from "./figures/index.ts";
import { Html } from "./html.ts";
import { languageOfNotebook } from "./languages.ts";
import { typesetMath } from "./mathematics.ts";
import { replaceMarks } from "./mathText.ts";
import { type Heading, Page } from "./page.ts";
import { type PageOptions, type TitlePage, titlePage } from "./titlePage.ts";

export interface HandoutOptions extends PageOptions {
  /** Draws plotly figures. Default: here, one after another, since a thread begins with a second of loading */
  drawer?: Drawer;
  /** Whether figures have a second drawing for phones, which other readers do not see. Default: `true` */
  phones?: boolean;
  /** The path of the notebook: pictures in files are looked up from its folder. */
  source?: string;
  /** What the names of other notebooks' handouts end in, to which links lead. Default: `".html"` */
  extension?: string;
  /** Makes figures live, and those play that move: a script in the page, which still needs nothing else. */
  interactive?: boolean;
  /** What the names of its outputs begin with, where several notebooks share a page. Default: `"output"` */
  scope?: string;
}

/** A cell and what is shown of it, which may be nothing. */
export interface ShownCell {
  cell: Cell;
  content: Html;
}

/** What every format is made from: the cells as safe HTML, with a mark in the place of each formula. */
export interface ShownCells {
  page: Page;
  cells: ShownCell[];
  title: string;
  language: string;
  headed: TitlePage["headed"];
  /** Whether figures that move do so in what is made. */
  moves: boolean;
}

/** The same with its formulas drawn, for formats that are pages. */
export interface Lecture extends ShownCells {
  /** Without their formulas, which are spelt out. */
  headings: Heading[];
  summary: Html;
  contents: Html;
  /** The shapes of the formulas' signs, to stand on the page once. */
  glyphs: Html;
}

/** The cells of a notebook, for one of its readers, through the sanitiser. */
export async function showCells(notebook: Notebook, options: HandoutOptions = {}): Promise<ShownCells> {
  const tools = toolsFor(notebook, options);
  const { page } = tools;
  for (const cell of notebook.cells) drawCellAhead(cell, tools);
  const cells: ShownCell[] = [];
  for (const cell of notebook.cells) cells.push({ cell, content: await renderCell(cell, tools) });
  const firstHeading = page.headings.find(heading => heading.level === 1);
  const { title, language, headed } = titlePage(notebook, options, {
    heading: firstHeading,
    written: spelled(firstHeading?.text ?? basename(options.source ?? "Notebook", ".ipynb"), page),
  });
  return { page, cells, title, language, headed, moves: tools.interactive ?? false };
}

/** Begins with the drawings of a notebook that is to be shown later. */
export function drawNotebookAhead(notebook: Notebook, options: HandoutOptions): void {
  const tools = toolsFor(notebook, options);
  for (const cell of notebook.cells) drawCellAhead(cell, tools);
}

function toolsFor(notebook: Notebook, options: HandoutOptions): CellTools {
  return {
    page: new Page(options.scope),
    input: options.input ?? true,
    drawer: options.drawer ?? drawHere,
    phones: options.phones ?? true,
    language: languageOfNotebook(notebook),
    interactive: options.interactive ?? false,
    extension: options.extension ?? ".html",
    folder: options.source === undefined ? undefined : dirname(resolve(options.source)),
  };
}

/** The cells of a notebook with their formulas drawn, and what leads through them. */
export async function renderLecture(notebook: Notebook, options: HandoutOptions = {}): Promise<Lecture> {
  const shown = await showCells(notebook, options);
  const { page } = shown;
  const summary = renderClaimsSummary(page);
  const { formulas, unlinked, glyphs } = await typesetMath(page.formulas);
  const drawn = (content: Html, from = formulas) =>
    Html.of(replaceMarks(content.toString(), index => from[index]?.toString() ?? ""));
  return {
    ...shown,
    cells: shown.cells.map(({ cell, content }) => ({ cell, content: drawn(content) })),
    headings: page.headings.map(heading => ({ ...heading, text: spelled(heading.text, page) })),
    summary: drawn(summary, unlinked),
    contents: drawn(renderContents(page.headings), unlinked),
    glyphs,
  };
}

/** A text with its formulas as they are written. */
function spelled(text: string, page: Page): string {
  return replaceMarks(text, index => page.formulas[index]?.tex ?? "");
}
