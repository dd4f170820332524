/** Who reads controls now, and is told when one of those it read has changed. */
export interface Reader {
  changed(): void;
}

let current: Reader | undefined;
const readers = new WeakMap<object, Set<Reader>>();

/** Runs the synchronous part of `work` so that the controls it reads are tied to the reader. */
export function readBy<T>(reader: Reader, work: () => T): T {
  const before = current;
  current = reader;
  try {
    return work();
  } finally {
    current = before;
  }
}

export function read(control: object): void {
  if (!current) return;
  const known = readers.get(control) ?? new Set();
  readers.set(control, known.add(current));
}

export function written(control: object): void {
  for (const reader of readers.get(control) ?? []) reader.changed();
}
