/**
 * Builds static/dist from the sources beside this file:
 *   css/app.scss → app-HASH.css, js/app.js → app-HASH.js, img/* → NAME-HASH.EXT,
 *   js/widget.js → widget.js (the server completes it), and manifest.json, source → built name.
 * Each text file gets a .gz and a .br beside it.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = join(HERE, "dist");
const BROWSERS = ["es2020", "chrome100", "firefox100", "safari15.4"];
/** The widget's own: those that take constructed style sheets. */
const WIDGET_BROWSERS = ["chrome105", "firefox121", "safari16.4"];

async function styles() {
  const compiled = sass.compile(join(HERE, "css/app.scss"), {
    loadPaths: [join(HERE, "../node_modules")],
    quietDeps: true,
  });
  const minified = await esbuild.transform(compiled.css, {
    loader: "css",
    minify: true,
    target: BROWSERS,
  });
  return minified.code;
}

async function script(entry, format, options = {}) {
  const bundled = await esbuild.build({
    entryPoints: [join(HERE, "js", entry)],
    bundle: true,
    minify: true,
    write: false,
    legalComments: "none",
    format,
    target: BROWSERS,
    ...options,
  });
  return bundled.outputFiles[0].text;
}

/** "app.css" and its content → "app-0a1b2c3d4e.css". */
function hashedName(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const extension = extname(name);
  return `${basename(name, extension)}-${hash}${extension}`;
}

async function sources() {
  const files = { "app.css": await styles(), "app.js": await script("app.js", "esm") };
  for (const name of (await readdir(join(HERE, "img"))).sort()) {
    files[name] = await readFile(join(HERE, "img", name), "utf8");
  }
  return files;
}

function compressed(name, content) {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  return {
    [name]: content,
    [`${name}.gz`]: gzipSync(content, { level: 9 }),
    [`${name}.br`]: brotliCompressSync(content, quality),
  };
}

const manifest = {};
// Without questions: the server puts them in.
const widget = await script("widget.js", "iife", {
  target: WIDGET_BROWSERS,
  charset: "utf8",
  mangleProps: /[a-z]_$/,
});
let outputs = compressed("widget.js", widget.replace(/([{}])\n/g, "$1"));
for (const [name, content] of Object.entries(await sources())) {
  manifest[name] = hashedName(name, content);
  outputs = { ...outputs, ...compressed(manifest[name], content) };
}
outputs["manifest.json"] = JSON.stringify(manifest, null, 2);

/** The names of the build before this one: pages already served, or servers still up, ask for them. */
async function previousNames() {
  try {
    return Object.values(JSON.parse(await readFile(join(DIST, "manifest.json"), "utf8")));
  } catch {
    return [];
  }
}

await mkdir(DIST, { recursive: true });
const kept = new Set(Object.keys(outputs));
for (const name of await previousNames()) kept.add(name).add(`${name}.gz`).add(`${name}.br`);
for (const [name, content] of Object.entries(outputs)) {
  await writeFile(join(DIST, name), content);
}
for (const name of await readdir(DIST)) {
  if (!kept.has(name)) await rm(join(DIST, name));
}

for (const name of [...Object.values(manifest), "widget.js"]) {
  const size = outputs[`${name}.gz`].length;
  console.log(`${name.padEnd(28)} ${(size / 1024).toFixed(1)} kB over the wire`);
}
