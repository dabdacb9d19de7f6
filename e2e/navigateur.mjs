// The browser of the journeys: CHROME_BIN if given, else the one of npm, the same for
// all and twice as fast here as Debian's, else one installed on the machine. The npm one
// is unpacked by ourselves under .cache/: the package's own helper writes to a fixed
// folder of /tmp and switches off the very protections we test.
// Run alone, this file says which browser starts, or why none does.
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';

const executer = promisify(execFile);
const ici = dirname(fileURLToPath(import.meta.url));
const paquet = join(ici, 'node_modules/@sparticuz/chromium');
const installes = ['chromium', 'chromium-headless-shell', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const reglages = ['--font-render-hinting=none', '--disable-quic', '--lang=fr-FR'];
/** The path of the one that started, for who wants to say it. */
export let choisi;

/** Opens a headless browser, or throws a sentence that says what was tried. */
export async function ouvrirNavigateur() {
  // Root has no sandbox; neither has a user whose machine refuses user namespaces.
  const bacs = process.getuid?.() === 0 ? [false] : [true, false];
  const raisons = [];
  for await (const { nom, chemin, env, args = [] } of candidats(raisons)) {
    for (const chromiumSandbox of bacs) {
      try {
        const navigateur = await chromium.launch({
          executablePath: chemin,
          chromiumSandbox,
          args: [...reglages, ...args],
          env: { ...process.env, ...env },
        });
        choisi = nom;
        return navigateur;
      } catch (raison) {
        raisons.push(`${chemin} : ${raison.message}`);
      }
    }
  }
  throw new Error(
    'Aucun navigateur ne démarre, et les parcours ne s’en passent pas. ' +
      `Remède : « apt-get install chromium », ou donnez un Chromium : CHROME_BIN=/chemin make test.\n${raisons.join('\n')}`,
  );
}

async function* candidats(raisons) {
  const demande = process.env.CHROME_BIN;
  if (demande) return yield { nom: demande, chemin: demande };
  try {
    const dossier = await deplier();
    yield {
      nom: 'celui de npm',
      chemin: join(dossier, 'chromium'),
      args: ['--disable-gpu', '--disable-software-rasterizer'],
      // Its libraries and its fonts: without fonts, the first page crashes.
      env: { LD_LIBRARY_PATH: join(dossier, 'lib'), FONTCONFIG_PATH: dossier },
    };
  } catch (raison) {
    raisons.push(`celui de npm : ${raison.message}`);
  }
  for (const dossier of (process.env.PATH ?? '').split(delimiter)) {
    for (const nom of installes) {
      const chemin = join(dossier, nom);
      if (existsSync(chemin)) yield { nom: chemin, chemin };
    }
  }
}

// The package's own list names folders of another machine.
const polices = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
`;

async function deplier() {
  const { version } = JSON.parse(await readFile(join(paquet, 'package.json'), 'utf8'));
  const cache = join(ici, '../.cache/navigateur');
  const final = join(cache, version);
  if (existsSync(join(final, 'chromium'))) return final;
  await mkdir(cache, { recursive: true });
  const chantier = await mkdtemp(join(cache, 'chantier-'));
  try {
    for (const archive of ['al2023.tar', 'swiftshader.tar', 'fonts.tar']) {
      const fichier = join(chantier, archive);
      await decomprimer(`${archive}.br`, fichier);
      await executer('tar', ['-x', '--no-same-owner', '-f', fichier, '-C', chantier]);
      await rm(fichier);
    }
    await writeFile(join(chantier, 'fonts.conf'), polices);
    await decomprimer('chromium.br', join(chantier, 'chromium'));
    await chmod(join(chantier, 'chromium'), 0o755);
    await chmod(chantier, 0o755);
    await rename(chantier, final);
  } catch (raison) {
    await rm(chantier, { recursive: true, force: true });
    // Two test files unpack at the same time: the second finds the first one's work.
    if (!existsSync(join(final, 'chromium'))) throw raison;
  }
  return final;
}

async function decomprimer(archive, fichier) {
  await pipeline(createReadStream(join(paquet, 'bin', archive)), createBrotliDecompress(), createWriteStream(fichier));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const navigateur = await ouvrirNavigateur();
    console.log(`         Chromium ${navigateur.version()}, ${choisi}`);
    await navigateur.close();
  } catch (raison) {
    console.error(`\n${raison.message}`);
    process.exitCode = 1;
  }
}
