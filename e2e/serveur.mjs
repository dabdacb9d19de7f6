// One server per bench: `coopole serve --demo` (or COOPOLE_BIN) on a free port of the
// loopback, in a temporary data folder. It stops with the test process, even when that
// one is killed. What it says is kept in captures/journaux/.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ici = dirname(fileURLToPath(import.meta.url));
const cible = process.env.CARGO_TARGET_DIR ?? join(ici, '../target');
const patience = 120_000;
let rang = 0;

export async function ouvrirServeur({ jeu, horloge, arguments: suite = [], env = {}, binaire } = {}) {
  const programme = binaire ?? process.env.COOPOLE_BIN ?? join(cible, 'debug/coopole');
  const donnees = await mkdtemp(join(tmpdir(), 'coopole-e2e-'));
  const journal = join(ici, 'captures/journaux', `${basename(process.argv[1] ?? 'banc', '.test.mjs')}-${(rang += 1)}.log`);
  mkdirSync(dirname(journal), { recursive: true });

  for (let essai = 1; ; essai += 1) {
    const port = await portLibre();
    const adresse = `http://127.0.0.1:${port}`;
    const processus = lancer(programme, ['serve', '--demo', ...(jeu ? ['--jeu', jeu] : []), ...(horloge ? ['--horloge', horloge] : []), ...suite], {
      PATH: process.env.PATH,
      HOME: donnees,
      LANG: 'C.UTF-8',
      PORT: String(port),
      COOPOLE_DONNEES: join(donnees, 'var'),
      COOPOLE_URL: adresse,
      ...env,
    }, journal);
    const serveur = new Serveur(processus, adresse, donnees, journal);
    try {
      await serveur.attendre();
      return serveur;
    } catch (raison) {
      const dit = readFileSync(journal, 'utf8').trim().split('\n').slice(-15).join('\n');
      const portPris = /address (already )?in use|déjà (pris|utilisé)/i.test(dit);
      await serveur.fermer({ garder: portPris && essai < 3 });
      if (!portPris || essai === 3) throw new Error(`Le serveur ne s’ouvre pas : ${raison.message}\n${dit}`);
    }
  }
}

function lancer(programme, arguments_, env, journal) {
  // setpriv: the kernel stops the server when this process dies, however it dies.
  const processus = spawn('setpriv', ['--pdeathsig', 'TERM', programme, ...arguments_], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const fichier = createWriteStream(journal);
  processus.stdout.pipe(fichier, { end: false });
  processus.stderr.pipe(fichier, { end: false });
  processus.on('close', () => fichier.end());
  return processus;
}

class Serveur {
  #processus;
  #donnees;
  #fin;
  /** Why it stopped, when nobody asked it to. */
  mort = null;

  constructor(processus, adresse, donnees, journal) {
    this.#processus = processus;
    this.#donnees = donnees;
    this.adresse = adresse;
    this.journal = journal;
    this.#fin = new Promise((fini) => {
      processus.on('error', (erreur) => fini((this.mort = erreur.message)));
      processus.on('close', (code, signal) => fini((this.mort ??= signal ?? `code ${code}`)));
    });
  }

  /** Waits for « À l’écoute », then for /healthz. */
  async attendre() {
    let dit = '';
    const annonce = new Promise((ok) => {
      this.#processus.stdout.on('data', (morceau) => {
        dit += morceau;
        if (/^À l’écoute sur http:/m.test(dit)) ok('prêt');
      });
    });
    let minuterie;
    const trop = new Promise((ok) => {
      minuterie = setTimeout(ok, patience, 'trop long');
    });
    const issue = await Promise.race([annonce, trop, this.#fin]);
    clearTimeout(minuterie);
    if (issue !== 'prêt') {
      throw new Error(issue === 'trop long' ? `rien en ${patience / 1000} s` : `il s’est arrêté (${issue})`);
    }
    const sante = await fetch(`${this.adresse}/healthz`);
    if (!sante.ok) throw new Error(`/healthz répond ${sante.status}`);
  }

  async fermer({ garder = false } = {}) {
    if (!this.mort) {
      this.#processus.kill('SIGTERM');
      const dur = setTimeout(() => this.#processus.kill('SIGKILL'), 10_000);
      await this.#fin;
      clearTimeout(dur);
    }
    if (!garder) await rm(this.#donnees, { recursive: true, force: true });
  }
}

function portLibre() {
  return new Promise((ok, ko) => {
    const prise = createServer();
    prise.on('error', ko);
    prise.listen(0, '127.0.0.1', () => {
      const { port } = prise.address();
      prise.close(() => ok(port));
    });
  });
}
