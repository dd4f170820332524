import { declareClassPlugin, declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { messages } from "./messages.ts";
import { InProcessRunner } from "./runner.ts";
import { undrawn } from "./undrawn.ts";

/** What Stryker loads from here. */
export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, "in-process", InProcessRunner),
  declareValuePlugin(PluginKind.Ignore, "messages", messages),
  declareValuePlugin(PluginKind.Ignore, "undrawn", undrawn),
];
