import type { MimeData } from "../../notebook/types.ts";
import { LossHistory } from "./lossHistory.ts";

/** What training reports of itself under `Symbol.for("lectern.progress")`, as far as it is shown. */
export interface Progress {
  step: number;
  steps: number;
  loss?: number;
  stepsPerSecond?: number;
  secondsLeft?: number;
}

/** The report as a progress, or undefined where it is none. */
export function asProgress(report: unknown): Progress | undefined {
  if (typeof report !== "object" || report === null) return undefined;
  const { step, steps } = report as Progress;
  return Number.isFinite(step) && Number.isFinite(steps) && steps > 0 ? (report as Progress) : undefined;
}

/** `step 300/600, loss 98.31, 41 steps/s, 0:07 left`, as far as it is known. */
export function progressWords({ step, steps, loss, stepsPerSecond, secondsLeft }: Progress): string {
  const words = [`step ${step}/${steps}`];
  if (loss !== undefined) words.push(`loss ${rounded(loss)}`);
  if (isKnown(stepsPerSecond)) words.push(`${rounded(stepsPerSecond)} steps/s`);
  if (isKnown(secondsLeft) && step < steps) words.push(`${clock(secondsLeft)} left`);
  return words.join(", ");
}

/**
 * Shows the reports of one cell as a line that changes in place: `████░░░░ 50 %  step 300/600, …`.
 *
 * A training that follows another in the same cell gets a line of its own. A line that the cell leaves unfinished, by
 * an error or an interrupt, says how far it came.
 */
export class ProgressLine {
  #last: Progress | undefined;
  #line = 0;
  #history = new LossHistory();

  constructor(
    readonly display: (data: MimeData, displayId: string) => void,
    readonly id: string,
  ) {}

  report(report: unknown): void {
    const progress = asProgress(report);
    if (!progress) return;
    const last = this.#last;
    const continues = last && progress.steps === last.steps && progress.step >= last.step && last.step < last.steps;
    if (!continues) {
      this.end();
      // What is over before it was seen needs no line.
      if (progress.step >= progress.steps) return;
      this.#line++;
      this.#history = new LossHistory();
    }
    this.#last = progress;
    this.#history.add(progress);
    this.#show(progress, `${bar(progress)}  ${progressWords(progress)}`);
  }

  /** No more reports come for the present line. */
  end(): void {
    const last = this.#last;
    this.#last = undefined;
    if (last && last.step < last.steps)
      this.#show(last, `${bar(last)}  stopped at ${progressWords({ ...last, secondsLeft: Number.NaN })}`);
  }

  #show({ step, steps, loss }: Progress, text: string): void {
    // A page that knows this type draws a bar of its own.
    const history = this.#history.points;
    const drawn = { step, steps, ...(isKnown(loss) ? { loss } : {}), ...(history.length > 1 ? { history } : {}) };
    this.display({ [mimeType]: drawn, "text/plain": text }, `${this.id}-${this.#line}`);
  }
}

const mimeType = "application/vnd.lectern.progress+json";
const width = 24;

function bar({ step, steps }: Progress): string {
  const share = Math.min(1, Math.max(0, step / steps));
  const full = Math.floor(share * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${String(Math.floor(100 * share)).padStart(3)} %`;
}

function rounded(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

function isKnown(value: number | undefined): value is number {
  return Number.isFinite(value);
}
