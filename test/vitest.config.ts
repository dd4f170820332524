import { configDefaults, defineConfig } from "vitest/config";
import { slowness } from "../src/kernel/process/slowness.ts";

const mathematics = "test/generative/**/*.test.ts";

/** What takes long because it looks at what is left after long, or starts a kernel for each of many. `npm run test:endurance` runs these. */
const endurance = [
  "test/server/endurance.test.ts",
  "test/engine/leak/leak.test.ts",
  "test/kernel/check/soak.test.ts",
  "test/cli/grade.test.ts",
];

export default defineConfig({
  test: {
    testTimeout: 60_000 * slowness(),
    hookTimeout: 60_000 * slowness(),
    globalSetup: "test/support/temporary.ts",
    // Biome cannot tell our `fit` from a focused test, so vitest itself refuses those.
    allowOnly: false,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "tools",
          include: ["test/**/*.test.ts"],
          // The whole course is run by `npm run test:course`, the page in a browser by `npm run test:page`.
          exclude: [
            ...configDefaults.exclude,
            mathematics,
            "test/course/**",
            "test/page/!(sections).test.ts",
            ...(process.env.LECTERN_ENDURANCE === undefined ? endurance : []),
          ],
        },
      },
      // Pure functions: its files share a process, so that tfjs is loaded twice and not sixty times.
      { extends: true, test: { name: "mathematics", include: [mathematics], isolate: false } },
    ],
  },
});
