import type { FastifyInstance } from "fastify";
import type { Kernels } from "./kernels.ts";
import { memoryOf } from "./memory.ts";

/** `/lectern/kernels`: what each kernel is for and takes, and what its cells came to. */
export function kernelOverviewRoutes(app: FastifyInstance, kernels: Kernels): void {
  app.get("/lectern/kernels", async () => {
    const memory = await memoryOf(kernels.all.flatMap(({ pid }) => pid ?? []));
    return kernels.all.map(({ id, pid, started, state, lastActivity, mailboxes }) => ({
      id,
      path: kernels.pathOf(id),
      state,
      connections: mailboxes.connected,
      started: started.toISOString(),
      last_activity: lastActivity.toISOString(),
      memory: (pid !== undefined && memory.get(pid)) || null,
    }));
  });
  app.get<{ Params: { id: string } }>(
    "/lectern/kernels/:id/runs",
    async ({ params }) => kernels.get(params.id).runs.model,
  );
}
