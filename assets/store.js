// @ts-check
/**
 * What environments are made of, kept in Cache Storage: later visits and other pages load nothing, and
 * without a network what has run once runs again. Whatever goes wrong here, the plain network is used.
 *
 * All but the manifests is content-addressed, so what is kept under a URL never becomes wrong. A manifest
 * is kept for the front end that asked for it: without a network, an old page must not meet what a new
 * deploy has put under the same name.
 *
 * @import { KeptSnapshot } from "./eviction.js"
 * @import { EnvironmentManifest } from "./types.d.ts"
 * @import { Zstd } from "./zstd.js"
 */

import { retained } from "./eviction.js";
import { filesOf, keptSize, unpacked } from "./kept-files.js";
import { Patience } from "./patience.js";
import { texts } from "./texts.js";

/** Bytes of a site's environments. */
const BUDGET = 128e6;
/** Milliseconds that a server has to answer for a manifest that is also here. */
const PATIENCE = 5_000;
/** When a manifest was used, in milliseconds since the epoch: a header of what is kept. */
const USED = "x-asgi-docs-used";
/** Bytes of a snapshot: a header of what is kept. */
const SIZE = "x-asgi-docs-size";
/** The key of a snapshot: its manifest's URL, the front end, and a name of its own. */
const SNAPSHOT_KEY = /^(.*)\/snapshots\/([^/]+)\/[^/]+$/;

export class Store {
  #root;
  #decoder;
  #front;
  #caches;
  #fetch;
  #budget;
  #patience;
  /** @type {Promise<Cache | null> | undefined} */ #cache;
  /** @type {Map<string, Response> | null} what the network gave before `keep`, by URL */ #fresh = new Map();
  /** @type {Map<string, string>} the manifests in use, by key */ #manifests = new Map();
  /** @type {Set<string>} keys of what came from here */ #used = new Set();
  /** @type {Set<string>} keys of what may be kept */ #retained = new Set();
  /** @type {Set<string>} URLs of WebAssembly */ #webAssembly = new Set();
  /** @type {Set<string>} front ends whose scripts may be kept */ #fronts = new Set();
  /** @type {Map<string, Promise<void>>} early ones that are under way, by manifest */ #downloads = new Map();
  /** @type {Promise<Zstd> | undefined} */ #zstd;
  #isOffline = false;

  /**
   * @param {URL} root the output folder; other URLs are fetched as always
   * @param {URL} front the front end's own folder
   * @param {object} [options]
   * @param {CacheStorage} [options.caches] missing where the page came over plain http
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {number} [options.budget] bytes
   * @param {number} [options.patience] milliseconds
   */
  constructor(root, front, options = {}) {
    const { caches = globalThis.caches, fetch = globalThis.fetch } = options;
    this.#root = root.href;
    this.#decoder = new URL("vendor/zstddec.wasm", front);
    this.#front = front.pathname.slice(root.pathname.length).replace("/", "");
    this.#caches = caches;
    this.#fetch = fetch.bind(globalThis);
    this.#budget = options.budget ?? BUDGET;
    this.#patience = options.patience ?? PATIENCE;
  }

  /**
   * As the browser's `fetch`, with what is kept. A manifest is asked for with `cache: "no-cache"`.
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   */
  async fetch(input, init) {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(this.#root)) return this.#fetch(input, init);
    if (init?.cache === "no-cache") return this.#fetchManifest(url, init);
    const kept = await this.#match(url);
    if (kept) return kept;
    const response = await this.#fetch(input, init);
    const cache = await this.#open();
    if (!cache || !response.ok) return response;
    if (this.#fresh) this.#fresh.set(url, response.clone());
    else if (this.#mayStay(url)) this.#put(cache, url, response.clone()).catch(() => {});
    return response;
  }

  /**
   * The manifest as it was the last time.
   * @param {URL} url
   */
  async manifest({ href }) {
    return (await this.#match(this.#manifestKey(href)))?.text();
  }

  /**
   * What unpacks the files of environments.
   * @returns {Promise<Zstd>}
   */
  zstd() {
    this.#zstd ??= this.#loadZstd().catch((error) => {
      this.#zstd = undefined;
      throw error;
    });
    return this.#zstd;
  }

  async #loadZstd() {
    const [{ Zstd }, file] = await Promise.all([import("./zstd.js"), this.fetch(this.#decoder)]);
    if (!file.ok) throw new Error(texts.notFound(this.#decoder.pathname, file.status));
    return new Zstd(await WebAssembly.compile(await file.arrayBuffer())); // whatever type the host gives it
  }

  /** Keeps what has been fetched, and will be: an app has started with it. */
  async keep() {
    const cache = await this.#open();
    try {
      if (cache) await this.#retain(cache);
      // Not before: what arrives until it is known what may be kept would be lost.
      const fresh = this.#fresh ?? [];
      this.#fresh = null;
      for (const [url, response] of fresh)
        if (cache && this.#mayStay(url)) await this.#put(cache, url, response);
    } catch {
      this.#fresh = null; // The quota, say. What is kept by now is good.
    }
  }

  /** Forgets what came from here: it did not become an interpreter, and may be broken. */
  async forget() {
    const cache = await this.#open();
    if (!cache || this.#isOffline) return; // there is nothing else
    await Promise.all([...this.#used].map((key) => cache.delete(key))).catch(() => {});
  }

  /**
   * @param {string} url of the manifest of the snapshot's environment
   * @param {string} variables that tells it from others of that environment
   * @returns {Promise<Response | undefined>}
   */
  async snapshot(url, variables) {
    return this.#match(await this.#snapshotKey(url, variables));
  }

  /** Whether there is a storage, and it could take as much as it ever may. */
  async hasRoom() {
    if (!(await this.#open())) return false;
    const { quota = Number.POSITIVE_INFINITY, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    return quota - usage > this.#budget;
  }

  /**
   * Keeps a snapshot in the place of the one before, when there is room for it.
   * @param {string} url of the manifest of its environment, which has been fetched
   * @param {string} variables that tells it from others of that environment
   * @param {Blob} file
   */
  async keepSnapshot(url, variables, file) {
    const cache = await this.#open();
    if (!cache) return;
    const key = await this.#snapshotKey(url, variables);
    try {
      await cache.delete(key);
      await this.#retain(cache, { key, environment: this.#manifestKey(url), size: file.size });
      if (!this.#retained.has(key)) return;
      await cache.put(key, new Response(file, { headers: { [SIZE]: String(file.size) } }));
    } catch {
      // The quota, say: starts do without.
    }
  }

  /**
   * Fetches an environment before anyone needs it, once, and nothing that is here already.
   * @param {string} url of its manifest
   * @param {() => Promise<boolean>} isFit whether what is fetched now fits to this page
   */
  download(url, isFit) {
    const known = this.#downloads.get(url);
    if (known) return known;
    const download = this.#download(url, isFit).finally(() => this.#downloads.delete(url));
    this.#downloads.set(url, download);
    return download;
  }

  /**
   * @param {string} url
   * @param {() => Promise<boolean>} isFit
   */
  async #download(url, isFit) {
    const cache = await this.#open();
    const key = this.#manifestKey(url);
    const kept = await this.#match(key);
    const text = await (kept ?? (await this.#fetch(url, { cache: "no-cache" }))).text();
    /** @type {EnvironmentManifest} */
    const manifest = JSON.parse(text);
    const files = [...filesOf(manifest, url).keys(), this.#decoder.href];
    const isHere = await Promise.all(files.map((file) => cache?.match(file)));
    const missing = files.filter((_, at) => !isHere[at]);
    if ((kept && missing.length === 0) || !(await isFit())) return;
    this.#manifests.set(key, text);
    if (cache) await this.#retain(cache);
    await Promise.all(
      missing.map(async (file) => {
        const response = await this.#fetch(file);
        if (cache && this.#mayStay(file) && response.ok) await this.#put(cache, file, response);
        else await response.arrayBuffer(); // it is in the browser's own cache then
      }),
    );
  }

  /**
   * @param {string} url
   * @param {RequestInit} init
   */
  async #fetchManifest(url, init) {
    const key = this.#manifestKey(url);
    const kept = await this.#match(key);
    const patience = kept && new Patience(this.#patience);
    try {
      const response = await this.#fetch(url, { ...init, signal: patience?.signal });
      if (response.ok) this.#manifests.set(key, await response.clone().text());
      return response;
    } catch (error) {
      if (!kept) throw error;
      this.#isOffline = true;
      this.#manifests.set(key, await kept.clone().text());
      return kept;
    } finally {
      patience?.end();
    }
  }

  /** @param {string} key */
  async #match(key) {
    const cache = await this.#open();
    const kept = await cache?.match(key, { ignoreVary: true }).catch(() => undefined);
    if (kept) this.#used.add(key);
    return kept;
  }

  /**
   * Notes that the manifests are in use now, and makes room.
   * @param {Cache} cache
   * @param {KeptSnapshot} [coming] that room is wanted for
   */
  async #retain(cache, coming) {
    const headers = { "content-type": "application/json", [USED]: String(Date.now()) };
    for (const [key, text] of this.#manifests) await cache.put(key, new Response(text, { headers }));
    this.#manifests.clear();
    const keys = await cache.keys();
    const environments = [];
    const snapshots = coming ? [coming] : [];
    for (const { url: key } of keys) {
      const [, environment, front] = key.match(SNAPSHOT_KEY) ?? [];
      if (!environment && !new URL(key).search) continue;
      const kept = await cache.match(key);
      if (!kept) continue; // another tab was faster
      if (environment) {
        snapshots.push({ key, environment: `${environment}?${front}`, size: Number(kept.headers.get(SIZE)) });
        continue;
      }
      const named = filesOf(await kept.json(), key);
      for (const [url, file] of named) if (file.unpacked) this.#webAssembly.add(url);
      const files = new Map([...named].map(([url, file]) => [url, keptSize(file)]));
      environments.push({ key, used: Number(kept.headers.get(USED)), files });
    }
    this.#retained = retained(environments, this.#budget, snapshots);
    // Scripts are small: they stay with what they start, and do not count.
    const stays = environments.filter(({ key }) => this.#retained.has(key));
    this.#fronts = new Set(stays.map(({ key }) => new URL(key).search.slice(1)));
    for (const key of keys) if (!this.#mayStay(key.url)) await cache.delete(key);
  }

  /**
   * @param {Cache} cache
   * @param {string} url
   * @param {Response} response
   */
  async #put(cache, url, response) {
    const kept = this.#webAssembly.has(url) ? unpacked(response, await this.zstd()) : response;
    await cache.put(url, kept);
  }

  /** @param {string} key */
  #mayStay(key) {
    const [folder] = key.slice(this.#root.length).split("/");
    return this.#retained.has(key) || this.#fronts.has(folder);
  }

  /** Null where the browser has no such storage, or refuses it. */
  #open() {
    // Many sites share an origin.
    const name = `asgi-docs ${new URL(this.#root).pathname}`;
    this.#cache ??= this.#caches ? this.#caches.open(name).catch(() => null) : Promise.resolve(null);
    return this.#cache;
  }

  /** @param {string} url */
  #manifestKey(url) {
    return `${url}?${this.#front}`;
  }

  /**
   * @param {string} url
   * @param {string} variables
   */
  async #snapshotKey(url, variables) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(variables)));
    const name = [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `${url}/snapshots/${this.#front}/${name}`;
  }
}

const front = new URL("./", import.meta.url);
export const store = new Store(new URL("../", front), front);

/** @type {typeof globalThis.fetch} */
export const storedFetch = (input, init) => store.fetch(input, init);
