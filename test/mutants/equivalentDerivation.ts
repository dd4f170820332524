import type { Equivalent } from "./equivalent.ts";
import { numbers } from "./equivalentNumbers.ts";

/** Of the language and the lines of derivations, by file: before, after, and why. */
const derivation: Readonly<Record<string, readonly (readonly [from: string, to: string, why: string])[]>> = {
  derive: [
    [
      "if (wrong < 0) show(unread === undefined ? checked : { ...checked, unread });",
      "if (wrong <= 0) show(unread === undefined ? checked : { ...checked, unread });",
      "The first line is never wrong.",
    ],
    [
      'const words = (fault?.message ?? claim.text).replace(/^derive, line \\d+: /, "").replace(/\\.$/, "");',
      'const words = (fault.message ?? claim.text).replace(/^derive, line \\d+: /, "").replace(/\\.$/, "");',
      "A claim that is false has a fault.",
    ],
    [
      'const words = (fault?.message ?? claim.text).replace(/^derive, line \\d+: /, "").replace(/\\.$/, "");',
      'const words = (fault?.message ?? claim.text).replace(/derive, line \\d+: /, "").replace(/\\.$/, "");',
      "All messages begin so, and the first is replaced.",
    ],
    [
      "const sentence = fault?.remedy === undefined ? words : `${words}; ${fault.remedy}`;",
      "const sentence = fault.remedy === undefined ? words : `${words}; ${fault.remedy}`;",
      "A claim that is false has a fault.",
    ],
    [
      "if (wrong < 0) show(unread === undefined ? checked : { ...checked, unread });",
      "if (wrong < 0) show(false ? checked : { ...checked, unread });",
      "To what is shown, undefined is no line. The check is for the types.",
    ],
  ],
  "language/definitions": [
    [
      "for (const next of definitions.get(way.at(-1) as string) ?? []) {",
      'for (const next of definitions.get(way.at(-1) as string) ?? ["Stryker was here"]) {',
      "All on the way are defined.",
    ],
    [
      "export function readDefinition(text: string, vocabulary: Vocabulary, later: readonly string[] = []): Definition {",
      'export function readDefinition(text: string, vocabulary: Vocabulary, later: readonly string[] = ["Stryker was here"]): Definition {',
      "That defines nothing.",
    ],
    [
      "if (error instanceof LanguageError) return [];",
      "if (true) return [];",
      "All that is thrown at a text is a LanguageError; another would be a fault of ours, which must not be hidden.",
    ],
    [
      'return node.filter(part => part.type === "SymbolNode").map(symbol => (symbol as SymbolNode).name);',
      "return node.filter(part => true).map(symbol => (symbol as SymbolNode).name);",
      "What is no symbol has no name, or that of the symbol in it.",
    ],
  ],
  "language/density": [
    [
      'if (inner.type === "OperatorNode" && (inner.fn as string) === "bitOr" && side === of) {',
      'if (true && (inner.fn as string) === "bitOr" && side === of) {',
      "Only an operator has a text for its fn. The check is for the types.",
    ],
    [
      "if (only !== undefined && known.size === 1) return only;",
      "if (true && known.size === 1) return only;",
      "Of one there is a first.",
    ],
  ],
  "language/excerpt": [
    [
      "const startsInWord = isWord(wanted[0]) && isWord(before?.character) && before?.at === (kept[first]?.at ?? 0) - 1;",
      "const startsInWord = isWord(wanted[0]) && isWord(before?.character) && before.at === (kept[first]?.at ?? 0) - 1;",
      "A character that is of a word is there.",
    ],
    [
      "const startsInWord = isWord(wanted[0]) && isWord(before?.character) && before?.at === (kept[first]?.at ?? 0) - 1;",
      "const startsInWord = isWord(wanted[0]) && isWord(before?.character) && before?.at === (kept[first].at ?? 0) - 1;",
      "`findIndex` asks of those that there are.",
    ],
  ],
  "language/names": [
    [
      "if (!names.functions.has(part.name)) throw unknownFunction(part.name, names);",
      "if (false) throw unknownFunction(part.name, names);",
      "Whoever reads a function has looked at its name before.",
    ],
    [
      "export function unknownFunction(name: string, { functions, letters }: Names, defined: Iterable<string> = []) {",
      'export function unknownFunction(name: string, { functions, letters }: Names, defined: Iterable<string> = ["Stryker was here"]) {',
      "Whoever reads a function has looked at its name before, and said what is defined.",
    ],
    [
      'return [...letters].sort().join("");',
      'return [...letters].sort().join("Stryker was here!");',
      "Two that are compared are both joined so.",
    ],
    ...["loge", "lg"].map(name => nearToo(name, "log")),
    ...["dkl", "kld"].map(name => nearToo(name, "KL")),
  ],
  "language/tex": [["default: return undefined;", "default:", "What gives nothing gives undefined."]],
  "lines/chain": [
    [
      "private skipped: ReadLine[] = [];",
      'private skipped: ReadLine[] = ["Stryker was here"];',
      "The first line that is written has none before it, whatever was left out.",
    ],
  ],
  "lines/line": [
    [
      'const [, sign = "", text = ""] = /^\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? [];',
      'const [, sign = "", text = "Stryker was here!"] = /^\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? [];',
      "All that it asks for may be empty, so that it is always found.",
    ],
    [
      'const [, sign = "", text = ""] = /^\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? [];',
      'const [, sign = "", text = ""] = /^\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? ["Stryker was here"];',
      "All that it asks for may be empty, so that it is always found.",
    ],
    [
      'const [, sign = "", text = ""] = /^\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? [];',
      'const [, sign = "", text = ""] = /\\s*(>=|<=|≥|≤|=)?\\s*(.*?)\\s*$/s.exec(typed) ?? [];',
      "What may be empty is found at the start.",
    ],
  ],
  "lines/lineClaim": [
    [
      "const least = margin < 0 && margin >= -within ? 0 : margin;",
      "const least = margin <= 0 && margin >= -within ? 0 : margin;",
      "0 is 0.",
    ],
  ],
  "lines/showLines": [
    ['...cases.map(() => ""),', "...cases.map(() => undefined),", "In a list that is joined, undefined is nothing."],
  ],
  "lines/checkLines": [
    [
      'return "margin" in comparison ? [{ comparison, name: models[k]?.name ?? "" }] : [];',
      'return "margin" in comparison ? [{ comparison, name: models[k]?.name ?? "Stryker was here!" }] : [];',
      "There are as many models as evaluators.",
    ],
    [
      'return "margin" in comparison ? [{ comparison, name: models[k]?.name ?? "" }] : [];',
      'return "margin" in comparison ? [{ comparison, name: models[k].name ?? "" }] : [];',
      "There are as many models as evaluators.",
    ],
    [
      "(_, seed) => new Evaluator(new RandomModel(seed + 1, expressions)),",
      "(_, seed) => new Evaluator(new RandomModel(seed - 1, expressions)),",
      "Other seeds give other random models.",
    ],
    [
      'return from("posterior") ? [`${model.name}: ${model.example.posterior?.from}`] : [];',
      'return from("posterior") ? [`${model.name}: ${model.example.posterior.from}`] : [];',
      "From the posterior comes something only where there is one.",
    ],
    [
      'const sentence = message.replace(/^derive: /, "").replace(/\\.$/, "");',
      'const sentence = message.replace(/derive: /, "").replace(/\\.$/, "");',
      "All of these begin so, and the first is replaced.",
    ],
  ],
  "lines/checkLine": [
    [
      "const fault = checked.lines[1]?.fault;",
      "const fault = checked.lines[1].fault;",
      "Where both lines can be read there are two.",
    ],
    [
      'const text = message.replace(/^derive(, line \\d+)?: /, "");',
      'const text = message.replace(/^derive(, line \\d)?: /, "");',
      "There are two lines.",
    ],
    [
      'const message = `By ${answered.map(reason => ruleOf(reason)?.words).join(" and ")}.`;',
      'const message = `By ${answered.map(reason => ruleOf(reason).words).join(" and ")}.`;',
      "A line that follows has reasons that there are.",
    ],
  ],
};

export const equivalentDerivation: readonly Equivalent[] = Object.entries({ ...derivation, ...numbers }).flatMap(
  ([name, mutants]) =>
    mutants.map(([from, to, why]) => ({ file: `src/generative/derivation/${name}.ts`, from, to, why })),
);

/** What others call a function that is built in, and that is near to it also by its letters. */
function nearToo(name: string, meant: string): readonly [from: string, to: string, why: string] {
  const why = "One letter from it, and of names as near the built-in one is first; nearer is but one in other case.";
  return [`${name}: "${meant}",`, `${name}: "",`, why];
}
