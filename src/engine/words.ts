import * as tf from "@tensorflow/tfjs";

/**
 * What a value is, for messages that say what came.
 *
 * @example
 * inWords([1, 2]) // => "an array of 2"
 */
export function inWords(value: unknown): string {
  if (value instanceof tf.Variable) return `the variable ${value.name}, ${value.dtype} [${value.shape}]`;
  if (value instanceof tf.Tensor) return `a tensor, ${value.dtype} [${value.shape}]`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (value instanceof Promise) return "a promise";
  if (typeof value === "function") return "a function";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  const { name } = value.constructor ?? Object;
  return name === "Object" ? `an object with ${Object.keys(value).join(", ") || "nothing in it"}` : `a ${name}`;
}
