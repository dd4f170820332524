import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { claimsIn } from "../../src/notebook/claims.ts";
import type { Output } from "../../src/notebook/types.ts";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { makeWorkspace, repository, slowness } from "../kernel/support.ts";
import { type Json, stopAll, TestServer } from "../server/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { NotebookPage } from "./notebookPage.ts";
import { LabServer } from "./server.ts";

const python = findPython(["jupyterlab", "plotly"], "test/lab/requirements.txt");
const name = "05-latent-variables.ipynb";

describe.skipIf(!python.path || !chromiumPath)(
  `JupyterLab that has its kernels from our server${needsPython(python) || needsChromium}`,
  () => {
    afterAll(stopAll);

    it("runs a lecture whole, and every claim holds", { timeout: 400_000 * slowness }, async () => {
      const workspace = makeWorkspace();
      for (const shared of ["src", "data"])
        fs.symlinkSync(path.join(repository, shared), path.join(workspace.root, shared));
      const notebook: Json = JSON.parse(fs.readFileSync(path.join(repository, "notebooks", name), "utf8"));
      for (const cell of notebook.cells)
        if (cell.cell_type === "code") Object.assign(cell, { outputs: [], execution_count: null });
      const file = workspace.write(`notebooks/${name}`, JSON.stringify(notebook));
      const ours = await TestServer.start({}, {}, workspace);
      const { address: url, token } = ours.server;
      const [lab, browser] = await Promise.all([
        LabServer.start(python.path ?? "", workspace, { gateway: { url, token } }),
        launch(),
      ]);
      try {
        const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
        const opened = new NotebookPage(page, path.join(repository, ".lectern", "lab", "gateway"));
        await opened.open(`${lab.url}/lab/tree/notebooks/${name}?reset`);
        const { json: kernels } = await ours.get("/api/kernels");
        expect(kernels).toHaveLength(1);
        await opened.runAll();
        await opened.screenshot("ran");
        await opened.save();
        const cells = JSON.parse(fs.readFileSync(file, "utf8")).cells.filter((each: Json) => each.cell_type === "code");
        expect(cells.map((each: Json) => each.execution_count)).toEqual(cells.map((_: Json, i: number) => i + 1));
        const outputs: Json[] = cells.flatMap((each: Json) => each.outputs);
        expect(outputs.filter(each => each.output_type === "error")).toEqual([]);
        const claims = claimsIn(outputs as Output[]);
        expect(claims.length).toBeGreaterThan(30);
        expect(claims.filter(({ holds }) => !holds)).toEqual([]);
      } finally {
        await browser.close();
        await lab.stop();
      }
    });
  },
);
