/** A request that is refused: its HTTP status, and a sentence for the person who sees it. */
export class RequestError extends Error {
  override readonly name = "RequestError";

  constructor(
    readonly statusCode: number,
    message: string,
    /** A word for programs, where Jupyter's clients know one. */
    readonly reason: string | null = null,
  ) {
    super(message);
  }
}

/** What the file system refused, as an answer; any other error as it is. */
export function refusedByFiles(error: unknown, path: string): unknown {
  if (isTooLong(error)) {
    return new RequestError(
      413,
      `${path || "what was sent"}: it must fit into a text of 512 MB, but is longer; divide it.`,
    );
  }
  const { code, message } = error as NodeJS.ErrnoException;
  const [status, sentence] = reasons[code ?? ""] ?? [];
  if (status === undefined) return error;
  const details = message.replace(`${code}: `, "");
  return new RequestError(status, `${path || "/"}: ${sentence}, but got ${code} (${details}).`);
}

/** What JavaScript says of a text that would be longer than any can be. */
function isTooLong(error: unknown): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === "ERR_STRING_TOO_LONG" || (error instanceof RangeError && message === "Invalid string length");
}

const reasons: Record<string, [number, string]> = {
  ENOENT: [404, "the file or folder must exist; look at the path"],
  ENOTDIR: [404, "the file or folder must exist; look at the path"],
  EACCES: [403, "you must have the right to do this; look at the file's owner and mode"],
  EPERM: [403, "you must have the right to do this; look at the file's owner and mode"],
  EROFS: [403, "the disk must be writable; nothing was saved"],
  ENAMETOOLONG: [400, "the name must be shorter"],
  EEXIST: [409, "the name must be free; choose another"],
  ERR_FS_CP_EEXIST: [409, "the name must be free; choose another"],
  ENOTEMPTY: [400, "the folder must be empty"],
  EISDIR: [400, "it must be a file, not a folder"],
  ELOOP: [404, "links must lead to a file"],
  ENOSPC: [507, "the disk must have space; nothing was saved, free some and save again"],
  EDQUOT: [507, "the disk must have space; nothing was saved, free some and save again"],
  EFBIG: [507, "the file must be smaller than the limit that is set for this program; nothing was saved"],
  ENXIO: [404, "it must be a file, not a socket or a device"],
  EINVAL: [400, "the file system must be able to do this; choose another name or place"],
  EIO: [507, "the disk must work; nothing was saved, look at the system's log"],
  EMFILE: [503, "fewer files may be open at once; try again"],
};
