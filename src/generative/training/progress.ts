/** How far training is. */
export interface ProgressReport {
  /** Updates done. */
  step: number;
  steps: number;
  /** The loss of the latest step. */
  loss: number;
  stepsPerSecond: number;
  secondsLeft: number;
}

/** Tells listeners a few times a second how training goes. */
export class ProgressReporter {
  private readonly started = performance.now();
  private last = 0;

  constructor(
    private readonly steps: number,
    private readonly from: number,
    private readonly listener?: (report: ProgressReport) => void,
  ) {}

  /** Whether it is time for another report. */
  due(): boolean {
    return performance.now() - this.last > INTERVAL_MILLISECONDS;
  }

  report(step: number, loss: number): void {
    this.last = performance.now();
    const stepsPerSecond = (step - this.from) / this.elapsed();
    const report = { step, steps: this.steps, loss, stepsPerSecond, secondsLeft: (this.steps - step) / stepsPerSecond };
    this.listener?.(report);
    host()?.(report);
  }

  summary(): { seconds: number; stepsPerSecond: number } {
    const seconds = this.elapsed();
    return { seconds, stepsPerSecond: (this.steps - this.from) / seconds };
  }

  private elapsed(): number {
    return (performance.now() - this.started) / 1000;
  }
}

/** The kernel takes reports under a well-known symbol, so that neither needs to import the other. */
function host(): ((report: ProgressReport) => void) | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.progress")] as never;
}

const INTERVAL_MILLISECONDS = 200;
