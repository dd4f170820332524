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
  {
    file: "src/generative/exact/centred.ts",
    from: "for (let i = 0; i < d; i++) {",
    to: "for (let i = 0; i <= d; i++) {",
    why: "The loop inside it is empty for i = d.",
  },
  {
    file: "src/generative/exact/codeInterval.ts",
    from: "if (waiting === 0) return moved;",
    to: "if (false) return moved;",
    why: "What follows moves by 0 bits: it is the same, and slower.",
  },
  {
    file: "src/generative/exact/codeTable.ts",
    from: "if (!(Math.abs(sum - 1) < 1e-6)) {",
    to: "if (!(Math.abs(sum - 1) <= 1e-6)) {",
    why: "No float64 sum is off by the float64 number 1e-6, which is no multiple of 2⁻⁵³.",
  },
  {
    file: "src/generative/exact/codeTable.ts",
    from: "while (this.low >= UNIT) {",
    to: "while (this.low > UNIT) {",
    why: "2⁴⁸ in the low half and 1 in the high half are the same number, and compare alike.",
  },
  {
    file: "src/generative/exact/doubleDouble.ts",
    from: "for (let j = 0; j < A.columns; j++) set(matrix, j, i, get(A, i, j));",
    to: "for (let j = 0; j <= A.columns; j++) set(matrix, j, i, get(A, i, j));",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
  {
    file: "src/generative/exact/doubleDouble.ts",
    from: "if (f === 0) return;",
    to: "if (false) return;",
    why: "0 times a row is subtracted: the same, and slower.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let k = 0; k < d; k++) {",
    to: "for (let k = 0; k <= d; k++) {",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let i = k; i < d; i++) {",
    to: "for (let i = k; i <= d; i++) {",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "if (Math.abs(factors.high[at] as number) <= 2 ** -90 * (sizes[at] as number)) set(factors, i, k, [0, 0]);",
    to: "if (Math.abs(factors.high[at] as number) < 2 ** -90 * (sizes[at] as number)) set(factors, i, k, [0, 0]);",
    why: "Both sides are equal where both are 0, which is set to 0.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "if (Math.abs(factors.high[at] as number) > Math.abs(factors.high[pivot * d + k] as number)) pivot = i;",
    to: "if (Math.abs(factors.high[at] as number) >= Math.abs(factors.high[pivot * d + k] as number)) pivot = i;",
    why: "Of several largest numbers any is a good pivot.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let i = k + 1; i < d; i++) {",
    to: "for (let i = k + 1; i <= d; i++) {",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let j = k + 1; j < d; j++) {",
    to: "for (let j = k - 1; j < d; j++) {",
    why: "The sizes of a column that is done are not asked again.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let j = k + 1; j < d; j++) {",
    to: "for (let j = k + 1; j <= d; j++) {",
    why: "It is column 0 of the next row, which is done: its size is not asked again.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "if (size > (sizes[i * d + j] as number)) sizes[i * d + j] = size;",
    to: "if (size >= (sizes[i * d + j] as number)) sizes[i * d + j] = size;",
    why: "An equal size changes nothing.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "sign *= Math.sign(pivot);",
    to: "sign /= Math.sign(pivot);",
    why: "The sign of a pivot is 1 or −1.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let j = 0; j < B.columns; j++) set(X, i, j, get(B, from, j));",
    to: "for (let j = 0; j <= B.columns; j++) set(X, i, j, get(B, from, j));",
    why: "What is written behind a row is overwritten by the next, and a typed array has nothing behind its end.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let i = 1; i < d; i++) {",
    to: "for (let i = 1; i <= d; i++) {",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
  {
    file: "src/generative/exact/elimination.ts",
    from: "for (let i = d - 1; i >= 0; i--) {",
    to: "for (let i = d + 1; i >= 0; i--) {",
    why: "A typed array has nothing behind its end: nothing is found there, and nothing kept.",
  },
];
