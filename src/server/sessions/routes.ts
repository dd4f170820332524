import type { FastifyInstance } from "fastify";
import { RequestError } from "../errors.ts";
import type { SessionRequest, Sessions } from "./sessions.ts";

/** `/api/sessions`. */
export function sessionRoutes(app: FastifyInstance, sessions: Sessions): void {
  app.get("/api/sessions", async () => sessions.models);
  app.post<{ Body: SessionRequest | null }>("/api/sessions", async ({ body }, reply) => {
    if (!body) throw new RequestError(400, "No JSON data provided");
    const model = await sessions.create(body);
    return reply.code(201).header("Location", `/api/sessions/${model.id}`).send(model);
  });
  app.get<ById>("/api/sessions/:id", async ({ params }) => sessions.get(params.id));
  app.patch<ById & { Body: SessionRequest | null }>("/api/sessions/:id", async ({ params, body }) => {
    if (!body) throw new RequestError(400, "No JSON data provided");
    return sessions.update(params.id, body);
  });
  app.delete<ById>("/api/sessions/:id", async ({ params }, reply) => {
    await sessions.remove(params.id);
    return reply.code(204).send();
  });
}

interface ById {
  Params: { id: string };
}
