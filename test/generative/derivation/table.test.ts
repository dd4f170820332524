import { afterEach, describe, expect, it } from "vitest";
import { showTable } from "../../../src/generative/derivation/index.ts";

const DISPLAY = Symbol.for("lectern.display");
const shown = globalThis as Record<symbol, unknown>;
afterEach(() => delete shown[DISPLAY]);

describe("showTable", () => {
  it("shows words to the left and numbers to the right", () => {
    let bundle: { data: Record<string, unknown> } | undefined;
    shown[DISPLAY] = (given: { data: Record<string, unknown> }) => {
      bundle = given;
    };
    showTable({
      columns: ["model", "bits"],
      rows: [
        ["MADE", "0.5"],
        ["VAE", "0.75"],
      ],
    });
    expect(bundle?.data["text/markdown"]).toBe("| model | bits |\n| --- | --: |\n| MADE | 0.5 |\n| VAE | 0.75 |");
    expect(bundle?.data["text/plain"]).toBe("model  bits\nMADE  0.5\nVAE  0.75");
  });

  it("refuses a row with a hole, also where nothing can be shown", () => {
    expect(() => showTable({ columns: ["model", "bits"], rows: [["MADE"]] })).toThrow(
      "a row must have an entry for each of 2 columns, but got 1",
    );
    expect(() => showTable({ columns: ["model"], rows: [["MADE"]] })).not.toThrow();
  });
});
