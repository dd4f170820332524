/** Of a toy, of a batch of latents, and of a batch of images. */
export const SHAPES = [
  [20, 2],
  [200, 50],
  [100, 784],
] as const;
