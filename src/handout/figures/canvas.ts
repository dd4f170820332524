import { createCanvas } from "@napi-rs/canvas";
import { encode } from "fast-png";

/**
 * What plotly needs of an HTML canvas to paint heatmaps and images. The pixels become PNG through a pure
 * JavaScript encoder, so that the bytes do not depend on the machine's native one.
 */
export function paintableCanvas(element: HTMLCanvasElement) {
  let surface = createCanvas(1, 1);
  return {
    getContext(kind: string) {
      if (kind !== "2d") return null;
      if (surface.width !== element.width || surface.height !== element.height) {
        surface = createCanvas(element.width, element.height);
      }
      return surface.getContext("2d");
    },
    toDataURL(): string {
      const { width, height } = surface;
      const { data } = surface.getContext("2d").getImageData(0, 0, width, height);
      const png = encode({ width, height, data: new Uint8Array(data), channels: 4, depth: 8 });
      return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
    },
  };
}
