import { columns, measure, notRight } from "./measure.ts";

/** Prints every verdict that is not right, for whoever repairs kernels. */
const measured = await measure();
for (const column of columns) {
  for (const { kernel, case: name, of, verdict } of notRight(measured[column])) {
    console.log(`${column} ${of} ${verdict.is}: ${kernel}, ${name}: ${verdict.words}`);
  }
}
