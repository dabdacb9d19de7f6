// A pole's team files its dossier, as in the demonstration: the draft lacks a piece and
// 2 400 €; it is completed, verified, filed, and the receipt is in hand. Once with the
// script, once without; the pages stand at 1280 px, on a phone and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, parcouruAuClavier, tenir } from './controles.mjs';

const pdf = {
  name: 'synthese.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'),
};

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'monde' });
});
after(() => banc?.fermer());

/** The dossier of whoever is signed in. */
async function ouvrirLeDossier(page, pole) {
  await page.goto('/espace');
  await page.getByRole('link', { name: pole }).first().click();
  await page.waitForURL(/\/dossiers\//);
  return new URL(page.url()).pathname;
}

test('chaque page du brouillon tient à 1280 px, au clavier, sur un téléphone et à 320 px sans script', async () => {
  const page = await banc.page('Solène Marée');
  const dossier = await ouvrirLeDossier(page, 'Pôle des Rives');
  const adresses = {
    sommaire: dossier,
    rubrique: `${dossier}/rubriques/animation`,
    membres: `${dossier}/membres`,
    budget: `${dossier}/budget`,
    pieces: `${dossier}/pieces`,
    verification: `${dossier}/verification`,
    historique: `${dossier}/historique`,
    retrait: `${dossier}/retrait`,
    equipe: `${dossier}/equipe`,
  };
  for (const [nom, adresse] of Object.entries(adresses)) {
    const reponse = await page.goto(adresse);
    assert.equal(reponse.status(), 200, adresse);
    await tenir(page, `dossier-${nom}`);
    await parcouruAuClavier(page);
  }
  const sans = await banc.sansScript('Ivan Écluse', { largeur: 320, hauteur: 640 });
  for (const adresse of Object.values(adresses).slice(0, 6)) {
    await sans.goto(adresse);
    await bonneTenue(sans);
  }
  await sans.close();
  await page.close();
});

test('un brouillon incomplet dit tout ce qui manque, puis se complète et se dépose', async () => {
  const page = await banc.page('Solène Marée');
  const dossier = await ouvrirLeDossier(page, 'Pôle des Rives');

  await page.goto(`${dossier}/verification`);
  const manques = await page.locator('main').innerText();
  assert.match(manques, /Il manque 2 éléments/);
  assert.match(manques, /Synthèse/);
  assert.match(manques, /2\s400\s€/);

  await page.goto(`${dossier}/pieces`);
  const synthese = page.locator('form', { has: page.getByLabel(/Fichier pour\s:\sSynthèse/) });
  await synthese.locator('input[type=file]').setInputFiles(pdf);
  await synthese.getByRole('button', { name: 'Envoyer le fichier' }).click();
  await page.getByText('synthese.pdf').first().waitFor();

  await page.goto(`${dossier}/budget`);
  const ventes = page.locator('input[value="50 000"], input[value="50\u202f000"]').first();
  await ventes.fill('52 400');
  const enregistrer = page.getByRole('button', { name: 'Enregistrer', exact: true });
  await Promise.all([page.waitForEvent('load'), enregistrer.click()]);

  await page.goto(`${dossier}/verification`);
  await page.getByLabel('J’ai pouvoir d’engager la structure').check({ force: true });
  await page.getByLabel('Les informations sont exactes').check({ force: true });
  await page.getByRole('button', { name: 'Déposer le dossier' }).click();
  await page.waitForURL(/\/accuse$/);
  await bonneTenue(page);
  await capture(page, 'dossier-accuse-1280');
  const accuse = await page.locator('main').innerText();
  assert.match(accuse, /déposé le lundi 27 mai 2024/);
  const [telechargement] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /PDF/ }).first().click(),
  ]);
  assert.match(telechargement.suggestedFilename(), /\.pdf$/);
  await page.close();
});

test('sans script, un dossier complet se dépose et son accusé se vérifie', async () => {
  const page = await banc.sansScript('Bastien Établi', { largeur: 390, hauteur: 844 });
  const dossier = await ouvrirLeDossier(page, 'Atelier du Pays');
  await page.goto(`${dossier}/verification`);
  await page.getByLabel('J’ai pouvoir d’engager la structure').check({ force: true });
  await page.getByLabel('Les informations sont exactes').check({ force: true });
  await page.getByRole('button', { name: 'Déposer le dossier' }).click();
  await page.waitForURL(/\/accuse$/);
  await page.getByRole('link', { name: 'Vérifier cet accusé' }).click();
  await page.waitForURL(/\/verification/);
  await bonneTenue(page);
  assert.match(await page.locator('main').innerText(), /2024-\d{4}/);
  await page.close();
});

test('sans script, une personne ne quitte l’équipe qu’après une page qui le dit, et l’on peut revenir', async () => {
  const page = await banc.sansScript('Solène Marée', { largeur: 390, hauteur: 844 });
  const equipe = `${await ouvrirLeDossier(page, 'Pôle des Rives')}/equipe`;
  await page.goto(equipe);
  const retirer = page.getByRole('link', { name: 'Retirer Ivan Écluse de l’équipe' });
  await retirer.click();
  await page.waitForURL(/\/fin$/);
  await bonneTenue(page);
  await capture(page, 'dossier-equipe-fin-390');
  await page.getByRole('link', { name: 'Ne rien changer' }).click();
  await page.waitForURL(/\/equipe$/);
  await retirer.click();
  await page.getByRole('button', { name: 'Retirer Ivan Écluse de l’équipe' }).press('Enter');
  await page.waitForURL(/\/equipe$/);
  assert.equal(await retirer.count(), 0);
  await page.close();
});
