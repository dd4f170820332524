import type { Cell } from "../../notebook/index.ts";
import { toFragment, toHtml } from "../fragment.ts";
import type { Html } from "../html.ts";
import type { Lecture } from "../lecture.ts";
import { type Slide, SlideMaker } from "./slideMaker.ts";

/**
 * The slides of a lecture: as the notebook says by Jupyter's `slideshow` metadata, or else one for each section, with
 * its first words and its formulas, and one for each figure and each piece of code that is not folded away. The text
 * that does not fit goes into the notes.
 */
export function deckOf({ cells }: Lecture): Slide[] {
  const isPlanned = cells.some(({ cell }) => PLANNED.has(slideType(cell)));
  const maker = new SlideMaker();
  for (const { cell, content } of cells) {
    if (content.isEmpty) continue;
    if (isPlanned) asPlanned(maker, slideType(cell), content);
    else bySections(maker, cell, toFragment(content.toString()));
  }
  return maker.slides();
}

function asPlanned(maker: SlideMaker, type: string, content: Html): void {
  if (type === "skip") return;
  if (type === "slide" || type === "subslide") maker.begin("");
  if (type === "notes") maker.note(content);
  else maker.show(content, type === "fragment");
}

function bySections(maker: SlideMaker, cell: Cell, fragment: DocumentFragment): void {
  const section = fragment.querySelector("section.cell");
  if (!section) return;
  // Where a cell begins, links find it.
  const place = section.ownerDocument.createElement("span");
  place.id = section.id;
  const pieces = cell.cell_type === "code" ? ofCode(section) : [...section.children];
  let isFirst = true;
  for (const piece of pieces) {
    const where = placeOf(piece);
    const named = where === "heading" ? (piece.textContent ?? "").trim() : undefined;
    if (named !== undefined) maker.section(named);
    else if (where === "own") maker.beginOwn();
    if (isFirst) piece.prepend(place);
    isFirst = false;
    const content = toHtml(fragmentOf(piece));
    if (named === undefined && (where === "notes" || (where === "text" && maker.hasText))) maker.note(content);
    else maker.show(content, false, where === "text");
  }
}

/** The code that is shown and each output on its own; what is folded away is for the speaker. */
function ofCode(section: Element): Element[] {
  return [...section.children].flatMap(child => (child.classList.contains("outputs") ? [...child.children] : [child]));
}

type Where = "heading" | "own" | "shown" | "text" | "notes";

function placeOf(piece: Element): Where {
  const name = piece.localName;
  if (/^h[1-3]$/.test(name)) return "heading";
  if (name === "details" && /^(code|part)\b/.test(piece.className)) return "notes";
  if (name === "figure" || piece.classList.contains("code") || piece.querySelector("figure")) {
    return "own";
  }
  if (name === "p" && /^(claim|exercise|note)\b/.test(piece.className)) return "shown";
  const isText =
    name === "p" && !piece.querySelector(".display-math") && piece.firstElementChild?.localName !== "strong";
  return isText ? "text" : "shown";
}

function fragmentOf(piece: Element): DocumentFragment {
  const fragment = piece.ownerDocument.createDocumentFragment();
  fragment.append(piece);
  return fragment;
}

function slideType({ metadata }: Cell): string {
  const type = (metadata.slideshow as { slide_type?: unknown } | null | undefined)?.slide_type;
  return typeof type === "string" ? type : "-";
}

const PLANNED = new Set(["slide", "subslide", "fragment", "notes"]);
