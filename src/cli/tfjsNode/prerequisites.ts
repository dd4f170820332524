import { gigabytes, SPACE } from "./wheel.ts";
import type { Machine } from "./machine.ts";

/**
 * What keeps tfjs-node from being built here on TensorFlow's wheel, one line each: `what: rule, but got X; remedy`.
 *
 * The wheel that is pinned is the one for Linux on x64 with glibc. A machine that has none of these is told that
 * alone: the tools would not help it.
 */
export function problems(machine: Machine): string[] {
  const unserved = platformProblem(machine);
  return unserved ? [unserved] : rules.flatMap(rule => rule(machine) ?? []);
}

function platformProblem({ platform, architecture, glibc }: Machine): string | undefined {
  if (platform !== "linux" || architecture !== "x64") {
    return `platform: the wheel is for linux x64, but got ${platform} ${architecture}; ${remain}.`;
  }
  if (glibc === undefined || older(glibc, "2.27")) {
    return `C library: the wheel needs glibc 2.27 or later, but got ${glibc ?? "another library"}; ${remain}.`;
  }
  return undefined;
}

const remain = "stay with WebAssembly, which needs nothing";

const rules: ((machine: Machine) => string | undefined)[] = [
  ({ pip }) =>
    pip ? undefined : "pip: python3 with pip must run, but got none; apt install python3-pip, or set PYTHON.",
  ({ compiler }) =>
    compiler ? undefined : "compiler: g++ must run, but got none; apt install g++, or set CXX to another.",
  ({ headers }) =>
    headers ? undefined : "Node's headers: node-api-headers must be installed, but got none; run npm ci.",
  ({ freeBytes }) =>
    freeBytes >= SPACE
      ? undefined
      : `disk: ${gigabytes(SPACE)} must be free beside node_modules, but got ${gigabytes(freeBytes)}; make room.`,
];

/** Versions of two numbers. */
function older(version: string, than: string): boolean {
  const [[major = 0, minor = 0], [least = 0, minorLeast = 0]] = [version, than].map(v => v.split(".").map(Number)) as [
    number[],
    number[],
  ];
  return major < least || (major === least && minor < minorLeast);
}
