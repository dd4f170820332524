import { LocalChecker } from "../localChecker.ts";
import { serve } from "./serve.ts";

/** The program of a checker process that starts without a snapshot. */

serve(new LocalChecker(process.argv[2] ?? process.cwd()));
