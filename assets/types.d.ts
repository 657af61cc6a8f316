/** Everything that crosses a `postMessage`, and the shapes that the packager writes; checked by tsc, not shipped. */

/** A header pair as sent: order and duplicates kept, names in lower case. */
export type HeaderPair = [name: string, value: string];

/** The data of an `<asgi-live>` element, as hosts write it (asgi_docs/block/markup.py). */
export interface BlockData {
  app: string;
  files: Record<string, string>;
  /** The files that are no text, encoded as base64. */
  binary?: Record<string, string>;
  env?: Record<string, string>;
  mount?: "stripped" | "full";
  lifespan?: "on" | "off";
  environment: string;
  requires: string[];
  path: string;
  /** Whether the app starts by itself once its block is in view. */
  run?: true;
  /** Whether readers may edit the code. */
  edit?: false;
  /** By which requests refer to the block. */
  name?: string;
  /** The source of the block of the page that this one goes on from. */
  since?: string;
  height?: string;
  caption?: string;
  source: string;
}

/** The part of it that Python reads (asgi_docs/runtime/settings.py). */
export type AppSettings = Pick<BlockData, "app" | "files" | "binary" | "env" | "mount" | "lifespan">;

export interface SizedFile {
  url: string;
  /** Bytes on the wire. */
  size: number;
  /** Bytes of the WebAssembly that is packed in it, and kept in this form. */
  unpacked?: number;
}

/** The files of one package; what they hold is told by asgi_docs/package/recipe.py. */
export interface Layer {
  name: string;
  version: string;
  hot: SizedFile;
  cold?: SizedFile;
  extensions: SizedFile[];
}

/** What the hot part of a layer begins with: paths below its root, and sizes in bytes. */
export interface LayerIndex {
  files: [path: string, size: number][];
  extensions: [path: string, size: number][];
  cold: [path: string, size: number][];
}

/** `environments/<name>.json`; its URLs are relative to the file itself (asgi_docs/package/site.py). */
export interface EnvironmentManifest {
  format: 3;
  name: string;
  python: string;
  pyodide: {
    version: string;
    abi: string;
    module: SizedFile;
    asm: SizedFile;
    wasm: SizedFile;
    /** Hashes of files that are not the site's, as `fetch` takes them. */
    integrity?: { module: string; asm: string; wasm: string };
  };
  stdlib: Layer;
  runtime: Layer;
  layers: Layer[];
}

/** An extension module of an environment. */
export interface Extension {
  /** Where Python finds its file. */
  path: string;
  compiled: WebAssembly.Module;
}

/** What an interpreter needs beside the memory of another one, to go on from there (snapshot.js). */
export interface Snapshot {
  /** Pyodide's. */
  build: string;
  /** The JavaScript objects that Python holds, as Pyodide writes them down. */
  objects: { hiwireKeys: unknown[]; immortalKeys: string[] };
  /** Of the memory, in bytes. */
  size: number;
  /** Paths of the extension modules, in the order in which they were loaded. */
  extensions: string[];
  /** How many functions memory could point to when Python started. */
  functions: number;
  /** Those that have become more since, in the order of their places; null where there is none any more. */
  added: ([path: string, symbol: string] | null)[];
  /** The places of those that are gone, in the order in which they are taken again. */
  free: number[];
  /** The extension modules that Python has opened. */
  opened: [handle: number, path: string][];
  /** Whether Python's stacks can be suspended in this engine. */
  suspends: boolean;
}

/** What is kept of a snapshot, without the memory. */
export interface SnapshotDescription {
  /** What it is good for: environment, engine, language. */
  stamp: string;
  /** Top-level names of the modules that were imported for apps. */
  imported: string[];
  /** Null when none can be had. */
  snapshot: Snapshot | null;
}

export type SnapshotFile = SnapshotDescription & {
  snapshot: Snapshot;
  /** All of the memory that is not zero. */
  memory: Iterable<[start: number, content: Uint8Array]>;
};

/** The data of an `<asgi-request>` element, as hosts write it (asgi_docs/block/requests/model.py). */
export interface DocumentedRequest {
  method: string;
  /** Path and query below the app's mount; as headers and body it may hold references to earlier answers. */
  target: string;
  headers: HeaderPair[];
  body?: string;
  /** By which later requests refer to the answer. */
  name?: string;
  /** The name of the block whose app is asked, in place of the nearest one before the request. */
  block?: string;
  page: string;
  source: string;
  answer?: RecordedAnswer;
  /** Instead of an answer. */
  task?: Task;
}

/** What the reader is to make an app answer (asgi_docs/block/requests/tasks.py). */
export interface Task {
  status: number;
  /** What the body must have: text, or members of JSON where it begins with a brace or a bracket. */
  body?: string;
  /** The author's sentence. */
  words?: string;
  hints?: string[];
  /** Code of the app's entry file that does it. */
  solution?: string;
}

/** Of a request; made by `toRecorded` (requests/answers.js). */
export interface RecordedAnswer {
  status: number;
  headers: HeaderPair[];
  /** Text with line feeds. */
  body?: string;
  /** In place of a body that is no text. */
  binary?: { size: number; sha256: string };
  /** Whether the body went on. */
  partial?: boolean;
}

/** A request that was sent, for references to its answer. */
export interface AnsweredRequest {
  name?: string;
  /** Null when there was none. */
  answer: RecordedAnswer | null;
}

export type Json = null | boolean | string | JsonNumber | Json[] | { [key: string]: Json };

/** A request on its way to an app. */
export interface AppRequest {
  method: string;
  /** Path below the mount, percent-encoded, with its query; begins with a slash. */
  path: string;
  headers: HeaderPair[];
  body: ArrayBuffer | ReadableStream<Uint8Array> | null;
  signal?: AbortSignal;
}

export interface AppResponse {
  status: number;
  /** The status in words, as a server would send it. */
  reason: string;
  headers: HeaderPair[];
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null;
}

/** A request body, with the header that says how long it is. */
export interface FramedBody {
  body: ArrayBuffer | ReadableStream<Uint8Array> | null;
  framing: HeaderPair[];
}

/** Client (the page, or the service worker) to Python worker, over the app's port. */
export type ClientMessage =
  | {
      type: "http.request";
      id: number;
      method: string;
      path: string;
      headers: HeaderPair[];
      body: ArrayBuffer | null;
      more: boolean;
    }
  | { type: "http.request.body"; id: number; body: ArrayBuffer | null; more: boolean }
  | { type: "http.response.credit"; id: number; bytes: number }
  | { type: "http.disconnect"; id: number };

/** Python worker to client, over the app's port. */
export type AppMessage =
  | {
      type: "http.response.start";
      id: number;
      status: number;
      reason: string;
      headers: HeaderPair[];
      body: Uint8Array<ArrayBuffer> | null;
      more: boolean;
    }
  | { type: "http.response.body"; id: number; body: Uint8Array<ArrayBuffer> | null; more: boolean }
  | { type: "http.request.credit"; id: number; bytes: number }
  | { type: "http.response.error"; id: number; message: string };

/** What a start goes through, in this order. */
export type StartStage = "download" | "interpreter" | "import" | "startup";

export type Stage = StartStage | "running";

/** What asks an app: the page itself, or its service worker. */
export type Asker = "page" | "service-worker";

/** One of the reader's clients of an app, and where it has the app. */
export interface ClientMount {
  /** The first one is 1. */
  client: number;
  /** Absolute URL. */
  mount: string;
  /** That it begins with. */
  cookies: Cookie[];
}

/** Files that an app has written, for the next start. */
export type KeptFiles = [path: string, content: Uint8Array<ArrayBuffer>][];

/** Page to Python worker. */
export type HostMessage =
  /** For this app, or, ahead, for others like it, which begin with the same imports. */
  | { type: "prepare"; environment: string; app: AppSettings; isAhead: boolean; language: string | null }
  | {
      type: "start";
      settings: AppSettings;
      clients: ClientMount[];
      kept: KeptFiles;
    }
  /** A further client. */
  | ({ type: "join" } & ClientMount)
  /** It is gone, with all that it had under way. */
  | { type: "leave"; client: number }
  /** What was downloaded is good, and of this deploy. */
  | { type: "keep" }
  | { type: "connect"; asker: Asker; client: number }
  | ({ type: "cookies"; client: number } & CookieWrites)
  /** What the app can be asked for: a JSON list of `AppRoute` comes over the port. */
  | { type: "routes" }
  /** A WebSocket of the page itself, over the port. */
  | ({ type: "socket" } & SocketConnect)
  /** All of them, if none is named. */
  | { type: "forget"; client: number; cookie?: Cookie }
  /** Somebody wants to see what passes between server and app. */
  | { type: "watch" }
  | { type: "stop" };

/** Python worker to page. */
export type PythonMessage =
  | { type: "progress"; stage: StartStage; loaded?: number; total?: number }
  | { type: "prepared"; isRestored: boolean }
  | { type: "started" }
  | { type: "failed"; stage: StartStage; message: string }
  /** With what the app has written into its folder: null if that is too much, none if it has not run. */
  | { type: "stopped"; written?: KeptFiles | null }
  /** The app has written files into its folder. */
  | { type: "written" }
  | { type: "crashed"; message: string }
  /** Milliseconds for which the oldest request has had no answer; null when there is none. */
  | { type: "waiting"; age: number | null }
  | { type: "output"; stream: "stdout" | "stderr"; text: string }
  | AnswerMessage
  | AnswerEndMessage
  /** Each is the JSON of a WireEvent. */
  | { type: "wire"; events: string[] }
  | { type: "cookies"; client: number; cookies: Cookie[] };

/** One method of one path (asgi_docs/runtime/routes.py). */
export interface AppRoute {
  /** `WS` for a WebSocket. */
  method: string;
  /** Below the mount, its parameters in braces. */
  path: string;
  summary: string;
  /** An example of a JSON body, or empty. */
  body: string;
}

/** An answer, or its beginning. */
export interface AnswerMessage {
  type: "response";
  /** Names the request in this run of the app. */
  key: string;
  method: string;
  path: string;
  status: number;
  /** The status in words. */
  reason: string;
  /** Milliseconds. */
  duration: number;
  /** Bytes of the body; null while it goes on, and for a WebSocket. */
  size: number | null;
  /** The body of a 4xx, where that is short JSON. */
  refusal?: string;
}

/** The end of an answer that was not there in one go. */
export interface AnswerEndMessage {
  type: "response.end";
  key: string;
  duration: number;
  size: number;
  isWhole: boolean;
  refusal?: string;
}

/** What happened between server and app (asgi_docs/runtime/wire.py). */
export interface WireEvent {
  /** The key of a request or socket; `own.…` of a request of the app to itself; or `lifespan`. */
  exchange: string;
  title: string;
  /** Milliseconds since its beginning. */
  at: number;
  kind: "scope" | "receive" | "send" | "failed" | "returned" | "raised";
  /** Of the scope or message. */
  type: string;
  /** As Python code, without the body; or an exception. */
  text: string;
  code: number | null;
  size: number | null;
  /** Its beginning; of a binary one in hexadecimal digits. */
  body: string;
  binary: boolean;
}

export type HandshakeAnswer = Pick<AnswerMessage, "key" | "path" | "status" | "reason" | "duration">;

/** A WebSocket asks for its connection, on the app's channel `asgi-docs:<mount>`. */
export interface SocketConnect {
  /** Names the socket's own channel, `asgi-docs:<mount>:<id>`, and its locks `…:client` and `…:app`. */
  id: string;
  /** Path below the mount, percent-encoded, with its query; begins with a slash. */
  path: string;
  headers: HeaderPair[];
}

/** WebSocket to app, on the socket's channel. */
export type SocketClientMessage =
  | { type: "message"; data: string | ArrayBuffer; size: number }
  | { type: "credit"; size: number }
  /** The code is 0 when the page gives none. */
  | { type: "close"; code: number; reason: string }
  | { type: "fail" };

export interface SocketConnection {
  post(message: SocketClientMessage): void;
  end(): void;
}

/** App to WebSocket, on the socket's channel. */
export type SocketAppMessage =
  | { type: "connecting" }
  | { type: "accept"; protocol: string }
  | { type: "refuse"; status: number }
  | { type: "message"; data: string | Uint8Array<ArrayBuffer>; size: number }
  | { type: "credit"; size: number }
  | { type: "close"; code: number; reason: string };

/** Page to service worker. */
export type PageMessage =
  | { type: "link"; protocol: number; token: string }
  | { type: "link-later"; token: string }
  | { type: "unlink"; token: string }
  /** Keeps the service worker alive; the tokens are those of the page's running apps. */
  | { type: "ping"; tokens: string[] };

/** An app's page to the service worker. */
export type FrameMessage =
  /** The page no longer waits for this request. */
  | { type: "abort"; request: string }
  | { type: "abort"; url: string; isNavigation: boolean }
  /** The page goes away. */
  | { type: "bye" };

/** Service worker to page. */
export type ServiceWorkerMessage =
  | { type: "linked"; protocol: number; token: string }
  | { type: "need-link"; token: string };

/** A cookie of an app's jar (RFC 6265bis, section 5.7). */
export interface Cookie {
  name: string;
  value: string;
  /** Null for the host alone. */
  domain: string | null;
  /** Below the mount. */
  path: string;
  /** Milliseconds since the epoch; null for a session cookie. */
  expires: number | null;
  secure: boolean;
  httpOnly: boolean;
  sameSite: "strict" | "lax" | "none" | null;
}

/** Who reads or writes cookies. */
export interface CookieUser {
  /** A script of the app's page: HttpOnly cookies are not its business. */
  byScript?: boolean;
}

export type ElementState = "idle" | "starting" | "running" | "failed" | "stopped";

/** An app's cookies, as its pages know them. */
export interface CookieView {
  /** Grows with each change. */
  version: number;
  /** HttpOnly ones without their values. */
  cookies: Cookie[];
  /** The number of the last write that is in it, by the page that wrote. */
  applied: Record<string, number>;
}

/** What a page has written to `document.cookie`. */
export interface CookieWrites {
  page: string;
  writes: [number: number, path: string, cookie: string][];
}

/** Over the broadcast channel between an app's pages and its Python worker. */
export type CookieMessage =
  | ({ type: "writes" } & CookieWrites)
  | { type: "ask" }
  | ({ type: "view" } & CookieView);

/** Of frame-client/cookies.js. */
export interface FrameCookies {
  /** Of requests and responses, for what `pending()` gives and `take()` takes. */
  header: string;
  /** Gives `change` events. */
  changes: EventTarget;
  /** As `document.cookie`. */
  read(): string;
  /** As `document.cookie = text`. */
  write(text: string): void;
  /** What a script may see here. */
  list(): Cookie[];
  /** What the Python worker may not know yet, for a request's header. */
  pending(): string | null;
  /** Takes a response's header. */
  take(text: string | null): void;
  /** Passes on what has been written, if a documentation page is there to take it. */
  pass(writes: CookieWrites): boolean;
}

import type { JsonNumber } from "./requests/exact-json.js";

declare global {
  var asgiDocsCookieJar: typeof CookieJar;

  /** Shared by the files of the frame client; what else of it stands in frame-client/types.d.ts. */
  var asgiDocsFrame: AsgiDocsFrame;

  interface AsgiDocsFrame {
    /** URL path of the app's mount, without a slash at its end. */
    mount: string;
    /** The URL inside the mount that a URL of the app's page means, or null when it is right as it is. */
    mapped(url: string | URL, base?: string): string | null;
    defineHandlers(prototype: EventTarget, types: string[]): void;
    SocketConnection: new (
      path: string,
      headers: HeaderPair[],
      on: { message(message: SocketAppMessage): void; lost(): void },
    ) => SocketConnection;
    AppSocket: {
      new (url: URL, path: string, protocols: string[]): EventTarget;
      prototype: EventTarget;
      has(object: object): boolean;
    };
    cookies: FrameCookies;
  }

  /** Told to a web worker of an app before its worker client runs. */
  var asgiDocsWorker: { front: string; mount: string };

  /** Defined by common/worker-prologue.js, for service worker, frame client and worker client. */
  var asgiDocsWorkers: {
    prologue(source: string, options: { front: string; mount: string; type: "classic" | "module" }): string;
    marked(url: string, type: "classic" | "module"): string;
    unmarked(path: string): { path: string; type: "classic" | "module" | undefined };
  };

  /** Defined by common/mount-url.js, for service worker and frame client. */
  var asgiDocsURLs: {
    inMount(text: string | URL, base: string, mount: string): string | null;
    isOwn(url: URL, own: { host: string }): boolean;
    below(path: string, prefix: string): string | null;
    collapsed(path: string, mount: string): string;
    appOf(mount: string): string;
  };

  /** Shared by classic scripts and modules: `exchange.js` is both. */
  var asgiDocs: {
    /** Written by the packager into the service worker's stub. */
    front?: string;
    /** What app pages and web workers load from us, by file name; written by the packager. */
    clients?: Record<string, string>;
    /** URL prefixes of other sites' decoration: answered with nothing. */
    blanks?: string[];
    /** Packaged copies of npm packages, by name; `folder` lies below the stub. */
    mirrors?: Record<string, { default: string; folder: string; version: string }>;
    AppClient: typeof AppClient;
    /** Of `content.js`. */
    framed(blob: Blob): Promise<FramedBody>;
    decoded(
      body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>,
      codings: string,
    ): ReadableStream<Uint8Array> | null;
    acceptEncoding: string;
  };

  /** Of `cookie-jar.js`. */
  class CookieJar {
    constructor(mount: URL, cookies?: Cookie[]);
    readonly cookies: Cookie[];
    list(path: string, reader?: CookieUser): Cookie[];
    header(path: string, reader?: CookieUser): string;
    store(header: string, path: string, writer?: CookieUser): Cookie | null;
    clear(): void;
    remove(cookie: Pick<Cookie, "name" | "domain" | "path">): void;
  }

  class AppClient {
    constructor(port: MessagePort);
    request(request: AppRequest): Promise<AppResponse>;
    close(reason: string): void;
  }
}
