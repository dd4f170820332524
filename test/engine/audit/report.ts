import { measure, notRight, present } from "./measure.ts";

/** Prints every verdict that is not right, for whoever repairs kernels. */
const measured = await measure();
for (const column of present) {
  for (const { kernel, case: name, of, verdict } of notRight(measured[column])) {
    console.log(`${column} ${of} ${verdict.is}: ${kernel}, ${name}: ${verdict.words}`);
  }
}
