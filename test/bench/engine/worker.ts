import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../src/engine/index.ts";
import { readArrays } from "./arrays.ts";
import { startBackend } from "./backends.ts";
import type { Reply, Request } from "./engine.ts";
import { type Training, train } from "./training.ts";
import { type Workload, workloads } from "./workloads.ts";

// A process that steps when it is told to: `worker.ts compiled|tensorflow|wasm|cpu FOLDER`, a request a line on stdin.
const [, , engine, folder] = process.argv as [string, string, string, string];
await startBackend(engine);
const random = new Random(1);
const trainings = new Map<string, Training>();

function start(letter: string): Training {
  const made = train(workloads[letter] as Workload, readArrays(folder, letter), engine === "compiled");
  trainings.set(letter, made);
  return made;
}

function answer(request: Request): Reply {
  const training = trainings.get(request.workload) ?? start(request.workload);
  if ("losses" in request) {
    return { losses: Array.from({ length: request.losses }, () => training.stepWithGivenNoise()) };
  }
  const milliseconds: number[] = [];
  const before = cpuSeconds();
  const end = performance.now() + 1000 * request.seconds;
  for (let i = -request.warm; i < request.steps || performance.now() < end; i++) {
    const from = performance.now();
    training.step(random);
    if (i >= 0) milliseconds.push(performance.now() - from);
  }
  return { milliseconds, cpu: { before, after: cpuSeconds() } };
}

const cpuSeconds = (): number => (process.cpuUsage().user + process.cpuUsage().system) / 1e6;

const tell = (reply: Reply): void => console.log(JSON.stringify(reply));

tell({ version: engine === "compiled" ? "" : tf.version.tfjs });
for await (const line of createInterface({ input: process.stdin })) {
  try {
    tell(answer(JSON.parse(line)));
  } catch (error) {
    tell({ error: String(error).split("\n")[0] as string });
  }
}
