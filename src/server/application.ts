import type { Socket } from "node:net";
import cookies from "@fastify/cookie";
import websockets from "@fastify/websocket";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { protocolV1 } from "./channels/framing.ts";
import { RequestError, refusedByFiles } from "./errors.ts";
import { describeError, log } from "./log.ts";
import { expectSingleTexts, refusedBySchema, validation } from "./schemas.ts";
import type { Access } from "./security/access.ts";
import { guard } from "./security/guard.ts";

/** The HTTP application before it has routes: guarded, with JSON bodies, and errors that say what to do. */
export async function makeApplication(access: Access): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    ajv: validation,
    schemaErrorFormatter: refusedBySchema,
    bodyLimit: 4 * 2 ** 20,
    forceCloseConnections: true,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096 },
  });
  expectSingleTexts(app);
  endConnections(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => parseBody(body as Buffer, done));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    answerError(new RequestError(404, `${request.url}: there is no such address here.`), request, reply),
  );
  await app.register(cookies);
  guard(app, access);
  await app.register(websockets, {
    options: {
      maxPayload: 256 * 2 ** 20,
      perMessageDeflate: false,
      handleProtocols: offered => (offered.has(protocolV1) ? protocolV1 : false),
    },
    errorHandler: (_error, socket) => socket.terminate(),
  });
  return app;
}

/**
 * Closing the application ends all connections, also those that were to become websockets and were refused, which Node
 * has lost sight of and would wait for.
 */
function endConnections(app: FastifyInstance): void {
  const sockets = new Set<Socket>();
  app.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  app.addHook("preClose", async () => {
    // Time for the last answers and for websockets to say goodbye.
    const end = () => {
      for (const socket of sockets) socket.destroy();
    };
    setTimeout(end, farewell);
  });
}

/** In milliseconds. */
const farewell = 300;

function parseBody(body: Buffer, done: (error: Error | null, value?: unknown) => void): void {
  try {
    // Read here, where it is heard of that there is too much of it for a text.
    const text = body.toString("utf8");
    done(null, text.trim() === "" ? null : JSON.parse(text));
  } catch (error) {
    const isNoJson = error instanceof SyntaxError;
    done(isNoJson ? new RequestError(400, `Invalid JSON in body of request: ${error.message}`) : (error as Error));
  }
}

function answerError(given: FastifyError | RequestError, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // What a route did not foresee of the file system is a sentence too.
  const error = refusedByFiles(given, (given as NodeJS.ErrnoException).path ?? "") as typeof given;
  const status = error.statusCode ?? 500;
  if (status >= 500 && !(error instanceof RequestError)) log(describeError(error));
  const reason = error instanceof RequestError ? error.reason : null;
  return reply.code(status).type("application/json").send({ message: error.message, reason });
}
