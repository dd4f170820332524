import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseOptions, USAGE } from "./options.ts";

describe("npm run bench", () => {
  it("times everything by default, and what it is told", () => {
    expect(parseOptions([])).toEqual({ only: undefined, against: undefined });
    expect(parseOptions(["--only", "^kl ", "--against", "../other"])).toEqual({
      only: /^kl /,
      against: resolve("../other"),
    });
    expect(parseOptions(["--help"])).toBeUndefined();
  });

  it.each([
    [["--only", "("], "--only must be a regular expression, but got ("],
    [["--againts", "x"], "unknown option '--againts'"],
    [["x"], "unexpected argument 'x'"],
  ])("refuses %j in one line that says how", (line, message) => {
    expect(() => parseOptions(line)).toThrow(`bench: ${message}`);
    expect(() => parseOptions(line)).toThrow(`; ${USAGE}`);
  });
});
