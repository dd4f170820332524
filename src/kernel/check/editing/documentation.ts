import ts = require("typescript");
import type { Inspection } from "../cellChecker.ts";
import { withoutCells } from "../cellNames.ts";

/** What is known of a name. */
export interface Documented {
  /** Its declaration, without the body. */
  code: string;
  /** Its JSDoc comment. */
  text: string;
  tags: ts.JSDocTagInfo[];
  /** The parameter that is being written, in a call. */
  active?: { name: string; text: string };
}

/** The same in Markdown and in plain text; without `detail`, only what one reads while typing. */
export function documented(found: Documented, detail: 0 | 1): Inspection {
  const code = withoutCells(found.code);
  const text = detail === 1 ? found.text : beginning(found.text);
  const tags = found.tags
    .filter(each => detail === 1 || brief.has(each.name))
    .map(each => ({ ...each, ...partsOf(each) }));
  const active = found.active && { ...found.active, name: withoutCells(found.active.name) };
  const markdown = [
    `\`\`\`ts\n${code}\n\`\`\``,
    active && `**\`${active.name}\`**${active.text && ` — ${active.text}`}`,
    text,
    ...tags.map(({ name, about, text }) => {
      const label = `*@${name}*${about && ` \`${about}\``}`;
      return name === "example" ? `${label}\n${fenced(text)}` : `${label}${text && ` — ${text}`}`;
    }),
  ];
  const plain = [
    code,
    active && `→ ${active.name}${active.text && `: ${active.text}`}`,
    text,
    tags
      .map(({ name, about, text }) => [`@${name}`, about, text].filter(Boolean).join(name === "example" ? "\n" : " "))
      .join("\n"),
  ];
  return { markdown: joined(markdown), text: joined(plain) };
}

function partsOf(tag: ts.JSDocTagInfo): { about: string; text: string } {
  const about = tag.text?.find(each => each.kind === "parameterName")?.text ?? "";
  const text = ts.displayPartsToString(tag.text?.filter(each => each.kind !== "parameterName"));
  return { about, text: text.replace(/^\s*(?:-\s+)?/, "") };
}

/** The paragraphs before the first long example. */
function beginning(text: string): string {
  const end = text.length <= briefLength ? -1 : text.indexOf("\n\n", text.search(/\n\n(?!```)/) + 1);
  return end === -1 ? text : `${text.slice(0, end)}\n\n…`;
}

const briefLength = 600;

function fenced(text: string): string {
  return text.includes("```") ? text : `\`\`\`ts\n${text}\n\`\`\``;
}

function joined(parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join("\n\n");
}

const brief: ReadonlySet<string> = new Set(["param", "returns", "return", "example", "deprecated", "throws"]);
