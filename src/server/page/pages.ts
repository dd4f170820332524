import fs from "node:fs/promises";
import path from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { normalisePath } from "../contents/paths.ts";
import { RequestError } from "../errors.ts";
import { pagePolicy } from "../security/policy.ts";

export interface PageOptions {
  /** The folder of the built page: `index.html` and what it loads. */
  folder: string;
  version: string;
  mode: "study" | "edit";
  isCourse: boolean;
  kernelName: string;
}

/** The page of the course and of each notebook, and the files that it loads. */
export async function pageRoutes(app: FastifyInstance, options: PageOptions): Promise<void> {
  const { folder } = options;
  app.get("/", (request, reply) => page(request, reply, options, ""));
  app.get<{ Params: { "*": string } }>("/open/*", (request, reply) => {
    return page(request, reply, options, normalisePath(request.params["*"]));
  });
  app.get("/favicon.ico", async (_request, reply) => {
    const icon = await fs.readFile(path.join(folder, "favicon.ico")).catch(() => undefined);
    return icon === undefined ? reply.code(204).send() : reply.type("image/x-icon").send(icon);
  });
  await app.register(staticFiles, {
    root: folder,
    prefix: "/static/",
    index: false,
    dotfiles: "ignore",
    suppressWarning: true,
    decorateReply: false,
    setHeaders(response, file) {
      // esbuild puts a hash of the content into names: such a file never changes.
      const isHashed = /-[A-Z0-9]{8}\.\w+$/.test(file);
      response.header("Cache-Control", isHashed ? "private, max-age=31536000, immutable" : "no-cache");
    },
  });
}

async function page(
  request: FastifyRequest,
  reply: FastifyReply,
  { folder, version, mode, isCourse, kernelName }: PageOptions,
  notebookPath: string,
): Promise<FastifyReply> {
  const template = await fs.readFile(path.join(folder, "index.html"), "utf8").catch(() => {
    throw new RequestError(503, `the page must be built, but ${folder} has no index.html; run npm run prepare.`);
  });
  const configuration = {
    baseUrl: "/",
    wsUrl: "",
    token: "",
    appName: "lectern",
    appVersion: version,
    notebookPath,
    mode,
    course: String(isCourse),
    terminalsAvailable: "false",
    fullStaticUrl: "/static",
    defaultKernelName: kernelName,
  };
  // A path may hold what would end the element.
  const json = JSON.stringify(configuration).replace(/</g, "\\u003c");
  const html = template.replace(placeholder, (_all, before: string, after: string) => `${before}${json}${after}`);
  reply.header("Content-Security-Policy", pagePolicy(request.headers.host ?? ""));
  return reply.header("Cache-Control", "no-store").type("text/html").send(html);
}

const placeholder = /(<script id="jupyter-config-data" type="application\/json">)[^<]*(<\/script>)/;
