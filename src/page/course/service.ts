import { URLExt } from "@jupyterlab/coreutils";
import { type Contents, ServerConnection } from "@jupyterlab/services";

/** A lecture in the list, with what the reader did with it. */
export interface ListedLecture {
  path: string;
  title: string;
  minutes: number;
  needs: string[];
  /** Whether the reader has a copy. */
  copy: boolean;
  modified: string | null;
  cells: { code: number; run: number };
  /** Those stored with the lecture, those that the reader's own runs made, and how many of these hold. */
  claims: { stored: number; made: number; holding: number };
  exercises: { total: number; solved: number };
}

export interface Course {
  title: string;
  lectures: ListedLecture[];
}

export interface Found {
  path: string;
  title: string;
  cell: string;
  heading: string;
  excerpt: string;
}

/** The last run of a cell, as the server kept it while no page was there. */
export interface KeptRun {
  msg_id: string;
  cell: string | null;
  state: "running" | "queued" | "done";
  status: "ok" | "error" | "aborted" | null;
  execution_count: number | null;
  outputs: object[];
  dropped: number;
}

/** What the page asks besides files and kernels; behind a server here, and elsewhere without one. */
export interface CourseService {
  course(): Promise<Course | undefined>;
  search(words: string): Promise<Found[]>;
  original(path: string): Promise<Contents.IModel | undefined>;
  reset(path: string): Promise<unknown>;
  source(path: string): Promise<{ path: string; content: string; language: string }>;
  handout(path: string, download: boolean): string;
  runs(kernel: string): Promise<KeptRun[]>;
}

/** The course as the server of this page tells it. */
export class ServedCourse implements CourseService {
  constructor(readonly settings = ServerConnection.makeSettings()) {}

  course(): Promise<Course | undefined> {
    return this.#ask("course", true);
  }

  async search(words: string): Promise<Found[]> {
    return (await this.#ask<{ results: Found[] }>(`search?q=${encodeURIComponent(words)}`)).results;
  }

  original(path: string): Promise<Contents.IModel | undefined> {
    return this.#ask(`original/${encoded(path)}`, true);
  }

  reset(path: string): Promise<unknown> {
    return this.#ask(`reset/${encoded(path)}`, false, { method: "POST" });
  }

  source(path: string): Promise<{ path: string; content: string; language: string }> {
    return this.#ask(`source/${encoded(path)}`);
  }

  handout(path: string, download: boolean): string {
    return `${URLExt.join(this.settings.baseUrl, "lectern/handout", encoded(path))}${download ? "?download=1" : ""}`;
  }

  async runs(kernel: string): Promise<KeptRun[]> {
    return (await this.#ask<{ runs: KeptRun[] }>(`kernels/${kernel}/runs`)).runs;
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

function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
