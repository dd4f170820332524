/** The points of a line without those that lie on the straight way between others: a notebook keeps every number. */
export function corners(line: readonly ArrayLike<number>[], tolerance: number): ArrayLike<number>[] {
  let last = 0;
  return line.filter((_, i) => {
    const [from, to] = [line[last], line[i + 1]];
    const between = line.slice(last + 1, i + 1);
    const bends = !from || !to || between.some(point => distance(point, from, to) > tolerance);
    if (bends) last = i;
    return bends || i === 0;
  });
}

/** How far a point lies from the straight way between two others. */
function distance(point: ArrayLike<number>, from: ArrayLike<number>, to: ArrayLike<number>): number {
  const [x, y] = difference(point, from);
  const [a, b] = difference(to, from);
  const along = Math.min(1, Math.max(0, (x * a + y * b) / Math.max(a * a + b * b, Number.MIN_VALUE)));
  return Math.hypot(x - along * a, y - along * b);
}

function difference(point: ArrayLike<number>, from: ArrayLike<number>): [number, number] {
  return [(point[0] as number) - (from[0] as number), (point[1] as number) - (from[1] as number)];
}
