import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { pictureTypes } from "../notebook/index.ts";
import { CommandError } from "./errors.ts";

/** The options of `lectern export` that say something of the page as a whole. */
export const pageOptions = {
  title: { type: "string" },
  author: { type: "string" },
  date: { type: "string" },
  lang: { type: "string" },
  "no-input": { type: "boolean", default: false },
  css: { type: "string" },
  logo: { type: "string" },
} as const;

export interface PageValues {
  title?: string | undefined;
  author?: string | undefined;
  date?: string | undefined;
  lang?: string | undefined;
  "no-input": boolean;
  css?: string | undefined;
  logo?: string | undefined;
}

/** What the page is to say, checked; texts are escaped where they are put into it. */
export function readPageOptions(values: PageValues, notebooks: number) {
  if (values.title !== undefined && notebooks !== 1) {
    fail("title", `stand with one notebook, but got ${notebooks}`, "leave it out, and each gets its own");
  }
  for (const name of ["title", "author"] as const) {
    if (values[name]?.trim() === "") fail(name, "not be empty, but got nothing", `as in --${name} "Latent variables"`);
  }
  const language = values.lang === undefined ? undefined : languageTag(values.lang);
  return {
    title: values.title,
    author: values.author,
    date: values.date === undefined ? undefined : longDate(values.date, language),
    language,
    input: !values["no-input"],
    css: values.css === undefined ? undefined : styleSheet(values.css),
    logo: values.logo === undefined ? undefined : picture(values.logo),
  };
}

/** Such options say nothing of a file that is no page. */
export function assertNoPageOptions(values: PageValues, format: string): void {
  const given = (Object.keys(pageOptions) as (keyof PageValues)[]).find(
    name => values[name] !== undefined && values[name] !== false,
  );
  if (given !== undefined) fail(given, `stand with --to html, but got --to ${format}`, "leave it out");
}

function languageTag(text: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(text);
    if (tag !== undefined) return tag;
  } catch {
    // Told below.
  }
  return fail("lang", `be a language tag, but got ${text}`, "as in --lang en or --lang pt-BR");
}

/** `2026-11-30` as readers of the language write it. */
function longDate(text: string, language = "en-GB"): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isDay =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isDay) fail("date", `be a day as 2026-11-30, but got ${text}`, "as in --date 2026-11-30");
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

function styleSheet(path: string): string {
  const css = read("css", path, "handout.css").toString("utf8");
  if (/<\/style/i.test(css)) fail("css", `hold no end of a style element, but ${path} does`, "take </style out");
  const outside = /@import|url\(\s*["']?(?!data:|#)[^)]*\)?/i.exec(css)?.[0];
  if (outside !== undefined)
    fail(
      "css",
      `need no other file, since a handout asks for nothing, but ${path} has ${outside}`,
      "put it in as a data: address",
    );
  return css;
}

function picture(path: string): string {
  const type = pictureTypes[extname(path).toLowerCase()];
  if (type === undefined) {
    fail("logo", `be a picture (${Object.keys(pictureTypes).join(", ")}), but got ${path}`, "as in --logo logo.svg");
  }
  return `data:${type};base64,${read("logo", path, "logo.svg").toString("base64")}`;
}

function read(option: string, path: string, example: string): Buffer {
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there?.isFile()) fail(option, `be a file, but there is none at ${path}`, `as in --${option} ${example}`);
  if ((there?.size ?? 0) > LARGEST)
    fail(option, `be at most 500 kB, but ${path} is ${Math.round((there?.size ?? 0) / 1000)} kB`, "make it smaller");
  return readFileSync(path);
}

function fail(option: string, rule: string, remedy: string): never {
  throw new CommandError(`lectern export: --${option} must ${rule}; ${remedy}.`);
}

const LARGEST = 500_000;
