import { assertSameTrace, type Trace } from "./trace/index.ts";

/**
 * Looks now and then whether a compiled step would still be traced to the same graph.
 *
 * Two traces at the first call cannot tell that a number changes from call to call, as a β that is annealed does. So
 * the step is traced again at its second call, and then each time that the calls have doubled. Calls are counted and
 * not seconds, so that what is noticed does not depend on how busy the machine is.
 */
export class Watch {
  private calls = 1;
  private seen = 1;

  constructor(private readonly first: Trace) {}

  /** Before every call but the first. */
  beforeCall(again: () => Trace): void {
    this.calls++;
    if (this.calls < 2 * this.seen) return;
    this.look(again, this.calls);
  }

  /** After the last call, so that nothing that stayed changed goes unnoticed. */
  atTheEnd(again: () => Trace): void {
    if (this.seen < this.calls) this.look(again, this.calls + 1);
  }

  /** @throws TraceError where the step is not what it was, with the calls that may have gone wrong */
  private look(again: () => Trace, call: number): void {
    const trace = again();
    const [first, last] = [this.seen + 1, call - 1];
    const calls = first === last ? `call ${first}` : `calls ${first} to ${last}`;
    assertSameTrace(this.first, trace, last < first ? "" : `; ${calls} may still have used the first`);
    this.seen = call;
  }
}
