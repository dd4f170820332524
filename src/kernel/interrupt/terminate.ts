import { Session } from "node:inspector";

/** Ends the JavaScript that the main thread is running. */
export interface Terminator {
  terminate(): Promise<void>;
  /** To be called before the process exits: node would wait for a debugger, which this is to it. */
  close(): void;
}

/**
 * For a worker: a terminator, which ends the running code at once and past every `catch`. State is
 * kept, the event loop goes on.
 *
 * On Node 20, where this hits a timer's callback, node must run with `--no-force-async-hooks-checks`.
 */
export function mainThreadTerminator(): Terminator {
  const session = new Session();
  session.connectToMainThread();
  return {
    terminate: () => new Promise(resolve => session.post("Runtime.terminateExecution", () => resolve())),
    close: () => session.disconnect(),
  };
}
