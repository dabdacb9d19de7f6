// A list brought into the register by its keeper: by the keyboard and without script, with
// lines that are wrong, one to be chosen, applied, then put back as a whole. Each page stands
// at 1280 px, on a phone and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { clavier, tenir } from './controles.mjs';

const LISTE = `nom;Code INSEE;maturite;rural;Couleur
Pôle des Rives;29151;mature;oui;bleu
Grange aux Savoirs;1004;émergent;;
Mauvais numéro;35000;vieux;;
Atelier du Pays;56178;mature;;
`;

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

/** The reading and what follows are jobs: without script, a link asks again. */
async function actualiser(page) {
  const lien = page.getByRole('link', { name: 'Actualiser' });
  for (let fois = 0; fois < 40 && (await lien.count()); fois += 1) {
    await page.waitForTimeout(250);
    await page.reload();
  }
}

test('une liste fautive se relit, se choisit, s’applique et s’annule, au clavier et sans script', async () => {
  const remi = await banc.sansScript('Rémi Parchemin');
  await remi.goto('/imports');
  await remi.getByRole('button', { name: 'Lire la liste' }).press('Enter');
  await remi.getByText('Dites d’où vient cette liste').first().waitFor();
  await tenir(remi, 'imports-refus');
  const touches = clavier(remi);
  await remi.getByLabel('D’où vient cette liste').focus();
  await remi.keyboard.type('Relevé du Labo');
  await remi.getByLabel('À jour au').fill('2024-01-15');
  await remi.getByLabel('Fichier').setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(LISTE) });
  await touches.jusqu_a(remi.getByRole('button', { name: 'Lire la liste' }));
  await remi.keyboard.press('Enter');
  await remi.waitForURL(/\/imports\/[0-9a-f-]+$/);
  await actualiser(remi);
  await remi.getByRole('button', { name: 'Appliquer 2 lignes' }).waitFor();
  await remi.getByText('« Couleur »').waitFor();
  await tenir(remi, 'imports-relecture');

  await remi.getByRole('link', { name: 'Ambiguës' }).press('Enter');
  await remi.getByLabel('Créer une fiche').press('Space');
  await tenir(remi, 'imports-choix');
  await remi.getByRole('button', { name: 'Retenir ce choix' }).press('Enter');
  await remi.getByText('Aucune ligne ici.').waitFor();
  await remi.getByRole('button', { name: 'Appliquer 3 lignes' }).press('Enter');
  await remi.getByText(/Application en cours|3 lignes appliquées/).first().waitFor();
  await actualiser(remi);
  await remi.getByText('3 lignes appliquées').waitFor();
  await tenir(remi, 'imports-applique');

  const public_ = await banc.page();
  await public_.goto('/poles?q=savoirs');
  assert.equal(await public_.getByRole('link', { name: 'Grange aux Savoirs' }).count(), 1);
  await remi.getByRole('button', { name: 'Annuler cet import' }).press('Enter');
  await remi.getByText(/Annulation en cours|annulé en entier/).first().waitFor();
  await actualiser(remi);
  await remi.getByText('annulé en entier').waitFor();
  await public_.goto('/poles?q=savoirs');
  assert.equal(await public_.getByRole('link', { name: 'Grange aux Savoirs' }).count(), 0);
});

test('avec le script, la page suit la lecture puis l’application jusqu’à leur fin', async () => {
  const remi = await banc.page('Rémi Parchemin');
  await remi.goto('/imports');
  await remi.getByLabel('D’où vient cette liste').fill('Relevé du Labo');
  await remi.getByLabel('À jour au').fill('2024-01-15');
  const liste = `nom\n${Array.from({ length: 3000 }, (_, n) => `Pôle d’essai ${n}`).join('\n')}\n`;
  await remi.getByLabel('Fichier').setInputFiles({ name: 'longue.csv', mimeType: 'text/csv', buffer: Buffer.from(liste) });
  await remi.getByRole('button', { name: 'Lire la liste' }).click();
  await remi.getByRole('button', { name: /^Appliquer 3\s000 lignes$/ }).waitFor({ timeout: 60_000 });
  await remi.getByText('50 lignes').waitFor();
  await remi.getByRole('button', { name: /^Appliquer/ }).click();
  await remi.getByText(/3\s000 lignes appliquées/).waitFor({ timeout: 60_000 });
});

test('ce qui a suivi retient un import, et la page y mène', async () => {
  const remi = await banc.sansScript('Rémi Parchemin');
  await remi.goto('/imports');
  await remi.getByLabel('D’où vient cette liste').fill('Relevé du Labo');
  await remi.getByLabel('À jour au').fill('2024-01-15');
  const liste = Buffer.from('nom;departement\nMoulin suivi;29\nPôle des Rives;35\n');
  await remi.getByLabel('Fichier').setInputFiles({ name: 'suivie.csv', mimeType: 'text/csv', buffer: liste });
  await remi.getByRole('button', { name: 'Lire la liste' }).click();
  await actualiser(remi);
  await remi.getByText('Lieu\u202f: département 29, Bretagne').waitFor();
  await remi.getByRole('button', { name: 'Appliquer 1 ligne' }).click();
  await actualiser(remi);
  await remi.getByText('1 ligne appliquée le').waitFor();

  const gwenn = await banc.page('Gwenn');
  await gwenn.goto('/poles?q=moulin+suivi');
  await gwenn.getByRole('link', { name: 'Moulin suivi', exact: true }).click();
  await gwenn.waitForURL(/\/poles\/[0-9a-f-]+$/);
  const fiche = gwenn.url();
  await gwenn.goto(`${fiche}/corrections/site`);
  await gwenn.locator('[name=valeur]').fill('https://moulin.example');
  await gwenn.locator('[name=source]').fill('Une visite');
  await gwenn.locator('[name=source]').press('Enter');
  await gwenn.waitForURL(fiche);

  await remi.getByRole('button', { name: 'Annuler cet import' }).press('Enter');
  await remi.getByText(/Annulation en cours|rien n’est écrit/).first().waitFor();
  await actualiser(remi);
  await tenir(remi, 'imports-suivie');
  await remi.getByRole('link', { name: /la fiche «.Moulin suivi.» a reçu/ }).press('Enter');
  await remi.waitForURL(fiche);
});
