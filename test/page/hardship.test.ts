import { readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";

const SMALL = "notebooks/06-small.ipynb";

const cells = [
  { id: "title", text: "# A small lecture" },
  { id: "count", code: "let count = 1;\ncount" },
  { id: "add", code: "count += 10;\ncount" },
  { id: "who", code: "process.pid" },
  { id: "endless", code: "while (true) {}" },
];

describe.skipIf(!chromiumPath)(`a page in hard times${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
  });
  afterAll(() => companion?.stop());

  it("steps back to the state before a cell", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(0);
    await lecture.run(1);
    await lecture.output(1).getByText("11").waitFor();
    await lecture.select(1);
    await lecture.page.keyboard.press("Shift+Backspace");
    await lecture.idle();
    await lecture.run(1);
    expect(await lecture.output(1).textContent()).toBe("11");
    await lecture.page.close();
  });

  it("says of a kernel that is killed while a cell runs what became of it, and goes on with a new one", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(2);
    const pid = Number(await lecture.output(2).textContent());
    await lecture.select(3);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.page.locator(".kernel", { hasText: "runs …" }).waitFor();
    process.kill(pid, "SIGKILL");
    await lecture.page.locator(".notice", { hasText: "The kernel died, and a new one starts" }).waitFor();
    await lecture.code(3).getByText("was ended by SIGKILL while the cell ran").first().waitFor();
    await lecture.idle();
    expect(await lecture.page.locator(".jp-Dialog").count()).toBe(0);
    await lecture.run(0);
    expect(await lecture.output(0).textContent()).toBe("1");
    await lecture.page.close();
  });

  it("starts a new kernel in place of one that died again and again, by the notice, the menu and the next run", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    const dead = page.locator(".notice", { hasText: "does not start again by itself" });
    const dieForGood = async () => {
      for (let deaths = 0; deaths < 12 && (await dead.count()) === 0; deaths++) {
        await lecture.select(0);
        await page.keyboard.press("Control+Enter");
        // It may be there again before one looks.
        await page.waitForTimeout(1500);
        await page.locator(".kernel", { hasText: /^(died: restart it|ready)$/ }).waitFor();
      }
      await dead.waitFor();
      expect(await page.locator(".kernel").textContent()).toBe("died: restart it");
    };
    await lecture.write(0, 'process.kill(process.pid, "SIGKILL");');
    await dieForGood();
    await page.getByRole("button", { name: "Start a new kernel" }).click();
    await lecture.run(2);
    await dieForGood();
    await page.locator(".notice .close").first().click();
    await lecture.choose("More", "Restart the kernel");
    await lecture.run(2);
    await dieForGood();
    await page.locator(".notice .close").first().click();
    await lecture.choose("More", "Run all");
    await page.getByRole("button", { name: "Start a new kernel" }).click();
    await lecture.write(0, "let count = 1;\ncount");
    await lecture.run(0);
    await page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    await page.close();
  });

  it("asks before it overwrites a file that somebody else changed, and loses neither", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.write(0, "let count = 2;");
    await lecture.page.keyboard.press("ControlOrMeta+s");
    const copy = join(companion.workspace.root, "work/06-small.ipynb");
    await expect.poll(() => readFile(copy, "utf8").catch(() => ""), { timeout: 20_000 }).toContain("count = 2");
    await lecture.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    writeFileSync(copy, readFileSync(copy, "utf8").replace("count = 2", "count = 5"));
    await lecture.write(0, "let count = 3;");
    await lecture.page.keyboard.press("ControlOrMeta+s");
    const question = lecture.page.locator(".notice", { hasText: "This notebook was changed elsewhere" });
    await question.waitFor();
    expect(readFileSync(copy, "utf8")).toContain("count = 5");
    expect(await lecture.code(0).locator(".cm-content").textContent()).toContain("count = 3");
    await question.getByRole("button", { name: "Take what was saved there" }).click();
    await lecture.code(0).getByText("count = 5").waitFor();
    await lecture.page.close({ runBeforeUnload: false });
  });

  it("keeps a file that cannot be read any more until the reader wants it replaced", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    const copy = join(companion.workspace.root, "work/06-small.ipynb");
    const broken = "<<<<<<< mine";
    writeFileSync(copy, broken);
    await lecture.write(0, "let count = 'over what is broken';");
    await page.keyboard.press("ControlOrMeta+s");
    const notice = page.locator(".notice", { hasText: "cannot be read any more" });
    await notice.getByText("resolve the merge conflict").waitFor();
    expect(readFileSync(copy, "utf8")).toBe(broken);
    await notice.getByRole("button", { name: "Keep what is here" }).click();
    await page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    expect(readFileSync(copy, "utf8")).toContain("over what is broken");
    await page.close();
  });

  it("gives the handout of what is seen, as a file", async () => {
    const lecture = await companion.open(SMALL);
    const download = lecture.page.waitForEvent("download");
    await lecture.choose("More", "Handout");
    const file = await download;
    expect(file.suggestedFilename()).toBe("06-small.html");
    expect(await readFile(await file.path(), "utf8")).toContain("<title>handout</title>");
    await lecture.page.close();
  });

  it("says which kernel a notebook lacks", async () => {
    const notebook = {
      cells: [{ cell_type: "markdown", id: "t", metadata: {}, source: "# Statistics" }],
      metadata: { kernelspec: { name: "ir", display_name: "R", language: "R" } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    companion.workspace.write("notebooks/statistics.ipynb", JSON.stringify(notebook));
    const { page } = await companion.open("notebooks/statistics.ipynb");
    await page.locator(".notice", { hasText: "This notebook is for R, which is not installed here" }).waitFor();
    await page.close();
  });
});
