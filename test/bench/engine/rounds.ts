import type { Block, Worker } from "./engine.ts";
import { busySeconds, NOISY, ownSeconds, untilQuiet } from "./quiet.ts";

/** The steps of one engine on one workload in one round. */
export interface Turn {
  engine: string;
  workload: string;
  round: number;
  milliseconds: readonly number[];
  /** The share of a core that other processes had meanwhile, other workers among them. */
  others: number;
}

export interface Plan {
  workloads: readonly string[];
  rounds: number;
  /** Of a turn. */
  seconds: number;
  /** How many seconds to wait before a turn for a quiet machine; without patience, no turn is repeated either. */
  patience: number;
}

/** Every engine on every workload in turns; the first engine of a round changes with the round. */
export async function* takeTurns(
  workers: readonly Worker[],
  { workloads, rounds, seconds, patience }: Plan,
): AsyncGenerator<Turn> {
  const tooSlow = new Set<string>();
  for (const workload of workloads) {
    for (let round = 0; round <= rounds; round++) {
      for (const worker of rotated(workers, round)) {
        const key = `${worker.engine.name} ${workload}`;
        if (tooSlow.has(key)) continue;
        // The first round builds, compiles and warms up, and does not count.
        const length = round === 0 ? { warm: 0, steps: 1, seconds: 0 } : { warm: WARM, steps: FEWEST, seconds };
        const { milliseconds, others } = await quietTurn(worker, workload, length, round === 0 ? 0 : patience);
        if (round > 0) yield { engine: worker.engine.name, workload, round, milliseconds, others };
        else if ((await worker.block(workload, length)).milliseconds.some(each => each > LONGEST)) tooSlow.add(key);
      }
    }
  }
}

/** The quietest of a few tries. */
async function quietTurn(
  worker: Worker,
  workload: string,
  length: { warm: number; steps: number; seconds: number },
  patience: number,
): Promise<Block & { others: number }> {
  let best: (Block & { others: number }) | undefined;
  for (let tries = patience > 0 ? TRIES : 1; tries > 0; tries--) {
    await untilQuiet(patience);
    const from = { busy: busySeconds(), own: ownSeconds(), at: performance.now() };
    const block = await worker.block(workload, length);
    const own = ownSeconds() - from.own + block.cpu.after - block.cpu.before;
    const others = Math.max(0, (busySeconds() - from.busy - own) / ((performance.now() - from.at) / 1000));
    if (best === undefined || others < best.others) best = { ...block, others };
    if (others < NOISY) break;
  }
  return best as Block & { others: number };
}

const WARM = 3;
const FEWEST = 4;
const TRIES = 2;
/** Milliseconds a step: what takes longer is left out. */
const LONGEST = 1500;

function rotated<Entry>(list: readonly Entry[], by: number): Entry[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
