import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { Site } from "../../src/handout/index.ts";
import { type Cell, formatNotebook } from "../../src/notebook/index.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { code, markdown, shown } from "./pages.ts";

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><defs><g id="g"/></defs><style>rect { fill: red }</style><use href="#g"/></svg>';
const hostile = `</script><img src=x onerror="window.ran()">`;

const notebooks: Record<string, Cell[]> = {
  "a-first": [
    markdown("# 1. The first\n\nHow likely is $p(x)$? *Very.* Much more is to come.\n\nAnother paragraph.", {
      id: "top",
    }),
    markdown("## Part\n\n$$a = b \\tag{1}\\label{same}$$ and \\eqref{same}, [there](b-second.ipynb#cell-id=mid)", {
      id: "mid",
    }),
    code("const reached = 1;", [
      shown({ "image/svg+xml": svg, "text/plain": "a drawing" }),
      shown({ "application/vnd.lectern.claim+json": { text: "a wonderful claim", holds: true } }),
    ]),
    markdown("[source](../src/a.ts), [absent](c-broken.ipynb#x), [web](https://example.org/a.html), [here](#Part)"),
    code("const leftOut = 'hidden words';", [], "remove-cell"),
  ],
  "b-second": [
    markdown(`# The second\n\n${hostile}`, { id: "top" }),
    markdown("## Part\n\n$$\\theta \\tag{1}\\label{same}$$ and \\eqref{same}; a Café", { id: "mid" }),
    code("1", [shown({ "image/svg+xml": svg, "text/plain": "a drawing" })]),
  ],
};
const course = (folder: string) => ({
  title: `A course ${hostile}`,
  lectures: ["a-first", "c-broken", "b-second"].map((name, index) => ({
    path: join(folder, `${name}.ipynb`),
    title: name === "b-second" ? `Second ${hostile}` : name,
    minutes: 50 + index * 10,
    needs: index === 2 ? ["a-first.ipynb", "c-broken.ipynb"] : [],
  })),
});

let out: string;
const pages = new Map<string, Document>();
const texts = new Map<string, string>();
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "lectern-site-"));
  for (const [name, cells] of Object.entries(notebooks)) {
    await writeFile(
      join(folder, `${name}.ipynb`),
      formatNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }),
    );
  }
  out = join(folder, "site");
  await mkdir(out);
  const site = new Site(course(folder), { edition: "student" });
  for (const lecture of course(folder).lectures) await site.add(lecture).catch(() => {});
  for (const [name, text] of await site.files()) {
    texts.set(name, text);
    pages.set(name, new JSDOM(text).window.document);
  }
  await site.write(out);
});
const page = (name: string) => pages.get(name) as Document;
const linksOf = (name: string, selector = "a[href]") =>
  [...page(name).querySelectorAll(selector)].map(link => link.getAttribute("href"));

describe("a site", () => {
  it("has its first page, the lectures that can be shown, and one page to print", async () => {
    expect([...pages.keys()]).toEqual(["index.html", "a-first.html", "b-second.html", "print.html"]);
    expect((await readdir(out)).sort()).toEqual([...pages.keys()].sort());
  });

  it("tells of each lecture its title, minutes, needs and first words", () => {
    const items = [...page("index.html").querySelectorAll(".lectures > li")];
    expect(items.map(item => item.querySelector("h2")?.textContent)).toEqual(["a-first", `Second ${hostile}`]);
    expect(items[0]?.textContent).toContain("50 minutes");
    expect(items[0]?.textContent).toContain("How likely is p(x)? Very. Much more is to come.");
    expect(items[0]?.textContent).not.toContain("Another paragraph");
    expect(items[1]?.textContent).toContain("needs a-first");
    expect(page("index.html").body.textContent).toContain("2 lectures, 2 hours of reading");
  });

  it("leads from each lecture to those beside it, past one that is missing", () => {
    expect(linksOf("a-first.html", ".neighbours a")).toEqual([
      ...["index.html", "index.html#search", "b-second.html"],
      ...["index.html", "index.html#search", "b-second.html"],
    ]);
    expect(linksOf("b-second.html", "a[rel=prev]")).toEqual(["a-first.html", "a-first.html"]);
    expect(linksOf("b-second.html", "a[rel=next]")).toEqual([]);
  });

  it("has no link to what is not in the folder, and every link leads to what is there", () => {
    let count = 0;
    for (const name of pages.keys()) {
      for (const href of linksOf(name)) {
        const { protocol, pathname, hash } = new URL(href ?? "", `https://site.invalid/${name}`);
        if (new URL(href ?? "", "https://site.invalid").host !== "site.invalid") continue;
        expect(protocol).toBe("https:");
        const target = pages.get(decodeURIComponent(pathname.slice(1)));
        expect(target, `${href} in ${name}`).toBeDefined();
        const id = decodeURIComponent(hash.slice(1));
        if (id) expect(target?.getElementById(id), `${href} in ${name}`).toBeTruthy();
        count++;
      }
    }
    expect(count).toBeGreaterThan(15);
    const others = linksOf("a-first.html", "main .cell a");
    expect(others).toContain("https://example.org/a.html");
    expect(others).toContain("b-second.html#cell-id=mid");
    expect(others.join()).not.toMatch(/a\.ts|c-broken/);
    expect(page("a-first.html").body.textContent).toContain("source, absent, web, here");
  });

  it("prints all lectures on one page, where what they name alike stays apart", () => {
    const print = page("print.html");
    expect(print.querySelectorAll("article.lecture h1").length).toBe(2);
    const ids = [...print.querySelectorAll("[id]")].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(linksOf("print.html", "#a-first a")).toContain("#b-second/cell-id=mid");
    const references = linksOf("print.html", "a.reference").map(each => decodeURIComponent(each ?? ""));
    expect(references).toEqual(["#a-first/mjx-eqn:same", "#b-second/mjx-eqn:same"]);
    const scopes = [...print.querySelectorAll("[data-scope]")].map(each => each.getAttribute("data-scope"));
    expect(new Set(scopes).size).toBe(scopes.length);
    for (const use of print.querySelectorAll("use")) {
      const id = (use.getAttribute("href") ?? use.getAttribute("xlink:href") ?? "").slice(1);
      expect(print.getElementById(id), id).toBeTruthy();
    }
    expect(texts.get("print.html")).toContain('@top-right { content: "1\\2e  The first"');
  });

  it("runs one script, by its hash, and asks for nothing", () => {
    for (const [name, text] of texts) {
      const scripts = [...page(name).querySelectorAll("script:not([type])")];
      expect(scripts.length, name).toBe(name === "index.html" ? 1 : 0);
      const policy = page(name).querySelector("meta[http-equiv]")?.getAttribute("content");
      expect(policy).toContain("default-src 'none'");
      for (const script of scripts) {
        const hash = createHash("sha256")
          .update(script.textContent ?? "")
          .digest("base64");
        expect(policy).toContain(`script-src 'sha256-${hash}'`);
      }
      expect(page(name).querySelectorAll("[onerror], link, iframe").length).toBe(0);
      expect(text).not.toContain("hidden words");
    }
  });
});

describe.skipIf(!chromiumPath)(`the search of a site${needsChromium}`, () => {
  it("finds cells as they read, headings first, and takes nothing for HTML", async () => {
    const browser = await launch();
    const context = await browser.newContext({ offline: true, viewport: { width: 375, height: 700 } });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on("console", message => complaints.push(message.text()));
    tab.on("pageerror", error => complaints.push(error.message));
    await tab.exposeFunction("ran", () => complaints.push("ran"));
    const index = pathToFileURL(join(out, "index.html")).href;
    await tab.goto(index);
    const found = async (words: string) => {
      await tab.fill("#search-field", words);
      return tab.$$eval("#search-found a", links => links.map(link => link.textContent));
    };
    expect(await found("part")).toEqual(["1. The first: Part", "The second: Part"]);
    expect(await found("CAFE theta")).toEqual(["The second: Part"]);
    expect(await found("wonderful reached")).toEqual(["1. The first: Part"]);
    expect(await found("hidden")).toEqual([]);
    expect(await tab.textContent("#search-told")).toBe("Nothing has all of these words.");
    expect(await found("second")).toEqual(["The second"]);
    expect(await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await found("wonderful");
    await tab.click("#search-found a");
    expect(tab.url()).toMatch(/a-first\.html#cell-id%3D/);
    expect(await tab.evaluate(() => document.querySelector(":target") !== null)).toBe(true);
    await tab.goBack();
    expect(await tab.inputValue("#search-field")).toBe("wonderful");
    expect(complaints).toEqual([]);
    await browser.close();
  });
});
