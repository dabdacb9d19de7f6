// A pole taken in hand by its own people: asked for by the keyboard, without script; refused,
// asked again, accepted; its record corrected by its team; then taken back by the cell. Each
// page stands at 1280 px, on a phone and at 320 px.
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

test('un pôle se revendique : demandé, refusé, redemandé, accepté, corrigé, repris', async () => {
  const bastien = await banc.sansScript('Bastien Établi');
  await bastien.goto(fiche);
  await bastien.getByRole('link', { name: 'Ce pôle est le vôtre' }).click();
  await tenir(bastien, 'revendication-demande');
  const touches = clavier(bastien);
  const revendiquer = bastien.getByRole('button', { name: 'Revendiquer ce pôle' });
  await revendiquer.press('Enter');
  await bastien.getByText('Choisissez une preuve.').first().waitFor();
  await tenir(bastien, 'revendication-incomplete');
  await bastien.getByLabel('Ce que vous faites pour le pôle').focus();
  await bastien.keyboard.type('Trésorier');
  await touches.jusqu_a(bastien.getByLabel('La parole de la cellule de la région'));
  await bastien.keyboard.press('Space');
  await touches.jusqu_a(revendiquer);
  await bastien.keyboard.press('Enter');
  await bastien.getByText('La cellule de la région vous répondra par courriel.').waitFor();
  await tenir(bastien, 'revendication-attente');

  const gwenn = await banc.page('Gwenn Balise');
  await gwenn.goto('/corrections');
  await gwenn.getByRole('link', { name: 'Revendications' }).click();
  const demande = gwenn.locator('section.co-piece').filter({ hasText: 'Bastien Établi, Trésorier' });
  await demande.getByRole('button', { name: 'Refuser' }).click();
  await gwenn.getByText('Donnez le motif').first().waitFor();
  await tenir(gwenn, 'revendication-bureau');
  await demande.getByLabel('Motif du refus').fill('Le pôle ne vous connaît pas encore.');
  await demande.getByRole('button', { name: 'Refuser' }).click();

  await bastien.reload();
  await bastien.getByText('Le pôle ne vous connaît pas encore.').waitFor();
  await bastien.getByLabel('Ce que vous faites pour le pôle').fill('Trésorier');
  await bastien.getByLabel('La parole de la cellule de la région').press('Space');
  await revendiquer.click();
  await gwenn.goto('/revendications');
  await demande.getByRole('button', { name: 'Accepter' }).click();
  await gwenn.getByRole('heading', { name: 'Pôles donnés à leur équipe' }).waitFor();

  await bastien.reload();
  await tenir(bastien, 'revendication-equipe');
  await bastien.getByRole('link', { name: 'Corriger la fiche' }).click();
  await bastien.getByRole('link', { name: 'Corriger : Site internet' }).click();
  await bastien.getByLabel('Site internet').fill('https://rives.example');
  await bastien.getByLabel('D’où vient l’information').fill('Le pôle lui-même');
  await bastien.getByRole('button', { name: 'Proposer la correction' }).click();
  await gwenn.goto('/corrections');
  await gwenn.getByText('Par l’équipe du pôle').waitFor();

  await gwenn.goto('/revendications');
  await demande.getByLabel('Motif de la reprise').fill('Donnée par erreur.');
  await tenir(gwenn, 'revendication-reprise');
  await demande.getByRole('button', { name: 'Retirer la revendication' }).click();
  await bastien.goto(`${fiche}/revendication`);
  await bastien.getByText('Donnée par erreur.').waitFor();
});

test('un pôle réel ne se revendique pas dans une démonstration', async () => {
  const page = await banc.a320('Bastien Établi');
  await page.goto('/poles?q=possibles');
  const reel = await page.getByRole('link', { name: 'La Place des Possibles' }).getAttribute('href');
  await page.goto(`${reel}/revendication`);
  await page.getByText('il ne se revendique pas').waitFor();
  await bonneTenue(page);
  assert.equal(await page.getByRole('button', { name: 'Revendiquer ce pôle' }).count(), 0);
});

test('la lettre du code se prend en PDF avant de partir', async () => {
  const gwenn = await banc.page('Gwenn Balise');
  await gwenn.goto('/revendications');
  const demande = gwenn.locator('section.co-piece').filter({ hasText: 'Tifenn Lavoir' });
  await demande.getByRole('link', { name: 'Écrire la lettre' }).click();
  await gwenn.getByLabel('Adresse de la structure porteuse').fill('Moulin des Abers\n1 quai des Brumes\n29800 Landerneau');
  await gwenn.getByRole('button', { name: 'Écrire la lettre' }).click();
  await tenir(gwenn, 'revendication-lettre');
  const arrive = gwenn.waitForEvent('download');
  await gwenn.getByRole('button', { name: 'Télécharger la lettre (PDF)' }).press('Enter');
  assert.equal((await arrive).suggestedFilename(), 'lettre-de-code.pdf');
  await gwenn.getByRole('button', { name: 'La lettre est postée' }).click();
  await demande.getByText(/postée le/).waitFor();
});
