/** Puts a function in the place of one, for the calls that `heardBy` answers; returns what undoes it. */
export function standIn(
  target: object,
  name: string,
  heardBy: (values: unknown[]) => (() => unknown) | undefined,
): () => void {
  const original = Reflect.get(target, name) as () => unknown;
  const patched = (...values: unknown[]) => {
    const heard = heardBy(values);
    return heard ? heard() : Reflect.apply(original, target, values);
  };
  // `promisify` and its kin find what they look for on the function itself.
  Reflect.set(target, name, Object.defineProperties(patched, Object.getOwnPropertyDescriptors(original)));
  return () => void Reflect.set(target, name, original);
}

/** The encoding that the options of a call name, as a text or as an entry. */
export function encodingOf(options: unknown): BufferEncoding | undefined {
  const named = typeof options === "string" ? options : (Object(options) as { encoding?: unknown }).encoding;
  return (named ?? undefined) as BufferEncoding | undefined;
}

/** Which part of its buffer a call means, by an offset and a length or by an object that has both. */
export function partOf(
  { byteLength }: ArrayBufferView,
  second: unknown,
  third?: unknown,
): { from: number; count: number } {
  const { offset = second, length = third } = Object(second) as { offset?: unknown; length?: unknown };
  const from = typeof offset === "number" ? offset : 0;
  return { from, count: typeof length === "number" ? length : byteLength - from };
}
