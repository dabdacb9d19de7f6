// Builds what the browser receives: one style sheet, one reset for pages
// without script, one script, hashed and precompressed, under dist/.
// coopole/build.rs embeds them; nothing here runs on the server.
// `make web` calls it every time: it stops at once when nothing has changed.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { classesEmployees, feuille, feuilleSansScript, lister } from "./feuilles.mjs";

const ICI = dirname(fileURLToPath(import.meta.url));
const DIST = join(ICI, "dist");
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};
/** Brotli bytes of CSS and script together; over it, the build fails. */
const BUDGET = 45 * 1024;

const classes = classesEmployees(ICI);
const empreinte = empreinteDesEntrees(classes);
if (dejaConstruit(empreinte)) {
  console.log("web : déjà à jour");
} else {
  await construire(classes, empreinte);
}

/** Everything that can change the result, so that an unchanged build is skipped. */
function empreinteDesEntrees(classes) {
  const somme = createHash("sha256").update(classes.join("\n"));
  const sources = ["build.mjs", "feuilles.mjs", "package-lock.json"]
    .concat(...["src", "styles", "images"].map((dossier) => lister(ICI, dossier)));
  for (const fichier of sources) somme.update(fichier).update(readFileSync(join(ICI, fichier)));
  return somme.digest("hex").slice(0, 16);
}

function dejaConstruit(empreinte) {
  try {
    return JSON.parse(readFileSync(join(DIST, "manifest.json"), "utf8")).empreinte === empreinte;
  } catch {
    return false;
  }
}

async function construire(classes, empreinte) {
  const debut = performance.now();
  const actifs = [
    ["app.css", await feuille(ICI, classes)],
    ["sans-script.css", await feuilleSansScript(ICI)],
    ["app.js", await script()],
    ...lister(ICI, "images").map((chemin) => [relative("images", chemin), readFileSync(join(ICI, chemin))]),
  ];

  const provisoire = `${DIST}.tmp`;
  rmSync(provisoire, { recursive: true, force: true });
  mkdirSync(provisoire, { recursive: true });
  const fichiers = Object.fromEntries(actifs.map(([nom, contenu]) => [nom, deposer(provisoire, nom, contenu)]));
  controlerBudget(fichiers);
  // Last, because its presence is what says that the build is whole.
  writeFileSync(join(provisoire, "manifest.json"), JSON.stringify({ empreinte, fichiers }, null, 2) + "\n");
  rmSync(DIST, { recursive: true, force: true });
  renameSync(provisoire, DIST);

  for (const [nom, { octets, br }] of Object.entries(fichiers)) {
    console.log(`web : ${nom.padEnd(18)} ${ko(octets)}, ${ko(br)} en brotli`);
  }
  console.log(`web : construit en ${((performance.now() - debut) / 1000).toFixed(1)} s`);
}

async function script() {
  const { build } = await import("esbuild");
  const resultat = await build({
    entryPoints: [join(ICI, "src/app.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    legalComments: "none",
    banner: { js: "/*! DSFR 1.14.4, MIT */" },
    write: false,
  });
  return Buffer.from(resultat.outputFiles[0].contents);
}

/** Writes `nom` under its hashed name, with its two compressed twins. */
function deposer(dossier, nom, contenu) {
  const octets = Buffer.from(contenu);
  const hash = createHash("sha256").update(octets).digest("hex").slice(0, 12);
  const ext = extname(nom);
  const fichier = `${nom.slice(0, -ext.length)}.${hash}${ext}`;
  const br = brotliCompressSync(octets, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: octets.length,
    },
  });
  writeFileSync(join(dossier, fichier), octets);
  const gz = gzipSync(octets, { level: 9 });
  for (const [codage, comprime] of Object.entries({ br, gz })) {
    if (comprime.length < octets.length) writeFileSync(join(dossier, `${fichier}.${codage}`), comprime);
  }
  return { fichier, type: TYPES[ext], octets: octets.length, br: br.length };
}

function controlerBudget(fichiers) {
  const total = fichiers["app.css"].br + fichiers["app.js"].br;
  if (total > BUDGET) {
    console.error(`web : ${ko(total)} de feuille et de script, pour un budget de ${ko(BUDGET)}.`);
    process.exit(1);
  }
}

function ko(octets) {
  return `${(octets / 1024).toFixed(1)} Ko`;
}
