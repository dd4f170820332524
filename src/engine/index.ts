export { type Backend, chooseBackend } from "./backend.ts";
export { Random } from "./random.ts";
