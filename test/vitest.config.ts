import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Biome cannot tell our `fit` from a focused test, so vitest itself refuses those.
    allowOnly: false,
    pool: "forks",
    maxWorkers: 2,
  },
});
