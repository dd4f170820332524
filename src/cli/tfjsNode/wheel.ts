import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { python } from "./machine.ts";

/** TensorFlow as it comes from PyPI: one file, whatever Python is here, since only its C library is wanted. */
export const wheel = {
  requirement: "tensorflow-cpu==2.21.0",
  sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
  file: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
  tags: ["--implementation", "cp", "--python-version", "3.11", "--abi", "cp311", "--platform", "manylinux_2_27_x86_64"],
  bytes: 273_829_956,
  /** What is taken out of it. */
  unpackedBytes: 854_000_000,
};

/** Room for the wheel, what is taken out of it, and the addon, at the moment when all are there. */
export const SPACE = wheel.bytes + wheel.unpackedBytes + 50_000_000;

export const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;

/** The wheel in `folder`, its bytes checked by pip, which keeps a copy in its own cache. */
export async function downloadWheel(folder: string): Promise<string> {
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`);
  const what = ["--requirement", requirements, "--require-hashes", "--no-deps", "--only-binary", ":all:"];
  await run("the download", python, ["-m", "pip", "download", ...what, ...wheel.tags, "--dest", folder], {
    minutes: 30,
  });
  return join(folder, wheel.file);
}

/** TensorFlow's libraries as `folder`/lib, under the names that a linker looks for, and its C headers as `folder`/include. */
export async function unpackWheel(file: string, folder: string): Promise<void> {
  await run("unpacking", python, ["-c", unpack, file, folder], { minutes: 10 });
}

const unpack = `
import os, shutil, sys, zipfile

wheel, folder = sys.argv[1:]
headers = ("tensorflow/c/", "tensorflow/core/platform/ctstring", "tsl/platform/ctstring", "xla/tsl/c/")
lib = os.path.join(folder, "lib")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        inside = name.removeprefix("tensorflow/")
        if inside in ("libtensorflow_cc.so.2", "libtensorflow_framework.so.2"):
            target = os.path.join(lib, inside)
        elif inside.startswith("include/") and inside[8:].startswith(headers) and inside.endswith(".h"):
            target = os.path.join(folder, inside)
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
os.symlink("libtensorflow_cc.so.2", os.path.join(lib, "libtensorflow.so"))
os.symlink("libtensorflow_framework.so.2", os.path.join(lib, "libtensorflow_framework.so"))
`;
