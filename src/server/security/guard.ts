import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RequestError } from "../errors.ts";
import type { Access } from "./access.ts";
import { arrival, withoutToken } from "./arrival.ts";
import { isNavigation, isOwnHost, isSameOrigin } from "./origins.ts";
import { dataPolicy, harden } from "./policy.ts";

/** Lets a request in, to a route or a websocket alike, only where it may: this runs before anything else. */
export function guard(app: FastifyInstance, access: Access): void {
  app.addHook("onRequest", async (request, reply) => {
    harden(reply);
    reply.header("Content-Security-Policy", dataPolicy);
    if (!isOwnHost(request.headers.host)) {
      throw new RequestError(
        403,
        `Host: the address must be http://127.0.0.1 or http://localhost, but got ${request.headers.host}; open the address that the terminal shows.`,
      );
    }
    if (access.isAuthorised(request.headers.authorization)) return;
    const token = (request.query as Record<string, unknown>).token;
    if (access.isToken(token)) return arriveWithToken(access, request, reply);
    if (!access.isCookie(request.cookies[access.cookie.name])) return refuse(request, reply);
    if (!isSameOrigin(request.headers) && !isNavigation(request.method, request.headers)) {
      throw new RequestError(403, "Origin: the request must come from the page of this server, but came from another.");
    }
  });
}

/** A person who followed the first URL gets the cookie, and the page without the token in its address. */
async function arriveWithToken(access: Access, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method !== "GET" || !wantsPage(request)) return;
  const { name, value } = access.cookie;
  reply.setCookie(name, value, { path: "/", httpOnly: true, sameSite: "strict", maxAge: THIRTY_DAYS });
  await reply
    .header("Cache-Control", "no-store")
    .type("text/html")
    .send(arrival(withoutToken(request.url)));
}

async function refuse(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const sentence = "the address must have its token once; open the one that the terminal shows, or lectern open anew.";
  if (!wantsPage(request)) throw new RequestError(403, `Forbidden: ${sentence}`);
  await reply.code(403).type("text/plain").send(`lectern: ${sentence}\n`);
}

function wantsPage({ headers, url }: FastifyRequest): boolean {
  return headers.upgrade === undefined && (headers.accept ?? "").includes("text/html") && !url.startsWith("/api/");
}

/** As long as Jupyter's: a reader who closed the browser comes back without the terminal. */
const THIRTY_DAYS = 30 * 24 * 3600;
