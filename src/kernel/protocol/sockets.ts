import { Reply, Router, XPublisher } from "zeromq";
import { addressOf, type ChannelName, type Connection, StartError } from "./connection.ts";

type Frames = (Uint8Array | string)[];

/** A socket that takes requests and sends answers. */
export interface Channel {
  onFrames(receive: (frames: Uint8Array[]) => void): void;
  readonly out: SendQueue;
}

/** The kernel's five sockets, bound. */
export interface Sockets {
  shell: Channel;
  control: Channel;
  stdin: Channel;
  iopub: Channel;
  /** Sends what is waiting, then closes all. */
  close(): Promise<void>;
}

/**
 * How long a closed socket may go on to deliver, in milliseconds. Where a process that ends waits 500 for it, zeromq
 * prints a warning, at the terminal in which the front end was started.
 */
const linger = 300;

export async function bindSockets(connection: Connection): Promise<Sockets> {
  // No limit on what waits for a slow reader: ZeroMQ would drop messages, an `idle` among them.
  const options = { linger, sendHighWaterMark: 0, receiveHighWaterMark: 0 };
  const shell = new Router(options);
  const control = new Router(options);
  const stdin = new Router(options);
  const iopub = new GreetingPublisher({ ...options, verbosity: "allSubs", manual: true });
  const heartbeat = new Reply({ linger: 0 });
  const sockets = { shell, control, stdin, iopub, hb: heartbeat };
  const close = () => {
    for (const socket of Object.values(sockets)) socket.close();
  };
  await bindAll(sockets, connection).catch(error => {
    close();
    throw error;
  });
  void echo(heartbeat);
  const channels = [shell, control, stdin, iopub].map(channelOf);
  return {
    ...({ shell: channels[0], control: channels[1], stdin: channels[2], iopub: channels[3] } as {
      [name in "shell" | "control" | "stdin" | "iopub"]: Channel;
    }),
    async close() {
      await Promise.all(channels.map(each => each.out.drained()));
      close();
    },
  };
}

async function bindAll(
  sockets: Record<ChannelName, Reply | Router | XPublisher>,
  connection: Connection,
): Promise<void> {
  const names = Object.keys(sockets) as ChannelName[];
  // All of them, also where one fails: ZeroMQ ends the process when a thread ends that binds.
  const results = await Promise.allSettled(names.map(name => sockets[name].bind(addressOf(connection, name))));
  const failed = results.findIndex(({ status }) => status === "rejected");
  const name = names[failed];
  if (name === undefined) return;
  const { message } = (results[failed] as PromiseRejectedResult).reason as Error;
  throw new StartError(
    `lectern kernel: the ${name} channel must get ${addressOf(connection, name)}, but got ${message}; start the kernel anew.`,
  );
}

function channelOf(socket: Router | XPublisher): Channel {
  return {
    onFrames(receive) {
      void listen(socket, receive);
    },
    out: new SendQueue(frames => socket.send(frames)),
  };
}

async function listen(socket: Router | XPublisher, receive: (frames: Uint8Array[]) => void): Promise<void> {
  // Ends when the socket is closed.
  for await (const frames of socket as AsyncIterable<Uint8Array[]>) {
    if (socket instanceof GreetingPublisher) socket.obey(frames);
    receive(frames);
  }
}

/**
 * A publisher whose subscribers count only from when we heard of them: the greeting is then the first that they get.
 * Left to itself, ZeroMQ would send them what was published just before, too.
 */
class GreetingPublisher extends XPublisher {
  /** Does what the subscriber that was heard last asks for. */
  obey([request]: Uint8Array[]): void {
    const wish = request?.[0] === 1 ? subscribe : request?.[0] === 0 ? unsubscribe : undefined;
    const topic = request && request.length > 1 ? Buffer.from(request.subarray(1)) : null;
    // What came while it was being closed is nobody's wish any more.
    if (wish !== undefined && !this.closed) this.setStringOption(wish, topic);
  }
}

/** ZMQ_SUBSCRIBE and ZMQ_UNSUBSCRIBE. */
const subscribe = 6;
const unsubscribe = 7;

async function echo(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

/** Sends messages one after another: a ZeroMQ socket takes the next only when it has the one before. */
export class SendQueue {
  readonly #waiting: Frames[] = [];
  #pump: Promise<void> | undefined;

  constructor(readonly send: (frames: Frames) => Promise<void>) {}

  push(frames: Frames): void {
    this.#waiting.push(frames);
    this.#pump ??= this.#run();
  }

  /** Settles when the socket has all that was pushed before. */
  async drained(): Promise<void> {
    while (this.#pump) await this.#pump;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      for (const frames of this.#waiting.splice(0)) {
        try {
          await this.send(frames);
        } catch {
          // The client is gone, or the kernel is closing: nobody is left to tell.
        }
      }
    }
    this.#pump = undefined;
  }
}
