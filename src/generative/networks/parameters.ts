import type { Variable } from "@tensorflow/tfjs";

/** Trainable tensors by name: the names appear in checkpoints and in messages. */
export type Parameters = Readonly<Record<string, Variable>>;

/** The parameters of the parts, each under the name of its part: `encoder.hidden1.kernel`. */
export function namedParts(parts: Record<string, { parameters: Parameters }>): Parameters {
  const entries = Object.entries(parts).flatMap(([part, { parameters }]) =>
    Object.entries(parameters).map(([name, variable]) => [`${part}.${name}`, variable] as const),
  );
  return Object.fromEntries(entries);
}

/** Frees the tensors of a model that is no longer wanted. */
export function disposeParameters(parameters: Parameters): void {
  for (const variable of Object.values(parameters)) variable.dispose();
}
