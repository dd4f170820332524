import { parseArgs } from "node:util";
import { engineNames } from "./engines.ts";
import type { Plan } from "./rounds.ts";
import { workloads } from "./workloads.ts";

/** What to measure, with whom, and where to. */
export interface Options extends Plan {
  engines: readonly string[];
  json: string | undefined;
}

/** How the command is used. */
export const USAGE = `npm run bench:engine -- [--workloads ${Object.keys(workloads).join("")}] [--rounds 7] [--seconds 0.4] [--patience 4] [--engines ${engineNames.join(",")}] [--json FILE]`;

/**
 * The options of a command line; undefined where help is asked for.
 *
 * @throws RangeError in one line where they are wrong
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { help, ...values } = parse(args);
  if (help) return undefined;
  const engines = values.engines.split(",");
  for (const [what, words, known] of [
    ["workloads", [...values.workloads], Object.keys(workloads)],
    ["engines", engines, engineNames],
  ] as const) {
    const wrong = words.find(word => !known.includes(word));
    if (wrong !== undefined || words.length === 0)
      throw fault(`--${what} must be among ${known.join(", ")}`, wrong ?? "none");
  }
  return {
    workloads: [...values.workloads],
    engines,
    rounds: number("rounds", values.rounds, value => Number.isInteger(value) && value > 0, "a positive integer"),
    seconds: number("seconds", values.seconds, value => value > 0, "a positive number"),
    patience: number("patience", values.patience, value => value >= 0, "a number that is not negative"),
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        workloads: { type: "string", default: Object.keys(workloads).join("") },
        rounds: { type: "string", default: "7" },
        seconds: { type: "string", default: "0.4" },
        patience: { type: "string", default: "4" },
        engines: { type: "string", default: engineNames.join(",") },
        json: { type: "string" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const [what = ""] = (error as Error).message.split(/[.\n]/);
    throw new RangeError(`bench:engine: ${what.charAt(0).toLowerCase()}${what.slice(1)}; ${USAGE}`);
  }
}

function number(name: string, text: string, holds: (value: number) => boolean, rule: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && holds(value)) return value;
  throw fault(`--${name} must be ${rule}`, text);
}

const fault = (rule: string, got: string): RangeError =>
  new RangeError(`bench:engine: ${rule}, but got ${got || "nothing"}; ${USAGE}`);
