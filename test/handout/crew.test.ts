import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { writtenRecord } from "../../src/explore/index.ts";
import { Crew } from "../../src/handout/figures/crew.ts";
import { type Drawer, DrawerEnded, drawHere } from "../../src/handout/figures/drawer.ts";
import { legibility } from "../../src/handout/figures/index.ts";
import { renderFigure, renderHandout } from "../../src/handout/index.ts";
import type { Cell } from "../../src/notebook/index.ts";
import { exampleFigures } from "./exampleFigures.ts";
import { code, shown } from "./pages.ts";

const program = new URL("../../dist/handout/figures/crewThread.js", import.meta.url);
const wide = { width: 700, height: 420, smallest: 12, outside: 0, overlapping: 0 };

async function programOf(source: string): Promise<URL> {
  const folder = await mkdtemp(join(tmpdir(), "lectern-crew-"));
  await writeFile(join(folder, "thread.mjs"), `import { parentPort } from "node:worker_threads";\n${source}`);
  return pathToFileURL(join(folder, "thread.mjs"));
}

/** A notebook with every example, each of which moves. */
async function cells(): Promise<Cell[]> {
  const record = writtenRecord({
    controls: [{ name: "place", kind: "slide", stops: [0, 1, 2], start: 0 }],
    frames: [1, 2].map(at => ({ at: [at], set: { "/layout/width": 640 + 20 * at, "/alt": `at ${at}` } })) as never,
  });
  return Promise.all(
    Object.values(exampleFigures).map(async figure =>
      code("draw()", [
        shown({
          "application/vnd.plotly.v1+json": figure,
          "application/vnd.lectern.explore+json": record,
          "image/svg+xml": await renderFigure(figure as never),
        }),
      ]),
    ),
  );
}

describe("threads that draw", () => {
  it("make the same page as this one does", async () => {
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: await cells() } as const;
    const here = await renderHandout(notebook, { drawer: drawHere });
    expect(await renderHandout(notebook, { drawer: new Crew(program, 2) })).toBe(here);
    expect(here.match(/class="sheet narrow"/g)?.length).toBeGreaterThan(3);
    expect(here.match(/class="still"/g)?.length).toBeGreaterThan(6);
  });

  it("draw once what was begun, and again what is asked again", async () => {
    const crew = new Crew(
      await programOf(`let n = 0; parentPort.on("message", () => parentPort.postMessage({ value: ++n }))`),
      1,
    );
    const figure = { data: [], layout: {} };
    crew.ahead("small", figure, wide);
    crew.ahead("small", figure, wide);
    expect(await crew.small(figure, wide)).toBe(1);
    expect(await crew.small(figure, wide)).toBe(2);
  });

  it("say of a figure what cannot be drawn, and draw the next", async () => {
    const crew = new Crew(program, 1);
    const surface = { data: [{ type: "surface", z: [[1]] }], layout: {} };
    const message = await drawHere.whole(surface).catch((error: Error) => error.message);
    await expect(crew.whole(surface)).rejects.toThrow(String(message));
    const svg = await crew.whole({ data: [{ y: [1, 2] }], layout: {} });
    expect(legibility(svg).width).toBe(700);
  });

  it.each([
    ["ends", "process.exit(3)", "exit code 3"],
    ["throws", `throw new Error("gone wrong")`, "gone wrong"],
  ])("tell all who wait when one %s, and all who come after", async (_, fault, reason) => {
    const crew: Drawer = new Crew(await programOf(`parentPort.on("message", () => { ${fault} })`), 2);
    const figure = { data: [], layout: {} };
    crew.ahead?.("small", figure, wide);
    const asked = [crew.whole(figure), crew.small(figure, wide), crew.whole({ ...figure, alt: "another" })];
    for (const each of await Promise.allSettled(asked)) {
      expect(each.status === "rejected" && each.reason).toBeInstanceOf(DrawerEnded);
      expect(String(each.status === "rejected" && each.reason.message)).toContain(`one ended (${reason})`);
    }
    await expect(crew.whole(figure)).rejects.toThrow(DrawerEnded);
  });

  it("do not let a page pass for whole when one ended", async () => {
    const crew = new Crew(await programOf(`parentPort.on("message", () => process.exit(3))`), 1);
    const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: await cells() } as const;
    await expect(renderHandout(notebook, { drawer: crew })).rejects.toThrow(DrawerEnded);
  });
});
