export type { Control } from "./control.ts";
export { button, choice, play, slider, type SliderOptions, toggle } from "./controls.ts";
export { display, show } from "./show.ts";
