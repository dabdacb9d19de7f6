// A cell and the committee at work on the dossiers of the demonstration: one place at a time
// on a phone, by the keyboard alone, without script, on paper. The pages stand at 1280 px, on
// a phone and at 320 px.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier, tenirChacune } from './controles.mjs';

const APPEL = 'ami-financement-2024';

let banc;
let lecture;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'monde' });
  await deposer('Bastien Établi', 'Atelier du Pays');
  await banc.avancer('avis');
  const page = await banc.page('Gwenn Balise');
  await page.goto('/cellule?region=53&quand=semaine');
  const lien = page.getByRole('link', { name: 'Atelier du Pays' });
  lecture = new URL(await lien.getAttribute('href'), banc.adresse).pathname;
  await page.close();
});
after(() => banc?.fermer());

/** A complete draft is filed before the closing: the cell has something to read. */
async function deposer(qui, pole) {
  const page = await banc.page(qui);
  await page.goto('/espace');
  await page.getByRole('link', { name: pole }).first().click();
  await page.waitForURL(/\/dossiers\//);
  await page.goto(`${new URL(page.url()).pathname}/verification`);
  await page.getByLabel('J’ai pouvoir d’engager la structure').check({ force: true });
  await page.getByLabel('Les informations sont exactes').check({ force: true });
  await page.getByRole('button', { name: 'Déposer le dossier' }).click();
  await page.waitForURL(/\/accuse$/);
  await page.close();
}

const hauteur = (page) => page.evaluate(() => document.documentElement.scrollHeight);

test('les pages de la cellule tiennent à 1280 px, sur un téléphone et à 320 px', async () => {
  const page = await banc.page('Gwenn Balise');
  await tenirChacune(page, {
    'cellule-liste': '/cellule?region=53&quand=semaine',
    'cellule-dossier': lecture,
    'cellule-criteres': `${lecture}#volet-2`,
    'cellule-avis': `${lecture}/avis`,
  });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const adresse of [lecture, `${lecture}#volet-2`, `${lecture}/avis`]) {
    await page.goto('about:blank');
    await page.goto(adresse);
    assert.ok(await hauteur(page) < 6000, `${adresse} : ${await hauteur(page)} px`);
  }
  await page.close();
});

test('sur un téléphone, dossier et critères sont deux endroits, avec ou sans script', async () => {
  for (const ouvrir of ['page', 'sansScript']) {
    const page = await banc[ouvrir]('Gwenn Balise', { largeur: 390, hauteur: 844 });
    await page.goto(lecture);
    const [dossier, criteres] = [page.locator('#volet-1'), page.locator('#volet-2')];
    assert.deepEqual([await dossier.isVisible(), await criteres.isVisible()], [true, false]);
    await page.getByRole('link', { name: 'Critères', exact: true }).click();
    assert.deepEqual([await dossier.isVisible(), await criteres.isVisible()], [false, true]);

    await page.locator('#A1 + details > summary').click();
    const preuve = page.locator('#A1 + details a[href^="#champ-"]').first();
    const but = await preuve.getAttribute('href');
    await preuve.click();
    assert.deepEqual([await dossier.isVisible(), await criteres.isVisible()], [true, false]);
    await page.locator(but).waitFor();
    await page.close();
  }
});

test('chaque preuve mène à une réponse du dossier', async () => {
  const page = await banc.page('Gwenn Balise');
  await page.goto(lecture);
  const mortes = await page.evaluate(() => [...document.querySelectorAll('#volet-2 a[href^="#"]')]
    .map((lien) => lien.getAttribute('href')).filter((ancre) => !document.querySelector(ancre)));
  assert.deepEqual(mortes, []);
  const criteres = await page.locator('#volet-2').innerText();
  for (const valorise of ['RD★', 'A4★', 'I1★', 'I3★', 'I5★']) assert.ok(criteres.includes(valorise), valorise);
  await page.close();
});

test('sur le papier, tout est ouvert', async () => {
  const page = await banc.page('Gwenn Balise', { largeur: 700, hauteur: 900 });
  await page.goto(lecture);
  await page.emulateMedia({ media: 'print' });
  for (const endroit of ['#volet-1', '#volet-2', '#volet-1 .co-reponse >> nth=0', '#volet-2 textarea >> nth=0']) {
    assert.ok(await page.locator(endroit).isVisible(), endroit);
  }
  await page.close();
});

test('sans script, une règle remplie s’écarte, un constat se garde', async () => {
  const page = await banc.sansScript('Erwan Repère', { largeur: 390, hauteur: 844 });
  await page.goto(`${lecture}#volet-2`);
  await page.locator('#A2 + details > summary').click();
  await page.locator('[id="A2.texte"]').fill('Trois partenaires nommés.');
  await page.getByRole('form', { name: /^Constat A2/ }).getByRole('button', { name: 'Enregistrer' }).click();
  await page.waitForURL(/#A2$/);
  assert.match(await page.locator('#A2 + details > summary').innerText(), /Constat écrit par Erwan Repère/);
  await page.close();

  const gwenn = await banc.sansScript('Gwenn Balise', { largeur: 390, hauteur: 844 });
  await gwenn.goto(`${lecture}#volet-2`);
  const ecarter = gwenn.locator('#eligibilite summary').first();
  await ecarter.click();
  await gwenn.locator('#eligibilite details[open] input[type=checkbox]').check({ force: true });
  await gwenn.getByRole('button', { name: 'Écarter le dossier' }).click();
  assert.match(await gwenn.locator('main').innerText(), /est dite non tenue sans motif/);
  assert.ok(await gwenn.locator('#eligibilite details[open] input[type=checkbox]').isChecked());
  await bonneTenue(gwenn);
  await gwenn.close();
});

test('au clavier seul, la cellule confirme l’éligibilité puis rend son avis', async () => {
  const page = await banc.page('Gwenn Balise');
  const touches = clavier(page);
  await page.goto(lecture);
  const attendues = await page.locator('#eligibilite input[type=radio][value=tenue]').count();
  assert.ok(attendues > 0 && attendues < 9, `${attendues} règles demandées`);
  await touches.jusqu_a(page.locator('#eligibilite input[type=radio]').first());
  for (let i = 0, foyer; i < 60; i += 1) {
    const element = page.locator(':focus');
    if (await element.evaluate((e) => e.matches('[value=tenue]'))) await page.keyboard.press('Space');
    foyer = await touches.touche('Tab');
    assert.ok(foyer?.visible, `foyer perdu : ${foyer?.texte}`);
    if (foyer.texte === 'Confirmer l’éligibilité') break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/#eligibilite$/);
  assert.match(await page.locator('#eligibilite').innerText(), /Par Gwenn Balise/);

  await page.goto(`${lecture}/avis`);
  await touches.jusqu_a(page.locator('#sens'));
  await page.keyboard.press('Space');
  for (let i = 0; i < 30; i += 1) {
    const { balise, texte, visible } = await touches.touche('Tab');
    assert.ok(visible, `foyer perdu : ${texte}`);
    if (balise === 'textarea') await page.keyboard.type('Motif écrit au clavier.');
    if (texte === 'Relire avant de rendre') break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/relire=oui/);
  await bonneTenue(page);
  await touches.jusqu_a(page.getByRole('button', { name: 'Rendre l’avis' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/rendu=oui/);
  await bonneTenue(page);
  await capture(page, 'cellule-avis-rendu-1280');
  await page.close();
});

test('les pages du comité tiennent, et un bouton dit « aucun lien » sans script', async () => {
  const page = await banc.sansScript('Jeanne Barème', { largeur: 390, hauteur: 844 });
  const interets = `/interets/${APPEL}`;
  await tenirChacune(page, { 'comite-accueil-avant': '/comite', 'comite-interets': interets });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(interets);
  assert.ok(await hauteur(page) < 4000, `intérêts : ${await hauteur(page)} px`);
  await page.locator('.co-ligne > summary').first().click();
  await page.locator('.co-ligne[open] input[value=un]').check({ force: true });
  await page.locator('.co-ligne[open] input[type=text]').fill('Un mandat dans la structure.');
  await page.getByRole('button', { name: 'Aucun lien avec les autres dossiers' }).click();
  await page.waitForURL(/fait=oui/);
  assert.match(await page.locator('main').innerText(), /Dossiers qui vous sont fermés/);
  await page.goto('/comite');
  assert.ok(await hauteur(page) < 6000, `comité : ${await hauteur(page)} px`);
  const examen = await page.locator('a[href^="/examens/"]').first().getAttribute('href');
  await tenirChacune(page, {
    'comite-accueil': '/comite',
    'comite-dossier': examen,
    'comite-grille': `${examen}#volet-2`,
    'comite-seance': `/seances/${APPEL}`,
  });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const adresse of [examen, `${examen}#volet-2`]) {
    await page.goto('about:blank');
    await page.goto(adresse);
    assert.ok(await hauteur(page) < 6000, `${adresse} : ${await hauteur(page)} px`);
  }
  await page.close();
});

test('au clavier seul, un examinateur note puis rend ses notes', async () => {
  const page = await banc.page('Jeanne Barème');
  const touches = clavier(page);
  await page.goto('/comite');
  await touches.jusqu_a(page.locator('a[href^="/examens/"]').first());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/examens\//);
  await touches.jusqu_a(page.locator('#volet-2 input[type=radio]').first());
  for (let i = 0; i < 80; i += 1) {
    if (await page.locator(':focus').evaluate((e) => e.type === 'radio')) await page.keyboard.press('Space');
    const foyer = await touches.touche('Tab');
    assert.ok(foyer?.visible, `foyer perdu : ${foyer?.texte}`);
    if (foyer.texte === 'Relire avant de rendre') break;
  }
  await page.keyboard.press('Enter');
  await page.waitForURL(/relire=oui/);
  await bonneTenue(page);
  await touches.jusqu_a(page.getByRole('button', { name: 'Rendre mes notes' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/fait=oui/);
  assert.match(await page.locator('main').innerText(), /vos notes sont rendues/);
  await page.close();
});

test('la séance et la sélection de l’État tiennent', async () => {
  const page = await banc.page('Claire Minute');
  await tenirChacune(page, { 'pilote-seance': `/seances/${APPEL}` });
  await page.close();
});
