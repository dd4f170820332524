/** What a tfjs tensor looks like from outside; we never import tfjs here. */
interface TensorLike {
  shape: number[];
  dtype: string;
  dataSync(): ArrayLike<number | boolean | string>;
}

export function isTensor(value: unknown): value is TensorLike {
  if (typeof value !== "object" || value === null) return false;
  const candidate = value as Partial<TensorLike>;
  return (
    typeof candidate.dataSync === "function" && Array.isArray(candidate.shape) && typeof candidate.dtype === "string"
  );
}

/** `Tensor float32 [2, 3]` and its values, a long axis shown by its ends. */
export function tensorText(tensor: TensorLike): string {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if ((tensor as { isDisposed?: boolean }).isDisposed) return `${head} (disposed)`;
  const data = tensor.dataSync();
  const size = tensor.shape.reduce((product, length) => product * length, 1);
  // Complex tensors hold pairs; their values come one after the other.
  const step = size > 0 ? Math.max(1, Math.floor(data.length / size)) : 1;
  const at = (index: number) => {
    if (step === 2) return `${cell(data[2 * index])} + ${cell(data[2 * index + 1])}i`;
    return cell(data[index], tensor.dtype);
  };
  return `${head}\n${block(tensor.shape, 0, size, at, " ")}`;
}

/** Axes longer than this are shown by their first and last entries. */
const longest = 8;
const ends = 3;

function block(shape: number[], offset: number, size: number, at: (index: number) => string, indent: string): string {
  const [length, ...rest] = shape;
  if (length === undefined) return at(offset);
  const stride = size / length;
  const part = (index: number) => block(rest, offset + index * stride, stride, at, `${indent} `);
  const shown = Array.from({ length }, (_, index) => index);
  const parts =
    length <= longest ? shown.map(part) : [...shown.slice(0, ends).map(part), "…", ...shown.slice(-ends).map(part)];
  return `[${parts.join(rest.length > 0 ? `,\n${indent}` : ", ")}]`;
}

function cell(value: number | boolean | string | undefined, dtype = "float32"): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (dtype === "bool") return String(Boolean(value));
  if (typeof value !== "number" || !Number.isFinite(value)) return String(value);
  // A float32 has about seven digits; the rest is noise of the conversion.
  return String(dtype === "float32" ? Number(value.toPrecision(7)) : value);
}
