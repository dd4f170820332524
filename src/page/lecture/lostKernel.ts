import type { CodeCell } from "@jupyterlab/cells";
import { ServerConnection } from "@jupyterlab/services";
import type { CourseService } from "../course/service.ts";
import { notify, notifyError } from "../notices.ts";
import { isOver, noteDead } from "./deadKernel.ts";
import type { Lecture } from "./lecture.ts";

/**
 * Where the kernel went with its server: starts a new one as soon as there is a server again, and tells of each cell
 * whose run was lost.
 */
export function replaceLostKernel(lecture: Lecture, service: CourseService): void {
  const { session } = lecture;
  const running = new Set<string>();
  // Jupyter takes the cells for idle ones once it learns that the kernel is no more.
  const note = () => {
    for (const { model } of lecture.codeCells) if (model.executionState === "running") running.add(model.id);
  };
  let isAsking = false;
  const askSoon = () => {
    if (isAsking) return;
    isAsking = true;
    setTimeout(ask, ASK);
  };
  session.connectionStatusChanged.connect((_, status) => {
    if (status === "connected") running.clear();
    else {
      note();
      askSoon();
    }
  });
  // Jupyter asks more and more seldom, and a server that is there again would seem to be gone for minutes.
  const ask = async () => {
    isAsking = false;
    const kernel = session.session?.kernel;
    if (!kernel || kernel.connectionStatus === "connected" || session.isRestarting) return;
    try {
      await service.runs(kernel.id);
      if (isOver(session)) return noteDead(session);
      await kernel.reconnect();
    } catch (error) {
      const isGone = error instanceof ServerConnection.ResponseError && error.response.status === 404;
      if (isGone && session.session?.kernel === kernel) session.session.dispose();
    }
    askSoon();
  };
  // In the cells that ran stands what became of them.
  session.statusChanged.connect((_, status) => {
    if (status === "dead") askSoon();
    if (status === "autorestarting")
      notify({
        kind: "kernel",
        stays: true,
        text: "The kernel died, and a new one starts: it has none of the names from before.",
      });
  });
  session.sessionChanged.connect((_, { oldValue, newValue }) => {
    if (!oldValue || newValue || session.isTerminating || session.isDisposed) return;
    note();
    const lost = lecture.codeCells.filter(({ model }) => running.has(model.id));
    running.clear();
    for (const cell of lost) tellIn(cell);
    // Jupyter first ends with the old session.
    setTimeout(() => {
      session
        .changeKernel({ name: session.prevKernelName })
        .then(() => tell(lecture, lost))
        .catch(notifyError);
    });
  });
}

function tellIn({ model, outputArea }: CodeCell): void {
  outputArea.model.add({ output_type: "stream", name: "stderr", text: LOST });
  model.executionState = "idle";
}

function tell(lecture: Lecture, [first, ...others]: readonly CodeCell[]): void {
  const count = others.length + 1;
  const runs = first && ` ${count === 1 ? "One cell was" : `${count} cells were`} not done.`;
  notify({
    kind: "kernel",
    stays: true,
    text: `The kernel had ended, and a new one was started: it has none of the names from before.${runs ?? ""}`,
    actions: first ? [{ label: "Go there", run: () => lecture.goTo(lecture.cells.indexOf(first)) }] : [],
  });
}

/** In milliseconds. */
const ASK = 2000;

const LOST = "This run was lost: the kernel ended before the cell was done. Run it again.\n";
