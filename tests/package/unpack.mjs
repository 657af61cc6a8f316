// Unpacks a file as a reader's browser does, part by part: node unpack.mjs <packed> <unpacked>

import { openAsBlob, readFileSync, writeFileSync } from "node:fs";
import { Zstd } from "../../assets/zstd.js";

const decoder = readFileSync(new URL("../../assets/vendor/zstddec.wasm", import.meta.url));
const zstd = new Zstd(new WebAssembly.Module(decoder));
const [packed, unpacked] = process.argv.slice(2);
const stream = (await openAsBlob(packed)).stream().pipeThrough(zstd.stream());
writeFileSync(unpacked, new Uint8Array(await new Response(stream).arrayBuffer()));
