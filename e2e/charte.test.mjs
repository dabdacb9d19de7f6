// The Charter in a browser: a pole signs it by keyboard and without script, somebody else
// verifies the code elsewhere, its keeper pours a text in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
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
  // Every reminder of the pole, from its line among those expected.
  await page.goto('/charte/gestion');
  await page.locator('a[href^="/charte/gestion/poles/"]').first().click();
  await page.getByRole('heading', { level: 1, name: /Relances/ }).waitFor();
  await bonneTenue(page);
  await etroit.goto(new URL(page.url()).pathname);
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
  await clavier(page).jusqu_a(page.locator('#acceptation'));
  await page.keyboard.press('Space');
  await clavier(page).jusqu_a(page.getByRole('button', { name: 'Signer au nom du pôle' }));
  await page.keyboard.press('Enter');
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

  // The certificate says the same code, and the address of its code QR leads to the proof.
  const pdf = await page.request.get(`${new URL(page.url()).pathname}/certificat`);
  assert.equal(codeDuPdf(await pdf.body()), code);
  const etroit = await banc.a320();
  await etroit.goto(`/verification?code=${code}`);
  await etroit.waitForURL(new URL(page.url()).pathname);
  await bonneTenue(etroit);
  await parcouruAuClavier(etroit);
  await etroit.getByRole('link', { name: 'L’adresse que porte le code' }).click();
  await etroit.waitForURL(new URL(page.url()).pathname);
  await etroit.goto('/verification');
  await etroit.getByLabel(/Code de vérification/).fill(code);
  await etroit.getByLabel(/Fichier à comparer/).setInputFiles({
    name: 'faux.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([await pdf.body(), Buffer.from('% annoté')]),
  });
  await etroit.getByRole('button', { name: 'Vérifier' }).click();
  await etroit.getByText(/n’est pas le certificat délivré|n’est pas encore imprimé/).waitFor();
  await bonneTenue(etroit);

  await page.getByRole('link', { name: 'Retirer cette signature' }).click();
  await page.getByRole('button', { name: 'Retirer la signature' }).waitFor();
  await bonneTenue(page);
  const retrait = await banc.a320('Nour Sillon');
  await retrait.goto(new URL(page.url()).pathname);
  await bonneTenue(retrait);
  await parcouruAuClavier(retrait);
});

/** The code that a certificate leads to, read in the file itself: what is packed in it is
 *  unpacked, and its links looked through. */
function codeDuPdf(octets) {
  const brut = octets.toString('latin1');
  const textes = [brut];
  for (const { index } of brut.matchAll(/stream\r?\n/g)) {
    const debut = brut.indexOf('\n', index) + 1;
    try {
      textes.push(inflateSync(octets.subarray(debut, brut.indexOf('endstream', debut))).toString('latin1'));
    } catch {
      // A picture, a font: not packed in that way.
    }
  }
  const [, code] = textes.join('\n').match(/verification\?code=([A-Z2-7-]{19})/) ?? [];
  return code;
}

test('une organisation signe en soutien ; le gardien la confirme, puis l’écarte, sans script', async () => {
  const page = await banc.sansScript('Gwenn Balise');
  await page.goto('/charte/signature');
  await page.getByText('Vous ne répondez d’aucun pôle ici.').waitFor();
  await bonneTenue(page);
  await page.getByRole('link', { name: 'Une organisation qui soutient les pôles' }).click();
  await page.getByLabel(/Nom de l’organisation/).fill('Les Amis des pôles');
  await page.getByLabel(/Numéro SIREN/).fill('900 000 019');
  await remplir(page);
  await page.getByRole('button', { name: 'Signer en soutien aux pôles' }).click();
  await page.waitForURL(/\/charte\/signatures\//);
  await page.getByText('attend d’être confirmée').waitFor();
  await bonneTenue(page);
  const gardien = await banc.sansScript('Rémi Parchemin');
  await gardien.goto('/charte/gestion');
  await gardien.getByRole('heading', { name: 'Signatures en soutien à confirmer' }).waitFor();
  await bonneTenue(gardien);
  await gardien.getByRole('link', { name: 'Les Amis des pôles' }).first().click();
  await bonneTenue(gardien);
  await gardien.getByRole('button', { name: 'Confirmer et publier' }).click();
  await gardien.getByRole('link', { name: 'Écarter cette signature' }).click();
  await bonneTenue(gardien);
  const etroit = await banc.a320('Rémi Parchemin');
  await etroit.goto(new URL(gardien.url()).pathname);
  await bonneTenue(etroit);
  await parcouruAuClavier(etroit);
  await gardien.getByLabel(/Pourquoi/).fill('L’association ne connaît pas cette personne.');
  await gardien.getByRole('button', { name: 'Écarter la signature' }).click();
  await gardien.getByText('écartée par le gardien de la Charte').waitFor();
  await bonneTenue(gardien);
});

/** What is said before signing: function, right, both boxes. */
async function remplir(page) {
  await page.getByLabel(/En quelle qualité/).fill('présidente');
  await page.locator('label[for=mandat]').click();
  await page.locator('label[for=pouvoir]').click();
  await page.locator('label[for=acceptation]').click();
}

test('les pages du gardien tiennent sans script', async () => {
  const page = await banc.sansScript('Rémi Parchemin');
  for (const adresse of ['/charte/gestion', '/charte/gestion/versions', '/charte/gestion/versions/2021-06-30',
    '/charte/gestion/versions/nouvelle', '/charte/gestion/signatures', '/charte/gestion/seances',
    '/charte/relances?cible=laureats']) {
    assert.equal((await page.goto(adresse)).status(), 200, adresse);
    await bonneTenue(page);
  }
});

for (const [nom, qui, adresse] of [
  ['la Charte sans son texte', undefined, '/charte?version=2021-06-30'],
  ['les signataires', undefined, '/charte/signataires?nom=rives'],
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
  await remplir(pole);
  await pole.getByRole('button', { name: 'Signer au nom du pôle' }).click();
  await pole.waitForURL(/\/charte\/signatures\//);
  await pole.getByText('Signée en séance').waitFor();
  await bonneTenue(pole);

  const cellule = await banc.page('Erwan Repère');
  await cellule.goto('/charte/gestion/regions/53');
  await cellule.getByRole('link', { name: 'Journée d’essai' }).click();
  await tenir(cellule);
  await parcouruAuClavier(cellule);
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

// The last one: from here on she answers for two poles.
test('qui répond de plusieurs pôles choisit au nom duquel signer, au clavier, sans script', async () => {
  // Signed in before: then the sign-in page of the demonstration names her twice.
  const [page, etroit] = [await banc.sansScript('Solène Marée'), await banc.a320('Solène Marée')];
  const nour = await banc.sansScript('Nour Sillon');
  await nour.goto('/appels/ami-financement-2024');
  await nour.getByRole('button', { name: 'Commencer un dossier' }).first().click();
  await nour.waitForURL(/\/dossiers\//);
  await nour.goto(`${new URL(nour.url()).pathname}/equipe`);
  await nour.getByLabel(/Nom de la personne/).fill('Solène Marée');
  await nour.getByLabel(/Son adresse électronique/).fill('solene@rives.example');
  await nour.locator('label[for=place]').first().click();
  await nour.getByRole('button', { name: 'Associer cette personne' }).click();
  await nour.waitForURL(/\/equipe$/);

  await page.goto('/charte/signature');
  await page.getByText('Au nom de qui signez-vous').waitFor();
  await bonneTenue(page);
  await etroit.goto('/charte/signature');
  await etroit.getByRole('link', { name: 'Terre commune' }).waitFor();
  await bonneTenue(etroit);
  await parcouruAuClavier(etroit);
  await page.getByRole('link', { name: 'Terre commune' }).press('Enter');
  await page.waitForURL(/\/charte\/signature\?pole=/);
  await bonneTenue(page);
});
