import { Presets, SingleBar } from "cli-progress";
import { asProgress, progressWords } from "../kernel/display/progress.ts";

/** Shows how far a run is on the terminal, or in a log where there is no terminal. */
export interface ProgressView {
  cell(done: number, total: number): void;
  training(report: unknown): void;
  end(): void;
}

/** On standard error, so that a report on standard output stays clean. */
export function progressView(name: string, stream: NodeJS.WriteStream = process.stderr): ProgressView {
  return stream.isTTY ? bar(name, stream) : log(name, stream);
}

function bar(name: string, stream: NodeJS.WriteStream): ProgressView {
  const view = new SingleBar(
    { stream, format: `${name} {bar} cell {value}/{total}  {detail}`, hideCursor: true, barsize: 24, linewrap: false },
    Presets.shades_classic,
  );
  view.start(1, 0, { detail: "starting" });
  return {
    cell(done, total) {
      view.setTotal(total);
      view.update(done, { detail: "" });
    },
    training(report) {
      const words = inWords(report);
      if (words !== undefined) view.update({ detail: words });
    },
    end: () => view.stop(),
  };
}

/** A line now and then: a log has no use for one a step. */
function log(name: string, stream: NodeJS.WriteStream): ProgressView {
  let last = performance.now();
  let at = "";
  const tell = (detail: string, now: boolean) => {
    if (!now && performance.now() - last < LOG_SECONDS * 1000) return;
    last = performance.now();
    stream.write(`${name}: cell ${at}${detail}\n`);
  };
  return {
    cell(done, total) {
      at = `${done}/${total}`;
      tell("", done === total);
    },
    training(report) {
      const words = inWords(report);
      if (words !== undefined) tell(`, ${words}`, false);
    },
    end() {},
  };
}

function inWords(report: unknown): string | undefined {
  const progress = asProgress(report);
  return progress && progressWords(progress);
}

const LOG_SECONDS = 10;
