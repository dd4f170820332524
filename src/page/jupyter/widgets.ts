/** Jupyter's widgets in one lazily loaded part of the page. */
export * as base from "@jupyter-widgets/base";
export * as controls from "@jupyter-widgets/controls";
export { WidgetManager } from "@jupyter-widgets/jupyterlab-manager/lib/manager";
export { WidgetRenderer } from "@jupyter-widgets/jupyterlab-manager/lib/renderer";
