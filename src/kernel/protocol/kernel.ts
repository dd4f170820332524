import type { CellChecker } from "../check/cellChecker.ts";
import { Interrupter } from "../interrupt/interrupter.ts";
import { mainThreadTerminator, type Terminator } from "../interrupt/terminate.ts";
import { Comms } from "./comms.ts";
import type { Connection } from "./connection.ts";
import { Debugging } from "./debugging.ts";
import { DependencyComm } from "./dependencyComm.ts";
import { Dispatch } from "./dispatch.ts";
import type { Drawer } from "./drawer.ts";
import { exitError, interruptedError } from "./errors.ts";
import type { FromMain, InputReply, ToMain } from "./exchange.ts";
import { Executor } from "./executor.ts";
import { History } from "./history.ts";
import { Input } from "./input.ts";
import { kernelInfo } from "./kernelInfo.ts";
import { log } from "./log.ts";
import { MainThread } from "./mainThread.ts";
import { type Content, newMessage, type Request } from "./message.ts";
import { Outlet } from "./outlet.ts";
import { Publisher } from "./publisher.ts";
import { Runs } from "./runs.ts";
import type { SharedState } from "./sharedState.ts";
import { bindSockets, type Channel, type Sockets } from "./sockets.ts";
import { TypesComm } from "./typesComm.ts";
import { Wire } from "./wire.ts";

export interface KernelOptions {
  connection: Connection;
  shared: SharedState;
  /** To the main thread. */
  tell: (message: ToMain) => void;
  /** To code that waits for an input there. */
  answer: (reply: InputReply) => void;
  checker: () => Promise<CellChecker>;
  drawer: Drawer;
  /** Called when the sockets are closed after a shutdown. */
  ended: () => void;
}

/** The worker's part of a kernel: everything between the sockets and the thread that runs the cells. */
export class Kernel {
  readonly #options: KernelOptions;
  readonly #wire: Wire;
  readonly #sockets: Sockets;
  readonly #runs = new Runs();
  readonly #publisher: Publisher;
  readonly #outlet: Outlet;
  readonly #comms: Comms;
  readonly #input: Input;
  readonly #main: MainThread;
  readonly #executor: Executor;
  readonly #debugging: Debugging;
  readonly #terminator: Terminator = mainThreadTerminator();
  readonly #interrupter: Interrupter;
  #closing: Promise<void> | undefined;

  static async start(options: KernelOptions): Promise<Kernel> {
    return new Kernel(options, await bindSockets(options.connection));
  }

  private constructor(options: KernelOptions, sockets: Sockets) {
    const { shared, tell, checker } = options;
    const history = new History();
    const wire = new Wire(options.connection);
    const publisher = new Publisher(wire, sockets.iopub.out);
    this.#options = options;
    this.#wire = wire;
    this.#sockets = sockets;
    this.#publisher = publisher;
    this.#outlet = new Outlet(this.#runs, publisher, history, options.drawer);
    this.#comms = new Comms(publisher, tell);
    this.#input = new Input(wire, sockets.stdin, this.#runs, options.answer, () => publisher.flush());
    this.#main = new MainThread(tell, {
      output: ({ output, size }) => {
        shared.taken(size);
        this.#outlet.receive(output);
      },
      input: question => this.#input.ask(question),
      comm: ({ run, message, parent }) =>
        this.#comms.publish(message, parent ? { parent } : (this.#runs.of({ run })?.origin ?? {})),
      exit: message => void this.#exit(message),
      signal: () => void this.interrupt(),
    });
    const main = this.#main;
    this.#debugging = new Debugging(main, publisher, shared);
    const reply = (request: Request, content: Content, metadata?: Content) =>
      this.#reply(sockets.shell, request, content, metadata);
    const dependencies = new DependencyComm(this.#comms);
    new TypesComm(this.#comms, checker);
    const own = { main, checker, outlet: this.#outlet, runs: this.#runs, publisher, history, reply, dependencies };
    this.#executor = new Executor(own);
    this.#interrupter = new Interrupter(shared.flags, {
      ask: id => tell({ type: "interrupt", id }),
      abandon: id => tell({ type: "abandon", id }),
      ping: () => main.ping(),
      terminate: () => this.#terminator.terminate(),
      running: () => main.running,
    });
    this.#listen({
      publisher,
      executor: this.#executor,
      history,
      comms: this.#comms,
      checker,
      kernelInfo: kernelInfo(),
      look: path => main.look(path),
      debug: content => this.#debugging.receive(content),
      interrupt: () => this.interrupt(),
      shutdown: () => void this.shutdown(),
    });
    publisher.status("starting");
  }

  /** From the main thread. */
  receive(message: FromMain): void {
    // Before the next cell, which is not the one that was interrupted.
    if (message.type === "done") this.#debugging.heed();
    this.#main.receive(message);
  }

  /** Asks what runs to end; settles when a cell that is sent from now on is not meant. */
  async interrupt(): Promise<void> {
    this.#input.interrupt();
    const run = this.#main.running;
    if (run !== undefined) void this.#interrupter.interrupt(run);
    // Not before: what stopped may be what a cell left behind, and the cell that waits behind it is to hear of this.
    this.#debugging.ignore();
    if (run !== undefined) return;
    if (this.#executor.current) this.#executor.end(({ number }) => interruptedError(number));
    else if (this.#main.isReady) await this.#interrupter.free();
    this.#debugging.heed();
  }

  /** Ends the kernel when all is sent. */
  async shutdown(): Promise<void> {
    await this.#close();
    this.#options.ended();
  }

  #listen(parts: ConstructorParameters<typeof Dispatch>[0]): void {
    const { shell, control, stdin, iopub } = this.#sockets;
    for (const channel of [shell, control]) {
      const dispatch = new Dispatch(parts, (request, content) => this.#reply(channel, request, content));
      this.#decoded(channel, request => dispatch.receive(request));
    }
    this.#decoded(stdin, request => this.#input.receive(request));
    iopub.onFrames(([frame]) => {
      if (frame?.[0] === 1) this.#publisher.welcome(frame.subarray(1));
    });
  }

  #decoded(channel: Channel, receive: (request: Request) => void): void {
    channel.onFrames(frames => {
      try {
        receive(this.#wire.decode(frames));
      } catch (error) {
        log(`${(error as Error).message}; dropped.`);
      }
    });
  }

  #reply(channel: Channel, request: Request, content: Content, metadata: Content = {}): void {
    const type = request.header.msg_type.replace(/_request$/, "_reply");
    channel.out.push(
      this.#wire.encode(request.identities, newMessage(type, content, { parent: request.header, metadata })),
    );
  }

  /** Code called `process.exit`, and its thread waits until everybody knows. */
  async #exit({ run: id, code, place }: Extract<FromMain, { type: "exit" }>): Promise<void> {
    const late = this.#runs.of({ run: id });
    if (this.#executor.current) this.#executor.end(({ number }) => exitError(number, code, place));
    else if (late) this.#outlet.error(exitError(late.number, code, place), late);
    await this.#executor.close();
    await this.#close();
    this.#options.shared.release("exit");
  }

  #close(): Promise<void> {
    this.#publisher.flush();
    this.#closing ??= this.#sockets.close().finally(() => {
      this.#debugging.close();
      this.#terminator.close();
    });
    return this.#closing;
  }
}
