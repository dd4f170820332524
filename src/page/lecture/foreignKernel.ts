import type { ServiceManager } from "@jupyterlab/services";
import { notify } from "../notices.ts";
import type { Lecture } from "./lecture.ts";

/** Says where a notebook is for a kernel that is not installed: this one then reads its cells as TypeScript. */
export async function noteForeignKernel(lecture: Lecture, { kernelspecs }: ServiceManager.IManager): Promise<void> {
  await Promise.all([lecture.panel.context.ready, kernelspecs.ready]);
  const { kernelspec } = lecture.panel.model?.metadata ?? {};
  const { name, display_name: title = name, language } = (kernelspec ?? {}) as Record<string, string | undefined>;
  const installed = kernelspecs.specs?.kernelspecs ?? {};
  if (!name || name in installed || Object.values(installed).some(spec => spec?.language === language)) return;
  notify({
    kind: "kernel",
    stays: true,
    text: `This notebook is for ${title}, which is not installed here: its cells would be read as TypeScript. Install that kernel for Jupyter, then open the notebook again.`,
  });
}
