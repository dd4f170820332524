import { beforeEach, describe, expect, it } from "vitest";
import type { CheckerChild } from "../../../../src/kernel/check/process/child.ts";
import type { FromChecker, RanCell, ToChecker } from "../../../../src/kernel/check/process/messages.ts";
import { Supervisor } from "../../../../src/kernel/check/process/supervisor.ts";
import type { Snapshots } from "../../../../src/kernel/check/snapshot/snapshots.ts";

/** A process that does what the test says. */
class FakeChild {
  ready = false;
  ended = false;
  lastWords = "";
  idled = "";
  readonly told: ToChecker[] = [];

  constructor(
    readonly directory: string,
    readonly snapshot: string | undefined,
    readonly receive: (message: FromChecker) => void,
    readonly close: () => void,
  ) {}

  tell(message: ToChecker): void {
    this.told.push(message);
  }
  idle(idle: boolean): void {
    this.idled += idle ? "i" : "b";
  }
  end(): void {
    this.ended = true;
  }
}

let children: FakeChild[];
let refused: string[];
let snapshot: string | undefined;
let ran: RanCell[];

beforeEach(() => {
  children = [];
  refused = [];
  snapshot = undefined;
  ran = [];
});

function supervise(): Supervisor {
  const snapshots = {
    find: () => (snapshot !== undefined && refused.includes(snapshot) ? undefined : snapshot),
    refuse: (file: string) => refused.push(file),
  } as unknown as Snapshots;
  return new Supervisor(
    "/course",
    snapshots,
    () => ran,
    (directory, snapshot, receive, close) => {
      const child = new FakeChild(directory, snapshot, receive, close);
      children.push(child);
      return child as unknown as CheckerChild;
    },
  );
}

const last = () => children.at(-1) as FakeChild;
const isReady = (stale = false) => last().receive({ type: "ready", stale });
const asked = (child = last()) => child.told.map(({ id, ask }) => [id, ask]);

describe("a question", () => {
  it("is told once the process is ready, and answered by its number", async () => {
    const supervisor = supervise();
    expect([last().directory, last().snapshot, supervisor.child]).toEqual(["/course", undefined, last()]);
    const first = supervisor.ask("know", [["a"]]);
    expect(asked()).toEqual([]);
    isReady();
    const second = supervisor.ask("inspect", ["a", 0, 1]);
    expect(last().told).toEqual([
      { id: 1, ask: "know", with: [["a"]] },
      { id: 2, ask: "inspect", with: ["a", 0, 1] },
    ]);
    last().receive({ type: "failed", id: 2, reason: "no" });
    last().receive({ type: "answer", id: 1, answer: 5 });
    last().receive({ type: "answer", id: 9, answer: 6 });
    expect([await first, await second]).toEqual([
      { kind: "answer", answer: 5 },
      { kind: "none", reason: "no" },
    ]);
  });

  it("keeps the parent alive as long as it is open", async () => {
    const supervisor = supervise();
    isReady();
    const questions = [supervisor.ask("know", [[]]), supervisor.ask("know", [[]])];
    expect(last().idled).toBe("ibb");
    last().receive({ type: "answer", id: 1 });
    expect(last().idled).toBe("ibb");
    last().receive({ type: "answer", id: 2 });
    expect(last().idled).toBe("ibbi");
    await Promise.all(questions);
  });

  it("is given up when it is aborted, with the process that has it", async () => {
    const supervisor = supervise();
    isReady();
    expect(await supervisor.ask("know", [[]], AbortSignal.abort())).toEqual({ kind: "aborted" });
    expect(asked()).toEqual([]);
    const controller = new AbortController();
    const question = supervisor.ask("know", [[]], controller.signal);
    controller.abort();
    expect(await question).toEqual({ kind: "aborted" });
    expect(last().ended).toBe(true);
    last().close();
    expect(children.length).toBe(2);
  });

  it("that was answered can no longer be aborted", async () => {
    const supervisor = supervise();
    isReady();
    const controller = new AbortController();
    const question = supervisor.ask("know", [[]], controller.signal);
    last().receive({ type: "answer", id: 1, answer: 1 });
    await question;
    controller.abort();
    expect(last().ended).toBe(false);
  });
});

describe("a process that takes another's place", () => {
  it("is told of the cells that ran, and asked again what is open", async () => {
    const supervisor = supervise();
    isReady();
    const question = supervisor.ask("know", [[]]);
    ran = [{ id: 7, cell: 1, source: "1", finished: [0] }];
    const old = last();
    old.close();
    expect([children.length, last().idled]).toEqual([2, "b"]);
    isReady();
    expect(last().told).toEqual([
      { id: 0, ask: "commit", with: [ran] },
      { id: 1, ask: "know", with: [[]] },
    ]);
    // What the old one still says is of no account.
    old.receive({ type: "answer", id: 1, answer: "old" });
    old.close();
    expect(children.length).toBe(2);
    last().receive({ type: "answer", id: 1, answer: "new" });
    expect(await question).toEqual({ kind: "answer", answer: "new" });
  });

  it("is not asked what has ended two", async () => {
    const supervisor = supervise();
    isReady();
    const question = supervisor.ask("know", [[]]);
    last().close();
    isReady();
    last().close();
    expect(await question).toEqual({ kind: "none", reason: "the checker's process ended at it twice" });
    isReady();
    expect(asked()).toEqual([]);
  });

  it("is asked what others did not come to read", async () => {
    const supervisor = supervise();
    supervisor.ask("know", [[]]);
    for (let death = 0; death < 4; death++) last().close();
    isReady();
    expect([children.length, asked()]).toEqual([5, [[1, "know"]]]);
  });

  it("takes none after five deaths in a row, which are told with the last words", async () => {
    const supervisor = supervise();
    const question = supervisor.ask("know", [[]]);
    for (let death = 0; death < 5; death++) {
      last().lastWords = "first\nError: nothing there\n\n";
      last().close();
    }
    const none = {
      kind: "none",
      reason: "the checker's process ended 5 times in a row; it said: Error: nothing there",
    };
    expect([await question, await supervisor.ask("know", [[]]), children.length]).toEqual([none, none, 5]);
    last().close();
    expect(children.length).toBe(5);
  });

  it("comes after any number of deaths with answers between them, and of ends that we wished", async () => {
    const supervisor = supervise();
    for (let round = 1; round <= 8; round++) {
      isReady();
      const question = supervisor.ask("know", [[]]);
      last().receive({ type: "answer", id: round });
      await question;
      last().close();
    }
    for (let round = 0; round < 8; round++) {
      last().ended = true;
      last().close();
    }
    expect(children.length).toBe(17);
    for (let death = 0; death < 4; death++) last().close();
    const { reason } = (await supervisor.ask("know", [[]])) as { reason: string };
    expect(reason).toBe("the checker's process ended 5 times in a row; it said: nothing");
  });
});

describe("a snapshot", () => {
  it("that does not start is refused, and the start is no death", () => {
    snapshot = "/cache/a.blob";
    const supervisor = supervise();
    expect(last().snapshot).toBe("/cache/a.blob");
    last().close();
    expect([refused, last().snapshot, children.length]).toEqual([["/cache/a.blob"], undefined, 2]);
    for (let death = 0; death < 4; death++) last().close();
    expect([children.length, supervisor.child]).toEqual([6, last()]);
  });

  it("whose packages were changed is refused, and its process goes on", () => {
    snapshot = "/cache/a.blob";
    supervise();
    isReady(true);
    expect([refused, children.length]).toEqual([["/cache/a.blob"], 1]);
    last().close();
    expect([last().snapshot, refused.length]).toEqual([undefined, 1]);
    isReady(true);
    expect(refused.length).toBe(1);
  });

  it("whose process died later, or was ended by us, stays", () => {
    snapshot = "/cache/a.blob";
    supervise();
    isReady();
    last().close();
    last().ended = true;
    last().close();
    expect([refused, last().snapshot]).toEqual([[], "/cache/a.blob"]);
  });
});

it("gives no more answers when it is stopped", async () => {
  const supervisor = supervise();
  isReady();
  const question = supervisor.ask("know", [[]]);
  supervisor.stop();
  const none = { kind: "none", reason: "it was stopped" };
  expect([await question, await supervisor.ask("know", [[]]), last().ended]).toEqual([none, none, true]);
  last().close();
  expect(children.length).toBe(1);
});
