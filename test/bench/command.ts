/** What a command line asks of a benchmark; undefined where it asks for help. */
interface Command<Options> {
  parse(args: readonly string[]): Options | undefined;
  usage: string;
  measure(options: Options): Promise<void>;
}

/** Runs a benchmark as its command line asks; what is wrong with that is said in one line, with exit code 2. */
export async function runCommand<Options>({ parse, usage, measure }: Command<Options>): Promise<void> {
  try {
    const options = parse(process.argv.slice(2));
    if (options === undefined) console.log(usage);
    else await measure(options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
