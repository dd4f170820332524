import type { RecordedControl } from "./record.ts";
import { nameOf, stopInWords } from "./words.ts";

/** One control in the page: what it is moved by, and how it is told where it stands. */
export interface ControlRow {
  node: HTMLElement;
  stand(place: number): void;
  playing(on: boolean): void;
}

/** What a row tells when it is worked. */
export interface RowEvents {
  moved(place: number): void;
  /** Play was pressed: it starts, or stops. */
  played(): void;
}

/** A row for a control: a slider with steps and play, or a list to choose from. */
export function controlRow(control: RecordedControl, id: string, events: RowEvents): ControlRow {
  return control.kind === "pick" ? list(control, id, events) : slider(control, id, events);
}

function slider(control: RecordedControl, id: string, { moved, played }: RowEvents): ControlRow {
  const last = control.stops.length - 1;
  const range = make("input", { id, type: "range", min: "0", max: String(last), step: "1" });
  const output = make("output", { for: id });
  const step = (by: number, text: string, label: string) => {
    const button = make("button", { type: "button", "aria-label": `${nameOf(control)}: ${label}`, title: label }, text);
    button.addEventListener("click", () => moved(Math.min(last, Math.max(0, range.valueAsNumber + by))));
    return button;
  };
  const play = make("button", { type: "button" });
  play.addEventListener("click", played);
  range.addEventListener("input", () => moved(range.valueAsNumber));
  range.addEventListener("keydown", event => {
    if (event.key !== " ") return;
    event.preventDefault();
    played();
  });
  const row: ControlRow = {
    node: rowOf(
      control,
      id,
      output,
      make(
        "span",
        { class: "explore-slide" },
        step(-1, "‹", "one step back"),
        range,
        step(1, "›", "one step on"),
        play,
      ),
    ),
    stand(place) {
      range.valueAsNumber = place;
      range.setAttribute("aria-valuetext", stopInWords(control, place));
      output.textContent = stopInWords(control, place);
    },
    playing(on) {
      play.textContent = on ? "❚❚" : "▶";
      play.setAttribute("aria-label", `${nameOf(control)}: ${on ? "pause" : "play"}`);
      play.title = on ? "pause (space)" : "play (space)";
    },
  };
  row.playing(false);
  return row;
}

function list(control: RecordedControl, id: string, { moved }: RowEvents): ControlRow {
  const options = control.stops.map((_, place) =>
    make("option", { value: String(place) }, stopInWords(control, place)),
  );
  const select = make("select", { id }, ...options);
  select.addEventListener("change", () => moved(select.selectedIndex));
  return {
    node: rowOf(control, id, select),
    stand(place) {
      select.selectedIndex = place;
    },
    playing() {},
  };
}

function rowOf(control: RecordedControl, id: string, ...parts: Node[]): HTMLElement {
  return make("div", { class: "explore-row" }, make("label", { for: id }, nameOf(control)), ...parts);
}

/** An element with its attributes and children. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
