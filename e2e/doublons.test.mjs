// Two records of one pole: the cell finds them, compares them, merges them by the keyboard and
// without script; the old address leads to the record kept; the merge is undone, then the two
// are told apart. Each page stands at 1280 px, on a phone and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { clavier, tenir } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

test('deux fiches d’un pôle se comparent, se fusionnent, se séparent, se distinguent', async () => {
  const gwenn = await banc.sansScript('Gwenn Balise');
  await gwenn.goto('/poles?q=terre&region=53');
  const terre = await gwenn.getByRole('link', { name: 'Terre commune' }).getAttribute('href');
  for (const [information, champ, valeur] of [['nom', 'Nom du pôle', 'PTCE des Rives'], ['commune', 'Commune', 'Morlaix']]) {
    await gwenn.goto(`${terre}/corrections/${information}`);
    await gwenn.getByLabel(new RegExp(`^${champ}`)).fill(valeur);
    await gwenn.getByLabel('D’où vient l’information').fill('Une autre liste');
    await gwenn.getByRole('button', { name: 'Corriger la fiche' }).click();
  }

  await gwenn.goto('/corrections');
  await gwenn.getByRole('link', { name: 'Doublons' }).click();
  await gwenn.getByText('même nom, même département').waitFor();
  await tenir(gwenn, 'doublons-liste');
  await gwenn.getByRole('link', { name: 'Comparer' }).click();
  // The oldest record comes first: the Pôle des Rives is the one kept.
  await gwenn.getByRole('heading', { name: 'Comparer deux fiches – Pôle des Rives et PTCE des Rives' }).waitFor();
  await tenir(gwenn, 'doublons-comparaison');
  const touches = clavier(gwenn);
  const fusionner = gwenn.getByRole('button', { name: 'Fusionner ces deux fiches' });
  await fusionner.press('Enter');
  await gwenn.getByText('Donnez le motif').first().waitFor();
  await tenir(gwenn, 'doublons-sans-motif');
  await gwenn.getByLabel('Pourquoi c’est un seul pôle').focus();
  await gwenn.keyboard.type('Deux listes, un seul pôle');
  await touches.jusqu_a(fusionner);
  await gwenn.keyboard.press('Enter');
  await gwenn.getByText('Fusion avec « PTCE des Rives »').first().waitFor();
  await tenir(gwenn, 'doublons-fiche');

  const visiteur = await banc.page();
  await visiteur.goto(terre);
  await visiteur.getByRole('heading', { level: 1, name: 'Pôle des Rives' }).waitFor();
  assert.notEqual(new URL(visiteur.url()).pathname, terre);

  await gwenn.goto('/doublons');
  await gwenn.getByLabel('Motif (PTCE des Rives et Pôle des Rives)').fill('Ce sont deux lieux');
  await tenir(gwenn, 'doublons-fusions');
  await gwenn.getByRole('button', { name: 'Défaire la fusion' }).click();
  await gwenn.getByLabel('Pourquoi ce ne sont pas des doublons').fill('Deux lieux, deux équipes');
  await gwenn.getByRole('button', { name: 'Ce ne sont pas des doublons' }).click();
  await gwenn.getByText('Le motif : Deux lieux, deux équipes').waitFor();
  await tenir(gwenn, 'doublons-distinctes');
  await gwenn.goto(terre);
  await gwenn.getByRole('heading', { level: 1, name: 'PTCE des Rives' }).waitFor();
});
