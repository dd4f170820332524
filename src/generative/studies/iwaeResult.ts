import { average } from "../estimates/index.ts";
import type { Target } from "./study.ts";

/** One training. */
export interface IwaeScore {
  /** Draws a datum while it was trained; 1: the ELBO, its KL in closed form. */
  k: number;
  seed: number;
  /** −log p(x) in nats an image, and its standard error over the images. */
  nll: number;
  standardError: number;
  /** The objective itself on the same images, as a loss. */
  negativeBound: number;
  activeUnits: number;
}

export interface IwaeResult {
  name: string;
  title: string;
  target: Target;
  settings: Record<string, number>;
  data: string;
  scores: IwaeScore[];
}

/** What was trained, and what Burda et al. report of it after 3,280 epochs: table 1, one stochastic layer. */
export const IWAE_ROWS = [
  { k: 1, name: "VAE", published: { nats: 86.76, activeUnits: 19 } },
  { k: 5, name: "IWAE, k = 5", published: { nats: 85.54, activeUnits: 22 } },
  { k: 50, name: "IWAE, k = 50", published: { nats: 84.78, activeUnits: 25 } },
] as const;

/** Every seed of more draws is below every seed of fewer. */
export function judgeIwae(scores: readonly IwaeScore[]): Target {
  const of = (k: number) => scores.filter(score => score.k === k).map(({ nll }) => nll);
  const steps = IWAE_ROWS.slice(1).map(({ k }, i) => [of(IWAE_ROWS[i]?.k as number), of(k)] as const);
  return {
    reached: steps.every(([fewer, more]) => Math.max(...more) < Math.min(...fewer)),
    why: "NLL of k = 50 below k = 5 below the VAE, every seed below every seed",
  };
}

/** The mean over the seeds with its range, beside the paper. */
export function iwaeTable({ scores, settings }: IwaeResult): string {
  const rows = IWAE_ROWS.map(({ k, name, published }) => {
    const own = scores.filter(score => score.k === k);
    const nll = own.map(({ nll }) => nll);
    const units = own.map(({ activeUnits }) => activeUnits);
    const mean = nll.length > 1 ? average(nll).mean : nll[0];
    const range = `${Math.min(...nll).toFixed(2)} to ${Math.max(...nll).toFixed(2)}`;
    const active = [...new Set([Math.min(...units), Math.max(...units)])].join(" to ");
    return `| ${name} | ${mean?.toFixed(2)} | ${range} | ${active} | ${published.nats} | ${published.activeUnits} |`;
  });
  return [
    `| ${settings.epochs} epochs | NLL, nats | over the seeds | active units | paper, 3,280 epochs: NLL | active units |`,
    "|---|---:|---:|---:|---:|---:|",
    ...rows,
  ].join("\n");
}
