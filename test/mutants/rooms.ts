/** A folder of the sources, whose mutants are tested together. */
export interface Room {
  /** The folder, below `src`. */
  folder: string;
  /** The test files, from the root: globs. */
  tests: readonly string[];
  /** Tested as a part of a sample over all rooms of this kind; a room that is not is tested whole. */
  drawn?: true;
}

/** Its own tests, and those of other rooms that are written for it. */
const generative = (name: string, ...others: string[]): Room => ({
  folder: `generative/${name}`,
  tests: [`test/generative/${name}/**/*.test.ts`, ...others],
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
  derivation: generative("derivation"),
  data: generative("data"),
  flows: { ...generative("flows"), drawn: true },
  networks: { ...generative("networks"), tests: ["test/generative/{networks,models}/**/*.test.ts"], drawn: true },
  models: { ...generative("models", "test/generative/networks/checks.test.ts"), drawn: true },
  training: { ...generative("training"), drawn: true },
  update: { folder: "engine/update", tests: ["test/engine/update/**/*.test.ts"], drawn: true },
  gradients: { folder: "engine/gradients", tests: ["test/engine/gradients/**/*.test.ts"], drawn: true },
};

/** How many mutants are drawn from the rooms of which a sample is tested, and the seed of that. */
export const sample = { size: 320, seed: 1 };
