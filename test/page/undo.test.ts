import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const cells = [
  { id: "title", text: "# Undo\n\nIn cells and outside." },
  { id: "first", code: "const first = 1;" },
  { id: "asks", code: "first + 1", metadata: { tags: ["predict"] } },
  { id: "second", code: "const second = first;\nsecond" },
];

describe.skipIf(!chromiumPath)(`undo${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;
  let page: Page;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open("notebooks/06-small.ipynb");
    page = lecture.page;
  });
  afterAll(() => companion?.stop());

  /** The cells as their editors show them, and as they are saved. */
  const sources = async () => {
    const shown = await lecture.page
      .locator(".jp-CodeCell .cm-content")
      .evaluateAll(editors => editors.map(each => [...each.children].map(line => line.textContent).join("\n")));
    await page.keyboard.press("ControlOrMeta+s");
    await page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    const saved = await companion.saved("06-small.ipynb");
    expect(shown).toEqual(saved.filter(each => each.cell_type === "code").map(each => [each.source].flat().join("")));
    return shown;
  };

  /** What the browser's own menu does, which no key binding sees. */
  const byMenu = async (command: string) => {
    const session = await page.context().newCDPSession(page);
    for (const type of ["rawKeyDown", "keyUp"] as const)
      await session.send("Input.dispatchKeyEvent", { type, key: command, commands: [command] });
    await session.detach();
  };
  const keys = ["ControlOrMeta+z", "ControlOrMeta+y", "ControlOrMeta+Shift+z"];

  it("outside of cells leaves them as they are, and says what undoes", async () => {
    await lecture.code(0).locator(".cm-content").click();
    await page.keyboard.press("End");
    await page.keyboard.type(" // one two");
    await page.keyboard.press("Enter");
    await page.keyboard.type("first");
    await lecture.select(2);
    const written = await sources();
    expect(written[0]).toBe("const first = 1; // one two\nfirst");
    for (const key of keys) await page.keyboard.press(key);
    await byMenu("Undo");
    await byMenu("Redo");
    expect(await sources()).toEqual(written);
    await page.locator(".notice", { hasText: "Z undoes what was done to cells" }).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (const key of keys) await page.keyboard.press(key);
    expect(await sources()).toEqual(written);
  });

  it("in a field takes back what was written there, and never what was in a cell", async () => {
    const written = await sources();
    const field = lecture.code(1).getByLabel("Predict first: what will come out?");
    await field.click();
    for (const key of keys) await page.keyboard.press(key);
    expect(await sources()).toEqual(written);
    await page.keyboard.type("two");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await field.inputValue()).toBe("");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    expect(await field.inputValue()).toBe("two");
    for (let time = 0; time < 4; time++) await page.keyboard.press("ControlOrMeta+z");
    expect(await field.inputValue()).toBe("");
    expect(await sources()).toEqual(written);
  });

  it("in a cell is the editor's own, by keys and by the browser's menu", async () => {
    await lecture.code(0).locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+z");
    expect((await sources())[0]).toBe("const first = 1;");
    await page.keyboard.press("ControlOrMeta+y");
    expect((await sources())[0]).toBe("const first = 1; // one two\nfirst");
    await byMenu("Undo");
    expect((await sources())[0]).toBe("const first = 1;");
    await byMenu("Redo");
    expect((await sources())[0]).toBe("const first = 1; // one two\nfirst");
  });

  it("of text that was dragged leaves both places whole", async () => {
    const before = await sources();
    await lecture.code(2).locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    const from = await lecture.code(2).locator(".cm-line").first().boundingBox();
    const to = await lecture.code(1).getByLabel("Predict first: what will come out?").boundingBox();
    if (!from || !to) throw new Error("Both places must be drawn.");
    await page.mouse.move(from.x + 20, from.y + from.height / 2);
    await page.mouse.down();
    await page.mouse.move(to.x + 40, to.y + to.height / 2, { steps: 8 });
    await page.mouse.up();
    expect(await sources()).toEqual(before);
    for (const key of keys) await page.keyboard.press(key);
    expect(await sources()).toEqual(before);
  });

  it("after a renaming was taken back by its notice leaves all as it was", async () => {
    const before = await sources();
    await lecture.code(0).locator(".cm-line").getByText("first", { exact: true }).first().click();
    await page.keyboard.press("F2");
    await page.locator(".jp-Dialog input").fill("one");
    await page.keyboard.press("Enter");
    await page.getByText("first is one now").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("one is first now").waitFor();
    expect(await sources()).toEqual(before);
    await page.keyboard.press("Escape");
    for (const key of keys) await page.keyboard.press(key);
    expect(await sources()).toEqual(before);
    await page.keyboard.press("z");
    await page.keyboard.press("Shift+Z");
    expect(await sources()).toEqual(before);
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
