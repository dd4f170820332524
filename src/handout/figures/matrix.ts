/** An affine map, `x' = a x + c y + e` and `y' = b x + d y + f`, as SVG writes it. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `right`, then `left`. */
export function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f] = left;
  const [p, q, r, s, t, u] = right;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

/** The value of an SVG `transform` attribute. */
export function parseTransform(transform: string | null): Matrix {
  let matrix = identity;
  for (const [, name, list = ""] of (transform ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const numbers = (list.match(/[-+.\d]+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    matrix = multiply(matrix, oneTransform(name, numbers));
  }
  return matrix;
}

function oneTransform(name: string | undefined, numbers: number[]): Matrix {
  const [first = 0, second, third = 0] = numbers;
  if (name === "translate") return [1, 0, 0, 1, first, second ?? 0];
  if (name === "scale") return [first, 0, 0, second ?? first, 0, 0];
  if (name === "matrix" && numbers.length === 6) return numbers as unknown as Matrix;
  if (name !== "rotate") return identity;
  const [cos, sin] = [Math.cos((first * Math.PI) / 180), Math.sin((first * Math.PI) / 180)];
  const turn: Matrix = [cos, sin, -sin, cos, 0, 0];
  if (second === undefined) return turn;
  return multiply(multiply([1, 0, 0, 1, second, third], turn), [1, 0, 0, 1, -second, -third]);
}

/** The upright box around the image of a box. */
export function transformBox([a, b, c, d, e, f]: Matrix, { left, top, right, bottom }: Box): Box {
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ] as const;
  return union(
    corners.map(([x, y]) => {
      const [across, down] = [a * x + c * y + e, b * x + d * y + f];
      return { left: across, right: across, top: down, bottom: down };
    }),
  );
}

export function union(boxes: readonly Box[]): Box {
  if (!boxes.length) return { left: 0, top: 0, right: 0, bottom: 0 };
  return {
    left: Math.min(...boxes.map(box => box.left)),
    top: Math.min(...boxes.map(box => box.top)),
    right: Math.max(...boxes.map(box => box.right)),
    bottom: Math.max(...boxes.map(box => box.bottom)),
  };
}
