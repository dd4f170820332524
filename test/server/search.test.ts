import { afterAll, beforeAll, expect, it } from "vitest";
import type { Finding } from "../../src/notebook/courseModels.ts";
import { formatNotebook, type Notebook } from "../../src/notebook/index.ts";
import { makeWorkspace } from "../kernel/support.ts";
import { stopAll, TestServer } from "./support.ts";

type Cell = Notebook["cells"][number];
const code = (id: string, source: string): Cell => ({
  cell_type: "code",
  id,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});
const text = (id: string, source: string): Cell => ({ cell_type: "markdown", id, metadata: {}, source });
const notebook = (...cells: Cell[]): Notebook => ({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });

const first = notebook(
  code("import", 'import {\n  elboParts, onlyImported,\n} from "../src/index.ts";\nconst x = 1;'),
  code("code", "const bound = elbo(model, encoder, x, random);"),
  text("text", "> So that\n\n$$\\mathrm{ELBO} \\le \\log p_\\theta(x) = \\frac{1}{2}$$\n\n| a | *b* |\n|---|---|"),
);
const second = notebook(
  text("heading", "## The *ELBO*, and $\\beta$"),
  text("after", "Nothing."),
  text("reference", "Seen by \\eqref{bound}, of $\\hat q(x)$.\n\n$$ a \\tag{2.1}\\label{bound} $$"),
);
const lectures = [
  { notebook: "01-one.ipynb", title: "One", minutes: 5, needs: [] },
  { notebook: "02-two.ipynb", title: "Two", minutes: 5, needs: [] },
];

let server: TestServer;
beforeAll(async () => {
  const workspace = makeWorkspace({
    "notebooks/01-one.ipynb": formatNotebook(first),
    "notebooks/02-two.ipynb": formatNotebook(second),
    "notebooks/course.json": JSON.stringify({ title: "A course", lectures }),
  });
  server = await TestServer.start({ mode: "study" }, {}, workspace);
});
afterAll(stopAll);

const search = async (words: string): Promise<Finding[]> =>
  (await server.get(`/lectern/search?q=${encodeURIComponent(words)}`)).json.results;

it("names sections first, then text, then code, and no imports", async () => {
  expect((await search("elbo")).map(({ kind, cell }) => [kind, cell])).toEqual([
    ["heading", "heading"],
    ["text", "text"],
    ["code", "code"],
  ]);
  expect(await search("onlyImported")).toEqual([]);
  expect(await search("const x")).toMatchObject([{ cell: "import", excerpt: "const x = 1;" }, { cell: "code" }]);
});

it("shows text as it reads, and finds it so", async () => {
  expect(await search("theta")).toMatchObject([{ excerpt: "So that ELBO ≤ log p_θ(x) = 1/2 a | b" }]);
  expect(await search("log p_θ(x)")).toMatchObject([{ cell: "text" }]);
  expect(await search("beta")).toMatchObject([{ heading: "The ELBO, and β" }]);
  for (const mark of ["mathrm", "frac", "$$", "|---"]) expect(await search(mark)).toEqual([]);
});

it("references read as the numbers of their equations, and signs over letters are found without them", async () => {
  const [found, ...others] = await search("seen q(x)");
  expect(others).toEqual([]);
  expect(found?.excerpt).toContain("Seen by (2.1), of q\u0302(x).");
});
