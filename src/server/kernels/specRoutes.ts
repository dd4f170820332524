import fs from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import type { KernelSpec } from "../../kernel/protocol/kernelSpec.ts";
import { pictureTypes } from "../../notebook/index.ts";
import { RequestError } from "../errors.ts";
import { kernelName } from "./kernels.ts";

/** `/api/kernelspecs` and the images of the kernel, which are the files of `images`. */
export function kernelSpecRoutes(app: FastifyInstance, spec: KernelSpec, images: string | undefined): void {
  const model = async () => ({ name: kernelName, spec: { env: {}, ...spec }, resources: await resourcesIn(images) });
  app.get("/api/kernelspecs", async () => ({ default: kernelName, kernelspecs: { [kernelName]: await model() } }));
  app.get<{ Params: { name: string } }>("/api/kernelspecs/:name", async ({ params }) => {
    if (params.name.toLowerCase() === kernelName) return model();
    throw new RequestError(404, `Kernel spec ${params.name} not found`);
  });
  app.get<{ Params: { name: string; file: string } }>("/kernelspecs/:name/:file", async ({ params }, reply) => {
    const isOurs = params.name.toLowerCase() === kernelName;
    if (!isOurs || images === undefined || !(await filesIn(images)).includes(params.file)) {
      throw new RequestError(404, `Kernel resource ${params.name}/${params.file} not found`);
    }
    const type = pictureTypes[path.extname(params.file)] ?? "application/octet-stream";
    return reply.type(type).send(await fs.readFile(path.join(images, params.file)));
  });
}

async function resourcesIn(images: string | undefined): Promise<Record<string, string>> {
  const files = images === undefined ? [] : await filesIn(images);
  return Object.fromEntries(files.map(file => [path.parse(file).name, `/kernelspecs/${kernelName}/${file}`]));
}

async function filesIn(folder: string): Promise<string[]> {
  return (await fs.readdir(folder)).filter(name => logoEndings.has(path.extname(name)));
}

const logoEndings = new Set([".png", ".svg"]);
