import { NotebookFormatError } from "./errors.ts";
import type { Cell, Notebook } from "./types.ts";

/**
 * The value, known to have the shape of an nbformat 4 notebook. Texts may still be arrays of lines and ids
 * may be missing; both are settled afterwards. Members the format does not name are left alone and kept.
 */
export function validateNotebook(value: unknown, file: string): Notebook {
  const notebook = new Field(value, "", file).object();
  validateVersion(notebook, file);
  notebook.optional("metadata")?.object();
  const cells = notebook.at("cells").array();
  cells.forEach((cell, index) => {
    validateCell(new Field(cell, "", file, index + 1).object());
  });
  return { ...withMetadata(value as Notebook), cells: cells.map(cell => withMetadata(cell as Cell)) };
}

/** Metadata is due in each cell and in the notebook, but tools are known to leave it out where it is empty. */
function withMetadata<Owner extends { metadata: unknown }>(owner: Owner): Owner {
  return { ...owner, metadata: owner.metadata ?? {} };
}

function validateVersion(notebook: ObjectField, file: string): void {
  const fail = (problem: string): never => {
    throw new NotebookFormatError(file, {}, problem);
  };
  const [major, minor] = [notebook.value.nbformat, notebook.value.nbformat_minor ?? 0];
  if (major === undefined) {
    fail('a notebook must have the member "nbformat", but got none; is this another kind of JSON file?');
  }
  if (typeof major === "number" && major < 4) {
    fail(
      `nbformat must be 3 or 4, but got ${major}.${minor}; convert the file once with \`jupyter nbconvert --to notebook --inplace ${file}\`.`,
    );
  }
  if (major !== 4 || typeof minor !== "number" || minor > 5) {
    fail(
      `nbformat must be 4.0 to 4.5, but got ${JSON.stringify(major)}.${JSON.stringify(minor)}; save the file as version 4.5, or install a newer lectern.`,
    );
  }
}

function validateCell(cell: ObjectField): void {
  const type = cell.at("cell_type").oneOf("code", "markdown", "raw");
  cell.at("source").text();
  cell.optional("metadata")?.object().optional("tags")?.strings();
  const id = cell.optional("id");
  if (id && !/^[\w-]{1,64}$/.test(id.string())) {
    id.fail("be 1 to 64 letters, digits, - or _", "delete it and it will get a new one");
  }
  if (type === "code") {
    cell.at("execution_count").count();
    cell.at("outputs").array();
    for (const output of cell.at("outputs").items()) validateOutput(output.object());
    return;
  }
  for (const attachment of cell.optional("attachments")?.object().members() ?? []) validateBundle(attachment);
}

function validateOutput(output: ObjectField): void {
  switch (output.at("output_type").oneOf("stream", "display_data", "execute_result", "error")) {
    case "stream":
      output.at("name").string();
      output.at("text").text();
      return;
    case "error":
      output.at("ename").string();
      output.at("evalue").string();
      output.at("traceback").strings();
      return;
    case "execute_result":
      output.at("execution_count").count();
      break;
  }
  validateBundle(output.at("data"));
  output.at("metadata").object();
}

function validateBundle(bundle: Field): void {
  for (const content of bundle.object().members()) {
    if (!/(?:^application\/json|\+json)$/.test(content.name)) content.text();
  }
}

/** A value inside a notebook together with its path, so that a complaint can name it. */
class Field {
  readonly value: unknown;
  readonly path: string;
  readonly name: string;
  readonly #file: string;
  readonly #cell: number | undefined;

  constructor(value: unknown, path: string, file: string, cell?: number, name = "") {
    this.value = value;
    this.path = path;
    this.name = name;
    this.#file = file;
    this.#cell = cell;
  }

  fail(rule: string, remedy = "mend the file, or open and save it in Jupyter"): never {
    const subject = this.path || (this.#cell === undefined ? "a notebook" : "a cell");
    const problem = `${subject} must ${rule}, but got ${describe(this.value)}; ${remedy}.`;
    throw new NotebookFormatError(this.#file, { cell: this.#cell }, problem);
  }

  object(): ObjectField {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) this.fail("be an object");
    return new ObjectField(this.value, this.path, this.#file, this.#cell, this.name);
  }

  array(): unknown[] {
    return Array.isArray(this.value) ? this.value : this.fail("be an array");
  }

  items(): Field[] {
    return this.array().map((value, index) => this.inner(value, `${this.path}[${index}]`, String(index)));
  }

  string(): string {
    return typeof this.value === "string" ? this.value : this.fail("be a string");
  }

  strings(): void {
    for (const item of this.items()) item.string();
  }

  text(): void {
    if (typeof this.value === "string") return;
    if (!Array.isArray(this.value)) this.fail("be a string or an array of lines");
    this.strings();
  }

  count(): void {
    if (this.value !== null && !(Number.isInteger(this.value) && (this.value as number) >= 0)) {
      this.fail("be a whole number or null");
    }
  }

  oneOf<Choice extends string>(...choices: Choice[]): Choice {
    if (!choices.includes(this.value as Choice)) this.fail(`be one of ${choices.join(", ")}`);
    return this.value as Choice;
  }

  protected inner(value: unknown, path: string, name: string): Field {
    return new Field(value, path, this.#file, this.#cell, name);
  }
}

class ObjectField extends Field {
  declare readonly value: Record<string, unknown>;

  at(key: string): Field {
    return this.inner(this.value[key], this.path ? `${this.path}.${key}` : key, key);
  }

  optional(key: string): Field | undefined {
    return Object.hasOwn(this.value, key) ? this.at(key) : undefined;
  }

  members(): Field[] {
    return Object.keys(this.value).map(key => this.at(key));
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
