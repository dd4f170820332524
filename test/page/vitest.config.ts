import { defineConfig } from "vitest/config";
import { slowness } from "../../src/kernel/process/slowness.ts";

export default defineConfig({
  // One browser at a time, with nothing beside it: what a reader sees is timed.
  test: {
    include: ["test/page/*.test.ts"],
    testTimeout: 60_000 * slowness(),
    hookTimeout: 60_000 * slowness(),
    allowOnly: false,
    pool: "forks",
    maxWorkers: 1,
    globalSetup: "test/support/temporary.ts",
  },
});
