import { compile } from "../../../src/engine/index.ts";
import { backends, useRepaired } from "../gradients/backends.ts";
import { cases } from "./cases.ts";
import { type Verdict, type Verdicts, verdictsOn, type Way } from "./verdict.ts";

/** What runs kernels: a backend as lectern uses it, or compiled steps. */
export const columns = ["wasm", "cpu", "tensorflow", "compiled"] as const;
export type Column = (typeof columns)[number];

/** Those that run on this machine: tfjs-node is optional. */
export const present: readonly Column[] = columns.filter(name => name !== "tensorflow" || backends.includes(name));

/** The verdicts on all cases, in their order, of each column that is present. */
export type Measured = Partial<Record<Column, Verdicts[]>>;

const compiled: Way = f => compile(f, { otherwise: "throw" });

export async function measure(): Promise<Measured> {
  const all = (way?: Way) => cases.map(theCase => verdictsOn(theCase, way));
  await useRepaired("cpu");
  const cpu = all();
  const tensorflow = present.includes("tensorflow") ? await useRepaired("tensorflow").then(() => all()) : undefined;
  await useRepaired("wasm");
  const wasm = all();
  return { wasm, cpu, ...(tensorflow ? { tensorflow } : {}), compiled: all(compiled) };
}

/** Every verdict of a column that is not right, with the kernel and the case. */
export function notRight(verdicts: Verdicts[] = []): { kernel: string; case: string; of: string; verdict: Verdict }[] {
  return verdicts.flatMap((each, i) =>
    (["forward", "gradient"] as const).flatMap(of => {
      const verdict = each[of];
      if (verdict === undefined || verdict.is === "right") return [];
      const { kernel, case: name } = cases[i] as (typeof cases)[number];
      return [{ kernel, case: name, of, verdict }];
    }),
  );
}
