/** How a command is called, and what for. */
export interface CommandUsage {
  name: string;
  calls: readonly (readonly [call: string, what: string])[];
  options?: readonly (readonly [flags: string, what: string])[];
  examples: readonly string[];
}

const EDITION = "without its solutions, or with them";
const LECTURE = "notebooks/05-latent-variables.ipynb";

/** All commands of a person, in the order of their help. */
export const commands: readonly CommandUsage[] = [
  {
    name: "open",
    calls: [
      ["lectern open [notebook]", "the course in the browser, to read, run and change; a copy of yours is changed"],
      ["lectern open new.ipynb", "a notebook of your own, made where there is none yet"],
    ],
    options: [
      ["--port NUMBER", "where it listens, on this machine only (default: one that is free)"],
      ["--no-browser", "only print the address"],
      ["--edit", "change the lectures themselves"],
    ],
    examples: ["lectern open", `lectern open ${LECTURE} --port 8888 --no-browser`],
  },
  {
    name: "step",
    calls: [["lectern step <notebook>", "one cell after another in the terminal"]],
    options: [["--for student|instructor", `${EDITION} (default: student)`]],
    examples: [`lectern step ${LECTURE}`],
  },
  {
    name: "run",
    calls: [["lectern run <notebook… | course>", "run headless, in order, each in a fresh kernel"]],
    options: [
      ["--write", "store the outputs in the notebook when it succeeds; with solutions apart, in both"],
      ["--for student|instructor", `${EDITION} (default: as stored)`],
      ["--out FILE", "store the run in another file"],
      ["--report json", "print one JSON object with cells, claims and errors"],
      ["--timeout SECONDS", "give up on a cell that takes longer"],
      ["-p, --parameter NAME=VALUE", 'set a name of the cell tagged "parameters"'],
    ],
    examples: [
      `lectern run ${LECTURE} --write`,
      "lectern run notebooks/09-variational-autoencoder.ipynb -p epochs=100 --timeout 3600 --out hundred.ipynb",
    ],
  },
  {
    name: "check",
    calls: [
      ["lectern check <notebook… | course>", "what is wrong with what is stored; nothing runs; 1 where anything is"],
    ],
    options: [["--report json", "print one JSON object"]],
    examples: ["lectern check course"],
  },
  {
    name: "export",
    calls: [
      ["lectern export <notebook…>", "a handout of what is stored in the notebook; nothing runs"],
      ["lectern export course", "all of them; as HTML a site, with an index, a search, and one page to print"],
    ],
    options: [
      [
        "--to html|md|pdf|slides|ipynb",
        "one self-contained page (the default), Markdown with its figures beside it, a PDF by the Chromium that is installed, slides in one file, or a notebook; a student's is that of lectern starter",
      ],
      ["--for student|instructor", `${EDITION} and the teaching notes (default: student)`],
      ["--out FOLDER", "where it goes (default: handouts)"],
      ["--strict", "hand out nothing that is empty, or whose outputs are not up to date; 1 where there was any"],
      ["--interactive", "figures are live, and those play that move; 1.5 MB more, still offline"],
      ["--title TEXT --author TEXT", "its first heading, and who wrote it (default: as the notebook says)"],
      ["--date DAY --lang TAG", "as 2026-11-30; the language of its text, as en or pt-BR (default: en)"],
      ["--no-input", "leave out the code"],
      ["--css FILE --logo FILE", "a style sheet of yours that comes last; a picture above the title; 500 kB at most"],
    ],
    examples: [
      "lectern export course --strict --out site",
      `lectern export ${LECTURE} --to slides`,
      `lectern export ${LECTURE} --for instructor --out teaching`,
    ],
  },
  {
    name: "split",
    calls: [["lectern split <notebook…>", "run a notebook with its solutions and without, then store them apart"]],
    options: [["--timeout SECONDS", "give up on a cell that takes longer"]],
    examples: [`lectern split ${LECTURE}`],
  },
  {
    name: "join",
    calls: [
      ["lectern join <notebook… | course>", "put the solutions back in, to edit them; lectern split takes them out"],
    ],
    examples: [`lectern join ${LECTURE}`],
  },
  {
    name: "starter",
    calls: [
      [
        "lectern starter <notebook… | course>",
        "what students get, to hand out: no trace of a solution, and what it needs",
      ],
    ],
    options: [
      ["--out FOLDER", "where it goes (default: starter)"],
      ["--without-outputs", "leave out what the cells showed"],
    ],
    examples: ["lectern starter course", `lectern starter ${LECTURE} --out week5`],
  },
  {
    name: "grade",
    calls: [
      [
        "lectern grade <folder>",
        "run what students handed in, score it by the lecture's checks, write table and feedback",
      ],
    ],
    options: [
      ["--of NOTEBOOK | course", "the lectures that it may be of (default: course); may be repeated"],
      ["--out FOLDER", "where grades.csv, grades.md and feedback go (default: grades)"],
      ["--workers NUMBER", "how many run at once (default: 1)"],
      ["--timeout SECONDS", "for one cell (default: 120)"],
      ["--total SECONDS", "for one submission (default: 1800)"],
      ["--memory MB", "for one submission (default: 4096)"],
      ["--output MB", "what one submission may show (default: 50)"],
      ["--due TIME", "note what was changed later, as 2026-11-30T23:59"],
      ["--again", "also what was graded before; else only what is new or changed"],
    ],
    examples: ["lectern grade submissions --workers 2", `lectern grade week5 --of ${LECTURE} --out grades/week5`],
  },
  {
    name: "clean",
    calls: [
      ["lectern clean <notebook…>", "without outputs, counts, and what editors add when they save"],
      ["lectern clean -", "from standard input to standard output"],
    ],
    options: [
      ["--keep-outputs", "only what editors add, and how they write numbers"],
      ["--check", "change nothing; 1 where something is to be cleaned"],
      ["--install", "have git do it to every notebook of this repository that is added; --uninstall"],
      ["--attributes FILE", "where it says so (default: .git/info/attributes, which is not committed)"],
    ],
    examples: ["lectern clean analysis.ipynb --check", "lectern clean --install --keep-outputs"],
  },
  {
    name: "trust",
    calls: [["lectern trust <notebook…>", "take what they show for your own: the page shows it whole, scripts aside"]],
    examples: ["lectern trust analysis.ipynb"],
  },
  {
    name: "data",
    calls: [["lectern data", "what data is here, where it came from, checksums, tensor backend"]],
    examples: ["lectern data"],
  },
  {
    name: "install",
    calls: [["lectern install", "register the kernel, so that Jupyter's front ends offer it"]],
    options: [
      [
        "--user | --prefix FOLDER | --sys-prefix",
        "where: for you (the default), below a folder, in the Python environment",
      ],
      ["--name NAME --display-name TEXT", "what Jupyter and its readers call it"],
    ],
    examples: ["lectern install --sys-prefix"],
  },
  {
    name: "uninstall",
    calls: [["lectern uninstall", "take it away; the same options as of install say where"]],
    options: [
      ["--user | --prefix FOLDER | --sys-prefix", "where it was registered"],
      ["--name NAME", "what Jupyter calls it"],
    ],
    examples: ["lectern uninstall --sys-prefix"],
  },
  {
    name: "start",
    calls: [["lectern start", "run lecture 09 on real MNIST and write its handout"]],
    examples: ["lectern start"],
  },
];
