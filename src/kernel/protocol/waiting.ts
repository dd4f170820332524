import type { Outlet } from "./outlet.ts";
import type { Run } from "./runs.ts";

/** How long it must take before a cell says what it waits for, in milliseconds. */
const quiet = 3000;

/** Says below a cell what it waits for while something takes long; nothing of that stays. */
export async function sayingWhy<Value>(
  outlet: Outlet,
  run: Run,
  why: () => string | undefined,
  work: Promise<Value>,
): Promise<Value> {
  let isSaid = false;
  const about = { cell: run.number, run: run.id };
  const timer = setTimeout(() => {
    const reason = why();
    // What is collected is not shown to anybody.
    if (reason === undefined || run.collect) return;
    isSaid = true;
    const data = { "text/plain": reason };
    const metadata = { lectern: { waiting: true } };
    outlet.receive({ ...about, kind: "output", output: { output_type: "display_data", data, metadata } });
  }, quiet);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    if (isSaid) outlet.receive({ ...about, kind: "clear", wait: false });
  }
}
