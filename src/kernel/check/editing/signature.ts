import ts = require("typescript");
import type { View } from "../views.ts";
import { internals, uncancelled } from "../internals.ts";
import type { Documented } from "./documentation.ts";

/** The signature of the call whose parentheses a position is in, with the argument that is being written. */
export function signatureAt({ file, program }: View, position: number, detail: 0 | 1): Documented | undefined {
  const help = internals.SignatureHelp.getSignatureHelpItems(program, file, position, { kind: "invoked" }, uncancelled);
  const item = help?.items[help.selectedItemIndex];
  if (!help || !item) return undefined;
  const shown = detail === 0 ? [item] : [item, ...help.items.filter(each => each !== item)];
  const more = help.items.length - shown.length;
  const last = item.parameters.length - 1;
  const parameter = item.parameters[item.isVariadic ? Math.min(help.argumentIndex, last) : help.argumentIndex];
  return {
    code: shown.map(textOf).join("\n") + (more > 0 ? `\n// and ${more} more` : ""),
    text: ts.displayPartsToString(item.documentation),
    tags: item.tags,
    ...(parameter ? { active: { name: partsOf(parameter.displayParts), text: partsOf(parameter.documentation) } } : {}),
  };
}

function textOf(item: ts.SignatureHelpItem): string {
  const parameters = item.parameters.map(each => partsOf(each.displayParts)).join(partsOf(item.separatorDisplayParts));
  return `${partsOf(item.prefixDisplayParts)}${parameters}${partsOf(item.suffixDisplayParts)}`;
}

const partsOf = (parts: ts.SymbolDisplayPart[]): string => ts.displayPartsToString(parts);
