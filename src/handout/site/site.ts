import { join } from "node:path";
import { type Edition, readEdition } from "../../notebook/editions/index.ts";
import type { Notebook } from "../../notebook/index.ts";
import { writeWhole } from "../../notebook/writeWhole.ts";
import { drawer } from "../figures/index.ts";
import { pageOf } from "../handout.ts";
import { type Html, html, joined, NOTHING } from "../html.ts";
import { drawNotebookAhead, type HandoutOptions, type Lecture, renderLecture } from "../lecture.ts";
import { nameOf, type SiteCourse, type SiteLecture } from "./course.ts";
import { renderIndex, type SitePage } from "./indexPage.ts";
import { withoutDeadLinks } from "./links.ts";
import { renderPrintFile, scopeOf } from "./printFile.ts";
import { siteStyle } from "./siteStyle.ts";

/** What each lecture of a site is made with. */
export type LectureOptions = Omit<HandoutOptions, "source" | "extension" | "scope">;

export interface SiteOptions extends LectureOptions {
  edition: Edition;
}

/**
 * A course as a folder of pages that needs no server: one a lecture, which lead to one another, a first page with a
 * search, and one with everything, to print. A lecture that cannot be shown is missing in it, and no link leads there.
 */
export class Site {
  readonly #course: SiteCourse;
  readonly #options: SiteOptions;
  readonly #pages: SitePage[] = [];
  readonly #read = new Map<string, Promise<Notebook>>();

  constructor(course: SiteCourse, options: SiteOptions) {
    this.#course = course;
    this.#options = { drawer: drawer(), ...options };
  }

  /** Begins with the drawings of a lecture that will be added, while those before it are made. */
  async ahead(about: SiteLecture): Promise<void> {
    const { edition, ...options } = this.#options;
    const reading = readEdition(about.path, edition);
    this.#read.set(about.path, reading);
    // What is wrong with it is told when it is added.
    const notebook = await reading.catch(() => undefined);
    if (notebook) drawNotebookAhead(notebook, options);
  }

  /** Makes the page of one lecture; the lectures are added in order. */
  async add(about: SiteLecture): Promise<void> {
    const { edition, ...options } = this.#options;
    const notebook = await (this.#read.get(about.path) ?? readEdition(about.path, edition));
    this.#read.delete(about.path);
    const lecture = await renderLecture(notebook, {
      ...options,
      source: about.path,
      extension: this.#ending,
      scope: scopeOf(this.#pages.length),
    });
    this.#pages.push({ about, lecture, file: `${nameOf(about.path)}${this.#ending}` });
  }

  /** The files of the site by their names, the first page first. */
  async files(): Promise<Map<string, string>> {
    const index = `index${this.#ending}`;
    const print = this.printFile;
    const files = new Set([index, print, ...this.#pages.map(({ file }) => file)]);
    const pages = this.#alive(files);
    const made = new Map([[index, await renderIndex(this.#course, pages, print)]]);
    for (const [place, { file, lecture }] of pages.entries()) {
      const ways = neighbours(this.#course.title, index, pages[place - 1], pages[place + 1]);
      made.set(
        file,
        await pageOf(lecture, {
          before: ways(""),
          after: ways(" below"),
          style: `${siteStyle}${this.#options.css ?? ""}`,
        }),
      );
    }
    return made.set(print, await this.printPage());
  }

  /** The page with everything on it. */
  printPage(): Promise<string> {
    const pages = this.#alive(new Set(this.#pages.map(({ file }) => file)));
    const named = pages.map(({ about, lecture }) => ({ name: nameOf(about.path), lecture }));
    return renderPrintFile(this.#course.title, named, this.#ending);
  }

  /** Writes the site into a folder and returns the paths. */
  async write(out: string): Promise<string[]> {
    const paths: string[] = [];
    for (const [name, page] of await this.files()) {
      const path = join(out, name);
      await writeWhole(path, page);
      paths.push(path);
    }
    return paths;
  }

  /** Whether no lecture could be added. */
  get isEmpty(): boolean {
    return this.#pages.length === 0;
  }

  /** The pages without links that lead nowhere. */
  #alive(files: ReadonlySet<string>): SitePage[] {
    return this.#pages.map(page => ({ ...page, lecture: alive(page.lecture, files) }));
  }

  /** The name of the page with everything on it. */
  get printFile(): string {
    return `print${this.#ending}`;
  }

  /** Those with the solutions have names of their own, so that neither takes the place of the other. */
  get #ending(): string {
    return this.#options.edition === "student" ? ".html" : `.${this.#options.edition}.html`;
  }
}

function alive(lecture: Lecture, files: ReadonlySet<string>): Lecture {
  const cells = lecture.cells.map(({ cell, content }) => ({ cell, content: withoutDeadLinks(content, files) }));
  return { ...lecture, cells };
}

/** The ways from a lecture to those beside it, for the head and the foot of its page. */
function neighbours(course: string, index: string, before?: SitePage, after?: SitePage): (place: string) => Html {
  const to = ({ file, about }: SitePage, rel: "prev" | "next") =>
    html`<a rel="${rel}" href="${encodeURI(file)}">${rel === "prev" ? `← ${about.title}` : `${about.title} →`}</a>`;
  const links = joined([
    html`<a href="${index}">${course}</a>`,
    html`<a href="${index}#search">Search</a>`,
    before ? to(before, "prev") : NOTHING,
    after ? to(after, "next") : NOTHING,
  ]);
  return place =>
    html`<nav class="neighbours${place}" aria-label="${place ? "Other lectures" : "Course"}">\n${links}\n</nav>`;
}
