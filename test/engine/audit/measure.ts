import { compile } from "../../../src/engine/index.ts";
import { useRepaired } from "../gradients/backends.ts";
import { cases } from "./cases.ts";
import { type Verdict, type Verdicts, verdictsOn, type Way } from "./verdict.ts";

/** What runs kernels: a backend as lectern uses it, or compiled steps. */
export const columns = ["wasm", "cpu", "compiled"] as const;
export type Column = (typeof columns)[number];

/** The verdicts on all cases, in their order. */
export type Measured = Record<Column, Verdicts[]>;

const compiled: Way = f => compile(f, { otherwise: "throw" });

export async function measure(): Promise<Measured> {
  const all = (way?: Way) => cases.map(theCase => verdictsOn(theCase, way));
  await useRepaired("cpu");
  const cpu = all();
  await useRepaired("wasm");
  const wasm = all();
  return { wasm, cpu, compiled: all(compiled) };
}

/** Every verdict of a column that is not right, with the kernel and the case. */
export function notRight(verdicts: Verdicts[]): { kernel: string; case: string; of: string; verdict: Verdict }[] {
  return verdicts.flatMap((each, i) =>
    (["forward", "gradient"] as const).flatMap(of => {
      const verdict = each[of];
      if (verdict === undefined || verdict.is === "right") return [];
      const { kernel, case: name } = cases[i] as (typeof cases)[number];
      return [{ kernel, case: name, of, verdict }];
    }),
  );
}
