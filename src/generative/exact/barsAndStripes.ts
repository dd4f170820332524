import { assertList, told } from "./check.ts";
import { binaryVectors, placeOf } from "./enumerate.ts";

/**
 * `p(x) = Σ_b p(b) Π_i (1 − ε)^[x_i = b_i] ε^[x_i ≠ b_i]`: binary images of bars or of stripes, with flipped pixels.
 *
 * A fair coin says rows or columns, a coin for each of the `side` lines whether it is lit; then each pixel is flipped
 * with probability ε. Few images carry most of the mass, no pixel says much alone, and everything can be summed:
 * side² is at most 16. Bars and stripes: MacKay, Information Theory, Inference, and Learning Algorithms, 2003,
 * section 43.2.
 */
export class BarsAndStripes {
  private readonly patterns: readonly (readonly number[])[];

  constructor(
    readonly side: number,
    /** ε */
    readonly flips: number,
  ) {
    if (
      !(Number.isInteger(side) && side >= 2 && side <= 4) ||
      typeof flips !== "number" ||
      !(flips >= 0 && flips <= 1)
    ) {
      throw new RangeError(
        `BarsAndStripes: side must be 2, 3 or 4 and flips in [0, 1], but got ${told(side)} and ${told(flips)}; 4 and 0.05 are good.`,
      );
    }
    this.patterns = binaryVectors(side).flatMap(lines => [
      Array.from({ length: side ** 2 }, (_, i) => lines[Math.floor(i / side)] as number),
      Array.from({ length: side ** 2 }, (_, i) => lines[i % side] as number),
    ]);
  }

  /** log p(x) in nats, −∞ where ε is 0 or 1 and no pattern fits. x: [side²] of bits; throws for other x. */
  logProb(x: ArrayLike<number>): number {
    const d = this.side ** 2;
    assertList("BarsAndStripes", "x", x);
    if (x.length !== d) {
      throw new RangeError(`BarsAndStripes: x must have ${d} entries, but got ${x.length}; row by row, one a pixel.`);
    }
    placeOf("BarsAndStripes", x); // refuses what is no bit
    let sum = 0;
    for (const pattern of this.patterns) {
      let flipped = 0;
      for (let i = 0; i < d; i++) if (pattern[i] !== x[i]) flipped++;
      sum += this.flips ** flipped * (1 - this.flips) ** (d - flipped);
    }
    return Math.log(sum / this.patterns.length);
  }

  /** One image, from a source of U[0, 1). */
  draw(uniform: () => number): number[] {
    const pattern = this.patterns[Math.floor(uniform() * this.patterns.length)] as readonly number[];
    return pattern.map(bit => (uniform() < this.flips ? 1 - bit : bit));
  }

  /** H = −Σ p log p over all 2^(side²) images, in nats. */
  get entropy(): number {
    return binaryVectors(this.side ** 2).reduce((sum, x) => {
      const log = this.logProb(x);
      return log === -Infinity ? sum : sum - Math.exp(log) * log;
    }, 0);
  }
}
