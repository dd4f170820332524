import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { readCourse } from "../src/cli/course.ts";
import type { Report } from "../src/cli/report.ts";
import { formatNotebook, parseNotebook, readNotebook, staleness } from "../src/notebook/index.ts";

// Lecture 09 trains a model; a busy machine takes minutes over it.
vi.setConfig({ testTimeout: 600_000 });

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "notebooks");
const names = readdirSync(folder).filter(name => name.endsWith(".ipynb"));
const lectern = join(root, "dist/cli/main.js");

/** Runs a notebook as a person would, from the root of a checkout. */
function run(name: string, ...options: string[]): Report {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [lectern, "run", join("notebooks", name), "--report", "json", ...options],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout);
}

function withoutTimes(report: Report): unknown {
  return JSON.parse(JSON.stringify(report, (key, value) => (key === "seconds" ? 0 : value)));
}

it("are all in the course, and the course names no others", () => {
  expect(readCourse().map(({ notebook }) => notebook)).toEqual(names.sort());
  for (const { needs } of readCourse()) for (const need of needs) expect(names).toContain(need);
});

describe.each(names)("%s", name => {
  const path = join(folder, name);

  it("is written canonically", () => {
    const text = readFileSync(path, "utf8");
    expect(formatNotebook(parseNotebook(text, name))).toBe(text);
  });

  it("is small, ran from top to bottom, and is up to date", async () => {
    expect(statSync(path).size).toBeLessThanOrEqual(200_000);
    expect(await staleness(path, await readNotebook(path))).toEqual({ stale: false });
  });

  it("gives every figure a drawing and words", async () => {
    const { cells } = await readNotebook(path);
    const outputs = cells.flatMap(cell => (cell.cell_type === "code" ? cell.outputs : []));
    const figures = outputs.flatMap(output =>
      "data" in output && "application/vnd.plotly.v1+json" in output.data ? [output] : [],
    );
    expect(figures.length).toBeGreaterThanOrEqual(3);
    for (const { data, metadata } of figures) {
      expect(data["image/svg+xml"]).toContain("<svg");
      expect((metadata["image/svg+xml"] as { alt: string }).alt.length).toBeGreaterThan(30);
    }
  });

  it("has exercises with marked solutions and defines nothing long", async () => {
    const { cells } = await readNotebook(path);
    const code = cells.filter(cell => cell.cell_type === "code").map(cell => cell.source);
    expect(code.join("\n").match(/\/\/ BEGIN SOLUTION/g)?.length).toBeGreaterThanOrEqual(2);
    expect(code.join("\n").match(/\/\/ END SOLUTION/g)?.length).toBe(
      code.join("\n").match(/\/\/ BEGIN SOLUTION/g)?.length,
    );
    for (const source of code) expect(source.split("\n").length).toBeLessThanOrEqual(60);
  });
});

describe("lecture 00", () => {
  const report = run("00-maximum-likelihood.ipynb");
  const [notebook] = report.notebooks;
  const claims = new Map(notebook?.claims.map(claim => [claim.text, claim]));

  it("runs with at least twelve true claims, most of them of numbered formulas", () => {
    expect(notebook?.error).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(12);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
    const labels = new Set(notebook?.claims.map(({ label }) => label));
    for (let equation = 1; equation <= 13; equation++) expect(labels).toContain(`0.${equation}`);
  });

  it("holds the divergence to cross-entropy minus entropy, and codes to two bits of −log₂ p", () => {
    expect(claims.get("the divergence is the cross-entropy minus the entropy")).toMatchObject({ within: 1e-12 });
    expect(claims.get("its length is −log₂ p, and at most two bits more")).toMatchObject({ holds: true });
  });

  it.each([2, 3])("holds for seed %d as well", seed => {
    const [other] = run("00-maximum-likelihood.ipynb", "-p", `seed=${seed}`).notebooks;
    expect(other?.error).toBeUndefined();
    expect(other?.claims.length).toBe(notebook?.claims.length);
  });

  it("gives the same report again, timings aside", () => {
    expect(withoutTimes(run("00-maximum-likelihood.ipynb"))).toEqual(withoutTimes(report));
  });
});

describe("lecture 02", () => {
  const report = run("02-masked-convolutions-and-attention.ipynb");
  const [notebook] = report.notebooks;
  const claims = new Map(notebook?.claims.map(claim => [claim.text, claim]));

  it("runs with at least fifteen true claims, at least one for each numbered formula", () => {
    expect(notebook?.error).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(15);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
    const labels = new Set(notebook?.claims.map(({ label }) => label));
    for (let equation = 1; equation <= 13; equation++) expect(labels).toContain(`2.${equation}`);
  });

  it("counts what is seen, and what is blind, exactly", () => {
    const counted = [
      "ten blocks see 1,024 places, thirty 3,070, ten without dilation 11: by the Jacobian",
      "of the 220 pixels before it, it never sees 45, 20 and 12 with kernels of side 3, 5 and 7",
    ];
    for (const text of counted) expect(claims.get(text)).toMatchObject({ holds: true, residual: 0 });
  });

  it("holds for seed 2 as well", () => {
    const [other] = run("02-masked-convolutions-and-attention.ipynb", "-p", "seed=2").notebooks;
    expect(other?.error).toBeUndefined();
    expect(other?.claims.length).toBe(notebook?.claims.length);
  });
});

describe("lecture 05", () => {
  const report = run("05-latent-variables.ipynb");
  const [notebook] = report.notebooks;
  const claims = new Map(notebook?.claims.map(claim => [claim.text, claim]));

  it("runs with at least ten true claims", () => {
    expect(notebook?.error).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(10);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
  });

  it("holds importance sampling to 4.5 standard errors of quadrature", () => {
    expect(claims.get("importance sampling agrees with quadrature")).toMatchObject({
      holds: true,
      within: 4.5,
      unit: "standard errors",
    });
  });

  it("holds prior sampling to the law 4.06^D", () => {
    expect(claims.get("the relative variance of prior sampling is 4.06^D − 1, for D = 1 to 4")).toMatchObject({
      holds: true,
      within: 4.5,
    });
    expect(claims.get("the second moment of prior sampling is 4.06 a dimension")).toMatchObject({
      holds: true,
      within: 0.01,
    });
  });

  it("has zero variance with the exact posterior as proposal", () => {
    expect(claims.get("the posterior as proposal: zero variance (to the rounding of float32)")).toMatchObject({
      holds: true,
      within: 1e-9,
    });
  });

  it.each([1, 2])("holds for seed %d as well", seed => {
    const [other] = run("05-latent-variables.ipynb", "-p", `seed=${seed}`).notebooks;
    expect(other?.error).toBeUndefined();
    expect(other?.claims.length).toBe(notebook?.claims.length);
  });

  it("gives the same report again, timings aside", () => {
    expect(withoutTimes(run("05-latent-variables.ipynb"))).toEqual(withoutTimes(report));
  });
});

describe.each([
  { lecture: "06", name: "06-amortized-inference.ipynb", least: 20, equations: 4 },
  { lecture: "07", name: "07-elbo.ipynb", least: 50, equations: 5 },
  { lecture: "08", name: "08-gradients-of-expectations.ipynb", least: 40, equations: 6 },
])("lecture $lecture", ({ lecture, name, least, equations }) => {
  const report = run(name);
  const [notebook] = report.notebooks;

  it("runs with its true claims, and one at least for each numbered formula", () => {
    expect(notebook?.error).toBeUndefined();
    expect(report.ok).toBe(true);
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(least);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
    const labels = new Set(notebook?.claims.map(({ label }) => label));
    for (let equation = 1; equation <= equations; equation++)
      expect(labels).toContain(`${Number(lecture)}.${equation}`);
  });

  it("holds for another seed as well", () => {
    const [other] = run(name, "-p", "seed=1").notebooks;
    expect(other?.error).toBeUndefined();
    expect(other?.claims.length).toBe(notebook?.claims.length);
  });

  it("gives the same report again, timings aside", () => {
    expect(withoutTimes(run(name))).toEqual(withoutTimes(report));
  });
});

describe("lecture 09", () => {
  const report = run("09-variational-autoencoder.ipynb");
  const [notebook] = report.notebooks;

  it("trains on real MNIST, with every cell ok and every claim true", () => {
    expect(notebook?.error).toBeUndefined();
    expect(notebook?.cells).toMatchObject({ failed: 0 });
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(10);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
  });

  it("claims a test ELBO above −135 nats", () => {
    const claim = notebook?.claims.find(({ text }) => text === "the test ELBO on real MNIST is above −135 nats");
    expect(claim).toMatchObject({ holds: true, relation: ">" });
  });

  it("claims −106 nats after twenty epochs", () => {
    const claim = notebook?.claims.find(({ text }) => text === "twenty epochs bring it above −106 nats");
    expect(claim).toMatchObject({ holds: true, relation: ">" });
  });

  it("gives the same report again, timings aside", () => {
    expect(withoutTimes(run("09-variational-autoencoder.ipynb"))).toEqual(withoutTimes(report));
  });
});

describe("lecture 01", () => {
  const report = run("01-autoregressive-models.ipynb");
  const [notebook] = report.notebooks;
  const claims = new Map(notebook?.claims.map(claim => [claim.text, claim]));

  it("trains on real MNIST, with every cell ok and every claim true", () => {
    expect(notebook?.error).toBeUndefined();
    expect(notebook?.cells).toMatchObject({ failed: 0 });
    expect(notebook?.claims.length).toBeGreaterThanOrEqual(15);
    expect(notebook?.claims.every(({ holds }) => holds)).toBe(true);
  });

  it("claims the sum over all x, the trap of averaged logits, and a test NLL below 105 nats", () => {
    const sum = "six MADEs with large random weights, each in an ordering of its own: all 1,024 probabilities sum to 1";
    expect(claims.get(sum)).toMatchObject({ holds: true, within: 1e-5 });
    expect(
      claims.get("their averaged logits have an 'NLL' below the entropy, which no distribution can have"),
    ).toMatchObject({ holds: true, relation: "<" });
    expect(claims.get("the masked network needs less than 105 nats for an image that it has not seen")).toMatchObject({
      holds: true,
      relation: "<",
    });
  });

  it("gives the same report again, timings aside", () => {
    expect(withoutTimes(run("01-autoregressive-models.ipynb"))).toEqual(withoutTimes(report));
  });
});
