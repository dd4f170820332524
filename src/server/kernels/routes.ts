import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { framingOf } from "../channels/framing.ts";
import { onFrame } from "../channels/sockets.ts";
import { bodyWith, id, text } from "../schemas.ts";
import type { Kernel } from "./kernel.ts";
import { type Kernels, kernelName } from "./kernels.ts";

interface StartBody {
  name?: string | null;
  path?: string | null;
  kernel_id?: string | null;
  id?: string | null;
  /** What a Jupyter server says that has its kernels here, as with its option `--gateway-url`. */
  env?: { KERNEL_WORKING_DIR?: string | null } | null;
}

const startBody = bodyWith({
  name: text,
  path: text,
  kernel_id: id,
  id,
  env: { type: ["object", "null"], properties: { KERNEL_WORKING_DIR: text } },
});

/** `/api/kernels`, and the websocket of each. */
export function kernelRoutes(app: FastifyInstance, kernels: Kernels, onKernelGone: (id: string) => void): void {
  app.get("/api/kernels", async () => kernels.all.map(({ model }) => model));
  app.post<{ Body: StartBody | null }>("/api/kernels", startBody, async (request, reply) => {
    const { name, path, kernel_id, id: other, env } = request.body ?? {};
    const kernel = await kernels.start({
      name: name ?? kernelName,
      path: path ?? kernels.pathTo(env?.KERNEL_WORKING_DIR ?? undefined),
      id: kernel_id ?? other ?? null,
    });
    await started(kernel);
    return reply.code(201).header("Location", `/api/kernels/${kernel.id}`).send(kernel.model);
  });
  app.get<ById>("/api/kernels/:id", async ({ params }) => kernels.get(params.id).model);
  app.delete<ById>("/api/kernels/:id", async ({ params }, reply) => {
    await kernels.shutdown(params.id);
    onKernelGone(params.id);
    return reply.code(204).send();
  });
  app.post<ById>("/api/kernels/:id/interrupt", async ({ params }, reply) => {
    kernels.interrupt(params.id);
    return reply.code(204).send();
  });
  app.post<ById>("/api/kernels/:id/restart", async ({ params }) => (await kernels.restart(params.id)).model);
  app.get<ById & { Querystring: { session_id?: string } }>(
    "/api/kernels/:id/channels",
    {
      websocket: true,
      // Refused before the socket is one.
      preValidation: async ({ params }) => void kernels.get(params.id),
    },
    (socket, { params, query }) => connect(kernels.get(params.id), socket, query.session_id),
  );
}

interface ById {
  Params: { id: string };
}

/** Settles when the kernel is there or dead, or takes long: its state says which. */
async function started(kernel: Kernel): Promise<void> {
  const enough = new Promise<void>(resolve => {
    setTimeout(resolve, longestWait).unref();
  });
  await Promise.race([kernel.ready().catch(() => {}), enough]);
}

const longestWait = 10_000;

function connect(kernel: Kernel, socket: WebSocket, session: string | undefined): void {
  keepAlive(socket);
  const framing = framingOf(socket);
  const key = session || `nameless-${++nameless}`;
  const request = kernel.connect(key, socket, { mayReturn: Boolean(session) });
  onFrame(socket, (data, isBinary) => {
    const message = framing.decode(data, isBinary);
    // Read now, so that what is no message ends here.
    void message.header;
    request(message);
  });
}

/** Ends a socket whose other end does not answer: a laptop asleep, a network that went. */
function keepAlive(socket: WebSocket): void {
  let isThere = true;
  const timer = setInterval(() => {
    if (!isThere) return socket.terminate();
    isThere = false;
    socket.ping();
  }, pingPeriod);
  timer.unref();
  socket.on("pong", () => {
    isThere = true;
  });
  socket.on("close", () => clearInterval(timer));
}

let nameless = 0;

const pingPeriod = 30_000;
