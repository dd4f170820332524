import { describe, expect, it } from "vitest";
import { asProgress, ProgressLine, progressWords } from "../../../src/kernel/display/progress.ts";

function shown(play: (line: ProgressLine) => void): [text: string, id: string][] {
  const calls: [string, string][] = [];
  play(new ProgressLine((data, id) => calls.push([String(data["text/plain"]), id]), "x"));
  return calls;
}

it("is one line that changes in place, and stays full", () => {
  const calls = shown(line => {
    line.report({ step: 150, steps: 600, loss: 98.3123, stepsPerSecond: 40.7, secondsLeft: 3671.4 });
    line.report({ step: 600, steps: 600, loss: 90, stepsPerSecond: 41, secondsLeft: 0 });
    line.end();
  });
  expect(calls).toEqual([
    [`${"█".repeat(6)}${"░".repeat(18)}  25 %  step 150/600, loss 98.31, 40.7 steps/s, 1:01:11 left`, "x-1"],
    [`${"█".repeat(24)} 100 %  step 600/600, loss 90, 41 steps/s`, "x-1"],
  ]);
});

it("says how far a training came that was cut off", () => {
  const calls = shown(line => {
    line.report({ step: 5, steps: 10, loss: 1, stepsPerSecond: 2, secondsLeft: 2.5 });
    line.end();
    line.end();
  });
  expect(calls.map(([text]) => text.split("%  ")[1])).toEqual([
    "step 5/10, loss 1, 2 steps/s, 0:03 left",
    "stopped at step 5/10, loss 1, 2 steps/s",
  ]);
});

it("gives each training of a cell its own line, and none to what is over at once", () => {
  const calls = shown(line => {
    line.report({ step: 10, steps: 10 });
    line.report({ step: 4, steps: 10 });
    line.report({ step: 10, steps: 10 });
    line.report({ step: 10, steps: 10 });
    line.report({ step: 2, steps: 10 });
    line.report({ step: 1, steps: 20 });
  });
  expect(calls.map(([text, id]) => [text.split("%  ")[1], id])).toEqual([
    ["step 4/10", "x-1"],
    ["step 10/10", "x-1"],
    ["step 2/10", "x-2"],
    ["stopped at step 2/10", "x-2"],
    ["step 1/20", "x-3"],
  ]);
});

it("shows what it is told, and takes nothing else for a report", () => {
  expect(progressWords({ step: 1, steps: 2, loss: Number.NaN, secondsLeft: Infinity })).toBe("step 1/2, loss NaN");
  for (const other of [undefined, null, 3, {}, { step: 1 }, { step: 1, steps: 0 }, { step: "1", steps: 2 }]) {
    expect(asProgress(other)).toBeUndefined();
  }
});

it("takes nothing for the next step of a training that is none", () => {
  const calls = shown(line => {
    line.report(undefined);
    line.report({ step: 4, steps: 10 });
    line.report({ step: 4, steps: 10 });
    line.report({ step: 2, steps: 10 });
    line.report({ step: 5, steps: 20 });
    line.report("text");
  });
  expect(calls.map(([text, id]) => [text.split("%  ")[1], id])).toEqual([
    ["step 4/10", "x-1"],
    ["step 4/10", "x-1"],
    ["stopped at step 4/10", "x-1"],
    ["step 2/10", "x-2"],
    ["stopped at step 2/10", "x-2"],
    ["step 5/20", "x-3"],
  ]);
});

it("rounds to four digits, and to whole numbers above a thousand", () => {
  const loss = (value: number) => progressWords({ step: 1, steps: 2, loss: value }).slice("step 1/2, loss ".length);
  expect([12345.67, 1000, -1000.4, 999.96, 0.00012347, Infinity, -Infinity].map(loss)).toEqual([
    ...["12346", "1000", "-1000", "1000", "0.0001235", "Infinity", "-Infinity"],
  ]);
});

describe("the losses of a training", () => {
  const histories = (reports: readonly object[]) => {
    const shown: unknown[] = [];
    const line = new ProgressLine(data => {
      shown.push((data["application/vnd.lectern.progress+json"] as { history?: unknown }).history);
    }, "x");
    for (const report of reports) line.report(report);
    return shown as [number, number][][];
  };

  it("go with each report, from the second on", () => {
    const reports = [3, 2, 1].map((loss, index) => ({ step: index + 1, steps: 9, loss }));
    expect(histories(reports)).toEqual([
      undefined,
      [
        [1, 3],
        [2, 2],
      ],
      [
        [1, 3],
        [2, 2],
        [3, 1],
      ],
    ]);
  });

  it("are as many as a curve needs, the first and the last among them, evenly", () => {
    const steps = 5000;
    const reports = Array.from({ length: steps - 1 }, (_, index) => ({
      step: index + 1,
      steps,
      loss: 1 / (index + 1),
    }));
    const all = histories(reports);
    for (const [index, history] of all.entries()) {
      if (index === 0) continue;
      expect(history.length).toBeLessThanOrEqual(201);
      expect(history[0]?.[0]).toBe(1);
      expect(history.at(-1)?.[0]).toBe(index + 1);
    }
    const last = all.at(-1)?.slice(0, -1) ?? [];
    const gaps = new Set(last.slice(1).map(([step], index) => step - (last[index]?.[0] ?? 0)));
    // The last one may lie between two.
    expect(gaps.size).toBe(1);
  });

  it("leave out what is no number, and begin anew with the next training", () => {
    const reports = [
      { step: 1, steps: 4, loss: 2 },
      { step: 2, steps: 4, loss: Number.NaN },
      { step: 3, steps: 4, loss: 1 },
      { step: 1, steps: 4, loss: 9 },
      { step: 2, steps: 4, loss: 8 },
    ];
    const last = histories(reports).at(-1);
    expect(last).toEqual([
      [1, 9],
      [2, 8],
    ]);
  });
});
