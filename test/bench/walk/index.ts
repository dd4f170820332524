import { availableParallelism, cpus } from "node:os";
import { join } from "node:path";
import { builtIndex, load } from "./checkout.ts";
import type { Options } from "./options.ts";
import { type Plan, takeTurns } from "./pair.ts";
import { callsOf, parts } from "./parts.ts";
import { compare, line, ratioOf, type Timed } from "./table.ts";

/** What every public function of `exact`, `distributions`, `flows`, `estimates` and `objectives` takes on ordinary inputs. */
export async function walk({ only, against }: Options): Promise<void> {
  const folder = join(import.meta.dirname, "..", "..", "..");
  if (against !== undefined) builtIndex(against);
  const here = await load(folder);
  const all = Object.keys(parts).flatMap(part => [...callsOf(part, here).keys()].map(name => ({ name, part })));
  const wanted = all.filter(({ name }) => only?.test(name) ?? true);
  console.log(`\nEvery public function of the mathematics, one call, on ${processor()}`);
  if (against === undefined) {
    for await (const timed of look(wanted, [folder], QUICK)) console.log(line(timed));
    return;
  }
  const found = new Map<string, Timed>();
  const compared = async (calls: readonly Called[], plan: Plan) => {
    for await (const timed of look(calls, [against, folder], plan)) {
      found.set(timed.name, timed);
      tell(line(timed));
    }
  };
  await compared(wanted, QUICK);
  await compared(
    [...found.values()].filter(timed => (ratioOf(timed) ?? 0) > DOUBTFUL),
    THOROUGH,
  );
  tell("");
  console.log(compare([...found.values()]));
}

type Called = Pick<Timed, "name" | "part">;

async function* look(calls: readonly Called[], folders: readonly string[], plan: Plan): AsyncGenerator<Timed> {
  for (const part of new Set(calls.map(({ part }) => part))) {
    const names = calls.filter(call => call.part === part).map(({ name }) => name);
    yield* takeTurns(part, names, folders, plan);
  }
}

const QUICK: Plan = { rounds: 5, milliseconds: 4 };
/** For what took longer than this many times as long: a second look, in new processes, before it is told. */
const DOUBTFUL = 1.4;
const THOROUGH: Plan = { rounds: 9, milliseconds: 12 };

function processor(): string {
  return `${availableParallelism()} cores, ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
}

/** The state of a comparison: one line on a terminal, and a line a call elsewhere, which a run that was stopped leaves. */
function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else if (text !== "") process.stderr.write(`${text}\n`);
}
