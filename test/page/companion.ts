import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { kernelSpec } from "../../src/kernel/protocol/kernelSpec.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../src/server/index.ts";
import { launch } from "../handout/chromium.ts";
import { makeWorkspace, repository, type Workspace } from "../kernel/support.ts";
import { LecturePage } from "./lecturePage.ts";

/** A cell of text, or one of code with what is stored of it. */
export interface TestCell {
  id: string;
  text?: string;
  code?: string;
  metadata?: object;
  outputs?: object[];
}

/** A cell as it is in a file. */
export interface SavedCell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { lectern?: { prediction?: string } };
}

/** The companion as a reader has it: a server with a course of its own, and a browser. */
export class Companion {
  readonly workspace: Workspace = makeWorkspace();
  /** What no page may do: complain, or ask for anything outside. */
  readonly complaints: string[] = [];
  #server!: RunningServer;
  #browser!: Browser;
  #context!: BrowserContext;
  #port = 0;

  constructor(readonly mode: ServerOptions["mode"]) {}

  static async start(cells: readonly TestCell[], mode: ServerOptions["mode"] = "study"): Promise<Companion> {
    const companion = new Companion(mode);
    const { root, notebooks } = companion.workspace;
    symlinkSync(join(repository, "src"), join(root, "src"));
    cpSync(join(repository, "notebooks/05-latent-variables.ipynb"), join(notebooks, "05-latent-variables.ipynb"));
    mkdirSync(join(root, "data"), { recursive: true });
    writeFileSync(join(notebooks, "06-small.ipynb"), JSON.stringify(notebookOf(cells)));
    const lectures = [
      { notebook: "05-latent-variables.ipynb", title: "Latent variables", minutes: 60, needs: [] },
      { notebook: "06-small.ipynb", title: "A small lecture", minutes: 5, needs: ["05-latent-variables.ipynb"] },
    ];
    writeFileSync(join(notebooks, "course.json"), JSON.stringify({ title: "A course", lectures }));
    await companion.serve();
    companion.#browser = await launch();
    companion.#context = await companion.#newContext("light");
    return companion;
  }

  async serve(): Promise<void> {
    const page = join(repository, "dist/page");
    if (!existsSync(page)) throw new Error("Companion: dist/page must be there, but is not; npm run build:page.");
    this.#server = await startServer({
      root: this.workspace.root,
      mode: this.mode,
      port: this.#port,
      token: "of-the-tests",
      secret: "s".repeat(64),
      kernel: kernelSpec(join(repository, "dist/cli/main.js")),
      page,
      library: repository,
      version: "0.0.0",
      renderHandout: async () => "<!doctype html><title>handout</title>",
    });
    this.#port = this.#server.port;
  }

  /** The cells of the reader's copy of a lecture, as they are in its file. */
  async saved(notebook: string): Promise<SavedCell[]> {
    const path = join(this.workspace.root, "work", notebook);
    return (JSON.parse(await readFile(path, "utf8")) as { cells: SavedCell[] }).cells;
  }

  /** Ends the server and its kernels, as Ctrl-C does. */
  async endServer(): Promise<void> {
    await this.#server.close();
  }

  /** The address, with the token, at which a browser opens a notebook. */
  urlOf(path: string): string {
    return this.#server.urlOf(path);
  }

  /** Runs a function in every page to come, before all else. */
  async prepare(script: () => void): Promise<void> {
    await this.#context.addInitScript(script);
  }

  async open(path: string): Promise<LecturePage> {
    const page = await this.#context.newPage();
    this.#watch(page);
    await page.goto(this.urlOf(path));
    const lecture = new LecturePage(page);
    await lecture.ready();
    return lecture;
  }

  /** A page whose kernel need not be free. */
  async openBusy(path: string): Promise<Page> {
    const page = await this.#context.newPage();
    this.#watch(page);
    await page.goto(this.#server.urlOf(path));
    return page;
  }

  async openCourse(colorScheme: "light" | "dark" = "light", width = 1280): Promise<Page> {
    const page = await this.#context.newPage();
    this.#watch(page);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(this.#server.url);
    await page.locator(".lectures li").first().waitFor();
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close().catch(() => undefined);
    this.workspace.remove();
  }

  #newContext(colorScheme: "light" | "dark"): Promise<BrowserContext> {
    return this.#browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
  }

  #watch(page: Page): void {
    page.on("console", message => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", error => this.complaints.push(String(error.stack ?? error)));
    page.on("request", request => {
      const { hostname, protocol } = new URL(request.url());
      if (hostname !== "127.0.0.1" && !/^(data|blob):$/.test(protocol))
        this.complaints.push(`outside: ${request.url()}`);
    });
  }
}

function notebookOf(cells: readonly TestCell[]): object {
  return {
    cells: cells.map(({ id, text, code, metadata = {}, outputs = [] }) =>
      text === undefined
        ? { cell_type: "code", id, metadata, source: code, outputs, execution_count: null }
        : { cell_type: "markdown", id, metadata: {}, source: text },
    ),
    metadata: {
      kernelspec: { name: "lectern", display_name: "TypeScript (lectern)", language: "typescript" },
      language_info: { name: "typescript", mimetype: "text/x-typescript", file_extension: ".ts" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
