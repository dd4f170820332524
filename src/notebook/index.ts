export { type CleanOptions, cleanNotebook, lacksDrawing } from "./clean.ts";
export { NotebookFormatError } from "./errors.ts";
export { fingerprint } from "./fingerprint.ts";
export { formatNotebook } from "./format.ts";
export { parseNotebook } from "./parse.ts";
export { readNotebook, writeNotebook } from "./files.ts";
export { setFingerprint, type Staleness, staleness } from "./staleness.ts";
export { hasTag } from "./tags.ts";
export type * from "./types.ts";
