import * as tf from "@tensorflow/tfjs";
import type { Parameters } from "../networks/index.ts";

/** A file of tensors in its two parts: a line of JSON, and the numbers behind it. */
export interface TensorFile<Header> {
  header: Header;
  body: ArrayBuffer;
}

/**
 * The parts of a file whose header has this format, in its first version.
 *
 * @throws Error where it has not; `what` names the file, and `remedy` says what to do
 */
export function splitTensorFile<Header extends { format: string; version: 1 }>(
  file: Buffer,
  format: Header["format"],
  { what, remedy }: { what: string; remedy: string },
): TensorFile<Header> {
  const end = file.indexOf("\n");
  const line = file.subarray(0, Math.max(end, 0)).toString();
  const header = parsed(line) as Header | undefined;
  if (header?.format !== format || header.version !== 1) {
    throw new Error(
      `${what} must begin with a ${format} header, but got ${JSON.stringify(line.slice(0, 40))}; ${remedy}.`,
    );
  }
  return { header, body: Uint8Array.from(file.subarray(end + 1)).buffer };
}

/**
 * The tensors, into variables of the same names and shapes.
 *
 * @throws Error where one is missing or has another shape; no variable is changed then
 */
export function assignTensors(what: string, parameters: Parameters, saved: tf.NamedTensorMap): void {
  for (const [name, { shape }] of Object.entries(parameters)) {
    const tensor = saved[name];
    if (tensor === undefined || !tf.util.arraysEqual(tensor.shape, shape)) {
      throw new Error(
        `${what} ${name} must have shape [${shape}], but got ${tensor ? `[${tensor.shape}]` : "nothing"}; make the model as it was trained.`,
      );
    }
  }
  for (const [name, variable] of Object.entries(parameters)) variable.assign(saved[name] as tf.Tensor);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
