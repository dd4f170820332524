import os from "node:os";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors.ts";
import type { Kernels } from "../kernels/kernels.ts";
import { exists, locate } from "./paths.ts";
import type { Places } from "./places.ts";

type Resolved = { scope: "server" | "kernel"; path: string };

/** `/api/resolvePath`: which file a path in an output means, for the server and for the kernel that wrote it. */
export function resolvingRoutes(app: FastifyInstance, places: Places, kernels: Kernels): void {
  app.get<{ Querystring: { path?: string; kernel?: string } }>("/api/resolvePath", async ({ query }) => {
    const { path: given, kernel } = query;
    if (given === undefined) throw new RequestError(400, "Missing argument path");
    const isMissing = kernel !== undefined && !kernels.has(kernel);
    const found = [
      await inServer(places, given),
      kernel === undefined || isMissing ? undefined : await inKernel(kernels.get(kernel).options.directory, given),
    ];
    return {
      resolved: found.filter((each): each is Resolved => each !== undefined),
      ...(isMissing ? { unresolved: [{ scope: "kernel", reason: `Kernel ${kernel} could not be found` }] } : {}),
    };
  });
}

async function inServer(places: Places, given: string): Promise<Resolved | undefined> {
  const isOfUser = /^~[/\\]/.test(given);
  const absolute = isOfUser ? path.join(os.homedir(), given.slice(2)) : given;
  const apiPath = path.isAbsolute(absolute) ? path.relative(places.root, absolute).split(path.sep).join("/") : given;
  // Whether there is a file outside is nobody's business.
  const file = await locate(places.root, apiPath).catch(() => undefined);
  return file !== undefined && (await exists(file)) ? { scope: "server", path: apiPath } : undefined;
}

async function inKernel(directory: string, given: string): Promise<Resolved | undefined> {
  const file = path.resolve(directory, given);
  return (await exists(file)) ? { scope: "kernel", path: file.split(path.sep).join("/") } : undefined;
}
