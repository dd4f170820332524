import type { AnyStudy } from "./commandLine.ts";
import { flowMnist } from "./flowMnist.ts";
import { flows } from "./flows.ts";
import { iwaeStudy } from "./iwae.ts";
import { made } from "./made.ts";
import { pixelCnn } from "./pixelCnn.ts";
import { vae2d } from "./vae2d.ts";
import { vqVae } from "./vqVae.ts";

/** All that `npm run study` knows, in the order of the course. */
export const studies = [made, pixelCnn, flows, flowMnist, vae2d, iwaeStudy, vqVae] as unknown as readonly AnyStudy[];
