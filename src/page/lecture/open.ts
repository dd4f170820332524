import { EditorView } from "@codemirror/view";
import type { RenderMimeRegistry } from "@jupyterlab/rendermime";
import type { ServiceManager } from "@jupyterlab/services";
import { Widget } from "@lumino/widgets";
import type { CourseService } from "../course/service.ts";
import { element } from "../element.ts";
import { createEditors, type Editors } from "../jupyter/editors.ts";
import { addControls } from "../jupyter/controls.ts";
import { EquationTypesetter } from "../jupyter/equations.ts";
import { addExplore } from "../jupyter/explore.ts";
import { typesWhileWriting } from "../jupyter/typesWhileWriting.ts";
import { guardNativeUndo } from "../jupyter/nativeUndo.ts";
import { indentation } from "../jupyter/indentation.ts";
import { openNotebook } from "../jupyter/notebook.ts";
import { createRendering } from "../jupyter/rendering.ts";
import { notify, notifyError } from "../notices.ts";
import { createBar, nameOf } from "./bar.ts";
import { linkErrors } from "./cellLinks.ts";
import { bindKeys, type Command, group } from "./commands.ts";
import { notebookCommands } from "./notebookCommands.ts";
import { completionCommands } from "./completion.ts";
import { Contents } from "./contents.ts";
import { replaceDeadKernel } from "./deadKernel.ts";
import { keepDraft } from "./draft.ts";
import { Evidence } from "./evidence.ts";
import { Exercises } from "./exercises.ts";
import { showFailures } from "./failures.ts";
import { foldTagged } from "./foldedCells.ts";
import { Find } from "./find.ts";
import { showHelp } from "./help.ts";
import { Lecture } from "./lecture.ts";
import { replaceLostKernel } from "./lostKernel.ts";
import { placeInCourse } from "./neighbours.ts";
import { Original } from "./original.ts";
import { followOtherTabs } from "./otherTabs.ts";
import { Predictions } from "./predictions.ts";
import { noteForeignKernel } from "./foreignKernel.ts";
import { goToPlace } from "./place.ts";
import { offerFixes } from "./quickFixes.ts";
import { followReferences } from "./references.ts";
import { renameAtCursor } from "./renaming.ts";
import { catchUp } from "./returning.ts";
import type { Saves } from "./saves.ts";
import { tellSaving } from "./saving.ts";
import { Side } from "./side.ts";
import { Sources } from "./source.ts";
import { followSources } from "./sourceLinks.ts";
import { Prerequisites } from "./prerequisites.ts";
import { Staleness } from "./staleness.ts";
import { Status } from "./status.ts";
import { Stepping } from "./stepping.ts";
import { themes } from "./themes.ts";
import { offerTrust, trustNotebook } from "./trust.ts";
import { KernelTypes } from "./types.ts";
import { Written } from "./written.ts";
import { applyView } from "./view.ts";

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
  const types = new KernelTypes();
  const editors = createEditors([
    EditorView.contentAttributes.of({ "aria-label": "Cell" }),
    typesWhileWriting(types),
    indentation,
  ]);
  const equations = new EquationTypesetter();
  const rendering = createRendering(editors.languages, equations);
  const lecture = new Lecture(openNotebook({ services, path, kernelName, editors, rendering }), mode);
  equations.texts = () => lecture.texts;
  addControls(lecture.panel, lecture.panel.content.rendermime as RenderMimeRegistry);
  addExplore(lecture.panel, lecture.panel.content.rendermime as RenderMimeRegistry);
  types.follow(lecture);
  const stepping = new Stepping(lecture);
  const prerequisites = new Prerequisites(lecture, stepping, types);
  const step = prerequisites.before(() => stepping.step());
  const predictions = new Predictions(lecture, step);
  const exercises = new Exercises(lecture);
  const contents = new Contents(lecture, exercises);
  new Evidence(lecture, contents);
  foldTagged(lecture);
  linkErrors(lecture);
  showFailures(lecture);
  followReferences(lecture);
  const staleness = new Staleness(lecture, stepping, count => {
    document.body.style.setProperty("--stale", `"${count}"`);
    document.body.classList.toggle("has-stale", count > 0);
  });
  // A cell that asks what will come out runs when that was said.
  const predicted = (command: Command): Command => ({
    ...command,
    run: () => predictions.asks(lecture.notebook.activeCell) || command.run(),
  });
  const side = new Side(() => lecture.notebook.activate());
  const written = new Written(lecture);
  const saves = tellSaving(lecture, written);
  const steps = group("Step", "notebook");
  const away = group("Step", "command");
  const commands: Command[] = [
    predicted(steps("step", "Run, and go on", ["Shift Enter"], step)),
    steps("run-all", "Run all", [], () => stepping.runAll()),
    steps("run-to-here", "Run to here", ["Ctrl Shift Enter"], () => stepping.runToHere()),
    away("back", "Step back", ["Shift Backspace"], () => stepping.stepBack()),
    away("run-stale", "Run what is stale", ["Shift S"], () => staleness.run()),
    ...notebookCommands(lecture).map(each =>
      ["run", "run-insert"].includes(each.id) ? predicted({ ...each, run: prerequisites.before(each.run) }) : each,
    ),
    ...completionCommands(lecture),
    ...besides(lecture, service, editors, side, saves),
  ];
  const find = new Find(lecture);
  const edit = group("Edit", "notebook");
  commands.push(
    group("Edit", "edit")("fix", "Mend what is underlined", ["Accel ."], () => offerFixes(lecture, types)),
    edit("rename", "Rename the name at the cursor", ["F2"], () => renameAtCursor(lecture, types)),
    group("Edit", "anywhere")("find", "Find and replace", ["Accel F"], () => find.open()),
    group("Edit", "anywhere")("find-next", "Next place found", ["Accel G"], () => find.next()),
    group("Edit", "anywhere")("find-previous", "Place found before", ["Accel Shift G"], () => find.previous()),
  );
  commands.push(away("help", "Keys", ["?"], () => showHelp(commands)));
  bindKeys(commands, notifyError);
  guardNativeUndo(() => lecture.notebook.activeCell?.editor, tellWhereUndoIs);
  const of = (id: string) => commands.filter(command => command.id === id);
  const menus = [
    { label: "View", text: "Aa", items: [...of("large"), ...of("hide-code"), ...of("lines"), ...themes()] },
    {
      label: "More",
      text: "⋯",
      items: [
        "run-all",
        "restart",
        "find",
        "rename",
        "source",
        "library",
        "differences",
        "reset-cell",
        "reset-lecture",
        "handout",
        "trust",
        "save",
        "print",
        "help",
      ].flatMap(of),
    },
  ];
  // That of a lecture is in the course.
  document.title = `${nameOf(path)} · lectern`;
  const main = element("main", { class: "lecture", id: "lecture" });
  document.body.append(
    element("a", { class: "skip", href: "#lecture" }, "Skip to the lecture"),
    createBar(lecture, new Status(lecture), commands, menus),
    contents.node,
    main,
    side.node,
  );
  Widget.attach(lecture.panel, main);
  new ResizeObserver(() => lecture.panel.update()).observe(main);
  // Jupyter calls its cells a feed, whose children would have to be articles.
  lecture.notebook.viewportNode?.setAttribute("role", "group");
  void placeInCourse(lecture, service, contents.node, exercises).catch(notifyError);
  void followOtherTabs(lecture, saves);
  void keepDraft(lecture);
  void catchUp(lecture, service).catch(notifyError);
  replaceDeadKernel(lecture);
  replaceLostKernel(lecture, service);
  void noteForeignKernel(lecture, services).catch(notifyError);
  void offerTrust(lecture).catch(notifyError);
  void goToPlace(lecture);
  void takeFocus(lecture);
  applyView();
  return lecture;
}

/** Outside a cell undo could be meant either way. */
function tellWhereUndoIs(): void {
  notify({
    kind: "undo",
    text: "Z undoes what was done to cells. To undo what was written in one, press Enter first.",
  });
}

/** Keys count from the start, as in Jupyter, unless the reader is elsewhere already. */
async function takeFocus({ notebook, panel }: Lecture): Promise<void> {
  await Promise.all([panel.context.ready, panel.revealed]);
  if (document.activeElement === document.body) notebook.activate();
}

/** What is opened beside the lecture, and what becomes of it elsewhere. */
function besides(lecture: Lecture, service: CourseService, editors: Editors, side: Side, saves: Saves): Command[] {
  const sources = new Sources(lecture, service, editors, side);
  followSources(lecture, sources);
  const original = new Original(lecture, service, side, saves);
  const of = group("Edit", "anywhere");
  const saved = async (show: () => unknown) => {
    await lecture.panel.context.save();
    show();
  };
  return [
    of("source", "Source of the name at the cursor", ["F12"], () => sources.openAtCursor()),
    of("library", "What the lecture uses of the library", [], () => sources.list()),
    of("differences", "What I changed", [], () => original.showDifferences()),
    of("reset-cell", "Reset the cell", [], () => original.resetCell()),
    of("reset-lecture", "Reset the lecture", [], () => original.resetLecture()),
    of("trust", "Trust this notebook", [], () => trustNotebook(lecture)),
    of("handout", "Handout, as one HTML file", [], () =>
      saved(() => location.assign(service.handout(lecture.path, true))),
    ),
  ];
}
