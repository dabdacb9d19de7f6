// A pole that the register does not know: declared by keyboard, without script, compared with
// the record it looks like, put in the register by the cell; then put to sleep, and woken.
// Each page stands at 1280 px, on a phone and at 320 px.
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { tenir } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

test('un pôle se déclare, sa cellule l’inscrit, puis le met en sommeil et le réveille', async () => {
  const bastien = await banc.sansScript('Bastien Établi');
  await bastien.goto('/poles');
  await bastien.getByRole('link', { name: 'Votre pôle n’y est pas' }).click();
  await tenir(bastien, 'declaration');
  const declarer = bastien.getByRole('button', { name: 'Déclarer ce pôle' });
  await bastien.getByLabel('Nom du pôle').fill('Pôle des Rives');
  await bastien.getByLabel('Sa commune').fill('Morlaix');
  await bastien.getByLabel('Ce que vous faites pour le pôle').fill('Trésorier');
  await declarer.press('Enter');
  await bastien.getByText('Ce pôle existe peut-être déjà').first().waitFor();
  await tenir(bastien, 'declaration-semblables');
  await bastien.getByLabel('Nom du pôle').fill('Les Genêts du Léon');
  await declarer.press('Enter');
  await bastien.getByText('En attente').waitFor();
  await tenir(bastien, 'declaration-attente');

  const gwenn = await banc.page('Gwenn Balise');
  await gwenn.goto('/declarations');
  await gwenn.getByRole('button', { name: 'Refuser' }).click();
  await gwenn.getByText('Donnez le motif').first().waitFor();
  await tenir(gwenn, 'declaration-bureau');
  await gwenn.getByRole('button', { name: 'Inscrire au registre' }).click();
  await gwenn.getByRole('heading', { name: 'Les Genêts du Léon' }).waitFor();
  await gwenn.getByRole('link', { name: 'Le mettre en sommeil, ou le radier' }).click();
  await tenir(gwenn, 'sortie');
  const sortir = gwenn.getByRole('button', { name: 'Sortir ce pôle du registre' });
  await sortir.click();
  await gwenn.getByText('Choisissez : en sommeil, ou radié.').first().waitFor();
  await tenir(gwenn, 'sortie-incomplete');
  await gwenn.getByLabel('Mise en sommeil').check({ force: true });
  await gwenn.getByLabel('Depuis le').fill('2024-03-01');
  await gwenn.getByLabel('Motif').fill('Plus d’activité');
  await gwenn.getByLabel('Source').fill('Courrier du pôle');
  await sortir.click();
  await gwenn.getByText('ce pôle est en sommeil').waitFor();
  await tenir(gwenn, 'fiche-en-sommeil');
  await gwenn.goto('/poles/sortis');
  await tenir(gwenn, 'poles-sortis');
  await gwenn.getByRole('link', { name: 'Les Genêts du Léon' }).click();
  await gwenn.getByRole('link', { name: 'Annuler sa sortie du registre' }).click();
  await gwenn.getByLabel('Pourquoi il revient au registre').fill('Il reprend.');
  await gwenn.getByRole('button', { name: 'Annuler cette sortie' }).click();
  await gwenn.getByText('Annulée depuis').waitFor();
});
