import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { onFrame } from "../channels/sockets.ts";

/** Jupyter's events: what happened to files and kernels, for whoever listens on `/api/events/subscribe`. */
export class Events {
  readonly #listeners = new Set<WebSocket>();

  emit(schema: EventSchema, data: object): void {
    const capsule = {
      schema_id: schemas[schema],
      ...data,
      __schema__: schemas[schema],
      __timestamp__: new Date().toISOString(),
    };
    const text = JSON.stringify(capsule);
    for (const socket of this.#listeners) {
      // Who does not read is not waited for.
      if (socket.bufferedAmount > mostBuffered) socket.terminate();
      else socket.send(text, () => {});
    }
  }

  route(app: FastifyInstance): void {
    app.get("/api/events/subscribe", { websocket: true }, socket => {
      this.#listeners.add(socket);
      socket.on("close", () => this.#listeners.delete(socket));
      onFrame(socket, () => {});
    });
  }
}

type EventSchema = keyof typeof schemas;

const schemas = {
  contents: "https://events.jupyter.org/jupyter_server/contents_service/v1",
  kernels: "https://events.jupyter.org/jupyter_server/kernel_actions/v1",
} as const;

const mostBuffered = 2 ** 20;
