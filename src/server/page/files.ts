import path from "node:path";
import type { FastifyInstance } from "fastify";
import { pictureTypes } from "../../notebook/index.ts";
import { openFile } from "../contents/bytes.ts";
import { isHidden, nameOf, normalisePath } from "../contents/paths.ts";
import type { Places } from "../contents/places.ts";
import { RequestError, refusedByFiles } from "../errors.ts";
import { attach } from "../lecture/handoutRoutes.ts";
import { filePolicy } from "../security/policy.ts";

/** `/files/…`: the bytes of a file, such as a picture in a text cell; never run as part of this site. */
export function fileRoutes(app: FastifyInstance, places: Places): void {
  app.get<{ Params: { "*": string }; Querystring: { download?: string } }>(
    "/files/*",
    async ({ params, query }, reply) => {
      const apiPath = normalisePath(params["*"]);
      if (isHidden(apiPath)) throw new RequestError(404, `${apiPath}: the file must exist; look at the path.`);
      try {
        const { handle } = await openFile(await places.read(apiPath), apiPath);
        if (query.download) attach(reply, nameOf(apiPath));
        reply.header("Content-Security-Policy", filePolicy).header("Cache-Control", "no-cache");
        return reply
          .type(types[path.extname(apiPath).toLowerCase()] ?? "application/octet-stream")
          .send(handle.createReadStream());
      } catch (error) {
        throw refusedByFiles(error, apiPath);
      }
    },
  );
}

const types: Record<string, string> = {
  ...pictureTypes,
  ".html": "text/html",
  ".css": utf8("text/css"),
  ".js": utf8("text/plain"),
  ".ts": utf8("text/plain"),
  ".txt": utf8("text/plain"),
  ".md": utf8("text/plain"),
  ".json": "application/json",
  ".ipynb": "application/x-ipynb+json",
  ".csv": utf8("text/csv"),
  ".pdf": "application/pdf",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
};

/** Browsers read a text for one of the last century otherwise; what HTML is in, it says itself. */
function utf8(type: string): string {
  return `${type}; charset=utf-8`;
}
