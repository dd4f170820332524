import v8 from "node:v8";
import { LocalChecker } from "../localChecker.ts";
import { serve } from "../process/serve.ts";
import { practice } from "./practice.ts";

/**
 * The program whose state after loading becomes the snapshot: a checker that has read the library
 * and the packages. Every process that starts from it goes on in the folder that it is given.
 */
export function prepare(root: string, packages: string[]): void {
  const checker = new LocalChecker(root);
  checker.practise(packages, practice);
  v8.startupSnapshot.setDeserializeMainFunction(() => {
    const { stale } = checker.reopen(process.argv[2] ?? process.cwd());
    serve(checker, { stale });
  });
}
