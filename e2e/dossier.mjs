// A team's dossier, filled by hand from nothing: every question of the call answered, the
// members, the two budgets, the pieces. What it says is invented.
import assert from 'node:assert/strict';

const RIVES = 'Une conciergerie, deux ateliers et une cuisine partagée se coordonnent sur la vallée depuis quatre ans.';

/** Answers by name of field; what has no answer of its own says `RIVES`. */
const REPONSES = {
  structure_rna: 'W291000001',
  representant_nom: 'Solène Marée',
  representant_fonction: 'Présidente',
  contact_courriel: 'contact@rives.example',
  contact_telephone: '02 98 00 00 00',
  animation_jours: '12',
  projet_titre: 'Un pôle qui tient ses promesses',
  projet_objet: 'l’animation du pôle et l’ingénierie de ses projets',
};

/** The structure of each pole, as its record says it: a dossier that says another is not received. */
const STRUCTURES = {
  'Pôle des Rives': {
    structure_nom: 'Les Rives solidaires',
    structure_siret: '90000001900019',
    structure_commune: 'Morlaix',
  },
  'Atelier du Pays': {
    structure_nom: 'Coopérative de l’Atelier',
    structure_siret: '90000002700012',
    structure_commune: 'Redon',
  },
};

/** The boxes and buttons to choose; the first one where nothing is said. */
const CHOIX = {
  structure_forme: 'association',
  pole_maturite: 'en_developpement',
  gouvernance_etape: 'en_place',
  structure_organe: 'conseil',
  animation_methode: 'non',
  rd_demarche: 'non',
};

const MEMBRES = [
  ['Les Rives solidaires', 'association', '90000001900019'],
  ['La Conciergerie des rives', 'cooperative', ''],
  ['Imprimerie du quai', 'entreprise', ''],
  ['Communauté des deux rives', 'collectivite', ''],
];

const pdf = (nom) => ({
  name: `${nom}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
});

/** Presses a button that sends a form, and waits for the page that answers. */
export async function envoyer(page, nom) {
  const bouton = page.getByRole('button', { name: nom, exact: typeof nom === 'string' }).first();
  await Promise.all([page.waitForNavigation(), bouton.click()]);
}

export class Dossier {
  /** `pole`: its name; `qui`: who answers for it. */
  constructor(pole, qui) {
    this.pole = pole;
    this.qui = qui;
    this.nom = pole.split(' ').at(-1).toLowerCase();
    this.reponses = { ...REPONSES, ...STRUCTURES[pole] };
  }

  async commencer(page, appel) {
    await page.goto(`/appels/${appel}`);
    await page.getByRole('button', { name: 'Commencer un dossier' }).first().click();
    await page.waitForURL(/\/dossiers\//);
    this.adresse = new URL(page.url()).pathname;
  }

  async remplir(page) {
    await page.goto(this.adresse);
    const pages = await page.$$eval('main a', (liens) => liens.map((lien) => lien.pathname));
    for (const rubrique of new Set(pages.filter((chemin) => chemin.startsWith(`${this.adresse}/rubriques/`)))) {
      await this.#repondre(page, rubrique);
    }
    await this.#membres(page);
    await this.#budget(page);
    await this.#pieces(page);
  }

  /** Answers every question the page asks, then those that the answers opened. */
  async #repondre(page, rubrique) {
    for (let tour = 0; tour < 2; tour += 1) {
      await page.goto(rubrique);
      const formulaire = page.locator('main form').filter({ has: page.locator('[name=version]') }).first();
      for (const champ of await formulaire.locator('input[type=text], input[type=email], textarea').all()) {
        if (!(await champ.isVisible()) || (await champ.inputValue())) continue;
        const nom = await champ.getAttribute('name');
        const chiffre = (await champ.getAttribute('inputmode')) === 'numeric';
        const limite = Number(await champ.getAttribute('maxlength')) || RIVES.length;
        await champ.fill((this.reponses[nom] ?? (chiffre ? '3' : RIVES)).slice(0, limite));
      }
      for (const [nom, valeurs] of await this.#choixDe(formulaire)) {
        const boites = formulaire.locator(`[name="${nom}"]`);
        if (await boites.evaluateAll((toutes) => toutes.some((boite) => boite.checked))) continue;
        const libelle = formulaire.locator(`label[for="${await boites.first().getAttribute('id')}"]`);
        if (!(await libelle.isVisible())) continue;
        await formulaire.locator(`[name="${nom}"][value="${CHOIX[nom] ?? valeurs[0]}"]`).check({ force: true });
      }
      await envoyer(page, 'Enregistrer');
    }
    assert.deepEqual(await page.locator('#a-corriger').allInnerTexts(), [], rubrique);
  }

  /** The buttons and boxes by name: [name, values]. */
  async #choixDe(formulaire) {
    const boites = await formulaire.locator('input[type=radio], input[type=checkbox]').evaluateAll((elements) =>
      elements.map((element) => [element.name, element.value]));
    const parNom = new Map();
    for (const [nom, valeur] of boites) parNom.set(nom, [...(parNom.get(nom) ?? []), valeur]);
    return parNom;
  }

  async #membres(page) {
    await page.goto(`${this.adresse}/membres`);
    for (const [rang, [nom, genre, siret]] of MEMBRES.entries()) {
      if (rang > 0) await this.#ligneDePlus(page, 'membres', rang);
      await page.locator(`[name="membres.${rang}.nom"]`).fill(nom);
      await page.locator(`[name="membres.${rang}.genre"]`).selectOption(genre);
      const qualite = genre === 'association' || genre === 'cooperative' ? 'de_droit' : 'hors_ess';
      await page.locator(`[name="membres.${rang}.qualite_ess"]`).selectOption(qualite);
      await page.locator(`[name="membres.${rang}.siret"]`).fill(siret);
    }
    await envoyer(page, 'Enregistrer');
  }

  async #ligneDePlus(page, table, rang) {
    await page.locator(`button[name=ajouter][value="${table}"]`).click();
    await page.locator(`[name="${table}.${rang}.${table === 'membres' ? 'nom' : 'compte'}"]`).waitFor();
  }

  async #budget(page) {
    await page.goto(`${this.adresse}/budget`);
    await this.#lignes(page, 'charges', [
      { compte: '641', libelle: 'Coordination du pôle', montant: '120 000', subvention: '80 000', emploi: 'animation_temps_travail' },
      { compte: '613', libelle: 'Locaux partagés', montant: '30 000', subvention: '20 000', emploi: 'fonctionnement_permanent' },
    ]);
    await this.#lignes(page, 'produits', [
      { compte: '70', libelle: 'Ventes de services', montant: '50 000' },
    ]);
    await envoyer(page, 'Enregistrer');
    await page.goto(`${this.adresse}/budget/structure`);
    await this.#lignes(page, 'charges', [{ compte: '64', libelle: 'Personnel', montant: '240 000' }]);
    await this.#lignes(page, 'produits', [{ compte: '70', libelle: 'Ventes', montant: '240 000' }]);
    await envoyer(page, 'Enregistrer');
  }

  async #lignes(page, table, lignes) {
    for (const [rang, ligne] of lignes.entries()) {
      if (rang > 0) await this.#ligneDePlus(page, table, rang);
      for (const [champ, valeur] of Object.entries(ligne)) {
        const element = page.locator(`[name="${table}.${rang}.${champ}"]`);
        if (champ === 'compte' || champ === 'emploi') await element.selectOption(valeur);
        else await element.fill(valeur);
      }
    }
  }

  async #pieces(page) {
    for (const piece of ['statuts', 'organe_dirigeant', 'schema_gouvernance', 'synthese']) {
      await page.goto(`${this.adresse}/pieces`);
      const formulaire = page.locator(`form:has(input[type=file][name=${piece}])`);
      if ((await formulaire.count()) === 0) continue;
      await formulaire.locator('input[type=file]').setInputFiles(pdf(piece));
      await formulaire.getByRole('button', { name: 'Envoyer le fichier' }).click();
      await page.getByText(`${piece}.pdf`).first().waitFor();
    }
  }

  /** Reads it again, declares, files; the receipt is on the screen. */
  async deposer(page) {
    await page.goto(`${this.adresse}/verification`);
    await page.getByLabel('J’ai pouvoir d’engager la structure').check({ force: true });
    await page.getByLabel('Les informations sont exactes').check({ force: true });
    await envoyer(page, 'Déposer le dossier');
    assert.match(page.url(), /\/accuse$/);
  }
}
