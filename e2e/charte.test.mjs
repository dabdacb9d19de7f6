// The Charter in a browser: a pole signs it by keyboard and without script, somebody else
// verifies the code elsewhere, its keeper pours a text in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier, parcouruAuClavier, tenir } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

test('le gardien relit une relance, l’envoie ; son lecteur n’en veut plus, sans se connecter', async () => {
  const page = await banc.sansScript('Rémi Parchemin');
  await page.goto('/charte/gestion');
  await page.getByRole('link', { name: 'Préparer une relance des lauréats' }).click();
  await page.getByRole('textbox', { name: /Ajouter un mot/ }).fill('À bientôt.');
  await page.getByRole('button', { name: 'Relire le courriel avec ce mot' }).click();
  await page.getByText('À bientôt.').first().waitFor();
  await bonneTenue(page);
  await page.getByRole('button', { name: 'Envoyer 1 courriel' }).click();
  await page.waitForURL(/\/charte\/relances\//);
  await bonneTenue(page);
  const lot = new URL(page.url()).pathname;
  const etroit = await banc.a320('Rémi Parchemin');
  await etroit.goto(lot);
  await bonneTenue(etroit);
  await parcouruAuClavier(etroit);

  const lecteur = await banc.a320();
  await lecteur.goto('/courriels');
  const courriel = await lecteur.content();
  const [lien] = courriel.match(/\/charte\/oppositions\/[\w-]+/);
  await lecteur.goto(lien);
  await bonneTenue(lecteur);
  await lecteur.getByRole('button', { name: 'Ne plus recevoir ces rappels' }).click();
  await lecteur.getByText('vous ne recevez plus ces rappels').waitFor();
  await bonneTenue(lecteur);
});

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
  ['au nom de qui l’on signe', 'Gwenn Balise', '/charte/signature'],
  ['la signature en soutien', 'Gwenn Balise', '/charte/signature?soutien=oui'],
  ['les signatures attendues', 'Rémi Parchemin', '/charte/gestion'],
  ['les signatures attendues d’une région', 'Erwan Repère', '/charte/gestion/regions/53'],
  ['une relance avant son envoi', 'Rémi Parchemin', '/charte/relances?cible=laureats'],
  ['une nouvelle version', 'Rémi Parchemin', '/charte/gestion/versions/nouvelle'],
  ['les séances', 'Rémi Parchemin', '/charte/gestion/seances'],
  ['les signatures', 'Rémi Parchemin', '/charte/gestion/signatures'],
  ['les versions', 'Rémi Parchemin', '/charte/gestion/versions'],
  ['une version', 'Rémi Parchemin', '/charte/gestion/versions/2021-06-30'],
]) {
  test(`${nom} : sur un écran, à 320 px, au clavier`, async () => {
    const page = await banc.page(qui);
    assert.equal((await page.goto(adresse)).status(), 200);
    await tenir(page);
    await parcouruAuClavier(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.reload();
    await parcouruAuClavier(page);
    await page.close();
  });
}

test('le gardien annonce une séance ; un pôle y signe au clavier, sans script', async () => {
  const page = await banc.page('Rémi Parchemin');
  await page.goto('/charte/gestion/seances');
  await page.getByLabel(/^Nom/).fill('Journée d’essai');
  await page.getByLabel(/^Lieu/).fill('Morlaix');
  await page.getByLabel(/^Jour/).fill('2024-05-27');
  await page.getByLabel(/^De/).fill('0 h');
  await page.getByLabel(/^À/).fill('23 h 59');
  await page.getByRole('button', { name: 'Annoncer la séance' }).click();
  await page.getByRole('link', { name: 'Ouvrir la page à projeter' }).waitFor();
  await bonneTenue(page);
  await parcouruAuClavier(page);
  await page.getByRole('link', { name: 'Ouvrir la page à projeter' }).click();
  for (const affiche of [await banc.page(), await banc.a320(), await banc.sansScript()]) {
    await affiche.goto(new URL(page.url()).pathname);
    await affiche.getByRole('img', { name: /Code QR/ }).waitFor();
    await bonneTenue(affiche);
  }
  await capture(page, 'charte-seance-1280');

  const pole = await banc.sansScript('Aline Cascade');
  await pole.goto(new URL(page.url()).pathname);
  await pole.getByRole('link', { name: /charte\/signature\?seance=/ }).click();
  await pole.getByText('Vous signez en séance').waitFor();
  await bonneTenue(pole);
});

test('le gardien verse un texte, et c’est lui que l’on signe', async () => {
  const page = await banc.page('Rémi Parchemin');
  await page.goto('/charte/gestion/versions');
  await page.getByRole('link', { name: 'Charte du 30 juin 2021' }).click();
  await page.getByLabel(/Ou un fichier/).setInputFiles({
    name: 'charte.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('# Essai\n\nUn texte d’essai, sans valeur.'),
  });
  await page.getByRole('button', { name: 'Relire le texte' }).click();
  await page.getByText('tel qu’il sera signé').waitFor();
  await bonneTenue(page);
  await parcouruAuClavier(page);
  await page.getByRole('button', { name: 'Verser ce texte' }).click();
  await page.getByText('ce texte est versé depuis').waitFor();
  await bonneTenue(page);
  const public_ = await banc.page();
  await public_.goto('/charte');
  await public_.getByText('Un texte d’essai, sans valeur.').waitFor();
  await bonneTenue(public_);
});

test('une nouvelle version se relit avec ce qui change, puis se présente', async () => {
  for (const page of [await banc.a320('Rémi Parchemin'), await banc.sansScript('Rémi Parchemin')]) {
    await page.goto('/charte/gestion/versions/nouvelle');
    await page.getByLabel(/^Titre/).fill('Charte d’essai');
    await page.getByLabel(/^Jour/).fill('2024-03-01');
    await page.getByLabel(/^Texte/).fill('# Essai\n\nUn autre texte d’essai.');
    await page.getByRole('button', { name: 'Relire la version' }).click();
    await page.getByText('Ce qui change depuis').waitFor();
    await bonneTenue(page);
    if (page.scripts) await page.getByRole('button', { name: 'Présenter cette version' }).click();
  }
  const solene = await banc.page('Solène Marée');
  await solene.getByText('À signer à nouveau').waitFor();
  await bonneTenue(solene);
});
