/** Everything that crosses a `postMessage`, and the shapes that the packager writes; checked by tsc, not shipped. */

/** A header pair as sent: order and duplicates kept, names in lower case. */
export type HeaderPair = [name: string, value: string];

/** The data of an `<asgi-live>` element, as hosts write it (asgi_docs/block/markup.py). */
export interface BlockData {
  app: string;
  files: Record<string, string>;
  environment: string;
  requires: string[];
  path: string;
  height?: string;
  caption?: string;
  source: string;
}

export interface SizedFile {
  url: string;
  /** Bytes on the wire. */
  size: number;
}

/** `environments/<name>.json`; its URLs are relative to the file itself (asgi_docs/package/site.py). */
export interface EnvironmentManifest {
  format: 1;
  name: string;
  python: string;
  pyodide: { version: string; abi: string; module: string; asm: string; wasm: SizedFile; stdlib: SizedFile };
  runtime: SizedFile;
  layers: (SizedFile & { name: string; version: string; sha256: string })[];
}

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
  headers: HeaderPair[];
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null;
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

/** Who asks an app: the page itself, or its service worker. */
export type Client = "page" | "service-worker";

/** Page to Python worker. */
export type HostMessage =
  | {
      type: "start";
      environment: string;
      app: string;
      files: Record<string, string>;
      mount: string;
      cookies: Cookie[];
    }
  | { type: "connect"; client: Client }
  | { type: "stop" };

/** Python worker to page. */
export type PythonMessage =
  | { type: "progress"; stage: StartStage; loaded?: number; total?: number }
  | { type: "started" }
  | { type: "failed"; stage: StartStage; message: string }
  | { type: "stopped" }
  | { type: "crashed"; message: string }
  | { type: "waiting"; requests: number }
  | { type: "output"; stream: "stdout" | "stderr"; text: string }
  | { type: "response"; method: string; path: string; status: number; duration: number }
  | { type: "cookies"; cookies: Cookie[] };

/** Page to service worker. */
export type PageMessage =
  | { type: "link"; protocol: number; token: string }
  | { type: "link-later"; token: string }
  | { type: "unlink"; token: string }
  | { type: "ping" };

/** Service worker to page. */
export type ServiceWorkerMessage =
  | { type: "linked"; protocol: number; token: string }
  | { type: "need-link"; token: string };

/** A cookie of an app's jar (RFC 6265, section 5.3). */
export interface Cookie {
  name: string;
  value: string;
  path: string;
  /** Milliseconds since the epoch; null for a session cookie. */
  expires: number | null;
  secure: boolean;
  httpOnly: boolean;
}

export type ElementState = "idle" | "starting" | "running" | "failed" | "stopped";

declare global {
  /** Shared by classic scripts and modules: `exchange.js` is both. */
  var asgiDocs: {
    /** Written by the packager into the service worker's stub. */
    front?: string;
    /** URL prefixes of other sites' decoration: answered with nothing. */
    blanks?: string[];
    /** URL prefix of a CDN -> folder below the stub that holds the same files. */
    mirrors?: Record<string, string>;
    AppClient: typeof AppClient;
  };

  class AppClient {
    constructor(port: MessagePort);
    request(request: AppRequest): Promise<AppResponse>;
    close(reason: string): void;
  }
}
