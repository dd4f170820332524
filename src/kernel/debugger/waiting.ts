/** A place in compiled code. */
export interface Call {
  name: string;
  line: number;
  column: number;
}

/** How many calls are looked at, those that run and those that wait. */
const most = 200;

/**
 * The calls that wait, each at an `await`, for the code that calls this; innermost first. V8 knows them for the stacks
 * of errors, without the tracking of all asynchronous code that its inspector would turn on: node does not survive
 * that being turned on or off while code is on its way, or is ended by an interrupt.
 */
export function waitingCalls(): Call[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = most;
    Error.prepareStackTrace = (_error, sites) => sites;
    const sites = new Error().stack as unknown as (NodeJS.CallSite & { isAsync(): boolean })[];
    return sites
      .filter(site => site.isAsync())
      .map(site => ({
        name: site.getFileName() ?? "",
        line: site.getLineNumber() ?? 0,
        column: site.getColumnNumber() ?? 0,
      }));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}
