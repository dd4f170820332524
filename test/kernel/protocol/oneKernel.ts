import { afterAll, beforeAll } from "vitest";
import { makeWorkspace, type Workspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

/** One kernel for all tests of a file, in a workspace of its own; both go with the file. */
export function oneKernel(): { readonly kernel: TestKernel; readonly workspace: Workspace } {
  const workspace = makeWorkspace();
  let kernel: TestKernel | undefined;
  beforeAll(async () => {
    kernel = await TestKernel.start({ directory: workspace.notebooks });
  });
  afterAll(async () => {
    await stopAll();
    workspace.remove();
  });
  return {
    workspace,
    get kernel() {
      if (!kernel) throw new Error("oneKernel: the kernel starts with the tests; ask for it inside one.");
      return kernel;
    },
  };
}
