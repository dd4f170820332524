import { Random } from "../../engine/index.ts";
import type { Autoregressive } from "../models/index.ts";
import { type BinaryDigits, binaryDigits, DIGITS } from "./binaryDigits.ts";
import { type NllResult, nllTable, type Published } from "./nll.ts";
import type { Study } from "./study.ts";
import { type TrainSettings, train } from "./train.ts";

export interface AutoregressiveStudy<Settings extends TrainSettings & { seed: number }, Model extends Autoregressive> {
  name: string;
  title: string;
  settings: Settings;
  /** The model before training. */
  make: (random: Random, settings: Settings) => Model;
  /** Gives the model its start, from what the digits tell. */
  prepare: (model: Model, digits: BinaryDigits, settings: Settings) => void;
  /** The NLL that a run should not exceed, in nats an image, and where that number comes from. */
  target: { atMost: number; why: string };
  published: readonly Published[];
}

/** A study of one autoregressive model of the binary digits: made, trained, measured, held to its target. */
export function autoregressiveStudy<Settings extends TrainSettings & { seed: number }, Model extends Autoregressive>(
  own: AutoregressiveStudy<Settings, Model>,
): Study<NllResult> {
  const { name, title, target, published } = own;
  return {
    name,
    title,
    settings: own.settings as Settings & Record<string, number>,
    table: result => nllTable([result]),
    async run(options) {
      const settings = { ...own.settings, ...options.overrides };
      const random = new Random(settings.seed);
      const digits = await binaryDigits(random);
      const model = own.make(random.split(), settings);
      own.prepare(model, digits, settings);
      const outcome = await train(name, model, digits, settings, random, options);
      const reached = outcome.testNll.mean <= target.atMost;
      return {
        name,
        title,
        ...outcome,
        target: { atMost: target.atMost, reached, why: target.why },
        published,
        settings: settings as Settings & Record<string, number>,
        data: settings.redraw === 1 ? `${DIGITS}; those to train on are drawn anew each time` : DIGITS,
      };
    },
  };
}
