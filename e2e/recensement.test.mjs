// The census in a browser, on the register of the 2022 figures: its date, its regions, what
// stands behind a number; then what the keeper consigns from before this house.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, parcouruAuClavier, tenirChacune } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'bilan-2022' });
});
after(() => banc?.fermer());

test('le recensement tient à toutes les largeurs, à une date passée, fausse, ou dans une région', async () => {
  const page = await banc.page();
  await tenirChacune(page, {
    'recensement-bilan': '/recensement',
    'recensement-passe': '/recensement?le=2021-03-27',
    'recensement-faux': '/recensement?le=hier',
    'recensement-region': '/recensement?region=53&le=2022-12-31',
    'recensement-cellules': '/recensement/poles?cellule=sans&le=hier',
  });
  await page.goto('/recensement');
  // Each number of eighteen regions leads to its list.
  await parcouruAuClavier(page, 400);
  await page.close();
});

test('sans JavaScript, on compte à une autre date et l’on ouvre la liste derrière un nombre', async () => {
  const page = await banc.sansScript(null, { largeur: 320, hauteur: 844 });
  await page.goto('/recensement');
  await page.getByLabel('Compter au').fill('2022-12-31');
  await page.locator('select[name=region]').selectOption({ label: 'Bretagne' });
  await page.getByRole('button', { name: 'Compter' }).click();
  await page.getByRole('heading', { level: 1, name: 'Recensement – Bretagne' }).waitFor();
  await bonneTenue(page);
  await page.getByRole('group', { name: /Diagramme en barres/ }).getByRole('link').last().click();
  await page.getByText('16 pôles au 31 décembre 2022').waitFor();
  await bonneTenue(page);
});

test('le gardien et la pilote tiennent leurs listes d’avant, à toutes les largeurs et au clavier', async () => {
  for (const [qui, liste] of [['Rémi Parchemin', 'signature'], ['Claire Minute', 'laureat']]) {
    const page = await banc.page(qui);
    await tenirChacune(page, { [`consignations-${liste}`]: `/consignations/${liste}` });
    await parcouruAuClavier(page);
    await page.close();
  }
  const gardien = await banc.sansScript('Rémi Parchemin');
  await gardien.goto('/consignations/signature');
  await gardien.getByRole('button', { name: 'Consigner', exact: true }).click();
  await gardien.getByText('Dites d’où vient cette liste.').first().waitFor();
  await bonneTenue(gardien);
  await gardien.locator('[name=source]').fill('Fichier du gardien');
  await gardien.locator('[name=lignes]').fill('Pôle Inconnu ; 12/09/2021');
  await gardien.getByRole('button', { name: 'Consigner', exact: true }).click();
  await gardien.getByText(/aucun pôle du registre n’a ce nom/).first().waitFor();
  assert.equal(await gardien.locator('[name=source]').inputValue(), 'Fichier du gardien');
});
