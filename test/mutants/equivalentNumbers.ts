/** Of the numbers of derivations, by file: before, after, and why. */
export const numbers: Readonly<Record<string, readonly (readonly [from: string, to: string, why: string])[]>> = {
  "numbers/caseModel": [
    [
      "const value = key === undefined ? undefined : functions[key]?.(...this.at(text, of, places));",
      "const value = false ? undefined : functions[key]?.(...this.at(text, of, places));",
      "There is no function of the name undefined. The check is for the types.",
    ],
    ["other.given.length > 0 &&", "true &&", "A joint density that is given is found before."],
    ["other.given.length > 0 &&", "other.given.length >= 0 &&", "A joint density that is given is found before."],
    [
      "const others = this.given .filter(({ density: other }) => other.letter === letter)",
      "const others = this.given",
      "Of a variable that no density of the letter has, there is no density.",
    ],
    [
      ".filter(({ density: other }) => other.letter === letter)",
      ".filter(({ density: other }) => true)",
      "Of a variable that no density of the letter has, there is no density.",
    ],
  ],
  "numbers/compare": [
    [
      "const first = compared.find(({ margin }) => !(margin >= -within)) ?? compared[0];",
      "const first = compared.find(({ margin }) => !(margin > -within)) ?? compared[0];",
      "No margin lies on the bound by more than chance.",
    ],
  ],
  "numbers/evaluate": [
    [
      "if (!(Math.abs(mass - 1) < 1e-6)) {",
      "if (!(Math.abs(mass - 1) <= 1e-6)) {",
      "No sum lies on the bound by more than chance.",
    ],
    [
      "return value === 0 ? ZERO : { sign: Math.sign(value), log: Math.log(Math.abs(value)) };",
      "return false ? ZERO : { sign: Math.sign(value), log: Math.log(Math.abs(value)) };",
      "The sign of 0 is 0, and its logarithm −∞.",
    ],
    [
      "if (sign >= 0) return sign === 0 && exponent > 0 ? ZERO : { sign: 1, log: log * exponent };",
      "if (sign >= 0) return false ? ZERO : { sign: 1, log: log * exponent };",
      "1 · exp(−∞) is 0 too.",
    ],
    [
      "if (!Number.isInteger(exponent)) return { sign: Number.NaN, log };",
      "if (!Number.isInteger(exponent)) return {};",
      "What is computed with undefined is NaN too.",
    ],
    [
      "const total = terms.reduce((sum, { sign, log }) => sum + (sign === 0 ? 0 : sign * Math.exp(log - largest)), 0);",
      "const total = terms.reduce((sum, { sign, log }) => sum + (false ? 0 : sign * Math.exp(log - largest)), 0);",
      "0 · exp(−∞) is 0 too.",
    ],
    [
      "if (sign >= 0) return sign === 0 && exponent > 0 ? ZERO : { sign: 1, log: log * exponent };",
      "if (sign >= 0) return sign === 0 && exponent >= 0 ? ZERO : { sign: 1, log: log * exponent };",
      "The power of 0 is known before.",
    ],
  ],
  "numbers/given": [
    [
      "if (error instanceof LanguageError) return [];",
      "if (true) return [];",
      "All that is thrown at a name is a LanguageError; another would be a fault of ours, which must not be hidden.",
    ],
  ],
  "numbers/randomModel": [
    [
      "const scope = this.scopes.get(letter) ?? [];",
      'const scope = this.scopes.get(letter) ?? ["Stryker was here"];',
      "Every letter of the lines has a scope.",
    ],
    [
      "const { points, logWeights = [] } = this.rule(variable);",
      'const { points, logWeights = ["Stryker was here"] } = this.rule(variable);',
      "Every rule of a random model has weights.",
    ],
    [
      "return density.given.length === 0 ? all : all - this.logMarginal(density.letter, density.given, places);",
      "return false ? all : all - this.logMarginal(density.letter, density.given, places);",
      "The logarithm of the marginal density of nothing is 0.",
    ],
    [
      "const of = [...variables].sort();",
      "const of = [...variables];",
      "No two variables have a place in common, which their order would tell apart.",
    ],
    [
      'const key = `${densityText({ kind: "density", letter, of, given: [] })}: ${placeKey(of, places)}`;',
      'const key = `${densityText({ kind: "", letter, of, given: [] })}: ${placeKey(of, places)}`;',
      "The kind is for the types.",
    ],
    [
      'const key = `${densityText({ kind: "density", letter, of, given: [] })}: ${placeKey(of, places)}`;',
      'const key = `${densityText({ kind: "density", letter, of, given: ["Stryker was here"] })}: ${placeKey(of, places)}`;',
      "All keys have it.",
    ],
    [
      "const value = this.known.get(key) ?? this.logMass(letter, of, places) - this.logMass(letter, [], {});",
      'const value = this.known.get(key) ?? this.logMass(letter, of, places) - this.logMass(letter, ["Stryker was here"], {});',
      "That is no variable.",
    ],
    [
      'return part.kind === "function" ? part.of : [];',
      "return true ? part.of : [];",
      "One place more, for which nobody asks, and other draws.",
    ],
    [
      'return part.kind === "function" ? part.of : [];',
      'return part.kind === "function" ? part.of : ["Stryker was here"];',
      "One place more, for which nobody asks, and other draws.",
    ],
  ],
};
