import { load } from "./checkout.ts";
import type { Reply, Request } from "./pair.ts";
import { callsOf } from "./parts.ts";

// A process that times the calls of one part on one built checkout: `worker.ts FOLDER PART`, asked over its channel.
const [, , folder, part] = process.argv as [string, string, string, string];
const calls = callsOf(part, await load(folder));
let current: { name: string; call: () => unknown; count: number } | undefined;
/** Keeps what was computed from being found useless. */
let last: unknown;

process.on("message", async ({ name, milliseconds }: Request) => {
  tell(await answer(name, milliseconds).catch(error => ({ error: String(error).split("\n")[0] as string })));
});
tell("ready");

function tell(reply: Reply): void {
  process.send?.(reply);
}

/** Microseconds a call; the first answer, which is for warming up, tells how many calls fill a turn. */
async function answer(name: string, milliseconds: number): Promise<Reply> {
  if (current?.name !== name) current = { name, call: (calls.get(name) as () => () => unknown)(), count: 0 };
  const { call, count } = current;
  if (count > 0) return { microseconds: (1000 * (await spent(call, count))) / count };
  let [time, warm] = [0, 1];
  for (let total = 0; total < WARM; total += time, warm *= 2) time = await spent(call, warm);
  const each = time / (warm / 2);
  current.count = Math.max(1, Math.round(milliseconds / each));
  return { microseconds: 1000 * each };
}

/** Milliseconds in which the functions of tfjs are compiled by the engine of JavaScript. */
const WARM = 30;

/** Milliseconds of work: of the processor, or of the clock where that is less, as threads that wait in a loop work not. */
async function spent(call: () => unknown, count: number): Promise<number> {
  const from = { clock: performance.now(), processor: process.cpuUsage() };
  last = call();
  if (last instanceof Promise) for (await last; count > 1; count--) await call();
  else for (let i = 1; i < count; i++) last = call();
  const { user, system } = process.cpuUsage(from.processor);
  return Math.min(performance.now() - from.clock, (user + system) / 1000);
}
