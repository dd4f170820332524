import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors.ts";
import { bodyWith, id, text } from "../schemas.ts";
import type { SessionRequest, Sessions } from "./sessions.ts";

/** `/api/sessions`. */
export function sessionRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.get("/api/sessions", async () => sessions.models);
  app.post<{ Body: SessionRequest | null }>("/api/sessions", sessionBody, async ({ body }, reply) => {
    if (!body) throw new RequestError(400, "No JSON data provided");
    const model = await sessions.create(body);
    return reply.code(201).header("Location", `/api/sessions/${model.id}`).send(model);
  });
  app.get<ById>("/api/sessions/:id", async ({ params }) => sessions.get(params.id));
  app.patch<ById & { Body: SessionRequest | null }>("/api/sessions/:id", sessionBody, async ({ params, body }) => {
    if (!body) throw new RequestError(400, "No JSON data provided");
    return sessions.update(params.id, body);
  });
  app.delete<ById>("/api/sessions/:id", async ({ params }, reply) => {
    await sessions.remove(params.id);
    return reply.code(204).send();
  });
}

const sessionBody = bodyWith({
  path: text,
  name: text,
  type: text,
  kernel: { type: ["object", "null"], properties: { id, name: text } },
  notebook: { type: ["object", "null"], properties: { path: text, name: text } },
});

interface ById {
  Params: { id: string };
}
