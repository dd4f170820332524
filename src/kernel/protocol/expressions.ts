import type { CellResult, KernelOutput } from "../result.ts";
import { errorContent } from "./errors.ts";
import type { Content, Header } from "./message.ts";
import type { Run, Runs } from "./runs.ts";

/** The `user_expressions` of a reply: the value of each expression as a bundle, or why it has none. */
export async function evaluateExpressions(
  expressions: unknown,
  { number, parent, runs }: { number: number; parent: Header; runs: Runs },
  run: (run: Run, source: string) => Promise<CellResult>,
): Promise<Content> {
  if (typeof expressions !== "object" || expressions === null) return {};
  const values: Content = {};
  for (const [name, expression] of Object.entries(expressions)) {
    let value: KernelOutput | undefined;
    const collect = (output: KernelOutput) => {
      if (output.kind === "output" && output.output.output_type === "execute_result") value = output;
    };
    const result = await run(runs.open({ number, parent, collect, stdin: undefined }), `(${expression}\n)`);
    values[name] = result.status === "ok" ? bundleOf(value) : { status: "error", ...errorContent(result.error) };
  }
  return values;
}

function bundleOf(output: KernelOutput | undefined): Content {
  const shown = output?.kind === "output" && "data" in output.output ? output.output : undefined;
  return { status: "ok", data: shown?.data ?? { "text/plain": "undefined" }, metadata: shown?.metadata ?? {} };
}
