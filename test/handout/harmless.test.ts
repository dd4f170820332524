import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { code, markdown, page, shown } from "./pages.ts";

describe("what could run or load", () => {
  const attacks = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<img src="https://example.org/x.png" alt="tracker">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>x</text></a><use href="https://example.org/#x"/></svg>',
    '<svg><image href="https://example.org/x.png"/><animate onbegin="alert(1)"/><foreignObject><iframe src="x"></iframe></foreignObject></svg>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data='x'></object><embed src='x'>",
    '<p style="background: url(https://example.org/x.png)">x</p>',
    '<p style="background: u\\72l(https://example.org/x.png); position: fixed">x</p>',
    '<style>@import "https://example.org/x.css"; body { display: none }</style>',
    '<link rel="stylesheet" href="https://example.org/x.css"><base href="https://example.org/"><meta http-equiv="refresh" content="0">',
    '<form action="https://example.org"><button formaction="javascript:alert(1)">x</button></form>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<video src="https://example.org/x.mp4" poster="https://example.org/x.png"></video>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<!--><img src=x onerror=alert(1)>-->",
  ];

  function expectHarmless(root: ParentNode): void {
    for (const style of root.querySelectorAll("style")) {
      expect(style.textContent).not.toMatch(/[@<\\]|url|body \{/);
    }
    for (const element of root.querySelectorAll("*")) {
      expect([
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "meta",
        "base",
        "form",
        "video",
        "foreignobject",
        "animate",
      ]).not.toContain(element.localName.toLowerCase());
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^srcdoc$|action$/);
        if (/href$|^src$|^poster$/.test(name) && element.localName !== "a") expect(value).toMatch(/^(data:image|#)/);
        expect(value).not.toMatch(/^[\s\w]*script\s*:/i);
        if (name === "style") expect(value).not.toMatch(/https?:|fixed|\\/);
      }
    }
  }

  it.each(attacks)("is taken out of Markdown and outputs: %s", async attack => {
    const { main, html } = await page(
      markdown(`before\n\n${attack}\n\nafter`),
      markdown(`inline ${attack} after`),
      code("", [
        shown({ "text/html": attack }),
        shown({ "text/markdown": attack }),
        shown({ "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg">${attack}</svg>` }),
      ]),
    );
    expectHarmless(main);
    expect(new JSDOM(html).window.document.querySelectorAll("head > style")).toHaveLength(1);
  });

  it("cannot come in through names and words", async () => {
    const hostile = '"><script>alert(1)</script>';
    const { document } = await page(
      markdown(`# ${hostile}\n\n[${hostile}](javascript:alert(1))\n\n![${hostile}](https://example.org/x.png)`),
      code(hostile, [
        { output_type: "stream", name: "stdout", text: hostile },
        { output_type: "error", ename: hostile, evalue: hostile, traceback: [hostile] },
        shown({ "application/vnd.lectern.claim+json": { text: hostile, holds: true, label: hostile } }),
        shown({ "image/png": hostile, "text/plain": hostile }),
        shown({ "text/plain": hostile }),
        shown({ "application/vnd.unknown": hostile }),
        shown({ "application/json": { [hostile]: hostile } }),
      ]),
      code("", [
        shown(
          {
            "application/vnd.plotly.v1+json": {
              data: [{ x: [1], y: [1], name: hostile }],
              layout: { title: { text: hostile } },
            },
          },
          { "application/vnd.plotly.v1+json": { alt: hostile } },
        ),
      ]),
    );
    expectHarmless(document.querySelector("main") as Element);
  });

  it("becomes a visible link where it was a picture from elsewhere", async () => {
    const { main } = await page(markdown("![a map](https://example.org/map.png)"));
    expect(main.querySelector("img")).toBeNull();
    expect(main.querySelector("a")?.getAttribute("href")).toBe("https://example.org/map.png");
    expect(main.querySelector("a")?.textContent).toContain("a map");
  });
});
