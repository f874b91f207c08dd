/**
 * Bundles the pages' scripts: one fixed name per entry (<site>/assets/app/<entry>.js), shared code in chunks.
 *   node site/ts/build.mjs [--www FOLDER]  the site's scripts (build/www when no folder is named)
 *   node site/ts/build.mjs --tests         the unit tests, for `node --test build/ts-tests`
 */
import { readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

const typescriptFiles = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));

const shared = { absWorkingDir: root, bundle: true, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning" };

async function buildSite() {
  const named = process.argv.indexOf("--www");
  const www = named === -1 ? join(root, "build", "www") : resolve(process.argv[named + 1]);
  const outdir = join(www, "assets", "app");
  rmSync(join(outdir, "chunks"), { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: [...typescriptFiles(join(here, "pages")), ...typescriptFiles(join(here, "workers"))],
    outdir,
    splitting: true,
    minify: true,
    legalComments: "none",
    entryNames: "[name]",
    chunkNames: "chunks/[name]-[hash]",
  });
}

async function buildTests() {
  const outdir = join(root, "build", "ts-tests");
  rmSync(outdir, { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: typescriptFiles(join(root, "tests", "ts")),
    outdir,
    platform: "node",
    outExtension: { ".js": ".mjs" },
  });
}

await (process.argv.includes("--tests") ? buildTests() : buildSite());
