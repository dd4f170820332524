import type { Output } from "../../notebook/index.ts";

/** The claims that a cell's outputs show. */
export function claimsIn(outputs: readonly Output[]): { text: string; holds: boolean }[] {
  return outputs.flatMap(output => {
    const claim = "data" in output ? output.data["application/vnd.lectern.claim+json"] : undefined;
    return claim === undefined ? [] : [claim as { text: string; holds: boolean }];
  });
}
