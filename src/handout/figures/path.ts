import { type Box, union } from "./matrix.ts";

export type Point = readonly [x: number, y: number];

/**
 * The points of a path's outline, curves cut into short chords. Arcs are drawn as their chord: plotly has
 * them in marker symbols only, which nobody measures.
 */
export function pathPoints(path: string): Point[] {
  const points: Point[] = [];
  let start: Point = [0, 0];
  let at: Point = [0, 0];
  for (const [, command = "", list = ""] of path.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const kind = command.toUpperCase();
    const from = (): Point => (command === kind ? [0, 0] : at);
    if (kind === "Z") {
      at = start;
      points.push(at);
    }
    const numbers = (list.match(/[-+]?(?:\d*\.\d+|\d+\.?)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    const size = ARGUMENTS[kind] ?? 2;
    for (let index = 0; index + size <= numbers.length; index += size) {
      const group = numbers.slice(index, index + size);
      const controls =
        kind === "H" || kind === "V" ? [straight(kind, group[0] ?? 0, at, from())] : pairs(kind, group, from());
      const end = controls.at(-1) ?? at;
      points.push(...(controls.length > 1 ? bezier([at, ...controls]) : [end]));
      at = end;
      if (kind === "M" && index === 0) start = at;
    }
  }
  return points;
}

export function pathBox(path: string): Box {
  return union(pathPoints(path).map(([x, y]) => ({ left: x, right: x, top: y, bottom: y })));
}

export function pathLength(path: string): number {
  return chords(pathPoints(path)).reduce((sum, { length }) => sum + length, 0);
}

/** The point that lies a given distance along the path. */
export function pointAlong(path: string, distance: number): { x: number; y: number } {
  const points = pathPoints(path);
  let left = Math.max(0, distance);
  for (const { from, to, length } of chords(points)) {
    if (left <= length && length > 0) {
      const share = left / length;
      return { x: from[0] + share * (to[0] - from[0]), y: from[1] + share * (to[1] - from[1]) };
    }
    left -= length;
  }
  const [x, y] = points.at(-1) ?? [0, 0];
  return { x, y };
}

function chords(points: Point[]) {
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { from, to, length: Math.hypot(to[0] - from[0], to[1] - from[1]) };
  });
}

function straight(kind: "H" | "V", value: number, [x, y]: Point, [fromX, fromY]: Point): Point {
  return kind === "H" ? [fromX + value, y] : [x, fromY + value];
}

function pairs(kind: string, numbers: number[], [fromX, fromY]: Point): Point[] {
  const own = kind === "A" ? numbers.slice(-2) : numbers;
  const points: Point[] = [];
  for (let index = 0; index < own.length; index += 2) {
    points.push([fromX + (own[index] ?? 0), fromY + (own[index + 1] ?? 0)]);
  }
  return points;
}

/** De Casteljau's construction at evenly spaced parameters. */
function bezier(controls: Point[]): Point[] {
  return Array.from({ length: CHORDS }, (_, index) => {
    const t = (index + 1) / CHORDS;
    let level = controls;
    while (level.length > 1) {
      level = level.slice(1).map(([x, y], inner): Point => {
        const [u, v] = level[inner] ?? [x, y];
        return [u + t * (x - u), v + t * (y - v)];
      });
    }
    return level[0] ?? [0, 0];
  });
}

const ARGUMENTS: Record<string, number> = { H: 1, V: 1, Q: 4, S: 4, C: 6, A: 7 };
const CHORDS = 16;
