export { type Shown, withDrawing } from "./drawing.ts";
export { legibility } from "./legibility.ts";
export { narrowFigure, PHONE_COLUMN, READABLE, smallFigure } from "./narrow.ts";
export { type Figure, type FigureOptions, renderFigure } from "./render.ts";
