import vm from "node:vm";
import { parentPort } from "node:worker_threads";

/**
 * The program of a thread that hears SIGINT while the main thread is busy, where `process.on` is
 * deaf. Node's `breakOnSigint` is the one listener that works in any thread: it ends the script that
 * runs, here one that only waits.
 */
const wait = new vm.Script("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)");

(globalThis as { lecternWatch?: () => never }).lecternWatch = () => {
  for (;;) {
    try {
      wait.runInThisContext({ breakOnSigint: true });
    } catch {
      parentPort?.postMessage("SIGINT");
    }
  }
};

// Between two waits a signal would find no listener and end the process; so a second, outer one is always there.
const outer = new vm.Script("lecternWatch()");
for (;;) {
  try {
    outer.runInThisContext({ breakOnSigint: true });
  } catch {
    parentPort?.postMessage("SIGINT");
  }
}
