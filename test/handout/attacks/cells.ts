import { readFileSync } from "node:fs";
import type { Cell, Notebook, Output } from "../../../src/notebook/index.ts";
import { code, markdown, shown } from "../pages.ts";

type Kind = "html" | "svg" | "mathml" | "tex" | "css" | "url" | "file" | "string";

const PLOTLY = "application/vnd.plotly.v1+json";
const SVG = "image/svg+xml";

/** What is tried, by where it is put. `RUN` is a call that tells that it ran, `ASK` an address to be asked for. */
const attacks = JSON.parse(readFileSync(new URL("attacks.json", import.meta.url), "utf8")) as Record<Kind, string[]>;

/** The attacks on one place, each with a name of its own and calls and addresses that tell it. */
function of(kind: Kind, parent = ""): string[] {
  return attacks[kind].map((attack, index) => {
    const id = `${kind}-${index}`;
    return attack
      .replaceAll("RUN", `window.ran('${id}')`)
      .replaceAll("ASK", `https://attack.invalid/${id}`)
      .replaceAll("ID", id)
      .replaceAll("PARENT", parent);
  });
}

export const count = Object.values(attacks).flat().length;

/** The attacks as a page without any care would have them, to see that they are alive. */
export function careless(): string[] {
  return [
    ...of("html").filter(each => !/<base|refresh|<body/.test(each)),
    ...of("svg").map(each => `<svg>${each}</svg>`),
    ...of("mathml"),
    ...of("css").map(each => `<p style="${each}">p</p><style>p { ${each} }</style>`),
    ...of("url").map(each => `<a href="${each}">a</a><img src="${each}">`),
  ];
}

/** Pieces of a notebook that try all of them, as text and as outputs. */
export function markup(): Cell[] {
  const pieces = [...of("html"), ...of("mathml")].flatMap(each => [
    markdown(`before\n\n${each}\n\nafter`),
    markdown(`inline ${each} after`),
    code("", [shown({ "text/html": each }), shown({ "text/markdown": each })]),
  ]);
  return [
    ...pieces,
    { ...markdown(of("html").join("\n")), cell_type: "raw", metadata: { format: "text/html" } } as Cell,
  ];
}

export function drawings(): Cell[] {
  const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">${inside}</svg>`;
  return of("svg").flatMap(each => [
    markdown(`before\n\n${svg(each)}\n\nafter`),
    code("", [shown({ [SVG]: svg(each) }), shown({ [SVG]: each }), shown({ "text/html": svg(each) })]),
    markdown("![a](attachment:a.svg)", { attachments: { "a.svg": { [SVG]: svg(each) } } }),
  ]);
}

export function formulasAndStyles(): Cell[] {
  return [
    ...of("tex").flatMap(each => [
      markdown(`$${each}$ [a $${each}$](#b)\n\n## Heading $${each}$`),
      code("", [shown({ "text/latex": each }), shown({ "text/html": `<p>$${each}$</p>` })]),
    ]),
    ...of("css").map(each =>
      code("", [
        shown({ "text/html": `<p style="${each}">a</p><style>p { ${each} }</style>` }),
        shown({ "text/html": `<p style='${each.replaceAll("'", '"')}'>a</p>` }),
        shown({
          [SVG]: `<svg xmlns="http://www.w3.org/2000/svg"><style>g { ${each} }</style><g style="${each}"/></svg>`,
        }),
      ]),
    ),
  ];
}

export function addresses(parent: string): Cell[] {
  return [...of("url"), ...of("file", parent)].map(each =>
    markdown(
      [
        `[a](<${each}>) ![b](<${each}>) [c][ref] ![d][ref] <${each}>`,
        `<a href="${each}">e</a><img src="${each}" alt="f"><svg><a href="${each}"><text>g</text></a><image href="${each}"/></svg>`,
        `[ref]: <${each}> "${each}"`,
      ].join("\n\n"),
    ),
  );
}

/** Strings that leave their place, in every place of a notebook that has a name or words. */
export function names(): Notebook {
  const cells = of("string").flatMap((hostile): Cell[] => {
    const figure = { data: [{ x: [1], y: [1], name: hostile }], layout: { title: { text: hostile } } };
    const control = { name: hostile, label: hostile, kind: "pick", stops: [hostile, "b"], start: 0 };
    const outputs = [
      { output_type: "stream", name: hostile, text: hostile },
      { output_type: "error", ename: hostile, evalue: hostile, traceback: [hostile, `\u001b[31m${hostile}\u001b[0m`] },
      shown({ "application/vnd.lectern.claim+json": { text: hostile, holds: true, label: hostile, unit: hostile } }),
      shown({ "application/vnd.lectern.exercise+json": { exercise: hostile, state: hostile, message: hostile } }),
      shown({ "image/png": hostile, "text/plain": hostile }, { "image/png": { alt: hostile, width: hostile } }),
      shown({ "text/plain": hostile }),
      shown({ [hostile]: hostile }),
      shown({ [`application/${hostile}+json`]: { [hostile]: hostile } }),
      shown({ "application/vnd.jupyter.widget-view+json": { model_id: hostile }, "text/plain": hostile }),
      shown({ "application/vnd.vegalite.v5+json": { data: { url: hostile } } }),
      shown({ "application/javascript": hostile }),
      shown({ [PLOTLY]: figure }, { [PLOTLY]: { alt: hostile } }),
      shown({ [PLOTLY]: { data: [{ type: hostile }], layout: {} } }),
      shown({ [PLOTLY]: { ...figure, layout: { images: [{ source: "https://attack.invalid/image" }] } } }),
      shown({ [PLOTLY]: figure, "application/vnd.lectern.explore+json": { controls: [control], frames: [] } }),
    ] as Output[];
    return [
      {
        ...code(hostile, outputs, hostile),
        metadata: { tags: ["hide-cell"], lectern: { summary: hostile }, alt: hostile },
      },
      { ...code(hostile, [shown({ "text/plain": "x" })]), metadata: { vscode: { languageId: hostile } } },
      { ...code(hostile, [shown({ "text/plain": "x" })], "predict"), metadata: { lectern: { prediction: hostile } } },
      markdown(`# ${hostile}\n\n\`\`\`${hostile}\ncode ${hostile}\n\`\`\`\n\n![a](attachment:a.png "${hostile}")`, {
        attachments: { "a.png": { "image/png": hostile }, [hostile]: { [hostile]: hostile } },
        metadata: { [hostile]: hostile },
      }),
    ];
  });
  const [hostile = ""] = of("string");
  const metadata = {
    lang: hostile,
    title: hostile,
    authors: [{ name: hostile }],
    kernelspec: { name: hostile, display_name: hostile, language: hostile },
    language_info: { name: hostile },
    widgets: { "application/vnd.jupyter.widget-state+json": { state: { [hostile]: { state: { value: hostile } } } } },
  };
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}
