import fs from "node:fs/promises";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { pictureTypes } from "../../notebook/index.ts";
import { RequestError } from "../errors.ts";
import type { InstalledKernel, KernelSpecs } from "./kernelSpecs.ts";

/** `/api/kernelspecs` and the pictures of each kernel. */
export function kernelSpecRoutes(app: FastifyInstance, specs: KernelSpecs): void {
  app.get("/api/kernelspecs", async () => {
    const models = await Promise.all((await specs.all()).map(modelOf));
    return { default: specs.own.name, kernelspecs: Object.fromEntries(models.map(each => [each.name, each])) };
  });
  app.get<{ Params: { name: string } }>("/api/kernelspecs/:name", async ({ params }) => {
    const kernel = await specs.find(params.name);
    if (kernel) return modelOf(kernel);
    throw new RequestError(404, `Kernel spec ${params.name} not found`);
  });
  app.get<{ Params: { name: string; file: string } }>("/kernelspecs/:name/:file", async ({ params }, reply) => {
    const { name, file } = params;
    const kernel = await specs.find(name);
    if (kernel?.folder === undefined || !(await picturesIn(kernel.folder)).includes(file)) {
      throw new RequestError(404, `Kernel resource ${name}/${file} not found`);
    }
    const type = pictureTypes[path.extname(file)] ?? "application/octet-stream";
    return reply.type(type).send(await fs.readFile(path.join(kernel.folder, file)));
  });
}

async function modelOf({ name, spec, folder }: InstalledKernel) {
  const pictures = folder === undefined ? [] : await picturesIn(folder);
  const resources = pictures.map(file => [path.parse(file).name, `/kernelspecs/${name}/${file}`]);
  return { name, spec: { env: {}, ...spec }, resources: Object.fromEntries(resources) as Record<string, string> };
}

async function picturesIn(folder: string): Promise<string[]> {
  return (await fs.readdir(folder)).filter(name => logoEndings.has(path.extname(name)));
}

const logoEndings = new Set([".png", ".svg"]);
