import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.ts";
import { bodyWith, text } from "../schemas.ts";
import { largest } from "./bytes.ts";
import type { Contents } from "./contents.ts";
import { encodePath } from "./paths.ts";
import type { ContentsModel, SavedModel } from "./model.ts";

type Body = SavedModel & { copy_from?: string; ext?: string };
type Request = FastifyRequest<{ Params: { "*"?: string }; Querystring: Record<string, string>; Body: Body | null }>;

/** `/api/contents`: as Jupyter's server has it. */
export function contentsRoutes(app: FastifyInstance, contents: Contents): void {
  for (const url of ["/api/contents", "/api/contents/*"]) {
    app.get(url, (request: Request, reply) => get(contents, request, reply));
    app.post(url, large, (request: Request, reply) => post(contents, request, reply));
    app.put(url, large, (request: Request, reply) => put(contents, request, reply));
    app.patch(url, model, (request: Request, reply) => patch(contents, request, reply));
    app.delete(url, (request: Request, reply) => remove(contents, request, reply));
  }
}

async function get(contents: Contents, request: Request, reply: FastifyReply): Promise<unknown> {
  const { path, checkpoints } = split(pathOf(request));
  if (checkpoints === "") return contents.checkpoints.list(path);
  const { type, format, content = "1", hash = "0" } = request.query;
  oneOf("format", format, [undefined, "text", "base64"]);
  oneOf("content", content, ["0", "1"]);
  oneOf("hash", hash, ["0", "1"]);
  const known = type === undefined || ["directory", "file", "notebook"].includes(type);
  const model = await contents.get(pathOf(request), {
    content: content === "1",
    hash: hash === "1",
    type: known ? type : "file",
    format,
  });
  reply.header("Last-Modified", new Date(model.last_modified).toUTCString());
  return model;
}

async function post(contents: Contents, request: Request, reply: FastifyReply): Promise<unknown> {
  const full = pathOf(request);
  const { path, checkpoints } = split(full);
  if (checkpoints === "") {
    const made = await contents.turns.take(() => contents.checkpoints.create(path));
    return reply
      .code(201)
      .header("Location", `${location(path)}/checkpoints/${made.id}`)
      .send(made);
  }
  if (checkpoints !== undefined) {
    await contents.turns.take(() => contents.checkpoints.restore(path, checkpoints));
    return reply.code(204).send();
  }
  if (full.endsWith("/trust")) {
    await contents.trust(full.slice(0, -"/trust".length));
    return reply.code(201).send();
  }
  await contents.assertNoFile(full);
  const { copy_from: source, type, ext } = request.body ?? {};
  const model = source
    ? await contents.copy(source, full)
    : await contents.create(full, { type: type ?? "", ext: ext ?? "" });
  return created(reply, model);
}

async function put(contents: Contents, request: Request, reply: FastifyReply): Promise<unknown> {
  const { body } = request;
  const path = pathOf(request);
  if (!body) return created(reply, await contents.create(path, {}));
  if (body.copy_from) throw new RequestError(400, "Cannot copy with PUT, only POST");
  const { model, isNew } = await contents.save(path, body);
  return isNew ? created(reply, model) : located(reply, model).send(model);
}

async function patch(contents: Contents, request: Request, reply: FastifyReply): Promise<unknown> {
  const to = request.body?.path;
  if (typeof to !== "string") throw new RequestError(400, "JSON body missing: the new path must be given as path.");
  const model = await contents.rename(pathOf(request), to);
  return located(reply, model).send(model);
}

async function remove(contents: Contents, request: Request, reply: FastifyReply): Promise<unknown> {
  const { path, checkpoints } = split(pathOf(request));
  if (checkpoints) await contents.turns.take(() => contents.checkpoints.remove(path, checkpoints));
  else await contents.remove(path);
  return reply.code(204).send();
}

function created(reply: FastifyReply, model: ContentsModel): FastifyReply {
  return located(reply.code(201), model).send(model);
}

function located(reply: FastifyReply, model: ContentsModel): FastifyReply {
  return reply
    .header("Location", location(model.path))
    .header("Last-Modified", new Date(model.last_modified).toUTCString());
}

function location(path: string): string {
  return `/api/contents/${encodePath(path)}`;
}

function pathOf(request: Request): string {
  return request.params["*"] ?? "";
}

/** `a.ipynb/checkpoints/checkpoint`: of which file, and which of its checkpoints; "" for all. */
function split(full: string): { path: string; checkpoints?: string } {
  const [, path, which = ""] = /^(.*?)\/checkpoints(?:\/([\w-]+))?\/?$/.exec(full) ?? [];
  return path === undefined ? { path: full } : { path, checkpoints: which };
}

function oneOf(name: string, value: string | undefined, allowed: (string | undefined)[]): void {
  if (allowed.includes(value)) return;
  throw new RequestError(
    400,
    `${name} must be ${allowed.filter(Boolean).join(" or ")}, but got ${JSON.stringify(value)}.`,
  );
}

const model = bodyWith({
  type: text,
  format: text,
  path: text,
  hash: text,
  chunk: { type: ["integer", "null"] },
  copy_from: text,
  ext: text,
});
const large = { ...model, bodyLimit: largest };
