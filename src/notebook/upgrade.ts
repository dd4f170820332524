/** Says one thing to whoever reads a notebook: what was changed so that it could be read. */
export type Tell = (words: string) => void;

/**
 * A notebook of nbformat 3, as IPython wrote it until 2015, as one of nbformat 4; any other value as it is. Its sheets
 * become one list of cells, headings become Markdown, and outputs get the names that they have now, as in nbformat's own
 * conversion. What has not the shape of such a notebook is left for the checks to name.
 */
export function upgradeNotebook(value: unknown, file: string, tell?: Tell): unknown {
  if (!isObject(value) || value.nbformat !== 3 || !Array.isArray(value.worksheets)) return value;
  const { worksheets, metadata, orig_nbformat: _, nbformat: __, nbformat_minor: ___, ...others } = value;
  const old = worksheets.flatMap(sheet => (isObject(sheet) && Array.isArray(sheet.cells) ? sheet.cells : []));
  const language = old.map(cell => (isObject(cell) ? cell.language : undefined)).find(isText);
  tell?.(
    `${file}: a notebook should be of nbformat 4, but got 3; it was converted in reading, and is stored as 4.5 when it is written.`,
  );
  return {
    ...others,
    metadata: {
      ...(language !== undefined && { language_info: { name: language } }),
      ...(isObject(metadata) ? metadata : {}),
    },
    nbformat: 4,
    nbformat_minor: 0,
    cells: old.map(cell => (isObject(cell) ? upgradeCell(cell) : cell)),
  };
}

function upgradeCell(cell: Fields): Fields {
  const { cell_type, metadata = {} } = cell;
  if (cell_type === "code") {
    const { collapsed, input = "", prompt_number = null, outputs = [] } = cell;
    const folded = typeof collapsed === "boolean" ? { collapsed } : {};
    return {
      cell_type,
      metadata: { ...folded, ...(isObject(metadata) ? metadata : {}) },
      source: input,
      execution_count: prompt_number,
      outputs: Array.isArray(outputs) ? outputs.map(each => (isObject(each) ? upgradeOutput(each) : each)) : outputs,
    };
  }
  if (cell_type === "heading") {
    const { level = 1 } = cell;
    const words = textOf(cell.source).replace(/\s*\n\s*/g, " ");
    return {
      cell_type: "markdown",
      metadata,
      source: `${"#".repeat(Math.min(6, Math.max(1, Number(level) || 1)))} ${words}`,
    };
  }
  const kept = cell_type === "raw" ? "raw" : cell_type === "html" || cell_type === "markdown" ? "markdown" : cell_type;
  return { cell_type: kept, metadata, source: cell.source ?? "" };
}

function upgradeOutput(output: Fields): Fields {
  const { output_type, metadata = {}, ...fields } = output;
  switch (output_type) {
    case "stream":
      return { output_type, name: fields.stream ?? "stdout", text: fields.text ?? "" };
    case "pyerr":
      return {
        output_type: "error",
        ename: fields.ename ?? "",
        evalue: fields.evalue ?? "",
        traceback: fields.traceback ?? [],
      };
    case "pyout":
      return {
        output_type: "execute_result",
        execution_count: fields.prompt_number ?? null,
        metadata,
        data: bundle(fields),
      };
    case "display_data":
      return { output_type, metadata, data: bundle(fields) };
    default:
      return output;
  }
}

function bundle(fields: Fields): Fields {
  const named = Object.entries(fields).flatMap(([name, content]) => {
    const mime = Object.hasOwn(MIMES, name) ? MIMES[name] : name.includes("/") ? name : undefined;
    if (mime === undefined) return [];
    return [[mime, mime === "application/json" ? asJson(content) : content]];
  });
  return Object.fromEntries(named);
}

/** JSON was kept as text. */
function asJson(content: unknown): unknown {
  try {
    return JSON.parse(textOf(content));
  } catch {
    return content;
  }
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join("") : String(value ?? "");
}

type Fields = Record<string, unknown>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

const MIMES: Readonly<Record<string, string>> = {
  text: "text/plain",
  html: "text/html",
  svg: "image/svg+xml",
  png: "image/png",
  jpeg: "image/jpeg",
  latex: "text/latex",
  json: "application/json",
  javascript: "application/javascript",
};
