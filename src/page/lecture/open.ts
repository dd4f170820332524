import type { ServiceManager } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import type { CourseService } from "../course/service.ts";
import { element } from "../element.ts";
import { createEditors } from "../jupyter/editors.ts";
import { openNotebook } from "../jupyter/notebook.ts";
import { createRendering } from "../jupyter/rendering.ts";
import { notifyError } from "../notices.ts";
import { createBar } from "./bar.ts";
import { bindKeys, type Command, group } from "./commands.ts";
import { notebookCommands } from "./notebookCommands.ts";
import { Contents } from "./contents.ts";
import { Evidence } from "./evidence.ts";
import { foldTagged } from "./foldedCells.ts";
import { Lecture } from "./lecture.ts";
import { offerPrerequisites } from "./prerequisites.ts";
import { Staleness } from "./staleness.ts";
import { Status } from "./status.ts";
import { Stepping } from "./stepping.ts";
import { applyView, setView, view } from "./view.ts";

export interface LectureOptions {
  /** Where files and kernels are: the page does not know whether behind a server or in this tab. */
  services: ServiceManager.IManager;
  /** Originals, library files, handouts, the list of the course. */
  service: CourseService;
  path: string;
  kernelName: string;
  mode: "study" | "edit";
}

/** Opens a notebook as a lecture that fills the page. */
export function openLecture({ services, service, path, kernelName, mode }: LectureOptions): Lecture {
  const editors = createEditors([]);
  const rendering = createRendering(editors.languages);
  const lecture = new Lecture(openNotebook({ services, path, kernelName, editors, rendering }), mode);
  const stepping = new Stepping(lecture);
  const contents = new Contents(lecture);
  new Evidence(lecture, contents);
  foldTagged(lecture);
  offerPrerequisites(lecture, stepping);
  const staleness = new Staleness(lecture, stepping, count => {
    document.body.style.setProperty("--stale", `"${count}"`);
    document.body.classList.toggle("has-stale", count > 0);
  });
  const step = group("Step", "notebook");
  const away = group("Step", "command");
  const commands: Command[] = [
    step("step", "Run, and go on", ["Shift Enter"], () => stepping.step()),
    step("run-to-here", "Run to here", ["Ctrl Shift Enter"], () => stepping.runToHere()),
    away("back", "Step back", ["Shift Backspace"], () => stepping.stepBack()),
    away("run-stale", "Run what is stale", ["Shift S"], () => staleness.run()),
    ...notebookCommands(lecture),
  ];
  bindKeys(commands, notifyError);
  const of = (id: string) => commands.filter(command => command.id === id);
  const menus = [
    { label: "View", text: "Aa", items: [...of("large"), ...of("hide-code"), ...of("lines"), ...themes()] },
    { label: "More", text: "⋯", items: [...of("run-all"), ...of("restart"), ...of("save"), ...of("print")] },
  ];
  const main = element("main", { class: "lecture", id: "lecture" });
  document.body.append(
    element("a", { class: "skip", href: "#lecture" }, "Skip to the lecture"),
    createBar(lecture, new Status(lecture), commands, menus),
    contents.node,
    main,
  );
  Widget.attach(lecture.panel, main);
  new ResizeObserver(() => lecture.panel.update()).observe(main);
  applyView();
  return lecture;
}

function themes() {
  const names = { system: "Colours of the system", light: "Light", dark: "Dark" } as const;
  return (Object.keys(names) as (keyof typeof names)[]).map(theme => ({
    label: names[theme],
    run: () => setView({ theme }),
    checked: () => view.theme === theme,
  }));
}
