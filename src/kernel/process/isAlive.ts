/** Whether there is a process of this id, be it ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There, but not ours.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
