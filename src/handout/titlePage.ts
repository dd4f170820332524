import type { Notebook } from "../notebook/index.ts";
import { Html, html, joined, NOTHING } from "./html.ts";
import type { Heading } from "./page.ts";

/** What is said of a page as a whole. What is left out comes from the notebook, where it says so. */
export interface PageOptions {
  /** The page's title, and its first heading; the notebook's first heading where it is left out. */
  title?: string | undefined;
  author?: string | undefined;
  /** As readers are to see it. */
  date?: string | undefined;
  /** As HTML has it: `"en"`, `"pt-BR"`. */
  language?: string | undefined;
  /** Whether the code is shown. Default: `true` */
  input?: boolean | undefined;
  /** A style sheet that comes after that of the page. Whoever gives it answers for it; it must not hold `</style`. */
  css?: string | undefined;
  /** A picture above the title, as a `data:` address. */
  logo?: string | undefined;
}

export interface TitlePage {
  title: string;
  language: string;
  /** The content with its title page, and a note behind the cell in which the title stands. */
  headed(content: Html, note: Html): Html;
}

/** The head of a page: a logo, the title, who wrote it and when. */
export function titlePage(
  { metadata }: Notebook,
  options: PageOptions,
  { heading, written }: { heading: Heading | undefined; written: string },
): TitlePage {
  const title = options.title ?? written;
  const byline = [options.author ?? authorsIn(metadata), options.date ?? textIn(metadata.date)].filter(Boolean);
  const below = byline.length ? html`<p class="byline">${byline.join(" · ")}</p>` : NOTHING;
  const logo = options.logo === undefined ? NOTHING : html`<img class="logo" src="${options.logo}" alt="">`;
  return {
    title,
    language: options.language ?? textIn(metadata.lang) ?? "en",
    headed(content, note) {
      if (!heading) return joined([logo, html`<h1>${title}</h1>`, below, note, content]);
      const text = content.toString();
      const begin = text.indexOf(html`<h1 id="${heading.anchor}"`.toString());
      const end = text.indexOf("</h1>", begin);
      if (begin < 0 || end < 0) return joined([logo, below, note, content]);
      const shown =
        options.title === undefined ? text.slice(begin, end) : `${html`<h1 id="${heading.anchor}">${title}`}`;
      const cellEnd = text.indexOf("</section>", end);
      const parts = [
        text.slice(0, begin),
        shown,
        "</h1>\n",
        `${below}`,
        text.slice(end + "</h1>".length, cellEnd),
        "</section>\n",
        `${note}`,
      ];
      return joined([logo, Html.of(`${parts.join("")}${text.slice(cellEnd + "</section>".length)}`)]);
    },
  };
}

/** `authors: [{ name: "…" }]`, as Jupyter notes them, or names alone. */
function authorsIn({ authors }: Record<string, unknown>): string | undefined {
  if (!Array.isArray(authors)) return undefined;
  const names = authors.map(author => textIn((author as { name?: unknown } | null)?.name ?? author));
  return names.filter(name => name !== undefined).join(", ") || undefined;
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
