import type { Breakpoint } from "./breakpoints.ts";
import type { Inspector } from "./inspector.ts";
import { evaluate, type StoppedFrame } from "./stop.ts";

/** Whether one of the breakpoints that were hit stops, by its condition and its count; what only says something says it. */
export async function stopsAt(
  hit: readonly Breakpoint[],
  frame: StoppedFrame,
  inspector: Inspector,
  said: (text: string, frame: StoppedFrame) => void,
): Promise<boolean> {
  let stops = false;
  for (const breakpoint of hit) {
    const { condition, hitCondition, logMessage } = breakpoint;
    const holds = condition ? await truth(condition, frame, inspector) : true;
    if (!holds) continue;
    breakpoint.hits++;
    if (hitCondition && !isHit(hitCondition, breakpoint.hits)) continue;
    if (logMessage) said(await filled(logMessage, frame, inspector), frame);
    else stops = true;
  }
  return stops;
}

async function truth(condition: string, frame: StoppedFrame, inspector: Inspector): Promise<boolean> {
  // One that cannot be evaluated stops, so that its author sees it.
  const value = await evaluate(`!!(${condition})`, inspector, frame).catch(() => ({ value: true }));
  return value.value === true;
}

/** `mean is {mean}` with the value. */
async function filled(message: string, frame: StoppedFrame, inspector: Inspector): Promise<string> {
  const parts = message.split(/\{([^{}]*)\}/);
  const texts = parts.map(async (part, index) => {
    if (index % 2 === 0) return part;
    const value = await evaluate(part, inspector, frame);
    return typeof value.value === "string" ? value.value : (await inspector.row("", value)).value;
  });
  return (await Promise.all(texts.map(each => each.catch((error: Error) => error.message)))).join("");
}

/** `3`, `== 3`, `>= 3`, `% 3` and the like. */
function isHit(condition: string, hits: number): boolean {
  const [, operator = "", number = ""] = /^\s*(>=|<=|==?=?|>|<|%)?\s*(\d+)\s*$/.exec(condition) ?? [];
  const wanted = Number(number);
  if (number === "") return true;
  if (operator === ">") return hits > wanted;
  if (operator === ">=" || operator === "") return operator === "" ? hits === wanted : hits >= wanted;
  if (operator === "<") return hits < wanted;
  if (operator === "<=") return hits <= wanted;
  return operator === "%" ? hits % wanted === 0 : hits === wanted;
}
