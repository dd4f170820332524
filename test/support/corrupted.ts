/** One argument list in which one thing is not what it should be, and what that is. */
export interface Corrupted {
  what: string;
  args: unknown[];
  /** The option that was replaced, where it was one. */
  option?: string | undefined;
}

/**
 * Every way to spoil a valid call: numbers as text, lists as none, functions and options left out, anywhere inside.
 *
 * Of long lists the first and the last entry. `undefined` only where nothing stands for it: an option may be left out.
 */
export function corruptions(args: readonly unknown[]): Corrupted[] {
  return args.flatMap((arg, i) =>
    spoilt(arg, `argument ${i}`, true).map(({ value, ...rest }) => ({
      ...rest,
      args: args.map((other, j) => (j === i ? value : other)),
    })),
  );
}

/** A name, a function, arguments that it takes, and of what may be given in their place what it does not refuse. */
export type BadInput = [
  name: string,
  call: (...args: never[]) => unknown,
  args: unknown[],
  options?: {
    /** NaN is passed on. */
    nan?: "of NaN";
    /** Descriptions of what is wrong, but has another name in the message. */
    unnamed?: RegExp;
    /** Descriptions of what is not wrong. */
    except?: RegExp;
    /** The arguments themselves are bad already. */
    only?: "bad";
  },
];

/**
 * What a function takes of all that it should not, or refuses in other words than `name: rule, but got this; remedy.`
 *
 * None of these may be blank: the rule begins with the name of what is wrong, and an option has its own name somewhere.
 */
export function unrefused([name, call, args, { nan, unnamed, except, only } = {}]: BadInput): string[] {
  const form = new RegExp(`^(${name})(,? [\\w .,]*\\w)?: \\w[^\\n]* but got [^\\s;][^\\n]*; \\w[^\\n]*[^ ][.?]$`);
  const good = only === "bad" ? "nothing" : messageOf(() => call(...(args as never[])));
  const told = [...corruptions(args), ...(only === "bad" ? [{ what: "as they are", args }] : [])]
    .filter(({ what, args }) => !except?.test(what) && !(nan === "of NaN" && hasNaN(args)))
    .map(({ args, ...rest }) => ({ ...rest, message: messageOf(() => call(...(args as never[]))) }));
  return [
    ...(good === "nothing" ? [] : [`valid arguments: ${good}`]),
    ...told
      .filter(
        ({ what, message, option }) =>
          !form.test(message) || (only !== "bad" && !unnamed?.test(what) && !hasWords(message, option)),
      )
      .map(({ what, message }) => `${what}: ${message}`),
  ];
}

/** Whether a message has the words of `logWeights`, as such or as "log-weights" or "a log-weight". */
function hasWords(message: string, name = ""): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  return letters(message).includes(letters(name).replace(/s$/, ""));
}

export function hasNaN(value: unknown): boolean {
  return typeof value === "object" && value !== null ? Object.values(value).some(hasNaN) : Number.isNaN(value);
}

function messageOf(run: () => unknown): string {
  try {
    run();
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
}

interface Spoilt extends Omit<Corrupted, "args"> {
  value: unknown;
}

function spoilt(value: unknown, path: string, required: boolean, option?: string): Spoilt[] {
  const named = (values: unknown[]): Spoilt[] =>
    values.map(other => ({ what: `${path}: ${words(value)} → ${words(other)}`, value: other, option }));
  if (typeof value === "number") return named([String(value), null, Number.NaN, [value], true, {}]);
  if (typeof value === "function") return named([null, 3, "x => x"]);
  if (Array.isArray(value)) {
    const places = [...new Set([0, value.length - 1])].filter(i => i >= 0 && i < value.length);
    const inside = places.flatMap(i =>
      spoilt(value[i], `${path}[${i}]`, true).map(({ value: other, ...rest }) => ({
        ...rest,
        value: value.map((old, j) => (j === i ? other : old)),
      })),
    );
    return [...named([null, "text", 7, {}, ...(required ? [undefined] : [])]), ...inside];
  }
  if (isPlain(value)) {
    const inside = Object.entries(value).flatMap(([key, part]) =>
      spoilt(part, `${path}.${key}`, false, key).map(({ value: other, ...rest }) => ({
        ...rest,
        value: { ...value, [key]: other },
      })),
    );
    return [...named([null, 7, ...(required ? [undefined] : [])]), ...inside];
  }
  return [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function words(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? `[${value.length}]` : (JSON.stringify(value) ?? String(value));
}
