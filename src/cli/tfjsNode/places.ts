import { join } from "node:path";
import { packageFolder } from "../packageFolder.ts";

export const nodeModules = join(packageFolder, "node_modules");

/** The folder of tfjs-node below `node_modules`, and the two in it that its package lacks: TensorFlow and the addon. */
export const tfjsNode = join("@tensorflow", "tfjs-node");
export const added = [join(tfjsNode, "deps"), join(tfjsNode, "lib")];

/** Where below `node_modules` a build is prepared: on the same disk, so that what is done moves into place at once. */
export const workshop = ".tfjs-node";
