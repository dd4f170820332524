import os from "node:os";
import type { FastifyInstance } from "fastify";
import { log } from "./log.ts";
import { PolicyReports } from "./security/reports.ts";
import type { Kernels } from "./kernels/kernels.ts";

/** `/api`, `/api/status` and `/api/me`: what server this is, how busy, and for whom. */
export function statusRoutes(app: FastifyInstance, { kernels, version }: { kernels: Kernels; version: string }): void {
  const started = new Date();
  let lastRequest = started;
  const reports = new PolicyReports();
  app.addHook("onRequest", async () => {
    lastRequest = new Date();
  });
  app.get("/api", async () => ({ version: jupyterServer, lectern: version }));
  app.get("/api/status", async () => {
    const activities = kernels.all.map(({ lastActivity }) => lastActivity.getTime());
    return {
      started: started.toISOString(),
      last_activity: new Date(Math.max(lastRequest.getTime(), ...activities)).toISOString(),
      kernels: kernels.all.length,
      connections: kernels.all.reduce((sum, { mailboxes }) => sum + mailboxes.connected, 0),
    };
  });
  app.get("/api/me", async () => ({ identity: identity(), permissions: {} }));
  // Reports of what a browser refused to run: shown where the server was started.
  app.post("/api/security/csp-report", async ({ body }, reply) => {
    const sentence = reports.sentence(body);
    if (sentence !== undefined) log(sentence);
    return reply.code(204).send();
  });
}

/** The version of Jupyter's server whose API this one has. */
const jupyterServer = "2.21.1";

function identity(): Record<string, unknown> {
  const username = userName();
  return {
    username,
    name: username,
    display_name: username,
    initials: username.slice(0, 1).toUpperCase(),
    avatar_url: null,
    color: null,
  };
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // An id without a name, as in containers.
    return "student";
  }
}
