import { CLAIM, isFailedClaim, type Output } from "../notebook/index.ts";
import { html, type Html, joined, NOTHING } from "./html.ts";

/** Whether all that a cell shows are claims, at least one of them. */
export function isEvidence(outputs: readonly Output[]): boolean {
  return outputs.length > 0 && outputs.every(output => recordOf(output) !== undefined);
}

/** Claims, and the code that made them where it is folded, under one badge; open where one of them fails. */
export function foldEvidence(outputs: readonly Output[], content: Html): Html {
  const records = outputs.map(recordOf);
  const holding = records.filter(record => record?.holds === true).length;
  const all = records.length;
  const words = all === 1 ? "claim" : "claims";
  if (holding === all)
    return html`<details class="evidence">\n<summary>✓ ${all} ${words}, checked</summary>\n${content}\n</details>`;
  return html`<details class="evidence fails" open>\n<summary>✗ ${holding} of ${all} ${words} hold</summary>\n${content}\n</details>`;
}

/** What a cell shows, the claims in it that follow each other under one badge. */
export function foldRuns(outputs: readonly Output[], rendered: readonly Html[]): Html[] {
  const shown: Html[] = [];
  for (let at = 0; at < outputs.length; ) {
    let end = at;
    while (end < outputs.length && recordOf(outputs[end] as Output) !== undefined) end++;
    if (end > at) shown.push(foldEvidence(outputs.slice(at, end), joined(rendered.slice(at, end))));
    else shown.push(rendered[end++] ?? NOTHING);
    at = end;
  }
  return shown;
}

function recordOf(output: Output): { holds?: unknown } | undefined {
  if (output.output_type === "error") return isFailedClaim(output) ? { holds: false } : undefined;
  return output.output_type === "stream" ? undefined : (output.data[CLAIM] as { holds?: unknown } | undefined);
}
