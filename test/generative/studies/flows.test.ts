import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Flow, standardBase } from "../../../src/generative/flows/index.ts";
import { type FlowScore, flowKinds, flows, judge } from "../../../src/generative/studies/index.ts";

beforeAll(() => chooseBackend());

const score = (density: string, nll: number): FlowScore => ({
  flow: "RealNVP",
  density,
  nll,
  standardError: 0.01,
  floor: 1,
  gaussian: 2,
  parameters: 10,
  steps: 1,
  seconds: 1,
  samples: [],
});

describe("the verdict on a study of flows", () => {
  const near = [score("8 Gaussians", 1.04), score("two moons", 1.02)];

  it("is good where both densities are reached and nothing is below its floor", () => {
    expect(judge(near).reached).toBe(true);
    expect(judge([...near, score("rings", 0.98)]).reached).toBe(true); // 2 standard errors below
  });

  it("names what is below its floor by more than three standard errors, which no density can be", () => {
    const { reached, why } = judge([...near, score("rings", 0.96)]);
    expect(reached).toBe(false);
    expect(why).toContain("RealNVP is below on rings");
  });

  it("names a density that no flow comes near", () => {
    const { reached, why } = judge([score("8 Gaussians", 1.06), score("two moons", 1.02)]);
    expect(reached).toBe(false);
    expect(why).toContain("none is near on 8 Gaussians");
  });

  it("is printed as one row a flow and one for the floor", () => {
    const table = flows.table({ name: "flows", title: "", target: judge(near), settings: {}, scores: near });
    expect(table.split("\n").length).toBe(2 + Object.keys(flowKinds).length + 1);
    expect(table).toContain("| floor: the entropy | – | – | 1.000 | 1.000 |");
  });
});

describe.each(Object.entries(flowKinds))("%s, as it is studied", (_, make) => {
  it("starts as a density over the plane with a finite loss", () => {
    const x = new Random(2).normal([50, 2]);
    const { bijection } = make(new Random(1), x);
    const logProb = new Flow(bijection, standardBase(2)).logProb(x).dataSync();
    expect(logProb.every(Number.isFinite)).toBe(true);
    for (const variable of Object.values(bijection.parameters)) variable.dispose();
  });
});
