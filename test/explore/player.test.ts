import { JSDOM } from "jsdom";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FigureProblem, Player, type PlayerOptions, type RecordedFigure } from "../../src/explore/index.ts";
import { figure, record } from "./records.ts";

let drawn: string[];
let player: Player | undefined;

beforeEach(() => {
  const { window } = new JSDOM("<!doctype html><body></body>");
  class Still {
    observe(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("window", window);
  vi.stubGlobal("ResizeObserver", Still);
  vi.useFakeTimers();
  drawn = [];
});
afterEach(() => {
  player?.dispose();
  player = undefined;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function open(options: Partial<PlayerOptions> = {}): Promise<Player> {
  const draw = async (_: HTMLElement, { alt }: RecordedFigure) => void drawn.push(alt);
  player = new Player({ record, figure, draw, ...options });
  document.body.append(player.node);
  await player.start();
  return player;
}
const find = <E extends Element = HTMLElement>(selector: string) => document.querySelector(selector) as E;
const text = (selector: string) => find(selector).textContent;
const press = (label: string) => find<HTMLButtonElement>(`button[aria-label="${label}"]`).click();
const rest = () => vi.advanceTimersByTimeAsync(600);

function slideTo(place: number): void {
  const range = find<HTMLInputElement>("input");
  range.valueAsNumber = place;
  range.dispatchEvent(new (document.defaultView as unknown as typeof globalThis).Event("input"));
}

it("starts at the start, with names, values and words", async () => {
  await open();
  expect(drawn).toEqual(["mean 0, p"]);
  expect(find("label").textContent).toBe("mean");
  expect(document.querySelectorAll("label")[1]?.textContent).toBe("density");
  expect([text("output"), find("input").getAttribute("aria-valuetext")]).toEqual(["0.0", "0.0"]);
  expect(find(".explore").getAttribute("aria-label")).toBe("A figure that moves: mean, density");
  expect(find(".explore-stage").getAttribute("aria-label")).toBe("mean 0, p");
});

it("draws what is stored, and says it once it stands still", async () => {
  await open();
  slideTo(3);
  await vi.advanceTimersByTimeAsync(10);
  slideTo(4);
  await vi.advanceTimersByTimeAsync(10);
  expect(drawn).toEqual(["mean 0, p", "mean 0.5, p", "mean 1, p"]);
  expect([text("output"), text("[aria-live]")]).toEqual(["1.0", ""]);
  await rest();
  expect(text("[aria-live]")).toBe("mean 1, p");
});

it("steps, and stops at the ends", async () => {
  await open();
  press("mean: one step on");
  press("mean: one step on");
  press("mean: one step on");
  await rest();
  expect(text("output")).toBe("1.0");
  press("mean: one step back");
  await rest();
  expect(drawn.at(-1)).toBe("mean 0.5, p");
});

it("plays from where it stands to the end, says only the last, and from the end starts anew", async () => {
  await open();
  press("mean: play");
  await vi.advanceTimersByTimeAsync(600);
  expect(drawn.slice(1)).toEqual(["mean 0.5, p", "mean 1, p"]);
  expect(text("[aria-live]")).toBe("");
  await rest();
  await rest();
  expect([text("[aria-live]"), find('[aria-label="mean: play"]').textContent]).toEqual(["mean 1, p", "▶"]);
  drawn = [];
  press("mean: play");
  await vi.advanceTimersByTimeAsync(5000);
  expect(drawn).toEqual(["mean -1, p", "mean -0.5, p", "mean 0, p", "mean 0.5, p", "mean 1, p"]);
});

it("says only the last where figures are slow, too", async () => {
  const draw = async (_: HTMLElement, { alt }: RecordedFigure) => {
    await new Promise(resolve => setTimeout(resolve, drawn.length === 0 ? 0 : 900));
    drawn.push(alt);
  };
  const opening = open({ draw });
  await vi.advanceTimersByTimeAsync(10);
  await opening;
  const said = new Set<string | null>();
  press("mean: play");
  for (let tick = 0; tick < 60; tick++) {
    await vi.advanceTimersByTimeAsync(50);
    said.add(text("[aria-live]"));
  }
  expect(drawn).toEqual(["mean 0, p", "mean 0.5, p", "mean 1, p"]);
  expect([...said]).toEqual(["", "mean 1, p"]);
});

it("pauses by its button, by space, and when it is moved", async () => {
  await open();
  const isPlaying = () => document.querySelector('[aria-label="mean: pause"]') !== null;
  const space = () => {
    const { KeyboardEvent } = document.defaultView as unknown as typeof globalThis;
    find("input").dispatchEvent(new KeyboardEvent("keydown", { key: " " }));
  };
  press("mean: play");
  expect(isPlaying()).toBe(true);
  press("mean: pause");
  expect(isPlaying()).toBe(false);
  space();
  expect(isPlaying()).toBe(true);
  slideTo(1);
  expect(isPlaying()).toBe(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(text("output")).toBe("-0.5".replace("-", "−"));
});

it("lets other controls go back where only single moves are stored, and says so", async () => {
  const moved = await open();
  await moved.move(0, 4);
  await moved.move(1, 1);
  expect([drawn.at(-1), text("output")]).toEqual(["mean 0, q", "0.0"]);
  expect(text(".explore-note")).toBe("Stored figures only: mean at 0.0.");
  await moved.move(1, 0);
  expect(text(".explore-note")).toBe("");
});

it("asks for what is not stored, one at a time, and of many moves only for the last", async () => {
  const asked: number[][] = [];
  const ask = async (at: number[]) => {
    asked.push(at);
    await new Promise(resolve => setTimeout(resolve, 100));
    return { ...figure, alt: `asked ${at}` };
  };
  const moved = await open({ ask });
  void moved.move(1, 1);
  for (const place of [4, 3, 1, 0]) void moved.move(0, place);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([[0, 1]]);
  for (const place of [1, 3]) {
    void moved.move(0, place);
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(20);
  void moved.move(0, 4);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.slice(1)).toEqual([
    [1, 1],
    [4, 1],
  ]);
  expect(drawn.at(-1)).toBe("asked 4,1");
});

it("says that the kernel is busy where a figure takes long", async () => {
  const ask = () =>
    new Promise<RecordedFigure>(resolve => setTimeout(() => resolve({ ...figure, alt: "at last" }), 2000));
  const moved = await open({ ask });
  await moved.move(1, 1);
  void moved.move(0, 4);
  await vi.advanceTimersByTimeAsync(400);
  expect(text(".explore-note")).toBe("");
  await vi.advanceTimersByTimeAsync(600);
  expect(text(".explore-note")).toBe("The kernel computes this figure when it is free.");
  await vi.advanceTimersByTimeAsync(2000);
  expect([text(".explore-note"), drawn.at(-1)]).toEqual(["", "at last"]);
});

it("shows what the function throws below the controls, keeps the figure, and recovers", async () => {
  const ask = async ([mean]: number[]) => {
    if (mean === 4) throw new FigureProblem("explore: no q there");
    return { ...figure, alt: "asked" };
  };
  const moved = await open({ ask });
  await moved.move(1, 1);
  await moved.move(0, 4);
  expect([text("[role=alert]"), drawn.at(-1), text("output")]).toEqual(["explore: no q there", "mean 0, q", "1.0"]);
  await moved.move(0, 3);
  expect([text("[role=alert]"), drawn.at(-1)]).toEqual(["", "asked"]);
});

it("goes back to what is stored when nobody answers any more", async () => {
  const ask = () => Promise.reject(new Error("gone"));
  const moved = await open({ ask });
  await moved.move(1, 1);
  await moved.move(0, 4);
  await rest();
  expect([drawn.at(-1), text("[role=alert]"), moved.at]).toEqual(["mean 1, p", "", [4, 0]]);
});

it("says what cannot be drawn", async () => {
  await open({ draw: async () => Promise.reject(new Error("plotly: no")) });
  expect(text("[role=alert]")).toBe("plotly: no");
});

it("starts where it stood before, if it can still stand there", async () => {
  const moved = await open();
  await moved.start([4, 0]);
  expect(moved.at).toEqual([4, 0]);
  for (const other of [[4, 1], [9, 0], [1]]) {
    await moved.start(other);
    expect(moved.at).toEqual([4, 0]);
  }
});

it("shows no figure wider than its room", async () => {
  const widths: unknown[] = [];
  const draw = async (_: HTMLElement, { layout }: RecordedFigure) => void widths.push(layout.width);
  const wide = { ...figure, layout: { width: 640 } };
  const moved = await open({ draw, figure: wide });
  Object.defineProperty(find(".explore-stage"), "clientWidth", { value: 300 });
  await moved.start();
  expect(widths).toEqual([640, 300]);
  expect(wide.layout.width).toBe(640);
});
