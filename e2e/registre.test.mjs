// The register kept by those who know: somebody of another pole proposes by the keyboard,
// without script; the cell answers; the record tells its history; the change is put back.
// Each page stands at 1280 px, on a phone and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, clavier, tenir } from './controles.mjs';

let banc;
let fiche;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'monde' });
  const page = await banc.page();
  await page.goto('/poles?q=rives&region=53');
  fiche = await page.getByRole('link', { name: 'Pôle des Rives' }).getAttribute('href');
  await page.close();
});
after(() => banc?.fermer());

test('une fiche se corrige : proposée, refusée, proposée encore, retenue, annulée', async () => {
  const bastien = await banc.sansScript('Bastien Établi');
  await bastien.goto(fiche);
  await bastien.getByRole('link', { name: 'Proposer une correction' }).click();
  await tenir(bastien, 'registre-correctifs');
  await bastien.getByRole('link', { name: 'Corriger : Présentation' }).click();
  await tenir(bastien, 'registre-presentation');
  const touches = clavier(bastien);
  await bastien.getByLabel('Présentation').focus();
  await bastien.keyboard.type('Une conciergerie et deux ateliers, sur la vallée.');
  await touches.jusqu_a(bastien.getByRole('button', { name: 'Proposer la correction' }));
  await bastien.keyboard.press('Enter');
  await bastien.getByText('Dites d’où vient l’information').first().waitFor();
  await tenir(bastien, 'registre-refus');
  await bastien.getByLabel('D’où vient l’information').fill('Le site du pôle');
  await bastien.getByRole('button', { name: 'Proposer la correction' }).press('Enter');
  await bastien.getByText('En attente de réponse').waitFor();

  const gwenn = await banc.page('Gwenn Balise');
  await gwenn.goto('/corrections');
  await gwenn.getByText('Une conciergerie').waitFor();
  await gwenn.getByRole('button', { name: 'Refuser' }).click();
  await gwenn.getByText('Donnez le motif').first().waitFor();
  await tenir(gwenn, 'registre-moderation');
  await gwenn.getByRole('button', { name: 'Retenir' }).click();
  await gwenn.getByText('Aucune correction n’attend votre réponse.').waitFor();

  await gwenn.goto(fiche);
  await gwenn.getByText('Une conciergerie et deux ateliers').first().waitFor();
  await tenir(gwenn, 'registre-fiche');
  await gwenn.getByRole('link', { name: 'Annuler cette modification' }).click();
  await tenir(gwenn, 'registre-annulation');
  await gwenn.getByLabel('Motif de l’annulation').fill('Le pôle l’écrira lui-même');
  await gwenn.getByRole('button', { name: 'Annuler cette modification' }).click();
  await gwenn.getByText('Annulée depuis').waitFor();

  const public_ = await banc.page();
  await public_.goto(`${fiche}/historique`);
  await public_.getByText('par la cellule Bretagne').first().waitFor();
  await tenir(public_, 'registre-historique');
  await public_.goto(fiche);
  assert.equal(await public_.getByRole('link', { name: 'Annuler cette modification' }).count(), 0);
});

test('chaque information a son champ, et chaque champ tient', async () => {
  const gwenn = await banc.page('Gwenn Balise');
  for (const information of ['nom', 'porteuse', 'commune', 'membres', 'territoire', 'themes', 'maturite', 'rural', 'emplois', 'site']) {
    await gwenn.goto(`${fiche}/corrections/${information}`);
    await gwenn.setViewportSize({ width: 320, height: 844 });
    await bonneTenue(gwenn);
  }
});

test('une collectivité trouve son territoire dans son espace, et ne le suit plus', async () => {
  const maelle = await banc.sansScript('Maëlle Estran');
  await maelle.goto('/espace');
  await tenir(maelle, 'registre-espace');
  await maelle.getByRole('link', { name: 'Morlaix Communauté' }).click();
  await maelle.getByText('Aucun pôle n’est nouveau.').waitFor();
  await tenir(maelle, 'registre-territoire');
  await maelle.getByRole('button', { name: 'Ne plus suivre ce territoire' }).press('Enter');
  await maelle.getByText('Vous ne suivez aucun territoire.').waitFor();
});
