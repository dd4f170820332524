import type { Legibility } from "./legibility.ts";
import { type Drawing, narrowFigure, smallFigure } from "./narrow.ts";
import { type Figure, renderFigure } from "./render.ts";

/** What draws the figures of a page. The same figure gives the same drawing, whoever draws it. */
export interface Drawer {
  /** A figure as it is. */
  whole(figure: Figure): Promise<string>;
  /** A figure for phones, beside a drawing with this legibility; see `narrowFigure`. */
  narrow(figure: Figure, wide: Legibility): Promise<string | undefined>;
  /** A figure for half of a page, likewise; see `smallFigure`. */
  small(figure: Figure, wide: Legibility): Promise<Drawing>;
  /** Begins with what will be asked for later. */
  ahead?(kind: "narrow" | "small", figure: Figure, wide: Legibility): void;
}

/** Draws here, one figure after another. */
export const drawHere: Drawer = { whole: figure => renderFigure(figure), narrow: narrowFigure, small: smallFigure };

/** That nothing is drawn any more: no fault of a figure, and the end of what is made with it. */
export class DrawerEnded extends Error {
  override readonly name = "DrawerEnded";
}
