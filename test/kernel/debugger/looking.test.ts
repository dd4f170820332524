import { Session } from "node:inspector";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installInside } from "../../../src/kernel/debugger/inside.ts";
import { Inspector } from "../../../src/kernel/debugger/inspector.ts";
import { Looking } from "../../../src/kernel/debugger/looking.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

// The inspector of this very thread: it can look at everything, only nothing can be stopped.
let workspace: Workspace;
let notebook: Notebook;
let inspector: Inspector;
let looking: Looking;
const gate: string[] = [];

beforeAll(async () => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
  installInside(notebook.engine.names, { arm: () => gate.push("arm"), block: () => gate.push("block") });
  const session = new Session();
  session.connect();
  inspector = new Inspector(session);
  looking = new Looking(
    () => inspector,
    () => undefined,
  );
  await notebook.run("let mean = 0.5; const words = ['a', 'b']; type T = string;");
  await notebook.run("let hidden = 1;");
  await notebook.run("type hidden = string;");
  await notebook.run("class Slow { async [Symbol.for('Jupyter.display')]() { return { 'text/plain': 'slow' }; } }");
});
afterAll(() => {
  inspector.close();
  notebook.engine.dispose();
  workspace.remove();
});

// biome-ignore lint/suspicious/noExplicitAny: the body of an answer.
type Body = any;

describe("the notebook's names", () => {
  it("are shown with type, value, size and the cell that declared them", async () => {
    const { variables } = (await looking.inspectVariables()) as Body;
    expect(variables).toMatchObject([
      { name: "mean", type: "number", value: "0.5", cell: 1, variablesReference: 0, evaluateName: "mean" },
      { name: "words", type: "Array(2)", size: 2, cell: 1 },
      { name: "Slow", type: "class", cell: 4 },
    ]);
    const { variables: inside } = (await looking.variables(variables[1])) as Body;
    expect(inside.map((each: Body) => each.value)).toEqual(['"a"', '"b"']);
  });

  it("come without the type of simple values where a client shows that in their place", async () => {
    looking.hidesValues = true;
    const { variables } = (await looking.inspectVariables()) as Body;
    looking.hidesValues = false;
    expect(variables.map((each: Body) => each.type)).toEqual([undefined, "Array(2)", "class"]);
  });

  it("are asked for anew when what they stood for is gone", async () => {
    const { variables } = (await looking.inspectVariables()) as Body;
    await looking.inspectVariables();
    await inspector.ask("reset");
    await expect(looking.variables(variables[1])).rejects.toThrow("is gone");
  });

  it("are read and changed by expressions", async () => {
    expect(await looking.evaluate({ expression: "mean * 2" })).toMatchObject({ result: "1", type: "number" });
    await looking.evaluate({ expression: "mean = 4" });
    expect(await notebook.value("mean")).toBe("4");
    await expect(looking.evaluate({ expression: "nobody" })).rejects.toThrow("nobody is not defined");
    await expect(looking.evaluate({ expression: "throw 'text'" })).rejects.toThrow("text");
    await expect(looking.evaluate({ expression: "1", frameId: 3 })).rejects.toThrow("must be stopped");
  });
});

describe("a value is shown", () => {
  const show = async (variableName: string) => ((await looking.richInspect({ variableName })) as Body).data;

  it("as a cell would, also where it says so itself and takes its time", async () => {
    expect(await show("words")).toMatchObject({ "text/plain": "[ 'a', 'b' ]" });
    await notebook.run("const slow = new Slow();");
    expect(await show("slow")).toMatchObject({ "text/plain": "slow" });
  });

  it("as far as goes when what it says itself does not come", async () => {
    await notebook.run("class Never { own = 1; [Symbol.for('Jupyter.display')]() { return new Promise(() => {}); } }");
    await notebook.run("const never = new Never();");
    expect(await show("never")).toMatchObject({ "text/plain": "Never { own: 1 }" });
  });

  it("not, where there is none", async () => expect(await show("nobody")).toEqual({}));
});

describe("a script", () => {
  it("waits for its breakpoints only while somebody sets some", async () => {
    await inspector.ask("waitForBreakpoints", true);
    await notebook.run("1");
    await inspector.ask("waitForBreakpoints", false);
    await notebook.run("2");
    expect(gate).toEqual(["arm", "block"]);
  });
});
