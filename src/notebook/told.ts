import type { MimeData, Output } from "./types.ts";

/** The name and the words of an error, as an output stores them. */
export interface ToldError {
  ename: string;
  evalue: string;
}

/**
 * What an output right before an error has told of it already: a verdict all of it, and a claim that fails a part, so
 * that of a claim the error alone is enough. Undefined where the error stands for itself.
 */
export function toldOf({ ename, evalue }: ToldError, before: MimeData | undefined): "all" | "part" | undefined {
  const verdict = before?.[VERDICT] as { exercise?: unknown; state?: unknown; message?: unknown } | undefined;
  if (verdict?.state === "wrong") {
    // It has the name of its exercise beside its message, which is a sentence of its own.
    const words = `exercise ${verdict.exercise}: ${verdict.message ?? ""}`.toLowerCase();
    return [evalue, `${ename}: ${evalue}`].some(each => words.includes(inShort(each))) ? "all" : undefined;
  }
  const claim = before?.[CLAIM] as { holds?: unknown } | undefined;
  return claim?.holds === false && ["ClaimError", "DerivationError"].includes(ename) ? "part" : undefined;
}

/** Outputs without what is told of an error twice: it itself, or the claim that it is about and where it was thrown. */
export function toldOnce(outputs: readonly Output[]): Output[] {
  const kept: Output[] = [];
  for (const [index, output] of outputs.entries()) {
    const before = outputs[index - 1];
    const told =
      output.output_type === "error" ? toldOf(output, before && "data" in before ? before.data : undefined) : undefined;
    if (told === "part") kept.pop();
    if (told === "part" && output.output_type === "error")
      kept.push({ ...output, traceback: [`${FAILS} ${output.evalue}`] });
    else if (told !== "all") kept.push(output);
  }
  return kept;
}

/** Whether an output that is told once is that of a claim, in place of what the claim says of itself. */
export function isFailedClaim(output: Output): boolean {
  return output.output_type === "error" && output.traceback[0]?.startsWith(`${FAILS} `) === true;
}

const FAILS = "✗";

/** A verdict repeats the head of a long message, on one line. */
function inShort(message: string): string {
  return message.replace(/\s+/g, " ").slice(0, 100).toLowerCase();
}

/** Errors that are made for their reader: a sentence that says all, and wherever in the library it was thrown, nothing. */
export function saysAll(ename: string): boolean {
  return ["ClaimError", "DerivationError", "WrongAnswer", "Unanswered"].includes(ename);
}

export const VERDICT = "application/vnd.lectern.exercise+json";
export const CLAIM = "application/vnd.lectern.claim+json";
