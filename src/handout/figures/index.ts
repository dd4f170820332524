export { drawer } from "./crew.ts";
export { type Drawer, DrawerEnded, drawHere } from "./drawer.ts";
export { type Shown, withDrawing } from "./drawing.ts";
export { type Legibility, legibility } from "./legibility.ts";
export { PHONE_COLUMN, READABLE } from "./narrow.ts";
export { type Figure, type FigureOptions, renderFigure } from "./render.ts";
