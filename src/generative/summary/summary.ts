import { Tensor, Variable } from "@tensorflow/tfjs";
import type { Parameters } from "../networks/index.ts";
import { distributionFormulas } from "./distributions.ts";
import { flowFormulas } from "./flows.ts";
import type { Entry, Formula } from "./formula.ts";
import { modelFormulas } from "./models.ts";
import { networkFormulas } from "./networks.ts";

/** Every class that shows itself, with what it computes. */
export const formulas: readonly Entry[] = [
  ...distributionFormulas,
  ...networkFormulas,
  ...modelFormulas,
  ...flowFormulas,
];

/** What a model, a flow, a layer or a distribution is made of. */
export interface Summary {
  /** Its class; `network` for an object without one. */
  name: string;
  /** Of its class, or of the nearest one that it extends. */
  formula: Formula | undefined;
  /** The numbers that are its own and no part's. */
  numbers: readonly Numbers[];
  /** In the order in which they were made, under the expression that leads there, such as `bijection.layers[0]`. */
  parts: readonly { path: string; summary: Summary }[];
  /** Trainable numbers, its parts' among them, each counted once. */
  parameterCount: number;
  /** What it has cost so far, where it counts that: whole passes through its networks. */
  passes: number | undefined;
}

export interface Numbers {
  name: string;
  shape: readonly number[];
  isTrainable: boolean;
  /** Undefined where there are many, where they train, and where the tensor is disposed of. */
  values: readonly number[] | undefined;
}

/** The same of any object; undefined where it is neither of a class of the library nor has parameters. */
export function findSummary(model: unknown): Summary | undefined {
  return typeof model === "object" && model !== null && isPart(model) ? summaryOf(model, new Set()) : undefined;
}

function summaryOf(model: object, above: ReadonlySet<object>): Summary {
  const within = new Set([...above, model]);
  const formula = formulaOf(model);
  const parts: { path: string; summary: Summary }[] = [];
  const found: Numbers[] = [];
  const parameters = parametersOf(model);
  const theirs = new Set<Variable>();
  const named = new Set(Object.values(parameters));

  const look = (value: unknown, path: string, depth: number): void => {
    if (typeof value !== "object" || value === null || within.has(value)) return;
    if (value instanceof Tensor) {
      if (!named.has(value as Variable)) found.push(numbersOf(path, value));
    } else if (isPart(value)) {
      for (const each of Object.values(parametersOf(value))) theirs.add(each);
      const summary = summaryOf(value, within);
      // What has no formula of its own, such as the halves of a coupling, is looked through.
      if (summary.formula || (summary.parts.length === 0 && summary.parameterCount > 0)) parts.push({ path, summary });
      else {
        for (const part of summary.parts) parts.push({ ...part, path: `${path}.${part.path}` });
        for (const each of summary.numbers) if (each.isTrainable) found.push({ ...each, name: `${path}.${each.name}` });
      }
    } else if (depth > 0 && isCollection(value)) {
      for (const [key, each] of Object.entries(value)) {
        look(each, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`, depth - 1);
      }
    }
  };
  for (const [key, value] of Object.entries(model)) if (!unseen.has(key)) look(value, key, 1);

  const own = Object.entries(parameters).filter(([, variable]) => !theirs.has(variable));
  const all = new Set([...named, ...theirs]);
  return {
    name: model.constructor === Object ? "network" : model.constructor.name,
    formula,
    numbers: [
      ...own.map(([name, variable]) => numbersOf(name, variable)),
      ...found,
      ...(formula?.numbers ?? []).flatMap(name => plainNumbers(name, (model as Record<string, unknown>)[name])),
    ],
    parts,
    parameterCount: [...all].reduce((sum, each) => sum + each.size, 0),
    passes:
      typeof (model as { passes?: unknown }).passes === "number" ? (model as { passes: number }).passes : undefined,
  };
}

/** Fields that repeat others: what trains, and how it was asked for. */
const unseen = new Set(["parameters", "codeParameters", "options"]);

function isPart(value: object): boolean {
  return formulaOf(value) !== undefined || Object.keys(parametersOf(value)).length > 0;
}

function formulaOf(value: object): Formula | undefined {
  for (let each = Object.getPrototypeOf(value); each !== null; each = Object.getPrototypeOf(each)) {
    const known = byPrototype.get(each);
    if (known) return known;
  }
  return undefined;
}

const byPrototype = new Map<object, Formula>(formulas.map(([type, formula]) => [type.prototype, formula]));

function parametersOf(value: object): Parameters {
  const { parameters } = value as { parameters?: unknown };
  if (typeof parameters !== "object" || parameters === null) return {};
  return Object.values(parameters).every(each => each instanceof Variable) ? (parameters as Parameters) : {};
}

function isCollection(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** So many are read at a glance. */
const few = 6;

function numbersOf(name: string, tensor: Tensor): Numbers {
  const isTrainable = tensor instanceof Variable && tensor.trainable;
  const isShown = !isTrainable && tensor.size <= few && !tensor.isDisposed;
  return { name, shape: tensor.shape, isTrainable, values: isShown ? Array.from(tensor.dataSync()) : undefined };
}

/** Numbers, or rows of them, as the exact classes keep them. */
function plainNumbers(name: string, value: unknown): Numbers[] {
  const shape: number[] = [];
  for (let each = value; Array.isArray(each); each = each[0]) shape.push(each.length);
  const values = (Array.isArray(value) ? value.flat(Infinity) : [value]).filter(each => typeof each === "number");
  if (values.length === 0) return [];
  return [{ name, shape, isTrainable: false, values: values.length > few ? undefined : values }];
}
