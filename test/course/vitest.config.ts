import { defineConfig } from "vitest/config";

export default defineConfig({
  // One lecture at a time: those that train use every core.
  test: {
    include: ["test/course/*.test.ts"],
    allowOnly: false,
    pool: "forks",
    maxWorkers: 1,
    globalSetup: "test/support/temporary.ts",
  },
});
