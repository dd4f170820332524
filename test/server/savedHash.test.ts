import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Contents } from "../../src/server/contents/contents.ts";
import { PlainPlaces } from "../../src/server/contents/places.ts";
import { hashOf } from "../../src/server/contents/reading.ts";
import { Notary } from "../../src/server/trust/notary.ts";
import { makeWorkspace, type Workspace } from "../kernel/support.ts";

const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 };

describe("the hash of what was saved", () => {
  let workspace: Workspace;
  beforeAll(() => {
    workspace = makeWorkspace();
  });
  afterAll(() => workspace.remove());

  it.each([
    ["one.ipynb", { type: "notebook", content: notebook }],
    ["one.txt", { type: "file", format: "text", content: "mine\n" }],
  ])("is of what was sent for %s, where somebody changes the file right after", async (name, model) => {
    const file = path.join(workspace.root, name);
    let sent: Buffer | undefined;
    const contents = new Contents({
      places: new PlainPlaces(workspace.root),
      clean: false,
      notary: new Notary({ secret: "s".repeat(64), file: path.join(workspace.root, "signatures.json") }),
      onEvent() {
        sent = fs.readFileSync(file);
        fs.writeFileSync(file, `${sent} `);
      },
    });
    const { hash } = (await contents.save(name, model)).model;
    expect(hash).toBe(hashOf(sent as Buffer).hash);
    await expect(contents.save(name, { ...model, hash })).rejects.toThrow("was changed since");
  });
});
