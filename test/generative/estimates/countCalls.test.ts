import { describe, expect, it } from "vitest";
import { countCalls } from "../../../src/generative/estimates/index.ts";

class Network {
  scale = 2;
  apply(x: number): number {
    return this.scale * x;
  }
}

describe("countCalls", () => {
  it("counts calls of one object, which go on doing what they did", () => {
    const [network, other] = [new Network(), new Network()];
    const results: number[] = [];
    const calls = countCalls(network, "apply", () => {
      results.push(network.apply(1), network.apply(2), other.apply(3));
    });
    expect(calls).toBe(2);
    expect(results).toEqual([2, 4, 6]);
  });

  it("puts the method back, also after an error", () => {
    const network = new Network();
    const thrown = () =>
      countCalls(network, "apply", () => {
        throw new Error("stop");
      });
    expect(thrown).toThrow("stop");
    expect(Object.hasOwn(network, "apply")).toBe(false);
    expect(network.apply).toBe(Network.prototype.apply);
    const own = { apply: () => 1 };
    const { apply } = own;
    expect(countCalls(own, "apply", () => own.apply())).toBe(1);
    expect(own.apply).toBe(apply);
  });

  it("counts what an asynchronous body calls until it is done, also where it fails", async () => {
    const network = new Network();
    const later = async (calls: number, fail = false) => {
      for (let i = 0; i < calls; i++) {
        await Promise.resolve();
        network.apply(i);
      }
      if (fail) throw new Error("stop");
    };
    expect(await countCalls(network, "apply", () => later(3))).toBe(3);
    expect(Object.hasOwn(network, "apply")).toBe(false);
    await expect(countCalls(network, "apply", () => later(1, true))).rejects.toThrow("stop");
    expect(Object.hasOwn(network, "apply")).toBe(false);
  });

  it("says what is wrong with a name", () => {
    expect(() => countCalls(new Network(), "scale", () => 0)).toThrow(
      "scale must be a method of the object, but got number",
    );
  });
});
