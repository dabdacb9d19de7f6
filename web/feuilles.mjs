// The style sheets: parts of the State design system that our components use,
// then our own, purged of every class that no Rust or TypeScript source names.
// Icons become data URIs; the Marianne typeface is left out (PILE.md, « look »).

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";

const COMPOSANTS = [
  "link", "button", "input", "select", "checkbox", "radio", "form", "upload", "search",
  "skiplink", "header", "navigation", "modal", "breadcrumb", "sidemenu", "footer",
  "alert", "notice", "badge", "tag", "callout", "highlight", "quote", "card", "tile",
  "accordion", "stepper", "summary", "table", "pagination", "download", "toggle", "transcription",
];

/** What selectors may name besides our classes: HTML words, never purged. */
const MOTS_HTML = `html body main header footer nav section article aside div span p a ul ol li dl dt dd h1 h2 h3 h4 h5 h6
  form fieldset legend label input select option optgroup textarea button output progress details summary template
  table caption colgroup col thead tbody tfoot tr th td figure figcaption blockquote cite svg path g rect text
  strong em b i small sub sup code pre time abbr hr br img meter mark
  class id href target blank _blank type name value disabled required readonly checked multiple hidden open role
  checkbox radio text search number date file button submit reset email tel password hidden status alert
  scope colspan rowspan title lang dir media print tabindex autofocus novalidate download rel external noopener
  true false / http page step location collapse row rowgroup cell data`;

/** The files of `dossier` and below, as sorted paths relative to `ici`. */
export function lister(ici, dossier, extension = "") {
  return readdirSync(join(ici, dossier), { recursive: true, withFileTypes: true })
    .filter((entree) => entree.isFile() && entree.name.endsWith(extension))
    .map((entree) => relative(ici, join(entree.parentPath ?? entree.path, entree.name)))
    .sort();
}

/** Every `fr-` and `co-` word of the sources: a class built at run time escapes, so none is. */
export function classesEmployees(ici) {
  const sources = [...lister(ici, "../crates", ".rs"), ...lister(ici, "src", ".ts")];
  const mots = new Set();
  for (const source of sources) {
    const texte = readFileSync(join(ici, source), "utf8");
    for (const [mot] of texte.matchAll(/(?<![\w-])(?:fr|co)-[A-Za-z0-9_-]+/g)) mots.add(mot);
  }
  return [...mots].sort();
}

/** `app.css`. */
export async function feuille(ici, classes) {
  const dist = join(ici, "node_modules/@gouvfr/dsfr/dist");
  const parties = [
    "core/core.main.css",
    ...COMPOSANTS.map((nom) => `component/${nom}/${nom}.main.css`),
    "scheme/scheme.css",
    "utility/utility.main.css",
    "core/core.print.css",
    ...COMPOSANTS.map((nom) => `component/${nom}/${nom}.print.css`),
  ].map((chemin) => join(dist, chemin)).filter(existsSync);
  const notres = lister(ici, "styles", ".css")
    .filter((nom) => !nom.endsWith("sans-script.css"))
    .map((nom) => join(ici, nom));

  const racine = postcss.root();
  for (const chemin of [...parties, ...notres]) racine.append(lire(chemin));
  for (const regle of [...racine.nodes]) if (regle.type === "atrule" && regle.name === "font-face") regle.remove();
  suivreLeThemeDuSysteme(racine);

  const [{ css }] = await new PurgeCSS().purge({
    content: [{ raw: `${MOTS_HTML} ${classes.join(" ")}`, extension: "mots" }],
    css: [{ raw: racine.toString() }],
    extractors: [{ extractor: (texte) => texte.split(/\s+/), extensions: ["mots"] }],
    safelist: { standard: [/^fr-(collapse|collapsing|modal)/, /expanded$/, /:/], greedy: [/aria-/, /data-fr/, /data-co/, /data-label/] },
    variables: true,
    keyframes: true,
  });
  return minifier(incorporerLesIcones(css));
}

/** `sans-script.css`, loaded from a `<noscript>`. */
export async function feuilleSansScript(ici) {
  return minifier(readFileSync(join(ici, "styles/sans-script.css"), "utf8"));
}

/** Parses a sheet, turning its relative URLs into absolute paths. */
function lire(chemin) {
  const texte = readFileSync(chemin, "utf8").replace(/@charset "UTF-8";/g, "");
  const absolu = texte.replace(/url\((["']?)(\.\.?\/[^)"']+)\1\)/g, (_, _g, lien) => `url("${join(dirname(chemin), lien)}")`);
  return postcss.parse(absolu, { from: chemin }).nodes;
}

/**
 * The dark theme follows the reader's system without a script: the rules that
 * the design system ties to an attribute set by its own script go under a media
 * query. Paper stays light.
 */
function suivreLeThemeDuSysteme(racine) {
  racine.walkRules((regle) => {
    if (!regle.selector.includes("[data-fr-theme")) return;
    const sombres = regle.selectors
      .filter((s) => /\[data-fr-theme="?dark"?\]/.test(s))
      .map((s) => s.replace(/(:root)?\[data-fr-theme="?dark"?\]/g, ":root"));
    const autres = regle.selectors.filter((s) => !s.includes("[data-fr-theme"));
    if (sombres.length > 0) {
      const media = postcss.atRule({ name: "media", params: "screen and (prefers-color-scheme: dark)" });
      media.append(regle.clone({ selectors: sombres }));
      regle.before(media);
    }
    if (autres.length > 0) regle.selectors = autres;
    else regle.remove();
  });
}

function incorporerLesIcones(css) {
  return css.replace(/url\("(\/[^"]+\.svg)"\)/g, (_, chemin) => {
    const svg = readFileSync(chemin, "utf8").replace(/\s+/g, " ").trim();
    return `url("data:image/svg+xml,${encodeURIComponent(svg).replace(/%20/g, " ").replace(/%3D/g, "=").replace(/%2F/g, "/").replace(/%22/g, "'").replace(/%3A/g, ":")}")`;
  });
}

async function minifier(css) {
  const { transform } = await import("esbuild");
  const { code } = await transform(css, { loader: "css", minify: true, legalComments: "none", target: ["chrome100", "firefox100", "safari15"] });
  return code;
}
