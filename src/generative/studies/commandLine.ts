import type { Study, Target } from "./study.ts";

export type AnyStudy = Study<{ name: string; target: Target }>;

/** What a command line asks for: help, or a study with settings that differ from its own. */
export type Command = { help: string } | { study: AnyStudy; overrides: Record<string, number> };

/**
 * `made epochs=3`: the name of a study, then settings.
 *
 * @throws RangeError where there is no such study or setting, with the nearest, and where a value is no number
 */
export function parseCommand(words: readonly string[], studies: readonly AnyStudy[]): Command {
  const [name, ...pairs] = words;
  if (name === undefined || words.some(word => ["--help", "-h"].includes(word))) return { help: helpOn(studies) };
  const names = studies.map(({ name }) => name);
  const study = studies.find(study => study.name === name);
  if (study === undefined) throw unknown("study: the name", name, names);
  const known = Object.keys(study.settings);
  const overrides: Record<string, number> = {};
  for (const pair of pairs) {
    const [setting = "", value = "", ...rest] = pair.split("=");
    if (!known.includes(setting)) throw unknown(`study ${name}: a setting`, setting, known);
    if (value.trim() === "" || !Number.isFinite(Number(value)) || rest.length > 0) {
      throw new RangeError(
        `study ${name}: ${setting} must be a number, but got ${pair}; write ${setting}=${study.settings[setting]}, which is the default.`,
      );
    }
    overrides[setting] = Number(value);
  }
  return { study, overrides };
}

function helpOn(studies: readonly AnyStudy[]): string {
  const listed = studies.map(({ name, title, settings }) => {
    const pairs = Object.entries(settings).map(pair => pair.join("="));
    return `  ${name}: ${title}\n      ${pairs.join(" ")}`;
  });
  return [
    "npm run study NAME [SETTING=VALUE …]: trains, prints a table, and says whether the target was reached.",
    "Cut off and started again unchanged, a study goes on where it was.",
    "",
    ...listed,
    "",
    "As shown, the result goes to data/studies and README.md; with settings given, beside the checkpoints in .lectern/studies.",
  ].join("\n");
}

function unknown(what: string, got: string, known: readonly string[]): RangeError {
  const near = nearest(got, known);
  const remedy = near === undefined ? "npm run study -- --help lists what there is" : `did you mean ${near}?`;
  return new RangeError(`${what} must be one of ${known.join(", ")}, but got ${got}; ${remedy}`);
}

/** The candidate that is fewest edits away, if those are fewer than half of its letters. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map(candidate => ({
    candidate,
    edits: edits(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = ranked.sort((a, b) => a.edits - b.edits)[0];
  return best !== undefined && best.edits < best.candidate.length / 2 ? best.candidate : undefined;
}

/** The Levenshtein distance: letters to insert, to leave out or to replace. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] as number) + Number(letter !== other);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}
