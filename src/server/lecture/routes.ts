import path from "node:path";
import type { FastifyInstance } from "fastify";
import { readBytes } from "../contents/bytes.ts";
import type { Contents } from "../contents/contents.ts";
import { locate, normalisePath } from "../contents/paths.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { withTrust } from "../trust/marks.ts";
import type { Course } from "./course.ts";
import type { Lectures } from "./lectures.ts";
import { overview } from "./overview.ts";
import { search } from "./search.ts";

export interface LectureRouteOptions {
  contents: Contents;
  /** Absent where the folder that was opened is no course. */
  course: Course | undefined;
  lectures: Lectures;
  /** The folder of this package, with the sources of the library. */
  library: string;
}

/** `/lectern/…`: what the page asks for beyond a notebook. */
export function lectureRoutes(
  app: FastifyInstance,
  { contents, course, lectures, library }: LectureRouteOptions,
): void {
  app.get("/lectern/course", async () => {
    return overview(present(course), lectures);
  });
  app.get<{ Querystring: { q?: string } }>("/lectern/search", async ({ query }) => {
    return { results: await search(present(course), lectures, query.q ?? "") };
  });
  app.get<ByPath>("/lectern/original/*", async ({ params }) => {
    const apiPath = normalisePath(params["*"]);
    await lectures.copyOf(apiPath);
    return {
      ...(await contents.get(apiPath, { content: false, hash: false })),
      format: "json",
      content: withTrust(await lectures.original(apiPath), false),
    };
  });
  app.post<ByPath>("/lectern/reset/*", async ({ params }) => {
    const apiPath = normalisePath(params["*"]);
    await contents.turns.take(() => lectures.reset(apiPath));
    return contents.get(apiPath);
  });
  app.get<ByPath>("/lectern/source/*", async ({ params }) => {
    const apiPath = normalisePath(params["*"]);
    if (!apiPath.startsWith("src/")) {
      throw new RequestError(404, `${apiPath}: the path must be of a source of the library, as in src/index.ts.`);
    }
    try {
      const content = String(await readBytes(await locate(library, apiPath), apiPath));
      return { path: apiPath, content, language: languages[path.extname(apiPath)] ?? "text" };
    } catch (error) {
      throw refusedByFiles(error, apiPath);
    }
  });
}

interface ByPath {
  Params: { "*": string };
}

function present(course: Course | undefined): Course {
  if (course) return course;
  throw new RequestError(404, "the folder that was opened must be the course, but has no notebooks/course.json.");
}

const languages: Record<string, string> = { ".ts": "typescript", ".json": "json", ".md": "markdown" };
