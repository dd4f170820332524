import { nameOf, type RecordedControl, stopInWords } from "../../explore/index.ts";
import type { MimeData } from "../../notebook/types.ts";
import { layout, viewOf, WidgetControl } from "./control.ts";
import { play } from "./controls.ts";
import { Model } from "./model.ts";

/**
 * The controls of a figure as Jupyter's widgets, one below the other, and a button that plays beside each slider; `moved`
 * hears of every move. What shows them is empty where no page can be reached.
 */
export function exploreWidgets(
  controls: readonly RecordedControl[],
  moved: (control: number, place: number) => void,
): MimeData {
  const rows = controls.map((control, index) => {
    const widget = widgetOf(control);
    widget.onChange(place => moved(index, place));
    if (control.kind === "pick") return widget.model;
    const last = control.stops.length - 1;
    const player = play({ to: last, milliseconds: Math.min(500, Math.max(80, 4000 / last)) });
    player.onChange(place => {
      widget.value = place;
    });
    return box("HBox", [widget.model, (player as WidgetControl<number>).model]);
  });
  return viewOf(box("VBox", rows));
}

/** A slider or a list over the places of the stops. */
function widgetOf(control: RecordedControl): WidgetControl<number> {
  const kind =
    control.kind === "pick"
      ? { name: "DropdownModel", view: "DropdownView", style: "DescriptionStyleModel" }
      : { name: "SelectionSliderModel", view: "SelectionSliderView", style: "SliderStyleModel" };
  const labels = control.stops.map((_, place) => stopInWords(control, place));
  const state = { _options_labels: labels, index: control.start, description: nameOf(control) };
  return new WidgetControl(kind, state, {
    key: "index",
    fromState: Number,
    toState: place => Math.min(labels.length - 1, Math.max(0, place)),
    words: place => `${nameOf(control)}: ${labels[place]}`,
  });
}

function box(name: "HBox" | "VBox", children: readonly Model[]): Model {
  return new Model(
    { name: `${name}Model`, view: `${name}View`, module: "@jupyter-widgets/controls" },
    { children: children.map(({ reference }) => reference), layout: layout().reference },
  );
}
