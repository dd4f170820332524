import { element } from "../element.ts";

/** What is opened beside the lecture: one thing at a time, closed with Escape. */
export class Side {
  readonly node = element("aside", { class: "side", hidden: true, "aria-label": "Beside the lecture" });
  #dispose: (() => void) | undefined;

  /** `left` is called where the panel goes with the focus in it. */
  constructor(readonly left: () => void) {
    this.node.addEventListener("keydown", event => {
      if (event.key === "Escape") this.close();
    });
  }

  /** Opens what `fill` puts into the panel; what it returns is called when that is closed. */
  open(title: string, fill: (body: HTMLElement) => (() => void) | undefined): void {
    this.#clear();
    const body = element("div", { class: "side-body" });
    const close = element(
      "button",
      { type: "button", class: "close", "aria-label": "Close", onclick: () => this.close() },
      "×",
    );
    this.node.replaceChildren(element("header", {}, element("h2", {}, title), close), body);
    this.node.hidden = false;
    this.#dispose = fill(body);
    close.focus();
  }

  close(): void {
    const hadFocus = this.node.contains(document.activeElement);
    this.#clear();
    if (hadFocus) this.left();
  }

  #clear(): void {
    this.#dispose?.();
    this.#dispose = undefined;
    this.node.hidden = true;
    this.node.replaceChildren();
  }
}
