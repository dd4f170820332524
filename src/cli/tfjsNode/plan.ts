import type { Machine } from "./machine.ts";
import { problems } from "./prerequisites.ts";
import { gigabytes, wheel } from "./wheel.ts";

/** What the installation will do here, and how large it is, for people to read before it starts. */
export function plan(machine: Machine): string {
  const missing = problems(machine);
  const steps = [
    "tfjs-node's JavaScript from npm, as package-lock.json has it (about 50 small packages)",
    "its own installer, if the server of its downloads answers: TensorFlow 2.9 and an addon",
    ...(missing.length === 0 ? fromWheel : []),
    "a proof in a process of its own: a matrix product, checked and timed",
  ];
  const lines = steps.map((step, i) => `  ${i + 1}. ${step}`);
  const without = missing.map(problem => `  TensorFlow from PyPI, if that fails, is not possible here: ${problem}`);
  return ["Installs @tensorflow/tfjs-node, the fastest tensor backend, into node_modules:", ...lines, ...without].join(
    "\n",
  );
}

const fromWheel = [
  `if that fails, TensorFlow's C library from PyPI: ${wheel.requirement}, ${gigabytes(wheel.bytes)} to download (pip keeps a copy in its cache), ${gigabytes(wheel.unpackedBytes)} on disk`,
  "and the addon, compiled against it (half a minute)",
];
