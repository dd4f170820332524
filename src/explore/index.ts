export { applied, type Difference, differenceOf, type Json } from "./difference.ts";
export { FigureProblem, Player, type PlayerOptions } from "./player.ts";
export {
  arePlaces,
  EXPLORE,
  type ExploreRecord,
  type Frame,
  figureAt,
  isPlace,
  isSamePlace,
  type RecordedControl,
  type RecordedFigure,
  readRecord,
  writtenRecord,
} from "./record.ts";
export { isStored, movedBesides, nearestFrame } from "./state.ts";
export { exploreStyle } from "./style.ts";
export { controlsInWords, nameOf, stopInWords } from "./words.ts";
