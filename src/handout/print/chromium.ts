import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/** The browser that prints: the one that `LECTERN_CHROMIUM` names, or the first that is installed. */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { LECTERN_CHROMIUM: named, PATH = "" } = environment;
  if (named) return existsSync(named) ? named : undefined;
  const folders = PATH.split(delimiter).filter(Boolean);
  const inPath = NAMES.flatMap(name => folders.map(folder => join(folder, name)));
  const roots = [environment.PROGRAMFILES, environment["PROGRAMFILES(X86)"], environment.LOCALAPPDATA];
  const onWindows = roots.flatMap(root => (root ? WINDOWS.map(path => join(root, path)) : []));
  return [...inPath, ...MAC, ...onWindows].find(path => existsSync(path));
}

/** @throws Error that says what to install, where no browser is */
export function needChromium(environment?: NodeJS.ProcessEnv): string {
  const found = findChromium(environment);
  if (found !== undefined) return found;
  const named = (environment ?? process.env).LECTERN_CHROMIUM;
  throw new Error(
    named
      ? `LECTERN_CHROMIUM must be the path of a Chromium, but there is no ${named}; set it right, or leave it out.`
      : "a PDF must be printed by a Chromium, Chrome or Edge, but none is installed; install one, set LECTERN_CHROMIUM to its path, or print the page that --to html writes.",
  );
}

/**
 * Prints a page into a PDF with tags and an outline. It is Chromium's own command for this, so that nothing but the
 * browser is needed; it gets a profile of its own, and finds no network.
 */
export async function printPdf(browser: string, page: string, pdf: string): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), "lectern-print-"));
  const isRoot = process.getuid?.() === 0;
  const options = [
    ...(isRoot ? ["--no-sandbox"] : []),
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    `--user-data-dir=${profile}`,
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
    `--print-to-pdf=${resolve(pdf)}`,
    pathToFileURL(resolve(page)).href,
  ];
  let said = "";
  try {
    await run(browser, options, { timeout: PATIENCE, maxBuffer: 1e8 });
  } catch (error) {
    said = (error as Error).message.trim().split("\n").at(-1) ?? "";
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  if (!(await isPdf(pdf))) {
    throw new Error(
      `a PDF must be printed by ${browser}, but it wrote none${said && ` (${said})`}; name another browser by LECTERN_CHROMIUM.`,
    );
  }
}

async function isPdf(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
    return bytesRead === 5 && String(buffer) === "%PDF-";
  } finally {
    await file.close();
  }
}

const run = promisify(execFile);
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];
const MAC = ["Google Chrome", "Chromium", "Microsoft Edge"].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const WINDOWS = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
/** In milliseconds; a course of five hundred pages takes a minute, and several on a busy machine. */
const PATIENCE = 900_000;
