import type { CodeCell } from "@jupyterlab/cells";
import type { IOutput } from "@jupyterlab/nbformat";
import type { KernelMessage } from "@jupyterlab/services";
import type { RunModel } from "../../notebook/courseModels.ts";
import type { CourseService } from "../course/service.ts";
import { notify } from "../notices.ts";
import type { Lecture } from "./lecture.ts";

/** Where the kernel ran on without this page: what it sent meanwhile is put into the cells, what still runs is followed. */
export async function catchUp(lecture: Lecture, service: CourseService): Promise<void> {
  await Promise.all([lecture.session.ready, lecture.panel.context.ready]);
  const kernel = lecture.session.session?.kernel;
  if (!kernel) return;
  const runs = (await service.runs(kernel.id)).filter(run => run.cell !== null);
  lecture.runs.note(
    runs.flatMap(({ cell, status, execution_count }) =>
      cell && status === "ok" ? [{ id: cell, count: execution_count }] : [],
    ),
  );
  const going = runs.filter(({ state }) => state !== "done");
  for (const run of runs) fill(lecture, run);
  if (going.length === 0) return;
  follow(lecture, kernel, going);
  notify({
    kind: "returning",
    text: going.length === 1 ? "A cell runs on from before." : `${going.length} cells run on from before.`,
    actions: [{ label: "Go there", run: () => goTo(lecture, going) }],
  });
}

/** Goes to the first of them that is there. */
function goTo(lecture: Lecture, runs: readonly RunModel[]): void {
  lecture.goTo(lecture.cells.findIndex(({ model }) => runs.some(({ cell }) => cell === model.id)));
}

function fill(lecture: Lecture, run: RunModel): void {
  const cell = lecture.cellOf(run.cell ?? "") as CodeCell | undefined;
  if (cell?.model.type !== "code") return;
  // It ran here.
  cell.model.trusted = true;
  cell.outputArea.model.fromJSON(run.outputs as IOutput[]);
  cell.model.executionCount = run.execution_count;
  if (run.state !== "done") cell.model.executionState = "running";
}

/** Outputs of runs that were asked for by another page, as they come. */
function follow(
  lecture: Lecture,
  kernel: NonNullable<NonNullable<Lecture["session"]["session"]>["kernel"]>,
  going: readonly RunModel[],
): void {
  const displays = new Map<string, Shown>();
  const byMessage = new Map(going.map(run => [run.msg_id, run]));
  const receive = (_: unknown, message: KernelMessage.IIOPubMessage) => {
    const run = byMessage.get((message.parent_header as { msg_id?: string }).msg_id ?? "");
    const cell = lecture.cellOf(run?.cell ?? "") as CodeCell | undefined;
    if (!run || cell?.model.type !== "code") return;
    const { outputs } = cell.model;
    const { msg_type: type } = message.header;
    const content = message.content as Record<string, unknown>;
    if (type === "execute_input") {
      cell.model.executionCount = content.execution_count as number;
      // Jupyter takes a cell that gets its count for one that is done.
      cell.model.executionState = "running";
    }
    if (type === "clear_output") outputs.clear(Boolean(content.wait));
    if (type === "stream" || type === "error") outputs.add({ output_type: type, ...content } as IOutput);
    if (type === "display_data" || type === "execute_result") {
      const { transient, ...output } = content;
      const at = outputs.add({ output_type: type, ...output } as IOutput) - 1;
      displays.set((transient as { display_id?: string } | undefined)?.display_id ?? "", { outputs, at });
    }
    if (type === "update_display_data") {
      const { transient, ...output } = content;
      const shown =
        displays.get((transient as { display_id?: string }).display_id ?? "") ??
        lastLike(outputs, content.data as object);
      shown?.outputs.set(shown.at, { output_type: "display_data", ...output } as IOutput);
    }
    if (type === "status" && content.execution_state === "idle") {
      byMessage.delete(run.msg_id);
      cell.model.executionState = "idle";
      lecture.announce();
      if (byMessage.size === 0) kernel.iopubMessage.disconnect(receive);
    }
  };
  kernel.iopubMessage.connect(receive);
}

interface Shown {
  outputs: CodeCell["model"]["outputs"];
  at: number;
}

/** What was shown before this page came has no id any more: an update is of the last output of its kinds. */
function lastLike(outputs: CodeCell["model"]["outputs"], data: object): Shown | undefined {
  const kinds = Object.keys(data).sort().join();
  for (let at = outputs.length - 1; at >= 0; at--) {
    if (Object.keys(outputs.get(at).data).sort().join() === kinds) return { outputs, at };
  }
  return undefined;
}
