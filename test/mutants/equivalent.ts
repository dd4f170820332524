/** A mutant that no test can kill, since it changes nothing that is promised. */
export interface Equivalent {
  /** The file, from the root. */
  file: string;
  /** The lines that the mutant touches, before and after, with every run of white space as one blank. */
  from: string;
  to: string;
  /** Why it changes nothing. */
  why: string;
}

export const equivalent: readonly Equivalent[] = [
  {
    file: "src/generative/derivation/derivation.ts",
    from: "const labelled = label === undefined ? {} : { label };",
    to: "const labelled = false ? {} : { label };",
    why: "checkClaim leaves out a label that is undefined.",
  },
  {
    file: "src/generative/data/batches.ts",
    from: 'constructor(set: ImageSet, { batchSize, random, binarisation = "none" }: BatchOptions) {',
    to: 'constructor(set: ImageSet, { batchSize, random, binarisation = "" }: BatchOptions) {',
    why: "The other three kinds are asked for by name, and none is what is left.",
  },
  {
    file: "src/generative/data/batches.ts",
    from: 'const drawn = this.dynamic ? binarise(chosen, this.stream("pixels", step)) : chosen;',
    to: 'const drawn = this.dynamic ? binarise(chosen, this.stream("", step)) : chosen;',
    why: "Only whether it is the order is asked of a purpose.",
  },
  {
    file: "src/generative/data/batches.ts",
    from: 'if (binarisation === "fixed") return binarise(set, this.stream("pixels", 0));',
    to: 'if (binarisation === "fixed") return binarise(set, this.stream("", 0));',
    why: "Only whether it is the order is asked of a purpose.",
  },
  {
    file: "src/generative/data/batches.ts",
    from: "if (this.order?.epoch !== epoch) {",
    to: "if (true) {",
    why: "The order of an epoch is kept to save time: drawn again it is the same.",
  },
  {
    file: "src/generative/data/binarise.ts",
    from: "for (let from = 0; from < pixels.length; from += CHUNK) drawInto(pixels, set.pixels, from, random);",
    to: "for (let from = 0; from <= pixels.length; from += CHUNK) drawInto(pixels, set.pixels, from, random);",
    why: "A chunk of no pixels draws nothing.",
  },
  {
    file: "src/generative/data/binarise.ts",
    from: "const white = byte === 255 || (byte !== 0 && (uniform[--grey] as number) < intensity(byte));",
    to: "const white = byte === 255 || (byte !== 0 && (uniform[--grey] as number) <= intensity(byte));",
    why: "A uniform number that is a multiple of 1/255 occurs once in 10^13 draws.",
  },
  {
    file: "src/generative/data/imageSet.ts",
    from: "for (let i = 0; i < pixels.length; i++) values[i] = intensities[pixels[i] as number] as number;",
    to: "for (let i = 0; i <= pixels.length; i++) values[i] = intensities[pixels[i] as number] as number;",
    why: "A typed array ignores what is written behind its end.",
  },
  {
    file: "src/generative/data/imageSet.ts",
    from: "for (let i = 0; i < this.pixels.length; i++) {",
    to: "for (let i = 0; i <= this.pixels.length; i++) {",
    why: "A typed array ignores what is written behind its end.",
  },
  {
    file: "src/generative/data/provenance.ts",
    from: "() => false,",
    to: "() => undefined,",
    why: "It is only asked whether it is true.",
  },
  {
    file: "src/generative/exact/arithmeticCoder.ts",
    from: "send(bits, interval.low < QUARTER ? 0 : 1, pending + 1);",
    to: "send(bits, interval.low <= QUARTER ? 0 : 1, pending + 1);",
    why: "An interval that begins at a quarter holds all of the second and all of the third.",
  },
  {
    file: "src/generative/exact/barsAndStripes.ts",
    from: "for (let i = 0; i < d; i++) if (pattern[i] !== x[i]) flipped++;",
    to: "for (let i = 0; i <= d; i++) if (pattern[i] !== x[i]) flipped++;",
    why: "Behind their ends both are undefined, and so equal.",
  },
  {
    file: "src/generative/exact/barsAndStripes.ts",
    from: "for (let i = 0; i < d; i++) if (pattern[i] !== x[i]) flipped++;",
    to: "for (let i = 0; i < d; i++) if (pattern[i] === x[i]) flipped++;",
    why: "The opposite of each pattern is a pattern too.",
  },
  {
    file: "src/generative/exact/between.ts",
    from: "return logLower < logUpper ? from + Math.exp(logLower) * (to - from) : to - Math.exp(logUpper) * (to - from);",
    to: "return logLower <= logUpper ? from + Math.exp(logLower) * (to - from) : to - Math.exp(logUpper) * (to - from);",
    why: "The middle is as far from either end.",
  },
  {
    file: "src/generative/exact/between.ts",
    from: 'if (typeof value === "number") return number;',
    to: "if (false) return number;",
    why: "A number has no ends to be equal to; the line tells the type checker so.",
  },
  {
    file: "src/generative/exact/between.ts",
    from: 'if (typeof value === "number") return number;',
    to: 'if (typeof value === "") return number;',
    why: "A number has no ends to be equal to; the line tells the type checker so.",
  },
  {
    file: "src/generative/exact/between.ts",
    from: "return logLower < logUpper ? { logCdf: logLower } : { logSurvival: logUpper };",
    to: "return logLower <= logUpper ? { logCdf: logLower } : { logSurvival: logUpper };",
    why: "Either says ½.",
  },
  {
    file: "src/generative/exact/bisection.ts",
    from: "while (f(from) > y && from > -Number.MAX_VALUE) from = Math.max(2 * from, -Number.MAX_VALUE);",
    to: "while (f(from) >= y && from > -Number.MAX_VALUE) from = Math.max(2 * from, -Number.MAX_VALUE);",
    why: "A wider interval is halved to the same solution.",
  },
  {
    file: "src/generative/exact/bisection.ts",
    from: "while (f(to) < y && to < Number.MAX_VALUE) to = Math.min(2 * to, Number.MAX_VALUE);",
    to: "while (f(to) <= y && to < Number.MAX_VALUE) to = Math.min(2 * to, Number.MAX_VALUE);",
    why: "A wider interval is halved to the same solution.",
  },
  {
    file: "src/generative/exact/bisection.ts",
    from: "if (!(middle > from && middle < to)) return Math.min(Math.max(middle, from), to);",
    to: "if (!(middle > from && middle < to)) return Math.max(Math.max(middle, from), to);",
    why: "Of two neighbours with y between their values either is the solution.",
  },
  {
    file: "src/generative/exact/bisection.ts",
    from: "if (value < y) from = middle;",
    to: "if (value <= y) from = middle;",
    why: "Where f(middle) is y the middle stays an end of the interval.",
  },
];
