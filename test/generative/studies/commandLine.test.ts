import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type AnyStudy, parseCommand } from "../../../src/generative/studies/commandLine.ts";
import { flowMnist } from "../../../src/generative/studies/flowMnist.ts";
import { flows } from "../../../src/generative/studies/flows.ts";
import { made } from "../../../src/generative/studies/made.ts";
import { pixelCnn } from "../../../src/generative/studies/pixelCnn.ts";

const studies = [made, pixelCnn, flows, flowMnist] as unknown as AnyStudy[];
const parse = (line: string) => parseCommand(line.split(" ").filter(Boolean), studies);

describe("npm run study", () => {
  it("takes a name and settings of that study", () => {
    expect(parse("flows")).toEqual({ study: flows, overrides: {} });
    expect(parse("made epochs=3 learningRate=1e-3 weightDecay=0")).toEqual({
      study: made,
      overrides: { epochs: 3, learningRate: 0.001, weightDecay: 0 },
    });
  });

  it.each([
    [
      "made epoks=3",
      "study made: a setting must be one of seed, hidden, layers, epochs, batchSize, learningRate, weightDecay, redraw, but got epoks; did you mean epochs?",
    ],
    ["made EPOCHS=3", "but got EPOCHS; did you mean epochs?"],
    [
      "flows epochs=3",
      "study flows: a setting must be one of seed, steps, batchSize, test, but got epochs; npm run study -- --help lists",
    ],
    [
      "made epochs=many",
      "study made: epochs must be a number, but got epochs=many; write epochs=100, which is the default.",
    ],
    ["made epochs=", "study made: epochs must be a number, but got epochs=; write"],
    ["made epochs", "study made: epochs must be a number, but got epochs; write"],
    ["made epochs=3=4", "study made: epochs must be a number, but got epochs=3=4; write"],
    ["mode", "study: the name must be one of made, pixelcnn, flows, flow-mnist, but got mode; did you mean made?"],
    ["vae", "study: the name must be one of made, pixelcnn, flows, flow-mnist, but got vae; npm run study -- --help"],
  ])("refuses %s", (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  it.each(["", "--help", "made --help"])("lists all studies with their settings: %j", line => {
    const { help } = parse(line) as { help: string };
    for (const { name, title, settings } of studies) {
      expect(help).toContain(`${name}: ${title}`);
      expect(help).toContain(
        Object.entries(settings)
          .map(pair => pair.join("="))
          .join(" "),
      );
    }
  });

  it.each([
    [["made", "epoks=3"], 2, /^$/, /^study made: a setting must be .*did you mean epochs\?\n$/],
    [["--help"], 0, /made: MADE in raster scan, 1,000 hidden units/, /^$/],
    [[], 2, /flow-mnist: /, /^$/],
  ] as const)("answers %j in a line or a list, and exits with %d", (words, code, out, error) => {
    const main = resolve(import.meta.dirname, "../../../dist/generative/studies/main.js");
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
    expect(stderr).toMatch(error);
    expect(stdout).toMatch(out);
    expect(status).toBe(code);
  });
});
