/** A folder of the sources, whose mutants are tested together. */
export interface Room {
  /** The folder, below `src`. */
  folder: string;
  /** The test files, from the root: globs. */
  tests: readonly string[];
  /** Files of the folder that are programs: they run in processes of the build, in which no mutant is switched on. */
  programs?: readonly string[];
  /** The files that are meant begin so, where not all of the folder are. */
  prefix?: string;
  /** How many mutants are drawn, or "shared" for a part of one sample over several rooms; without it all are tested. */
  drawn?: number | "shared";
  /** The tests start processes of the build, and what is mutated is this side of them. */
  needsBuild?: true;
  /** Cells run without their types checked, which takes seconds; tests that need the types are left out. */
  unchecked?: true;
}

/** Its own tests, and those of other rooms that are written for it. */
const generative = (name: string, ...others: string[]): Room => ({
  folder: `generative/${name}`,
  tests: [`test/generative/${name}/**/*.test.ts`, ...others],
});

/** Its own tests, and those of other rooms that are written for it, on cells whose types are not checked. */
const kernel = (name: string, ...others: string[]): Room => ({
  folder: `kernel/${name}`,
  tests: [`test/kernel/${name}/**/*.test.ts`, ...others],
  unchecked: true,
});

/** By the name that `npm run mutants` knows. */
export const rooms: Readonly<Record<string, Room>> = {
  exact: generative("exact"),
  distributions: generative("distributions"),
  objectives: generative(
    "objectives",
    "test/generative/networks/quantiser.test.ts",
    "test/generative/models/vqVae.test.ts",
  ),
  estimates: generative(
    "estimates",
    "test/generative/objectives/expectation.test.ts",
    "test/generative/models/autoregressive.test.ts",
  ),
  // Not the one that checks two thousand random lines, of which one mutant after another would take minutes.
  derivation: {
    ...generative("derivation"),
    // Of more than four thousand, which would take an hour on a busy machine.
    drawn: 400,
    tests: ["test/generative/derivation/**/!(anyLine).test.ts"],
  },
  data: generative("data"),
  // What computes figures that move; the others are looked at.
  figures: { ...generative("figures"), tests: ["test/generative/figures/explore*.test.ts"], prefix: "explore" },
  flows: { ...generative("flows"), drawn: "shared" },
  networks: { ...generative("networks"), tests: ["test/generative/{networks,models}/**/*.test.ts"], drawn: "shared" },
  models: { ...generative("models", "test/generative/networks/checks.test.ts"), drawn: "shared" },
  training: { ...generative("training"), drawn: "shared" },
  update: { folder: "engine/update", tests: ["test/engine/update/**/*.test.ts"], drawn: "shared" },
  gradients: { folder: "engine/gradients", tests: ["test/engine/gradients/**/*.test.ts"], drawn: "shared" },
  // What draws in a page is tried by hand: its tests turn the clock.
  explore: {
    folder: "explore",
    tests: ["test/explore/!(player).test.ts"],
    programs: ["handout.ts", "player.ts", "controls.ts", "style.ts"],
  },
  // An interrupted save is of a process of its own, in which no mutant is switched on.
  notebook: { folder: "notebook", tests: ["test/notebook/!(interruptedSave).test.ts"] },
  "kernel/transform": { ...kernel("transform"), drawn: 200 },
  "kernel/check": {
    folder: "kernel/check",
    // Not those that start a process for each test, nor the one that compares a thousand cells with the language service.
    tests: ["test/kernel/check/!(checkerProcess|snapshot|soak|wholeNotebook).test.ts", "test/kernel/check/*/*.test.ts"],
    programs: [
      "process/main.ts",
      "process/serve.ts",
      "snapshot/build.ts",
      "snapshot/entry.ts",
      "snapshot/prepare.ts",
      // What only those load.
      "process/garbage.ts",
      "snapshot/practice.ts",
    ],
    needsBuild: true,
    drawn: 160,
  },
  // Not the one that writes a hundred files for each of its tests, nor the one whose cells build on each other.
  "kernel/modules": {
    ...kernel("modules"),
    tests: ["test/kernel/modules/!(resolver|runner).test.ts"],
    needsBuild: true,
    programs: ["worker.ts"],
    drawn: 200,
  },
  "kernel/errors": { ...kernel("errors"), tests: ["test/kernel/errors/!(errors).test.ts"] },
  "kernel/display": kernel("display"),
};

/** How many mutants are drawn from the rooms that share a sample; the seed is of all draws. */
export const sample = { size: 320, seed: 1 };
