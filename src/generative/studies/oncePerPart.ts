/** A report on training as `fit` makes it. */
interface Progress {
  step: number;
  loss: number;
}

/** An `onProgress` for `fit` that tells the first report in each of so many equal parts of the steps, counted from 0. */
export function oncePerPart(
  steps: number,
  parts: number,
  tell: (part: number, report: Progress) => void,
): (report: Progress) => void {
  let told = -1;
  return report => {
    const part = Math.floor((parts * report.step) / steps);
    if (part === told) return;
    told = part;
    tell(part, report);
  };
}
