import { describe, expect, it } from "vitest";
import { barChart } from "../../../src/generative/figures/index.ts";
import { GREY, PALETTE } from "../../../src/generative/figures/theme.ts";

describe("barChart", () => {
  it("with names have their values above them and in words, and need no title below", () => {
    const { data, layout, alt } = barChart({
      x: ["rain", "wet grass"],
      values: [0.7081, 1],
      quantity: "probability of yes",
      given: [false, true],
      title: "Wet grass",
    });
    expect(data[0]).toMatchObject({ x: ["rain", "wet grass"], y: [0.7081, 1], text: ["0.71", "1"] });
    expect(data[0]?.marker).toEqual({ color: [PALETTE[0], GREY] });
    expect(layout.xaxis).toEqual({ type: "category", automargin: true });
    expect(alt).toBe("Wet grass: probability of yes, rain 0.7081, wet grass 1; given: wet grass.");
  });

  it("along an axis have their places, a title below, and no values above", () => {
    const { data, layout, alt } = barChart({
      x: [3, 4, 5],
      values: Float64Array.of(0, 2, -1),
      against: "place",
      quantity: "nats",
      title: "t",
    });
    expect(data[0]).not.toHaveProperty("text");
    expect(data[0]?.marker).toEqual({ color: [PALETTE[0], PALETTE[0], PALETTE[0]] });
    expect(layout.xaxis).toMatchObject({ title: { text: "place" } });
    expect(layout.yaxis).toMatchObject({ title: { text: "nats" }, rangemode: "tozero" });
    expect(alt).toBe("t: nats, highest at 4 with 2.");
  });
});
