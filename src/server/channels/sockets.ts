import type { WebSocket } from "ws";

/**
 * Hands over each frame that a page sends. What is thrown over one ends that socket and nothing else: no frame may end
 * the server, and all kernels with it.
 */
export function onFrame(socket: WebSocket, take: (data: Buffer, isBinary: boolean) => void): void {
  socket.on("message", (data: Buffer, isBinary) => {
    try {
      take(data, isBinary);
    } catch (error) {
      closeWith(socket, 1007, (error as Error).message);
    }
  });
  socket.on("error", () => socket.terminate());
}

/** Closes a socket, with as much of the reason as there is room for. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.from(reason).subarray(0, mostReason);
  // As a stream it leaves out a character of which only the beginning is there.
  socket.close(code, new TextDecoder().decode(bytes, { stream: true }));
}

/** In bytes, as the protocol has it. */
const mostReason = 123;
