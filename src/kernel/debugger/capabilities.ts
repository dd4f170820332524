import type { DebugProtocol } from "@vscode/debugprotocol";

/** What the debugger says of itself when a client greets it. */
export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsExceptionInfoRequest: true,
  supportsModulesRequest: true,
  supportsLoadedSourcesRequest: true,
  supportsTerminateRequest: true,
  supportsDelayedStackTraceLoading: true,
  supportsSetVariable: false,
  exceptionBreakpointFilters: [
    { filter: "all", label: "All exceptions", default: false },
    { filter: "uncaught", label: "Exceptions that nobody catches", default: false },
  ],
};
