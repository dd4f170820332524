/** The numbers that the texts give their equations, as by `\tag{5.1}\label{evidence}`, by the labels. */
export function equationNumbers(texts: readonly string[]): Map<string, string> {
  const numbers = new Map<string, string>();
  for (const text of texts) {
    if (!text.includes("\\label")) continue;
    for (const row of text.split(ROW)) {
      const tag = /\\tag\*?\s*\{([^{}]*)\}/.exec(row)?.[1];
      const label = /\\label\s*\{([^{}]*)\}/.exec(row)?.[1];
      if (tag !== undefined && label !== undefined) numbers.set(label, tag);
    }
  }
  return numbers;
}

/** Between two rows of an equation, and between an equation and what stands around it. */
const ROW = /\\\\|\$\$|\\\[|\\\]|\\(?:begin|end)\s*\{/;
