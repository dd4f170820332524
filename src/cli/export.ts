import { basename } from "node:path";
import type { ExportOptions } from "../handout/index.ts";
import type { Edition } from "../notebook/editions/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";
import { ExportJob } from "./exportJob.ts";
import { exportCoursePdf, exportSite } from "./exportSite.ts";
import { assertOut } from "./outFolder.ts";
import { assertNoPageOptions, pageOptions, readPageOptions } from "./pageOptions.ts";

/**
 * `lectern export`: a handout of what is stored in each notebook; nothing runs. What goes wrong with one is told, and
 * does not stop the others. Returns the exit code.
 */
export async function exportCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("export", args, {
    to: { type: "string", default: "html" },
    out: { type: "string", default: "handouts" },
    for: { type: "string" },
    interactive: { type: "boolean", default: false },
    strict: { type: "boolean", default: false },
    ...pageOptions,
  });
  const format = formatFrom(values.to);
  if (format !== "html" && values.interactive) {
    throw new CommandError(
      `lectern export: --interactive must stand with --to html, since ${UNMOVED[format]}; leave it out.`,
    );
  }
  const edition = parseEdition("export", values.for) ?? "student";
  const paths = notebookPaths("export", positionals);
  assertApart("export", paths);
  assertOut("export", values.out);
  if (format !== "html") assertNoPageOptions(values, format);
  const page = readPageOptions(values, paths.length);
  const job = new ExportJob(edition, values.strict);
  const write = await writerOf(format, edition, { ...page, interactive: values.interactive });
  if (positionals.length === 1 && positionals[0] === "course" && (format === "html" || format === "pdf")) {
    if (format === "pdf") await exportCoursePdf(job, values.out);
    else await exportSite(job, values.out, { ...page, interactive: values.interactive });
    return job.code;
  }
  for (const path of paths) {
    await job.attempt(path, async () => console.log(await write(path, values.out)));
  }
  return job.code;
}

const FORMATS = ["html", "md", "pdf", "slides", "ipynb"] as const;
type Format = (typeof FORMATS)[number];

function formatFrom(text: string): Format {
  if (FORMATS.some(each => each === text)) return text as Format;
  throw new CommandError(
    `lectern export: --to must be ${FORMATS.slice(0, -1).join(", ")} or ${FORMATS.at(-1)}, but got ${text}; as in --to html.`,
  );
}

/** Why figures are not made live in other formats. */
const UNMOVED: Readonly<Record<Exclude<Format, "html">, string>> = {
  md: "figures in Markdown are pictures",
  slides: "slides show figures as they are",
  pdf: "paper does not move",
  ipynb: "figures of a notebook are live where it is opened",
};

type Writer = (path: string, out: string) => Promise<string>;

async function writerOf(format: Format, edition: Edition, options: ExportOptions): Promise<Writer> {
  if (format === "ipynb") {
    const { writeInstructors, writeStarter } = await import("./handOut.ts");
    return edition === "student" ? writeStarter : writeInstructors;
  }
  const { exportHtml, exportMarkdown, exportPdf, exportSlides, needChromium } = await import("../handout/index.ts");
  if (format === "slides") return (path, out) => exportSlides(path, out, edition);
  if (format === "pdf") {
    try {
      needChromium();
    } catch (error) {
      throw new CommandError(`lectern export: ${(error as Error).message}`, exitCode.failed);
    }
    return (path, out) => exportPdf(path, out, edition);
  }
  if (format === "md") return (path, out) => exportMarkdown(path, out, edition);
  return (path, out) => exportHtml(path, out, { ...options, edition });
}

/** Handouts are named after their notebooks: two of the same name would overwrite each other. */
export function assertApart(command: string, paths: readonly string[]): void {
  const names = new Map<string, string>();
  for (const path of paths) {
    const other = names.get(basename(path));
    if (other !== undefined) {
      throw new CommandError(
        `lectern ${command}: notebooks must have different names, but got ${other} and ${path}; ${command === "export" ? "export" : "write"} them to two folders.`,
      );
    }
    names.set(basename(path), path);
  }
}
