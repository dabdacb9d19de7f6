// The home page as a visitor meets it: with a mouse, a keyboard, a phone, no script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier, parcouruAuClavier } from './controles.mjs';

let banc;
before(async () => {
  banc = await ouvrirBanc();
});
after(() => banc?.fermer());

test('l’accueil se tient bien sur un écran de bureau', async () => {
  const page = await banc.page();
  const reponse = await page.goto('/');
  assert.equal(reponse.status(), 200);
  await bonneTenue(page);
  await capture(page, 'accueil-1280');
});

test('l’accueil tient sur un téléphone', async () => {
  const page = await banc.page(null, { largeur: 390, hauteur: 844 });
  await page.goto('/');
  await bonneTenue(page);
  await capture(page, 'accueil-390');
});

test('l’accueil tient à 320 px', async () => {
  const page = await banc.a320();
  await page.goto('/');
  await bonneTenue(page);
});

test('la première tabulation mène au contenu', async () => {
  const page = await banc.page();
  await page.goto('/');
  const evitement = await clavier(page).touche('Tab');
  assert.equal(evitement?.balise, 'a', 'le premier arrêt du clavier est un lien');
  assert.match(evitement.cible ?? '', /^#./, 'le premier lien mène dans la page');
  assert.ok(evitement.visible, 'le lien d’évitement se voit quand le clavier y est');
  await page.keyboard.press('Enter');
  const contenu = page.locator(evitement.cible);
  assert.equal(await contenu.locator('h1').count(), 1, 'le lien d’évitement mène au titre de la page');
  await page.keyboard.press('Tab');
  assert.ok(
    await contenu.evaluate((c) => {
      const place = c.compareDocumentPosition(document.activeElement);
      return Boolean(place & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
    }),
    'après le lien d’évitement, le clavier reprend dans le contenu',
  );
});

test('le clavier passe partout et se voit partout', async () => {
  const page = await banc.page();
  await page.goto('/');
  await parcouruAuClavier(page);
});

test('sans JavaScript, l’accueil dit la même chose', async () => {
  const [avec, sans] = [await banc.page(), await banc.sansScript()];
  const dits = [];
  for (const page of [avec, sans]) {
    await page.goto('/');
    // Not innerText: what is folded with a script is open without one.
    dits.push(await page.locator('main').evaluate((m) => m.textContent.replace(/\s+/g, ' ')));
  }
  assert.equal(dits[1], dits[0]);
  await bonneTenue(sans);
});

test('sans JavaScript et à 320 px, le menu reste ouvert', async () => {
  const page = await banc.sansScript(null, { largeur: 320, hauteur: 640 });
  await page.goto('/');
  await bonneTenue(page);
  for (const lien of await page.locator('header nav a').all()) {
    assert.ok(await lien.isVisible(), `le lien « ${await lien.textContent()} » est caché`);
  }
  await capture(page, 'accueil-320-sans-script');
});
