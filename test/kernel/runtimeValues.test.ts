import { afterAll, describe, expect, it } from "vitest";
import { lookAt, pathAt, pathBefore } from "../../src/kernel/runtimeValues.ts";
import { stopAll, TestKernel } from "./protocol/client.ts";
import { makeWorkspace } from "./support.ts";

describe("paths", () => {
  it.each<[string, string[] | undefined, string?]>([
    ["data.", ["data"]],
    ["data.items.na", ["data", "items"], "na"],
    ["f(data.items[0].", ["data", "items", "0"]],
    ['x = data?.["two words"].', ["data", "two words"]],
    ["process.env.HO", ["process", "env"], "HO"],
    ["f().x.", undefined],
    ["0.5.", undefined],
    ["const a = 1; a.", ["a"]],
  ])("%s", (source, path, typed = "") => {
    expect(pathBefore(source, source.length)).toEqual(path && { path, typed });
  });

  it("end at the name under the cursor", () => {
    expect(pathAt("data.items + 1", 7)).toEqual(["data", "items"]);
    expect(pathAt("data + 1", 2)).toEqual(["data"]);
  });
});

describe("a look", () => {
  let asked = 0;
  const ask = () => void asked++;
  const trap = new Proxy(
    {},
    { get: ask, ownKeys: () => Reflect.ownKeys({ asked: asked++ }), getOwnPropertyDescriptor: ask },
  );
  class Box {
    #secret = 1;
    side = 2;
    get area() {
      return ++asked + this.#secret;
    }
    grow() {}
  }
  const names = {
    data: {
      items: [{ name: "a", "not a name": 1 }],
      get lazy() {
        return ++asked;
      },
    },
    trap,
    box: new Box(),
    nothing: null,
  };
  const seen = (...path: string[]) => lookAt(path, names)?.members.map(each => each.name);

  it("lists members without calling anything", () => {
    expect(seen("data")).toEqual(["items", "lazy"]);
    expect(seen("data", "items", "0")).toEqual(["name"]);
    expect(seen("box")).toEqual(["side", "area", "grow"]);
    expect(seen("data", "lazy")).toBeUndefined();
    expect([seen("trap"), seen("trap", "x"), seen("nothing"), seen("nowhere")]).toEqual([[], undefined, [], undefined]);
    expect(lookAt(["data"], names)?.text).toContain("[Getter]");
    expect(asked).toBe(0);
  });

  it("sees what is global", () => expect(seen("process", "env")).toContain("PATH"));
});

describe("a client", () => {
  const workspace = makeWorkspace();
  afterAll(async () => {
    await stopAll();
    workspace.remove();
  });

  it("completes and hovers what only the value knows", async () => {
    const kernel = await TestKernel.start({ directory: workspace.notebooks });
    await kernel.run("process.env.LECTERN_TRIAL = 'x'; const parsed = JSON.parse('{ \"alpha\": { \"beta\": 1 } }');");
    const complete = async (code: string) =>
      (await kernel.ask("complete_request", { code, cursor_pos: code.length })).content.matches;
    expect(await complete("parsed.")).toEqual(["alpha"]);
    expect(await complete("parsed.alpha.be")).toEqual(["beta"]);
    expect(await complete("process.env.LECTERN_TR")).toEqual(["LECTERN_TRIAL"]);
    const { content } = await kernel.ask("inspect_request", { code: "parsed.alpha", cursor_pos: 9, detail_level: 0 });
    expect(content.data["text/plain"]).toContain("{ beta: 1 }");
  });
});
