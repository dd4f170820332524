import {
  Completer,
  CompleterModel,
  CompletionHandler,
  KernelCompleterProvider,
  ProviderReconciliator,
} from "@jupyterlab/completer";
import { Tooltip } from "@jupyterlab/tooltip";
import type { Kernel } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import { Widget } from "@lumino/widgets";
import { type Command, group } from "./commands.ts";
import type { Lecture } from "./lecture.ts";

/** Completion with types and the documentation of what stands at the cursor, as the kernel knows them. */
export function completionCommands(lecture: Lecture): Command[] {
  const { notebook, session } = lecture;
  const completer = new Completer({ editor: null, model: new CompleterModel() });
  completer.hide();
  Widget.attach(completer, document.body);
  const reconciliator = () =>
    new ProviderReconciliator({
      context: { widget: lecture.panel, editor: notebook.activeCell?.editor ?? null, session: session.session },
      providers: [new KernelCompleterProvider()],
      timeout: 2000,
    });
  const handler = new CompletionHandler({ completer, reconciliator: reconciliator() });
  handler.autoCompletion = false;
  const follow = async () => {
    const cell = notebook.activeCell;
    await cell?.ready;
    if (cell !== notebook.activeCell) return;
    handler.editor = cell?.editor ?? null;
    handler.reconciliator = reconciliator();
  };
  notebook.activeCellChanged.connect(() => void follow());
  session.sessionChanged.connect(() => void follow());
  const edit = group("Edit", "completable");
  return [
    edit("complete", "Complete", ["Tab"], () => handler.invoke()),
    group("Edit", "edit")("complete-anywhere", "Complete", ["Ctrl Space"], () => handler.invoke()),
    group("Edit", "completing")("take", "Take the completion", ["Enter"], () => completer.selectActive()),
    group("Edit", "edit")("inspect", "Type and documentation", ["Shift Tab"], () => inspect(lecture)),
  ];
}

/** Shows what the kernel knows of the name at the cursor, inside a call its signature. */
async function inspect(lecture: Lecture): Promise<void> {
  const { notebook, session } = lecture;
  const editor = notebook.activeCell?.editor;
  const kernel = session.session?.kernel;
  if (!editor || !kernel) return;
  const offset = editor.getOffsetAt(editor.getCursorPosition());
  const bundle = await inspected(kernel, editor.model.sharedModel.getSource(), offset);
  if (!bundle) return;
  const tooltip = new Tooltip({
    anchor: notebook,
    bundle,
    editor,
    rendermime: notebook.rendermime as never,
  });
  Widget.attach(tooltip, document.body);
}

/** What the kernel knows of the name at a place in the code; undefined where that is nothing. */
export async function inspected(
  kernel: Kernel.IKernelConnection,
  code: string,
  offset: number,
): Promise<JSONObject | undefined> {
  // Jupyter counts a cursor in code points, an editor in UTF-16 units.
  const cursor_pos = [...code.slice(0, offset)].length;
  const { content } = await kernel.requestInspect({ code, cursor_pos, detail_level: 0 });
  return content.status === "ok" && content.found ? (content.data as JSONObject) : undefined;
}
