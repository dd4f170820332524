import { Snapshots } from "./snapshots.ts";

/**
 * The program that an installation runs last: builds the snapshot of this folder's checker, so that the first kernel
 * that starts here is as quick as the later ones. What stops it is no reason to stop an installation.
 */
const built = await new Snapshots(process.cwd()).buildNow();
if (!built && process.env.LECTERN_SNAPSHOT !== "off") {
  console.error("lectern: the checker's start-up snapshot could not be built; the first kernel starts without it.");
}
