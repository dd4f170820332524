import type { WeightsFile } from "../training/index.ts";

/** A number of the literature, and under what conditions it was reached. */
export interface Published {
  what: string;
  nats: number;
  source: string;
}

/** What a model of binary images came to, held to published numbers. */
export interface NllResult {
  name: string;
  /** What was asked. */
  title: string;
  /** Nats an image on the 10,000 test images: mean and its standard error. */
  testNll: { mean: number; standardError: number };
  /** The same on the first thousand of them, which takes seconds to find again. */
  firstThousand?: { mean: number; standardError: number };
  /** The weights that reach these numbers, in data/weights. */
  weights?: WeightsFile;
  /** Where they are not −log p(x) but known to be no less. */
  upperBound?: true;
  validationNll: { mean: number; standardError: number };
  /** Of the last epoch, while it was trained. */
  trainNll: number;
  /** The number that a run should not exceed, and whether it does not. */
  target: { atMost: number; reached: boolean; why: string };
  published: readonly Published[];
  /** All that the numbers depend on. */
  settings: Record<string, string | number | readonly number[]>;
  parameters: number;
  /** The data as the numbers depend on them. */
  data: string;
}

/** The obtained numbers beside the published ones, as a table in Markdown. */
export function nllTable(results: readonly Pick<NllResult, "name" | "testNll" | "upperBound" | "published">[]): string {
  const rows = results.flatMap(({ name, testNll, upperBound, published }) => [
    `| **${name}**, here | **${upperBound ? "≤ " : ""}${testNll.mean.toFixed(2)} ± ${testNll.standardError.toFixed(2)}** | \`npm run study ${name}\` |`,
    ...published.map(({ what, nats, source }) => `| ${what} | ${nats} | ${source} |`),
  ]);
  return ["| model | test NLL, nats an image | |", "|---|---:|---|", ...rows].join("\n");
}
