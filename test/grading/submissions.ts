import { code, handIn, type PlainCell, successor, text, triangle } from "./fixture.ts";

/** What was handed in, and what it must come to: the points of each exercise, and what somebody has to look at. */
export interface Case {
  cells: (starter: PlainCell[]) => PlainCell[];
  /** Of 1.1, 1.2, 1.2 below and 1.3 large. */
  points: [number, number, number, number];
  lookAt?: RegExp;
  /** What the reader of the table is told besides. */
  told?: RegExp;
}

const good = { a1: triangle("return (n * (n + 1)) / 2;"), a2: successor("return n + 1;") };
const all: Case["points"] = [2, 1, 0.5, 1];
const none: Case["points"] = [0, 0, 0, 0];

export const right: Record<string, Case> = {
  formula: { cells: st => handIn(st, good), points: all },
  loop: {
    cells: st =>
      handIn(st, { ...good, a1: triangle("let s = 0;\n  for (let i = 1; i <= n; i++) s += i;\n  return s;") }),
    points: all,
  },
  arrow: { cells: st => handIn(st, { ...good, a2: "const successor = (n: number): number => -~n;" }), points: all },
  helper: {
    cells: st =>
      handIn(
        st,
        { ...good, a1: triangle("return half(n * (n + 1));") },
        { imports: [code("mine", "const half = (x: number) => x / 2;")] },
      ),
    points: all,
  },
  // nbformat 4.4 has no ids; the starter's metadata say which answer is which.
  "no ids": { cells: st => handIn(st, good).map(({ id: _, ...cell }) => cell), points: all },
  retyped: {
    cells: st => handIn(st, { ...good, a1: null }, { title: [code("elsewhere", good.a1)] }),
    points: all,
    told: /the answer triangle was taken from a cell of another id/,
  },
  copied: {
    cells: st => handIn(st, { a2: good.a2 }, { a1: [code("a1", good.a1)] }),
    points: all,
    told: /the id a1 stands on several cells/,
  },
  "own check": {
    cells: st =>
      handIn(st, good, {
        c2: [code("mine", 'check("mine", must => must("it is", triangle(2) === 3));'), text("words", "It works.")],
      }),
    points: all,
  },
  moved: {
    cells: st => {
      const cells = handIn(st, good);
      return [...cells.slice(-2), ...cells.slice(0, -2)];
    },
    points: all,
    told: /cells of the lecture moved/,
  },
  "imports edited": {
    cells: st => handIn(st, { ...good, imports: `${st.find(({ id }) => id === "imports")?.source}\nconst two = 2;` }),
    points: all,
    told: /1 cell of the lecture was edited; the lecture's ran/,
  },
};

export const wrong: Record<string, Case> = {
  nothing: { cells: st => handIn(st, {}), points: none, told: /1\.1: not answered/ },
  "one off": {
    cells: st => handIn(st, { a1: triangle("return (n * (n - 1)) / 2;") }),
    points: none,
    told: /1\.1: not right\. It must grow by n, but got 36/,
  },
  half: { cells: st => handIn(st, { a1: good.a1 }), points: [2, 0, 0, 1] },
  "large only": {
    cells: st => handIn(st, { a1: triangle("return n > 100 ? (n * (n + 1)) / 2 : 1;"), a2: good.a2 }),
    points: [0, 1, 0.5, 1],
  },
  "not below": { cells: st => handIn(st, { ...good, a2: successor("return Math.abs(n) + 1;") }), points: [2, 1, 0, 1] },
  throws: {
    cells: st => handIn(st, { ...good, a2: successor('throw new Error("cannot");') }),
    points: [2, 0, 0, 1],
    told: /1\.2: not right\. .*cannot/,
  },
  "of another type": {
    cells: st => handIn(st, { ...good, a2: 'function successor(n: number): string {\n  return "5";\n}' }),
    points: [2, 0, 0, 1],
    told: /1\.2: did not run: the check could not run/,
  },
  "not a program": {
    cells: st => handIn(st, { ...good, a1: "function triangle(n" }),
    points: [0, 1, 0.5, 0],
    told: /1\.1: did not run: the answer must run, but/,
  },
  "not a number": { cells: st => handIn(st, { ...good, a1: triangle("return Number.NaN;") }), points: [0, 1, 0.5, 0] },
  endless: {
    cells: st => handIn(st, { ...good, a1: triangle("for (;;);") }),
    points: [0, 1, 0.5, 0],
    told: /1\.1: did not run: the cell must finish within 5 s/,
  },
};

/** No answer, and a cell of the student's behind the imports. */
function inSetup(source: string): Case["cells"] {
  return st => handIn(st, {}, { imports: [code("x", source)] });
}

const hook = 'globalThis[Symbol.for("lectern.display") as never]';
const verdict = (exercise: string) =>
  `{ data: { "application/vnd.lectern.exercise+json": { exercise: "${exercise}", state: "right", message: "" }, "text/plain": "✓ Exercise ${exercise}: right." } }`;

export const cheats: Record<string, Case> = {
  "edited and deleted checks": {
    cells: st => handIn(st, { c1: 'check("1.1", must => must("fine", true));', c2: null }),
    points: none,
    lookAt: /the check of 1\.1 was edited; the lecture's ran\. the check of 1\.2 and 1\.2 below was deleted/,
  },
  "forged outputs": {
    cells: st =>
      handIn(st, { a1: `${triangle("return 1;")}\nconsole.log("✓ Exercise 1.1: right.");` }).map(cell =>
        cell.id === "c1"
          ? {
              ...cell,
              outputs: [
                {
                  output_type: "display_data",
                  metadata: {},
                  data: { "application/vnd.lectern.exercise+json": { exercise: "1.1", state: "right", message: "" } },
                },
                {
                  output_type: "display_data",
                  metadata: {},
                  data: { "application/vnd.lectern.claim+json": { text: "sums are known", holds: true } },
                },
              ],
            }
          : cell,
      ),
    points: none,
    lookAt:
      /prints ✓ right; it does not count\. the file shows ✓ for 1\.1, the run does not\. the file shows a claim that the run does not: sums are known/,
  },
  "shown verdicts": {
    cells: st =>
      handIn(
        st,
        {},
        {
          c1: [code("x", `const show = ${hook} as (b: object) => void;\nshow(${verdict("1.1")});`)],
          a1: [code("y", `Object.assign(globalThis, { [Symbol.for("lectern.witness")]: () => {} });`)],
        },
      ),
    points: none,
    lookAt: /a cell of the student's shows a verdict; it does not count\. .*reaches for the kernel's hooks/,
  },
  "patched hook": {
    cells: st =>
      handIn(
        st,
        {},
        { a1: [code("x", `Object.defineProperty(globalThis, Symbol.for("lectern.display"), { value: () => {} });`)] },
      ),
    points: none,
    lookAt: /reaches for the kernel's hooks/,
  },
  "exit before the checks": {
    cells: st => handIn(st, good, { imports: [code("x", "process.exit(0);")] }),
    points: all,
    lookAt: /a cell ended the kernel: the cell called process\.exit\(0\)/,
  },
  "own check in its place": {
    cells: inSetup(
      `function check(exercise: string, rules: unknown) { (${hook} as (b: object) => void)(${verdict("1.1")}); }`,
    ),
    points: none,
    lookAt: /declares check anew/,
  },
  "check within an answer": {
    cells: st => handIn(st, { a1: triangle('check("1.1", must => must("fine", true));\n  return 1;') }),
    points: none,
    lookAt: /1\.1 withheld: the check spoke more than once/,
  },
  // By the answer, while its own check runs: the next ones would believe it.
  "patched language": {
    cells: st => handIn(st, { ...good, a1: triangle("Array.prototype.every = (() => true) as never;\n  return 0;") }),
    points: none,
    lookAt: /1\.2 withheld: what the check relies on was changed: Array\.prototype\.every/,
  },
  "renamed yardstick": {
    cells: st => handIn(st, { a2: successor("return 7;") }, { a2: [code("x", "const one = (n: number) => 7;")] }),
    points: none,
    lookAt: /1\.2 withheld: what the check relies on was changed: one\./,
  },
  "forged channel": {
    cells: inSetup(
      'import fs from "node:fs";\nfs.writeSync(4, new Uint8Array([20, 0, 0, 0, ...Array.from({ length: 20 }, () => 7)]));\nawait new Promise(resolve => setTimeout(resolve, 500));',
    ),
    points: none,
    lookAt: /a cell ended the kernel: a cell must not write to the kernel's own channel/,
  },
};
