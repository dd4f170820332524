import { Presets, SingleBar } from "cli-progress";
import { harmless } from "./terminal.ts";

/** Shows on a terminal how far an export is. A log has the paths that are written, and needs no more. */
export interface ExportProgress {
  /** What is being made. */
  at(title: string): void;
  done(): void;
  /** Says a line above the bar. */
  tell(line: string): void;
  end(): void;
}

export function exportProgress(total: number, stream: NodeJS.WriteStream = process.stderr): ExportProgress {
  if (!stream.isTTY) return { at() {}, done() {}, tell: line => console.error(line), end() {} };
  const bar = new SingleBar(
    { stream, format: "{bar} {value}/{total}  {title}", hideCursor: true, barsize: 24, linewrap: false },
    Presets.shades_classic,
  );
  const told: string[] = [];
  bar.start(total, 0, { title: "" });
  return {
    at: title => bar.update({ title: harmless(title) }),
    done: () => bar.increment(),
    // A line in the middle would tear the bar.
    tell: line => void told.push(line),
    end() {
      bar.update({ title: "" });
      bar.stop();
      for (const line of told) console.error(line);
    },
  };
}
