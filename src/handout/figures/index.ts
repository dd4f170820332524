export { type Figure, type FigureOptions, renderFigure } from "./render.ts";
