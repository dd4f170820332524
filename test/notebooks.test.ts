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
