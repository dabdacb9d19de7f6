// The Charter in a browser: a pole signs it by keyboard and without script, somebody else
// verifies the code elsewhere, its keeper pours a text in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier, parcouruAuClavier } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

test('un pôle signe au clavier, sans script ; un autre navigateur vérifie son code', async () => {
  const page = await banc.sansScript('Nour Sillon');
  await page.goto('/charte/signature');
  await bonneTenue(page);
  assert.equal(await page.locator('input:checked').count(), 0, 'rien n’est coché d’avance');
  const touches = clavier(page);
  await touches.jusqu_a(page.locator('#fonction'));
  await page.keyboard.type('présidente');
  await touches.jusqu_a(page.locator('#mandat'));
  await page.keyboard.press('Space');
  await touches.jusqu_a(page.locator('#pouvoir'));
  await page.keyboard.press('Space');
  await touches.jusqu_a(page.getByRole('button', { name: 'Signer au nom du pôle' }));
  await page.keyboard.press('Enter');
  await page.getByText('Indiquez que vous acceptez les principes de la Charte.').first().waitFor();
  await bonneTenue(page);
  await page.locator('label[for=acceptation]').click();
  await page.getByRole('button', { name: 'Signer au nom du pôle' }).click();
  await page.waitForURL(/\/charte\/signatures\//);
  await bonneTenue(page);
  await page.getByRole('link', { name: /Certificat de signature/ }).waitFor();
  const code = await page.locator('dt:has-text("Code de vérification") + dd').innerText();

  const ailleurs = await banc.page();
  await ailleurs.goto('/verification');
  await ailleurs.getByLabel(/Code de vérification/).fill(code.replaceAll('-', ' ').toLowerCase());
  await ailleurs.getByRole('button', { name: 'Vérifier' }).click();
  await ailleurs.waitForURL(new URL(page.url()).pathname);
  assert.match(await ailleurs.locator('h1').innerText(), /Terre commune/);
  assert.doesNotMatch(await ailleurs.locator('main').innerText(), /Nour|présidente/);
  await bonneTenue(ailleurs);
  await capture(ailleurs, 'charte-preuve-1280');
});

for (const [nom, qui, adresse] of [
  ['la page où l’on signe', 'Solène Marée', '/charte/signature'],
  ['la signature en soutien', 'Gwenn Balise', '/charte/signature'],
  ['les relances', 'Rémi Parchemin', '/charte/gestion'],
  ['les signatures', 'Rémi Parchemin', '/charte/gestion/signatures'],
  ['les versions', 'Rémi Parchemin', '/charte/gestion/versions'],
  ['une version', 'Rémi Parchemin', '/charte/gestion/versions/2021-06-30'],
]) {
  test(`${nom} : sur un écran, à 320 px, au clavier`, async () => {
    for (const page of [await banc.page(qui), await banc.a320(qui)]) {
      assert.equal((await page.goto(adresse)).status(), 200);
      await bonneTenue(page);
      await parcouruAuClavier(page);
      await page.close();
    }
  });
}

test('le gardien verse un texte, et c’est lui que l’on signe', async () => {
  const page = await banc.page('Rémi Parchemin');
  await page.goto('/charte/gestion/versions');
  await page.getByRole('link', { name: 'Charte du 30 juin 2021' }).click();
  await page.getByLabel(/Texte de la Charte/).fill('# Essai\n\nUn texte d’essai, sans valeur.');
  await page.getByRole('button', { name: 'Verser le texte' }).click();
  await page.getByText('ce texte est versé depuis').waitFor();
  await bonneTenue(page);
  const public_ = await banc.page();
  await public_.goto('/charte');
  await public_.getByText('Un texte d’essai, sans valeur.').waitFor();
  await bonneTenue(public_);
});
