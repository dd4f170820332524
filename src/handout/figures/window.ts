import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM, VirtualConsole } from "jsdom";
import { paintableCanvas } from "./canvas.ts";
import { boxOnPage, elementBox, runWidth } from "./layout.ts";
import type { Box } from "./matrix.ts";
import { selectByWalking } from "./select.ts";
import { pathLength, pointAlong } from "./path.ts";

export interface Plotly {
  toImage(
    figure: object,
    options: { format: "svg"; width: number; height: number; imageDataOnly: true },
  ): Promise<string>;
}

export interface FigureWindow {
  plotly: Plotly;
  /** Makes the window's `Math.random` start again; plotly takes the ids in a figure from it. */
  seed(seed: number): void;
}

/** One window with plotly in it, set up on first use (about a second) and kept. */
export function figureWindow(): FigureWindow {
  shared ??= open();
  return shared;
}

function open(): FigureWindow {
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  measureLikeABrowser(window);
  walkLikeABrowser(window);
  paintLikeABrowser(window);
  selectByWalking(window.Element.prototype);
  // Some plotly code offers downloads through object URLs; it only has to find that they exist.
  Object.assign(window.URL, { createObjectURL: () => "" });
  let state = 0;
  window.Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 2 ** 32;
  };
  const bundle = createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js");
  window.eval(readFileSync(bundle, "utf8"));
  const seed = (next: number) => {
    state = next | 0;
  };
  return { plotly: window.Plotly as Plotly, seed };
}

function measureLikeABrowser(window: JSDOM["window"]): void {
  const define = (prototype: object, name: string, value: (this: Element) => unknown) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  define(window.SVGElement.prototype, "getBBox", function () {
    return rectangle(elementBox(this));
  });
  define(window.SVGElement.prototype, "getBoundingClientRect", function () {
    return rectangle(boxOnPage(this));
  });
  define(window.SVGElement.prototype, "getComputedTextLength", function () {
    return runWidth(this);
  });
}

/** The length of a path and the points along it; plotly places the labels of contours and shapes by them. */
function walkLikeABrowser(window: JSDOM["window"]): void {
  Object.assign(window.SVGElement.prototype, {
    getTotalLength(this: Element) {
      return pathLength(this.getAttribute("d") ?? "");
    },
    getPointAtLength(this: Element, distance: number) {
      return pointAlong(this.getAttribute("d") ?? "", distance);
    },
  });
}

function paintLikeABrowser(window: JSDOM["window"]): void {
  const surfaces = new WeakMap<object, ReturnType<typeof paintableCanvas>>();
  const surfaceOf = (element: HTMLCanvasElement) => {
    const surface = surfaces.get(element) ?? paintableCanvas(element);
    surfaces.set(element, surface);
    return surface;
  };
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      return surfaceOf(this).getContext(kind);
    },
    toDataURL(this: HTMLCanvasElement) {
      return surfaceOf(this).toDataURL();
    },
  });
}

function rectangle({ left, top, right, bottom }: Box) {
  return { x: left, y: top, left, top, right, bottom, width: right - left, height: bottom - top };
}

/** The finaliser of the mulberry32 generator: enough randomness for ids. */
function mix(state: number): number {
  let bits = Math.imul(state ^ (state >>> 15), state | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return (bits ^ (bits >>> 14)) >>> 0;
}

let shared: FigureWindow | undefined;
