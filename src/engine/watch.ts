import { assertSameTrace, type Trace } from "./trace/index.ts";

/**
 * Looks now and then whether a compiled step would still be traced to the same graph.
 *
 * Two traces at the first call cannot tell that a number changes from call to call, as a β that is annealed does. So
 * the step is traced again at its second call, and then each time that the calls have doubled, as long as all of that
 * takes at most a quarter of a second or a hundredth of the time since the first call.
 */
export class Watch {
  private calls = 1;
  private seen = 1;
  private looks = 0;
  private milliseconds = 0;
  private readonly started = performance.now();

  constructor(private readonly first: Trace) {}

  /** Before every call but the first. */
  beforeCall(again: () => Trace): void {
    this.calls++;
    if (this.calls < 2 * this.seen) return;
    const withAnother = this.milliseconds * (1 + 1 / this.looks);
    const most = Math.max(MOST_MILLISECONDS, MOST_SHARE * (performance.now() - this.started));
    if (this.looks > 0 && withAnother > most) return;
    this.look(again, this.calls);
  }

  /** After the last call, so that nothing that stayed changed goes unnoticed. */
  atTheEnd(again: () => Trace): void {
    if (this.seen < this.calls) this.look(again, this.calls + 1);
  }

  /** @throws TraceError where the step is not what it was, with the calls that may have gone wrong */
  private look(again: () => Trace, call: number): void {
    const from = performance.now();
    const trace = again();
    const [first, last] = [this.seen + 1, call - 1];
    const calls = first === last ? `call ${first}` : `calls ${first} to ${last}`;
    assertSameTrace(this.first, trace, last < first ? "" : `; ${calls} may still have used the first`);
    this.seen = call;
    this.looks++;
    this.milliseconds += performance.now() - from;
  }
}

const MOST_SHARE = 0.01;
const MOST_MILLISECONDS = 250;
