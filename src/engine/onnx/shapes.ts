type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The shape of an elementwise operation: axes are matched from the right, and a length of 1 is repeated. */
export function broadcastShape(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[a.length - rank + axis] ?? 1, b[b.length - rank + axis] ?? 1];
    if (x !== y && x !== 1 && y !== 1) {
      throw new RangeError(
        `tensors must have axes that are equal or 1, but got shapes [${a}] and [${b}]; reshape one.`,
      );
    }
    return x === 1 ? y : x;
  });
}

/** A negative axis counts from the end, among `rank` axes. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** The shape with some axes replaced. */
export function withLengths(shape: Shape, lengths: Readonly<Record<number, number>>): number[] {
  return shape.map((length, axis) => lengths[axis] ?? length);
}
