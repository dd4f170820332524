import type { WebSocket } from "ws";
import { newMessage } from "../../kernel/protocol/message.ts";
import { fromMessage } from "../channels/compose.ts";
import type { Mailbox } from "../channels/mailbox.ts";
import { Mailboxes } from "../channels/mailboxes.ts";
import type { ChannelMessage } from "../channels/message.ts";
import { RequestError } from "../errors.ts";
import { Deaths } from "./deaths.ts";
import { endProcess, type KernelProcess } from "./ending.ts";
import { KernelClient } from "./kernelClient.ts";
import { aborted, died, reasonOf } from "./lastMessages.ts";
import type { KernelModel, KernelOptions, KernelState } from "./model.ts";
import { KernelProvision } from "./provision.ts";
import type { Run } from "./run.ts";
import { Runs } from "./runs.ts";

/** A kernel as pages see it: the same through restarts, with one process after another. */
export class Kernel {
  readonly id: string;
  readonly name: string;
  readonly started = new Date();
  readonly mailboxes = new Mailboxes();
  readonly runs: Runs;
  lastActivity = new Date();
  #state: KernelState = "starting";
  #reason: string | undefined;
  #process: KernelProcess | undefined;
  /** Settles when every process that was told to end has ended. */
  #ending: Promise<unknown> = Promise.resolve();
  /** Sent before the process was there to take it. */
  #early: ChannelMessage[] = [];
  #isReady = false;
  #isEnding = false;
  readonly #deaths = new Deaths();
  #change: Promise<void>;
  /** Counts starts and stops, so that a start notices that it is not wanted any more. */
  #turn = 0;

  constructor(readonly options: KernelOptions) {
    this.id = options.id;
    this.name = options.name;
    this.runs = new Runs(options.onRun);
    this.#change = this.#start();
    // Whoever waits for it hears of it; nobody may.
    this.#change.catch(() => {});
  }

  get model(): KernelModel {
    return {
      id: this.id,
      name: this.name,
      last_activity: this.lastActivity.toISOString(),
      execution_state: this.#state,
      connections: this.mailboxes.connected,
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
    };
  }

  get state(): KernelState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#process?.provision.pid;
  }

  /** Settles when the process is there to run cells; rejects where it died instead. */
  ready(): Promise<void> {
    return this.#change;
  }

  /** A page opened its websocket. Returns what is to be called with what it sends. */
  connect(key: string, socket: WebSocket, { mayReturn }: { mayReturn: boolean }): (message: ChannelMessage) => void {
    const mailbox = this.mailboxes.open(key, socket);
    socket.on("close", () => this.mailboxes.close(mailbox, socket, { mayReturn }));
    return message => this.#request(message, mailbox);
  }

  interrupt(): void {
    if (!this.#process)
      throw new RequestError(409, "the kernel must run to be interrupted, but it is dead; restart it.");
    const { provision, client } = this.#process;
    if (this.options.spec.interrupt_mode === "signal") provision.interrupt();
    else client.send(fromMessage("control", newMessage("interrupt_request", {}, {})));
  }

  /** Ends the process and starts another; the pages stay. */
  async restart(): Promise<void> {
    // Not told: Jupyter's pages take the word for a death, and know of a restart that somebody asked for.
    this.#state = "restarting";
    await this.#stop({ restart: true });
    if (this.#isEnding) throw new RequestError(409, "kernel: it must be left to restart, but was ended meanwhile.");
    this.#abandon(run => aborted(run, "the kernel was restarted"));
    this.runs.clear();
    this.#change = this.#start();
    await this.#change;
  }

  /** Ends the process and says goodbye to the pages. */
  async shutdown(): Promise<void> {
    this.#isEnding = true;
    await this.#stop({ restart: false });
    // A process that was about to start ends too.
    await this.#change.catch(() => {});
    this.#setState("dead");
    this.mailboxes.end();
  }

  async #start(): Promise<void> {
    const { spec, directory, notebook } = this.options;
    const turn = ++this.#turn;
    this.#isReady = false;
    this.#early = [];
    this.#setState("starting");
    const exit: { how?: string; words: string; heard: () => void } = { words: "", heard() {} };
    const gone = new Promise<void>(resolve => {
      exit.heard = resolve;
    });
    const provision = await KernelProvision.start(spec, {
      directory,
      notebook,
      onExit: (how, words) => {
        Object.assign(exit, { how, words });
        exit.heard();
        if (this.#process?.provision === provision) this.#died(how, words);
      },
    });
    if (turn !== this.#turn) {
      provision.kill();
      throw new RequestError(409, "kernel: it must be left to start, but was stopped meanwhile.");
    }
    const client = new KernelClient(provision.connection, message => this.#receive(message));
    this.#process = { provision, client };
    if (exit.how === undefined) await Promise.race([client.subscribed, gone]);
    if (exit.how !== undefined) {
      if (this.#process?.provision === provision) this.#died(exit.how, exit.words);
      throw new RequestError(
        500,
        `kernel: it must start, but its process ${exit.how}; it said: ${exit.words.trim() || "nothing"}`,
      );
    }
    this.#isReady = true;
    this.#reason = undefined;
    if (this.#state === "starting") this.#setState("idle");
    for (const message of this.#early.splice(0)) client.send(message);
  }

  #request(message: ChannelMessage, mailbox: Mailbox): void {
    if (message.channel === "iopub") return;
    this.lastActivity = new Date();
    this.mailboxes.asked(message, mailbox);
    this.runs.request(message);
    if (this.#isReady) this.#process?.client.send(message);
    else if (this.#state === "dead") this.#abandon(run => aborted(run, "the kernel is dead; restart it"));
    else this.#early.push(message);
  }

  #receive(message: ChannelMessage): void {
    this.lastActivity = new Date();
    if (message.type === "status") {
      const state = message.content.execution_state;
      // One that is being ended says so of its own goodbye, too.
      if ((state === "busy" || state === "idle") && this.#process) this.#state = state;
    }
    this.runs.receive(message);
    this.mailboxes.post(message);
  }

  async #stop({ restart }: { restart: boolean }): Promise<void> {
    this.#turn++;
    const ending = this.#process;
    // What it sends from now on is of nobody's concern, its end least of all.
    this.#process = undefined;
    this.#isReady = false;
    if (ending) this.#ending = Promise.all([this.#ending, endProcess(ending, restart)]);
    await this.#ending;
  }

  /** The process ended, and nobody asked for it. */
  #died(how: string, lastWords: string): void {
    this.#process?.client.close();
    this.#process = undefined;
    const wasReady = this.#isReady;
    this.#isReady = false;
    // The word that the first of them began may have died with the kernel.
    const [first] = this.runs.open;
    const ran = (run: Run) => wasReady && run === first;
    this.#abandon(run => (ran(run) ? died(run, how, lastWords) : aborted(run, "the kernel died before")));
    if (this.#deaths.note() || !wasReady || this.#isEnding) {
      this.#reason = reasonOf(how, lastWords);
      this.#setState("dead");
      return;
    }
    this.#state = "autorestarting";
    this.#tell("restarting");
    this.runs.clear();
    this.#change = this.#start();
    this.#change.catch(() => {});
  }

  /** Answers in the kernel's place what it cannot answer any more. */
  #abandon(answer: (run: Run) => ChannelMessage[]): void {
    for (const run of this.runs.open) for (const message of answer(run)) this.#receive(message);
    this.mailboxes.forget();
  }

  #setState(state: KernelState): void {
    this.#state = state;
    this.#tell(state);
  }

  #tell(state: KernelState): void {
    this.mailboxes.post(fromMessage("iopub", newMessage("status", { execution_state: state }, {})));
  }
}
