import type { Worker } from "./engine.ts";

/** Steps from the same weights, batch and noise: the losses follow each other only if model and update are the same. */
const STEPS = 5;
const TOLERANCE = 1e-4;

/** The losses of a workload by the first engine, held against each other; what differs is thrown. */
export async function assertAgreement(workers: readonly Worker[], workload: string): Promise<readonly number[]> {
  const [first, ...others] = workers as [Worker, ...Worker[]];
  const expected = await lossesOf(first, workload);
  for (const worker of others) {
    const losses = await lossesOf(worker, workload);
    losses.forEach((loss, i) => {
      const reference = expected[i] as number;
      if (Math.abs(loss - reference) <= TOLERANCE * (1 + Math.abs(reference))) return;
      throw new Error(
        `workload ${workload}: the loss of step ${i + 1} must be that of ${first.engine.name}, ${reference}, but got ${loss} from ${worker.engine.name}; compare workloads.ts with peers/.`,
      );
    });
  }
  return expected;
}

async function lossesOf(worker: Worker, workload: string): Promise<number[]> {
  const reply = await worker.losses(workload, STEPS);
  if ("error" in reply) throw new Error(`${worker.engine.name}, workload ${workload}: ${reply.error}`);
  return reply.losses;
}
