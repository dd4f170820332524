import { describe, expect, it } from "vitest";
import { engineNames } from "./engines.ts";
import { parseOptions, USAGE } from "./options.ts";

const parse = (line: string) => parseOptions(line.split(" ").filter(Boolean));

describe("npm run bench:engine", () => {
  it("measures everything by default, and what it is told", () => {
    expect(parse("")).toMatchObject({ workloads: [..."abcdef"], rounds: 7, engines: engineNames, json: undefined });
    expect(
      parse("--workloads ae --rounds 3 --seconds 0.1 --patience 0 --engines compiled,cpu --json out.json"),
    ).toEqual({
      workloads: ["a", "e"],
      rounds: 3,
      seconds: 0.1,
      patience: 0,
      engines: ["compiled", "cpu"],
      json: "out.json",
    });
    expect(parse("--help")).toBeUndefined();
  });

  it.each([
    ["--workloads az", "--workloads must be among a, b, c, d, e, f, but got z"],
    ["--workloads=", "--workloads must be among a, b, c, d, e, f, but got none"],
    [
      "--engines compiled,tourch",
      "--engines must be among compiled, torch, jax, tensorflow, wasm, cpu, but got tourch",
    ],
    ["--rounds 0", "--rounds must be a positive integer, but got 0"],
    ["--rounds many", "--rounds must be a positive integer, but got many"],
    ["--seconds -1", "option '--seconds' argument is ambiguous"],
    ["--seconds=-1", "--seconds must be a positive number, but got -1"],
    ["--patience=", "--patience must be a number that is not negative, but got nothing"],
    ["--round 3", "unknown option '--round'"],
    ["a", "unexpected argument 'a'"],
  ])("refuses %s in one line that says how", (line, message) => {
    expect(() => parse(line)).toThrow(`bench:engine: ${message}`);
    expect(() => parse(line)).toThrow(`; ${USAGE}`);
  });
});
