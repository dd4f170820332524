/** How pixels of a resized image lie over those of the original, by the two flags of TensorFlow. */
export interface Resize {
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** For each pixel of the result, the pixels it looks at along one axis, and their weights. */
export type Weights = (from: number, to: number, resize: Resize) => [pixel: number, weight: number][][];

/** The two neighbours of a place, each the more the nearer it is; at a border they are one pixel. */
export const bilinear: Weights = (from, to, { alignCorners, halfPixelCenters }) => {
  const scale = scaleOf(from, to, alignCorners);
  return Array.from({ length: to }, (_, i) => {
    const at = halfPixelCenters ? scale * (i + 0.5) - 0.5 : scale * i;
    const below = Math.max(0, Math.floor(at));
    const above = Math.max(0, Math.min(from - 1, Math.ceil(at)));
    return [
      [below, 1 - (at - below)],
      [above, at - below],
    ];
  });
};

export const nearest: Weights = (from, to, { alignCorners, halfPixelCenters }) => {
  const scale = scaleOf(from, to, alignCorners);
  return Array.from({ length: to }, (_, i) => {
    const at = scale * (halfPixelCenters ? i + 0.5 : i);
    return [[Math.min(from - 1, alignCorners ? Math.round(at) : Math.floor(at)), 1]];
  });
};

/** The weights as a matrix [to, from], row by row: a resized image is linear in the image along each axis. */
export function weightMatrix(weights: ReturnType<Weights>, from: number): Float32Array {
  const entries = new Float32Array(weights.length * from);
  weights.forEach((pixels, i) => {
    for (const [pixel, weight] of pixels) entries[i * from + pixel] = (entries[i * from + pixel] as number) + weight;
  });
  return entries;
}

function scaleOf(from: number, to: number, alignCorners: boolean): number {
  return alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
}
