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
  const { code, message } = error as NodeJS.ErrnoException;
  const [status, sentence] = reasons[code ?? ""] ?? [];
  if (status === undefined) return error;
  return new RequestError(status, `${path || "/"}: ${sentence}, but got ${code} (${message}).`);
}

const reasons: Record<string, [number, string]> = {
  ENOENT: [404, "the file or folder must exist; look at the path"],
  ENOTDIR: [404, "the file or folder must exist; look at the path"],
  EACCES: [403, "you must have the right to do this; look at the file's owner and mode"],
  EPERM: [403, "you must have the right to do this; look at the file's owner and mode"],
  EROFS: [403, "the disk must be writable; nothing was saved"],
  ENAMETOOLONG: [400, "the name must be shorter"],
  EEXIST: [409, "the name must be free; choose another"],
  ENOTEMPTY: [400, "the folder must be empty"],
  EISDIR: [400, "it must be a file, not a folder"],
  ELOOP: [404, "links must lead to a file"],
  ENOSPC: [507, "the disk must have space; nothing was saved, free some and save again"],
  EDQUOT: [507, "the disk must have space; nothing was saved, free some and save again"],
  EFBIG: [507, "the file must be smaller than the limit that is set for this program; nothing was saved"],
  EIO: [507, "the disk must work; nothing was saved, look at the system's log"],
  EMFILE: [503, "fewer files may be open at once; try again"],
};
