/** What JSON can hold, and so what a figure can: above all, no typed arrays. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * A plotly figure as a plain object, and the sentence that says what is to be seen in it.
 *
 * Made of numbers by pure functions and drawn by whoever shows it; it keeps to what plotly 2 understands.
 */
export interface Figure {
  data: { readonly [key: string]: Plain }[];
  layout: { readonly [key: string]: Plain };
  alt: string;
}

/** A figure whose alt text is read out: without the markup that plotly draws, z<sub>1</sub> as z_1. */
export function figure({ data, layout, alt }: Figure): Figure {
  const words = alt
    .replaceAll("<sub>", "_")
    .replaceAll("<sup>", "^")
    .replace(/<\/?[a-z]+>/g, "");
  return { data, layout, alt: words };
}
