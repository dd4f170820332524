import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { KernelSpec } from "../kernel/protocol/kernelSpec.ts";
import { makeApplication } from "./application.ts";
import { Contents } from "./contents/contents.ts";
import { type Places, PlainPlaces, StudyPlaces } from "./contents/places.ts";
import { resolvingRoutes } from "./contents/resolving.ts";
import { encodePath } from "./contents/paths.ts";
import { contentsRoutes } from "./contents/routes.ts";
import { Events } from "./events/events.ts";
import { Kernels, kernelName } from "./kernels/kernels.ts";
import { kernelOverviewRoutes } from "./kernels/overview.ts";
import { kernelRoutes } from "./kernels/routes.ts";
import { KernelSpecs } from "./kernelSpecs/kernelSpecs.ts";
import { kernelSpecRoutes } from "./kernelSpecs/routes.ts";
import { type Course, readCourse } from "./lecture/course.ts";
import { handoutRoutes, type RenderHandout } from "./lecture/handoutRoutes.ts";
import { Lectures } from "./lecture/lectures.ts";
import { lectureRoutes } from "./lecture/routes.ts";
import { fileRoutes } from "./page/files.ts";
import { pageRoutes } from "./page/pages.ts";
import { Access, type Credentials } from "./security/access.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { Sessions } from "./sessions/sessions.ts";
import { statusRoutes } from "./status.ts";
import { Notary } from "./trust/notary.ts";

export interface ServerOptions extends Partial<Credentials> {
  /** The folder that is opened; nothing outside it is read or written. */
  root: string;
  /**
   * How notebooks are kept. `study`: what is saved goes to copies in `work`; `edit`: the notebooks themselves, cleaned
   * and canonical; `plain`: the files of somebody else's folder, as they are sent.
   */
  mode: "study" | "edit" | "plain";
  /** Whether who opens the page writes its notebooks, and sees what they hold back from readers; always with `edit`. */
  forAuthor?: boolean;
  /** 0, the default, lets the system choose. */
  port?: number;
  /** How to start a kernel. */
  kernel: KernelSpec;
  /** Where other kernels may be installed that notebooks ask for; without it there is only this one. */
  dataFolders?: readonly string[];
  /** A folder with the kernel's logos. */
  logos?: string;
  /** The folder of the built page. */
  page: string;
  /** The folder of this package, whose sources the page shows. */
  library: string;
  version: string;
  renderHandout: RenderHandout;
  /** The file with the signatures of the notebooks that are trusted; without it they are of this run only. */
  signatures?: string;
  /** Ends kernels that were idle so long and that no page watches; 0: never. */
  cullIdleSeconds?: number;
}

export interface RunningServer {
  /** With the token, for a browser's first visit. */
  url: string;
  /** Without it. */
  address: string;
  token: string;
  port: number;
  /** The address at which the page shows a notebook, with the token. */
  urlOf(apiPath: string): string;
  /** Ends the kernels, then the server. */
  close(): Promise<void>;
}

/**
 * The server of the notebook page: Jupyter's API, kernels of our own as its children, and the page itself.
 *
 * Listens on 127.0.0.1 only. Rejects where the port is taken.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const access = new Access(options);
  const app = await makeApplication(access);
  const kernels = await addRoutes(app, access, options);
  try {
    await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  access.bind(port);
  const address = `http://127.0.0.1:${port}`;
  const urlOf = (apiPath: string) => {
    const page = apiPath === "" ? "/" : `/open/${encodePath(apiPath)}`;
    return `${address}${page}?token=${encodeURIComponent(access.token)}`;
  };
  return {
    url: urlOf(""),
    address,
    token: access.token,
    port,
    urlOf,
    async close() {
      await kernels.close();
      await app.close();
    },
  };
}

async function addRoutes(app: FastifyInstance, access: Access, options: ServerOptions): Promise<Kernels> {
  const { root, mode, kernel, logos, page, library, version, renderHandout } = options;
  const places: Places = mode === "study" ? new StudyPlaces(root) : new PlainPlaces(root);
  const course: Course | undefined = mode === "plain" ? undefined : readCourse(root);
  const lectures = new Lectures(places);
  const events = new Events();
  const specs = new KernelSpecs({ name: kernelName, spec: kernel, folder: logos }, options.dataFolders);
  const kernels = new Kernels({
    root,
    specs,
    places: places instanceof StudyPlaces ? { read: each => places.original(each) } : places,
    cullIdleSeconds: options.cullIdleSeconds ?? 0,
    onEvent: event => events.emit("kernels", event),
    ...(course === undefined
      ? {}
      : { onRun: (apiPath, run) => void lectures.progress.note(apiPath, run.model, run.code) }),
  });
  const sessions = new Sessions(kernels);
  const contents = new Contents({
    places,
    clean: mode !== "plain",
    notary: new Notary({ secret: access.secret, file: options.signatures }),
    onEvent(event) {
      if (event.action === "rename") sessions.follow(event.source_path ?? "", event.path);
      events.emit("contents", event);
    },
  });
  statusRoutes(app, { kernels, version });
  contentsRoutes(app, contents);
  resolvingRoutes(app, places, kernels);
  kernelSpecRoutes(app, specs);
  kernelRoutes(app, kernels, id => sessions.kernelGone(id));
  kernelOverviewRoutes(app, kernels);
  sessionRoutes(app, sessions);
  lectureRoutes(app, { contents, course, lectures, library });
  handoutRoutes(app, places, renderHandout);
  fileRoutes(app, places);
  events.route(app);
  await pageRoutes(app, {
    folder: page,
    version,
    mode: mode === "edit" || options.forAuthor ? "edit" : "study",
    isCourse: course !== undefined,
    kernelName,
  });
  return kernels;
}
