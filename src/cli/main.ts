#!/usr/bin/env node
import { CommandError, exitCode } from "./errors.ts";

const usage = `lectern: TypeScript notebooks on deep generative models

  lectern open [notebook]            the course in the browser, to read, run and change; a copy of yours is changed
      --port NUMBER        where it listens, on this machine only (default: one that is free)
      --no-browser         only print the address
      --edit               change the lectures themselves
  lectern step <notebook>            one cell after another in the terminal
  lectern run <notebook… | course>   run headless, in order, each in a fresh kernel
      --write              store the outputs in the notebook when it succeeds; with solutions apart, in both
      --for student|instructor   without its solutions, or with them (default: as stored)
      --out FILE           store the run in another file
      --report json        print one JSON object with cells, claims and errors
      --timeout SECONDS    give up on a cell that takes longer
      -p NAME=VALUE        set a name of the cell tagged "parameters"
  lectern check <notebook… | course> what is wrong with what is stored; nothing runs
      --report json        print one JSON object
  lectern export <notebook… | course>   a handout of what is stored in the notebook
      --to html            one self-contained file (the default)
      --for student|instructor   without its solutions (the default), or with them and the teaching notes
      --out FOLDER         where it goes (default: handouts)
      --interactive        figures are live, and those play that move; 1.5 MB more, still offline
  lectern split <notebook…>          run a notebook with its solutions and without, then store them apart
  lectern join <notebook… | course>  put the solutions back in, to edit them; lectern split takes them out
  lectern clean <notebook…>          without outputs, counts, and what editors add when they save
      --keep-outputs       only what editors add, and how they write numbers
      --check              change nothing; 1 where something is to be cleaned
      --install            have git do it to every notebook of this repository that is added; --uninstall
      --attributes FILE    where it says so (default: .git/info/attributes, which is not committed)
  lectern clean -                    from standard input to standard output
  lectern trust <notebook…>          take what they show for your own: the page shows it whole, scripts aside
  lectern data                       what data is here, where it came from, checksums, tensor backend
  lectern install                    register the kernel, so that Jupyter's front ends offer it
      --user | --prefix FOLDER | --sys-prefix   where: for you (the default), below a folder, in the Python environment
      --name NAME --display-name TEXT           what Jupyter and its readers call it
  lectern uninstall                  take it away; the same options say where
  lectern start                      run lecture 09 on real MNIST and write its handout
  lectern --version | --help

Exit codes: 0 done, 1 the notebook or the data failed, 2 wrong use, 130 interrupted.
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (rest.includes("--help") || rest.includes("-h")) {
    console.log(usage);
    return exitCode.done;
  }
  switch (command) {
    case "open":
      return (await import("./open.ts")).open(rest);
    case "step":
      return (await import("./step.ts")).step(rest);
    case "run":
      return (await import("./run.ts")).run(rest);
    case "check":
      return (await import("./check.ts")).check(rest);
    case "export":
      return (await import("./export.ts")).exportCommand(rest);
    case "split":
      return (await import("./split.ts")).splitCommand(rest);
    case "join":
      return (await import("./split.ts")).joinCommand(rest);
    case "clean":
      return (await import("./clean.ts")).clean(rest);
    case "trust":
      return (await import("./trust.ts")).trust(rest);
    case "data":
      return (await import("./data.ts")).data(rest);
    case "install":
      return (await import("./install.ts")).install(rest);
    case "uninstall":
      return (await import("./install.ts")).uninstall(rest);
    case "kernel":
      return (await import("./kernel.ts")).kernel(rest);
    case "start":
      return (await import("./start.ts")).start(rest);
    case "--version":
    case "-v":
      console.log((await import("./version.ts")).version());
      return exitCode.done;
    case "--help":
    case "-h":
    case "help":
      console.log(usage);
      return exitCode.done;
    case undefined:
      throw new CommandError("lectern: a command is needed, but got none; try lectern --help.");
    default:
      throw new CommandError(
        `lectern: the command must be open, step, run, check, export, split, join, clean, trust, data, install, uninstall or start, but got ${command}; try lectern --help.`,
      );
  }
}

// A reader that stops early, such as head, is no fault.
process.stdout.on("error", error => {
  if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const told = error instanceof CommandError;
  console.error(told ? error.message : ((error as Error)?.stack ?? String(error)));
  process.exitCode = told ? error.code : exitCode.failed;
}
