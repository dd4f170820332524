import { PageConfig, URLExt } from "@jupyterlab/coreutils";
import { type Contents, ServerConnection } from "@jupyterlab/services";
import type { CourseOverview, Finding, RunModel } from "../../notebook/courseModels.ts";

/** What the page asks besides files and kernels; behind a server here, and elsewhere without one. */
export interface CourseService {
  course(): Promise<CourseOverview | undefined>;
  search(words: string): Promise<Finding[]>;
  original(path: string): Promise<Contents.IModel | undefined>;
  reset(path: string): Promise<unknown>;
  source(path: string): Promise<{ path: string; content: string; language: string }>;
  handout(path: string, download: boolean): string;
  runs(kernel: string): Promise<RunModel[]>;
}

/** The course as the server of this page tells it. */
export class ServedCourse implements CourseService {
  constructor(readonly settings = ServerConnection.makeSettings()) {}

  async course(): Promise<CourseOverview | undefined> {
    // What is not there would be a failure on the browser's console.
    return PageConfig.getOption("course") === "false" ? undefined : this.#ask("course", true);
  }

  async search(words: string): Promise<Finding[]> {
    return (await this.#ask<{ results: Finding[] }>(`search?q=${encodeURIComponent(words)}`)).results;
  }

  original(path: string): Promise<Contents.IModel | undefined> {
    return this.#ask(`original/${URLExt.encodeParts(path)}`, true);
  }

  reset(path: string): Promise<unknown> {
    return this.#ask(`reset/${URLExt.encodeParts(path)}`, false, { method: "POST" });
  }

  source(path: string): Promise<{ path: string; content: string; language: string }> {
    return this.#ask(`source/${URLExt.encodeParts(path)}`);
  }

  handout(path: string, download: boolean): string {
    return `${URLExt.join(this.settings.baseUrl, "lectern/handout", URLExt.encodeParts(path))}${download ? "?download=1" : ""}`;
  }

  async runs(kernel: string): Promise<RunModel[]> {
    return (await this.#ask<{ runs: RunModel[] }>(`kernels/${kernel}/runs`)).runs;
  }

  async #ask<Answer>(what: string, missing?: false, init?: RequestInit): Promise<Answer>;
  async #ask<Answer>(what: string, missing: true, init?: RequestInit): Promise<Answer | undefined>;
  async #ask<Answer>(what: string, missing = false, init: RequestInit = {}): Promise<Answer | undefined> {
    const url = `${URLExt.join(this.settings.baseUrl, "lectern")}/${what}`;
    const response = await ServerConnection.makeRequest(url, init, this.settings);
    if (missing && response.status === 404) return undefined;
    if (!response.ok) throw await ServerConnection.ResponseError.create(response);
    return (await response.json()) as Answer;
  }
}
