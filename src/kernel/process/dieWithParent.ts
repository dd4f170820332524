/**
 * Ends this process when its parent has gone, also where a long check or a cell that loops for ever hears nothing: a
 * thread watches. It is told who the parent is, since on a busy machine it may begin when the parent has gone.
 */
export function dieWithParent(): void {
  const watch = `setInterval(() => { if (process.ppid !== ${process.ppid}) process.kill(process.pid, "SIGKILL"); }, 250);`;
  // Asked for when it is needed, because the checker's start-up snapshot cannot hold it.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  new Worker(watch, { eval: true, execArgv: [], stdout: true, stderr: true }).unref();
}
