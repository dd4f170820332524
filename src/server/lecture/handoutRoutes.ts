import fs from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Edition, editions, readEdition } from "../../notebook/editions/index.ts";
import { type Notebook, NotebookFormatError } from "../../notebook/index.ts";
import { normalisePath } from "../contents/paths.ts";
import type { Places } from "../contents/places.ts";
import { RequestError } from "../errors.ts";
import { filePolicy } from "../security/policy.ts";

/** Renders a notebook as one HTML file; `source` is the file that it is from. */
export type RenderHandout = (notebook: Notebook, source: string) => Promise<string>;

/**
 * The handout of what is saved, under our own address and under that of Jupyter's nbconvert: as students get it, or
 * with the solutions for those who ask with `?for=instructor`.
 */
export function handoutRoutes(app: FastifyInstance, places: Places, render: RenderHandout): void {
  const answer = async (request: Request, reply: FastifyReply) => {
    // Handouts link one another as they lie in a folder, by names that end in .html.
    const apiPath = normalisePath(request.params["*"]).replace(/\.html$/, ".ipynb");
    const file = await places.read(apiPath);
    if (!(await fs.stat(file).catch(() => undefined))?.isFile()) {
      throw new RequestError(404, `${apiPath}: the notebook must exist, but there is none; look at the path.`);
    }
    const notebook = await readEdition(file, editionOf(request.query.for)).catch(error => {
      throw error instanceof NotebookFormatError ? new RequestError(400, error.message) : error;
    });
    // Pictures are looked up from where the lecture is.
    const html = await render(notebook, `${places.root}/${apiPath}`);
    if (request.query.download) attach(reply, `${path.basename(apiPath, ".ipynb")}.html`);
    return reply.header("Content-Security-Policy", handoutPolicy).type("text/html").send(html);
  };
  app.get<ByPath>("/lectern/handout/*", answer);
  app.get<ByPath>("/nbconvert/html/*", answer);
  app.get("/api/nbconvert", async () => ({ html: { output_mimetype: "text/html" } }));
}

/** The browser saves the answer under this name. */
export function attach(reply: FastifyReply, name: string): void {
  reply.header("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
}

function editionOf(text = "student"): Edition {
  if (editions.some(each => each === text)) return text as Edition;
  throw new RequestError(400, `for must be ${editions.join(" or ")}, but got ${text}; as in ?for=instructor.`);
}

interface ByPath {
  Params: { "*": string };
  Querystring: { download?: string; for?: string };
}

type Request = FastifyRequest<ByPath>;

/** A handout has its own styles and pictures inside, and no scripts. */
const handoutPolicy = filePolicy
  .replace("sandbox;", "sandbox allow-popups allow-downloads;")
  .replace("img-src", "font-src data:; img-src");
