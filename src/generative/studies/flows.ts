import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { compile, Random } from "../../engine/index.ts";
import { sampleToy } from "../data/index.ts";
import { average } from "../estimates/index.ts";
import { AffineFlow, type ToyDensity, toyDensities } from "../exact/index.ts";
import { Flow, standardBase } from "../flows/index.ts";
import { cosine, fit } from "../training/index.ts";
import { parameterCount } from "./parameterCount.ts";
import { flowKinds } from "./flowKinds.ts";
import { decimals } from "./decimals.ts";
import { stored } from "./stored.ts";
import type { Study, Target } from "./study.ts";

/** One flow on one density. */
export interface FlowScore {
  flow: string;
  density: string;
  /** −log p in nats a point, over fresh points, with its standard error. */
  nll: number;
  standardError: number;
  /** The entropy of the density: no model is below it, on average. */
  floor: number;
  /** The exact maximum-likelihood Gaussian: what a flow must at least beat. */
  gaussian: number;
  parameters: number;
  steps: number;
  /** Of training; whatever else ran on the machine is in it. */
  seconds: number;
  /** Some draws, [20][2]. */
  samples: number[][];
}

export interface FlowStudyResult {
  name: string;
  title: string;
  target: Target;
  settings: Record<string, number>;
  scores: FlowScore[];
}

const defaults = { seed: 1, steps: 5000, batchSize: 256, test: 20_000 };

/** Every flow on every toy density, beside the floor that each density has. */
export const flows: Study<FlowStudyResult> = {
  name: "flows",
  title: "Every flow on every toy density: nats a point, beside the entropy",
  settings: defaults,
  async run(options) {
    const settings = { ...defaults, ...options.overrides };
    const scores: FlowScore[] = [];
    for (const density of toyDensities) {
      for (const kind of Object.keys(flowKinds)) {
        const file = join(options.checkpoints, `${density.name} - ${kind}.json`.replaceAll(" ", "_"));
        scores.push(await stored(file, settings, () => train(kind, density, settings)));
        const { nll, floor, seconds } = scores.at(-1) as FlowScore;
        options.onProgress(
          `${density.name}, ${kind}: ${nll} nats, ${decimals(nll - floor)} above the floor, ${seconds} s`,
        );
      }
    }
    return { name: "flows", title: flows.title, target: judge(scores), settings, scores };
  },
  table({ scores }) {
    const densities = [...new Set(scores.map(({ density }) => density))];
    const rows = Object.keys(flowKinds).map(flow => {
      const own = densities.map(density => scores.find(score => score.flow === flow && score.density === density));
      const cells = own.map(score => `${score?.nll.toFixed(3)} ± ${score?.standardError.toFixed(3)}`);
      const seconds = own.reduce((sum, score) => sum + (score?.seconds ?? 0), 0);
      return `| ${flow} | ${own[0]?.parameters} | ${seconds} | ${cells.join(" | ")} |`;
    });
    const floors = densities.map(density => scores.find(score => score.density === density)?.floor.toFixed(3));
    return [
      `| flow | parameters | seconds, all ${densities.length} | ${densities.join(" | ")} |`,
      `|---|---:|---:|${densities.map(() => "---:").join("|")}|`,
      ...rows,
      `| floor: the entropy | – | – | ${floors.join(" | ")} |`,
    ].join("\n");
  },
};

/** No NLL is more than three standard errors below its floor, and the best of each density asked for is near it. */
export function judge(scores: readonly FlowScore[]): Target {
  const below = scores.filter(({ nll, standardError, floor }) => nll < floor - 3 * standardError);
  const far = ["8 Gaussians", "two moons"].filter(
    density => !scores.some(score => score.density === density && score.nll <= score.floor + 0.05),
  );
  return {
    reached: below.length === 0 && far.length === 0,
    why:
      "no NLL more than 3 standard errors below the floor, and some flow within 0.05 nats of it on 8 Gaussians and two moons" +
      [
        ...below.map(({ flow, density }) => `; ${flow} is below on ${density}`),
        ...far.map(d => `; none is near on ${d}`),
      ].join(""),
  };
}

async function train(
  kind: string,
  density: ToyDensity,
  { seed, steps, batchSize, test }: { seed: number; steps: number; batchSize: number; test: number },
): Promise<FlowScore> {
  const random = new Random(seed);
  const points = random.split();
  const make = flowKinds[kind];
  if (make === undefined)
    throw new RangeError(`study flows: a flow must be one of ${Object.keys(flowKinds)}, but got ${kind}.`);
  const {
    bijection,
    scored = bijection,
    learningRate,
    share = 1,
  } = make(random.split(), sampleToy(density, points.child(0), 2000));
  const flow = new Flow(bijection, standardBase(2));
  const rate = cosine({ start: learningRate, end: learningRate / 100, steps: Math.round(steps * share) });
  const history = await fit({
    parameters: flow.parameters,
    optimizer: tf.train.adam(learningRate),
    learningRate: rate,
    batch: step => sampleToy(density, points.child(step + 1), batchSize),
    loss: x => flow.logProb(x).mean().neg(),
    steps: Math.round(steps * share),
    random: random.split(),
  });
  const fresh = sampleToy(density, new Random(seed + 1000), test);
  const gaussian = AffineFlow.fit(sampleToy(density, points.child(0), 2000).arraySync());
  const { mean, standardError } = average(nllOf(new Flow(scored, flow.base), fresh));
  const rows = fresh.arraySync();
  const score: FlowScore = {
    flow: kind,
    density: density.name,
    nll: decimals(mean),
    standardError: decimals(standardError),
    floor: decimals(density.entropy),
    gaussian: decimals(rows.reduce((sum, x) => sum - gaussian.logProb(x), 0) / rows.length),
    parameters: parameterCount(flow.parameters),
    steps: Math.round(steps * share),
    seconds: Math.round(history.seconds),
    samples: (new Flow(scored, flow.base).sample(new Random(seed + 2000), 20).arraySync() as number[][]).map(x =>
      x.map(value => decimals(value)),
    ),
  };
  tf.disposeVariables();
  return score;
}

/** −log p of every point, in parts of 1,000 that are compiled once. */
function nllOf(flow: Flow, x: tf.Tensor2D): number[] {
  const logProb = compile((x: tf.Tensor) => flow.logProb(x));
  const size = 1000;
  const values = Array.from({ length: Math.floor(x.shape[0] / size) }, (_, part) =>
    tf.tidy(() => Array.from(logProb(x.slice([part * size, 0], [size, 2])).dataSync(), log => -log)),
  ).flat();
  logProb.dispose();
  return values;
}
