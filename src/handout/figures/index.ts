export { type Figure, type FigureOptions, renderFigure } from "./render.ts";
export { type Shown, withDrawing } from "./drawing.ts";
