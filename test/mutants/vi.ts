const before = new Map<string, string | undefined>();

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** What our tests need of Vitest's `vi`, which itself asks for one of Vitest's workers. */
export const vi = {
  stubEnv(name: string, value: string | undefined): void {
    if (!before.has(name)) before.set(name, process.env[name]);
    set(name, value);
  },
  unstubAllEnvs(): void {
    for (const [name, value] of before) set(name, value);
    before.clear();
  },
};
