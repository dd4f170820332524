import * as tf from "@tensorflow/tfjs";
import { hasOwnGradient } from "../../../src/engine/gradients/repair.ts";
import { isReplaced } from "../../../src/engine/replaceKernel.ts";
import { cases } from "./cases.ts";
import { type Column, type Measured, present } from "./measure.ts";
import type { Verdict, Verdicts } from "./verdict.ts";

/** Every kernel that tfjs-core has a name for. */
const names = Object.entries(tf)
  .filter(([key, value]) => typeof value === "string" && (key === value || value === `_${key.replace(/^_/, "")}`))
  .map(([, value]) => value as string)
  .filter(name => /^_?[A-Z]/.test(name))
  .sort((a, b) => a.localeCompare(b, "en"));

/** What is measured, as Markdown: one line for each kernel that has cases, and the names of the others. */
export function table(measured: Measured): string {
  const tried = names.filter(name => cases.some(({ kernel }) => kernel === name));
  const lines = tried.map(name => {
    const places = cases.flatMap(({ kernel }, i) => (kernel === name ? [i] : []));
    const cells = present.map(column => {
      const verdicts = measured[column] as Verdicts[];
      return cell(
        name,
        column,
        places.map(i => verdicts[i] as Verdicts),
      );
    });
    return `| ${[name, places.length, ...cells].join(" | ")} |`;
  });
  const others = names.filter(name => !tried.includes(name));
  return [
    `| kernel | cases | ${present.join(" | ")} |`,
    `|---|---:|${present.map(() => "---|").join("")}`,
    ...lines,
    "",
    `Not compared yet: ${others.join(", ")}.`,
  ].join("\n");
}

/** Forward, and the gradient where there is one. */
function cell(name: string, column: Column, verdicts: Verdicts[]): string {
  const forward = summary(
    verdicts.map(each => each.forward),
    column !== "compiled" && isReplaced(name, column),
  );
  const gradients = verdicts.flatMap(({ gradient }) => (gradient ? [gradient] : []));
  if (gradients.length === 0) return forward;
  const backward = [`${name}Grad`, ...["Input", "Filter", "InputV2", "FilterV2"].map(end => backprop(name, end))];
  const isOurs = hasOwnGradient(name) || backward.some(kernel => isReplaced(kernel, column));
  const gradient = summary(gradients, column !== "compiled" && isOurs);
  return forward === gradient ? forward : `${forward}; gradient ${gradient}`;
}

const backprop = (name: string, end: string): string => `${name}Backprop${end}`;

function summary(verdicts: Verdict[], isOurs: boolean): string {
  const count = (is: Verdict["is"]) => verdicts.filter(verdict => verdict.is === is).length;
  if (count("wrong") > 0) return `**wrong in ${count("wrong")}**`;
  const right = isOurs ? "repaired" : "right";
  if (count("refused") === 0) return right;
  return count("right") === 0 ? "refused" : `${right}, refused in ${count("refused")}`;
}
