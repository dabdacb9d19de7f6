// The bench of the journeys: a server of our own on a free loopback port, with an empty
// data folder and a clock of ours, and a browser that tells on the page. Whatever the
// page does wrong behind the scene (console error, blocked by its own policy, missing
// file, request to the outside) makes `fermer()` throw, so that no test has to ask.
//
//   const banc = await ouvrirBanc({ jeu: 'vide', horloge: '2024-05-27T09:00:00+02:00' });
//   const page = await banc.page();            // a visitor, 1280 px
//   const page = await banc.page('Nom');       // somebody of the cast, signed in
//   const page = await banc.sansScript();      // JavaScript off
//   const page = await banc.a320();            // a narrow phone, or 400 % zoom
//   await page.goto('/');
//   await banc.fermer();
//
// Checks on a page stand in controles.mjs.
import { ouvrirNavigateur } from './navigateur.mjs';
import { ouvrirServeur } from './serveur.mjs';

export async function ouvrirBanc(options = {}) {
  const serveur = await ouvrirServeur(options);
  try {
    return new Banc(serveur, await ouvrirNavigateur());
  } catch (raison) {
    await serveur.fermer();
    throw raison;
  }
}

class Banc {
  #serveur;
  #navigateur;
  #contextes = [];
  /** What pages did wrong, one sentence each. A test that provokes one removes it. */
  fautes = [];

  constructor(serveur, navigateur) {
    this.#serveur = serveur;
    this.#navigateur = navigateur;
  }

  get adresse() {
    return this.#serveur.adresse;
  }

  /** A new person: own cookies, own window. `qui`: a name of the cast, or nobody. */
  async page(qui, { largeur = 1280, hauteur = 800, script = true } = {}) {
    const contexte = await this.#navigateur.newContext({
      baseURL: this.adresse,
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      viewport: { width: largeur, height: hauteur },
    });
    this.#contextes.push(contexte);
    contexte.setDefaultTimeout(15_000);
    const page = await contexte.newPage();
    // The person leaves with their window: what stays open slows the next ones down.
    page.on('close', () => contexte.close().catch(() => {}));
    if (!script) await eteindreLesScripts(page);
    this.#surveiller(page);
    if (qui) await this.#connecter(page, qui);
    return page;
  }

  sansScript(qui, options = {}) {
    return this.page(qui, { ...options, script: false });
  }

  a320(qui, options = {}) {
    return this.page(qui, { ...options, largeur: 320, hauteur: 640 });
  }

  /** Moves the clock of the demonstration to one of its steps, as a visitor does. */
  async avancer(etape) {
    const page = await this.page();
    await page.goto('/demonstration');
    await page.getByLabel('Avancer l’horloge jusqu’à').selectOption(etape);
    await page.getByRole('button', { name: 'Avancer l’horloge' }).click({ timeout: 60_000 });
    await page.waitForLoadState();
    await page.close();
  }

  async #connecter(page, qui) {
    await page.goto('/connexion');
    await page.getByRole('button', { name: qui }).click();
    await page.waitForURL((adresse) => adresse.pathname !== '/connexion');
  }

  #surveiller(page) {
    const noter = (quoi) => this.fautes.push(`${new URL(page.url(), this.adresse).pathname} : ${quoi}`);
    page.on('pageerror', (erreur) => noter(`erreur de script : ${erreur.message}`));
    page.on('console', (message) => {
      // A refused form answers 4xx on purpose; missing files are seen below.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        noter(`console : ${message.text()}`);
      }
    });
    page.on('request', (requete) => {
      const { protocol, origin } = new URL(requete.url());
      if (protocol.startsWith('http') && origin !== this.adresse) noter(`appel au-dehors : ${requete.url()}`);
    });
    page.on('response', (reponse) => {
      const genre = reponse.request().resourceType();
      const attendu = genre === 'document' || genre === 'fetch' ? 500 : 400;
      if (reponse.status() >= attendu) noter(`réponse ${reponse.status()} : ${reponse.url()}`);
    });
  }

  /** Closes all; throws when a page misbehaved or the server died under it. */
  async fermer() {
    for (const contexte of this.#contextes) await contexte.close().catch(() => {});
    await this.#navigateur.close();
    const mort = this.#serveur.mort;
    await this.#serveur.fermer();
    if (mort) this.fautes.push(`le serveur s’est arrêté tout seul (${mort}), son journal : ${this.#serveur.journal}`);
    if (this.fautes.length) throw new Error(`Le banc a vu :\n  - ${this.fautes.join('\n  - ')}`);
  }
}

// Not Playwright's javaScriptEnabled, which cannot be lifted while axe looks at the page.
async function eteindreLesScripts(page) {
  const protocole = await page.context().newCDPSession(page);
  page.scripts = {
    eteindre: (value) => protocole.send('Emulation.setScriptExecutionDisabled', { value }),
  };
  await page.scripts.eteindre(true);
}
