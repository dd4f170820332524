import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandError, exitCode } from "../errors.ts";
import { compileAddon } from "./addon.ts";
import { type Machine, thisMachine } from "./machine.ts";
import { hasPackage, installPackage, missingPackages, runOwnInstaller } from "./package.ts";
import { added, nodeModules, tfjsNode, workshop } from "./places.ts";
import { plan } from "./plan.ts";
import { problems } from "./prerequisites.ts";
import { type Proof, proof, proofInWords } from "./proof.ts";
import { note, stepAside, undo } from "./undo.ts";
import { downloadWheel, unpackWheel } from "./wheel.ts";

/** Installs tfjs-node, unless it runs already. Whatever fails, node_modules is then as it was. */
export async function install({ dryRun }: { dryRun: boolean }): Promise<void> {
  const before = hasPackage() ? proof() : "";
  if (typeof before !== "string") return say(`Nothing to do. ${proofInWords(before)}`);
  const machine = thisMachine();
  say(plan(machine));
  if (dryRun) return say("Nothing was done, for --dry-run.");
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      undo(nodeModules);
      process.exit(exitCode.interrupted);
    });
  }
  try {
    say(`${proofInWords(await steps(machine))}\nTo take it away: npm run install:tfjs-node -- --undo`);
  } catch (error) {
    undo(nodeModules);
    throw error;
  }
}

async function steps(machine: Machine): Promise<Proof> {
  stepAside(nodeModules);
  await timed("The JavaScript", async () => {
    const missing = missingPackages();
    await installPackage();
    const still = new Set(missingPackages());
    note(
      nodeModules,
      missing.filter(name => !still.has(name)),
    );
  });
  const ownFailure = await timed("Its own installer", runOwnInstaller);
  if (ownFailure === undefined) {
    const result = proof();
    if (typeof result !== "string") return result;
    say(`What it installed does not run: ${result}`);
  } else {
    say(`Its own installer failed: ${ownFailure}`);
  }
  await fromWheel(machine);
  const result = proof();
  if (typeof result !== "string") return result;
  throw failure(`what was built must run, but got ${result}; stay with WebAssembly, and report this`);
}

/** Everything is prepared in the workshop; what is complete then moves to tfjs-node. */
async function fromWheel(machine: Machine): Promise<void> {
  const [problem] = problems(machine);
  if (problem !== undefined || machine.headers === undefined) throw failure(problems(machine).join("\n"));
  const { headers } = machine;
  const place = join(nodeModules, workshop);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  const wheel = await timed("The download", () => downloadWheel(place));
  await timed("Unpacking", () => unpackWheel(wheel, join(place, "deps")));
  await timed("Compiling", () => compileAddon(place, headers));
  for (const folder of added) {
    rmSync(join(nodeModules, folder), { recursive: true, force: true });
    renameSync(join(place, folder.slice(tfjsNode.length)), join(nodeModules, folder));
  }
  rmSync(place, { recursive: true });
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  say(`${what} …`);
  const start = performance.now();
  const result = await work();
  say(`${what} took ${((performance.now() - start) / 1000).toFixed(1)} s.`);
  return result;
}

const failure = (message: string) => new CommandError(`install:tfjs-node: ${message}`, exitCode.failed);
const say = (text: string): void => console.log(text);
