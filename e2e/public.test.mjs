// What a visitor does on the public pages: find a pole, read the map, ask « Suis-je
// éligible ? », begin a dossier; with the keyboard alone, and without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier } from './controles.mjs';

const appel = '/appels/ami-financement-2024';

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

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

test('sans JavaScript, l’accueil dit la même chose', async () => {
  const [avec, sans] = [await banc.page(), await banc.sansScript()];
  const dits = [];
  for (const page of [avec, sans]) {
    await page.goto('/');
    // Not innerText: what is folded with a script is open without one.
    dits.push(await page.locator('main').evaluate((m) => m.textContent.replace(/\s+/g, ' ')));
  }
  assert.equal(dits[1], dits[0]);
});

test('sans JavaScript et à 320 px, le menu reste ouvert', async () => {
  const page = await banc.sansScript(null, { largeur: 320, hauteur: 640 });
  await page.goto('/');
  for (const lien of await page.locator('header nav a').all()) {
    assert.ok(await lien.isVisible(), `le lien « ${await lien.textContent()} » est caché`);
  }
  await capture(page, 'accueil-320-sans-script');
});

test('« Suis-je éligible ? » se remplit au clavier, sans script, et l’adresse retient tout', async () => {
  const page = await banc.sansScript();
  await page.goto(`${appel}/eligibilite`);
  const touches = clavier(page);
  await touches.jusqu_a(page.locator('#forme'));
  await page.keyboard.press('Space');
  await touches.jusqu_a(page.getByRole('button', { name: 'Vérifier' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/forme=association/);
  assert.match(page.url(), /#constats$/, 'la page s’ouvre sur les constats');
  const constats = page.locator('#constats');
  assert.match(await constats.locator('h2').innerText(), /^Pas encore/);
  assert.equal(await constats.locator('.co-regle').count(), 7);
  assert.ok(await page.locator('#forme').isChecked(), 'la réponse donnée reste cochée');
  await page.goBack();
  assert.equal(new URL(page.url()).search, '');
});

test('un pôle se trouve au clavier seul, sans script, malgré une faute ; un filtre se retire', async () => {
  const page = await banc.sansScript(null, { largeur: 320, hauteur: 844 });
  await page.goto('/poles');
  const touches = clavier(page);
  await touches.jusqu_a(page.getByLabel('Commune, pôle, structure'));
  await page.keyboard.type('les rivves');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/poles\?q=les\+rivves/);
  await page.getByText('Résultats pour « rives »').waitFor();
  await touches.jusqu_a(page.locator('#filtre-region'));
  await page.keyboard.type('Bret');
  await touches.jusqu_a(page.getByRole('button', { name: 'Appliquer' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/region=53/);
  await touches.jusqu_a(page.getByRole('link', { name: 'Bretagne (retirer ce filtre)' }));
  await page.keyboard.press('Enter');
  await page.waitForURL((adresse) => !adresse.searchParams.get('region') && adresse.searchParams.get('q') === 'les rivves');
  await touches.jusqu_a(page.getByRole('link', { name: 'Pôle des Rives' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/poles\/[0-9a-f-]{36}$/);
  assert.match(await page.locator('h1').innerText(), /Pôle des Rives/);
});

test('sur la carte, au clavier, la ligne et son point se montrent ensemble, puis un point mène à sa fiche', async () => {
  const page = await banc.sansScript();
  await page.goto('/carte?q=morlaix');
  const touches = clavier(page);
  const ligne = page.locator('.co-carte__liste').getByRole('link', { name: 'Pôle des Rives' });
  const point = page.locator('.co-carte__ecran a');
  await touches.jusqu_a(ligne);
  assert.notEqual(await point.evaluate((e) => getComputedStyle(e).outlineStyle), 'none', 'le point ne se voit pas avec sa ligne');
  await touches.jusqu_a(point);
  assert.notEqual(await ligne.evaluate((e) => getComputedStyle(e).outlineStyle), 'none', 'la ligne ne se voit pas avec son point');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/poles\/[0-9a-f-]{36}$/);
});

test('sur un téléphone de 320 px, deux points ne se touchent pas et chacun fait 24 px', async () => {
  const page = await banc.page(null, { largeur: 320, hauteur: 844 });
  await page.goto('/carte');
  const carres = await page.locator('.co-carte__vue a:visible').evaluateAll((points) => points.map((point) => {
    const { x, y, width, height } = point.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2, width, height };
  }));
  assert.ok(carres.length > 10, `${carres.length} points`);
  for (const [rang, un] of carres.entries()) {
    // The browser's own arithmetic: 24 px may read 23.9999 where a point stands.
    const [large, haut] = [un.width, un.height].map((cote) => Math.round(cote * 100) / 100);
    assert.ok(large >= 24 && haut >= 24, `un point de ${large} par ${haut} px`);
    for (const autre of carres.slice(rang + 1)) {
      const ecart = Math.hypot(un.x - autre.x, un.y - autre.y);
      assert.ok(ecart >= 24, `deux points à ${ecart} px`);
    }
  }
});

test('le lien d’une règle y conduit et la montre', async () => {
  const page = await banc.page();
  await page.goto(`${appel}#E4b`);
  await assert.doesNotReject(page.locator('#E4b').waitFor({ state: 'visible' }));
  assert.ok(await page.locator('#E4b').evaluate((e) => e.getBoundingClientRect().top < innerHeight));
});

test('commencer un dossier sans compte mène à la connexion, puis ramène à l’appel', async () => {
  const page = await banc.page();
  await page.goto(appel);
  await page.getByRole('link', { name: 'Commencer un dossier' }).click();
  await page.waitForURL(/\/connexion\?suite=/);
  await page.getByRole('button', { name: 'Solène Marée' }).click();
  await page.waitForURL((adresse) => adresse.pathname === appel);
  await bonneTenue(page);
  await page.getByRole('button', { name: 'Commencer un dossier' }).click();
  await page.waitForURL(/\/dossiers\//);
  await page.goto(appel);
  await page.getByRole('link', { name: 'Reprendre' }).waitFor();
  await bonneTenue(page);
  await capture(page, 'appel-brouillon-1280');
});

test('l’auditrice lit le journal et vérifie la chaîne', async () => {
  const page = await banc.page('Louise Preuve');
  await page.goto('/journal');
  await bonneTenue(page);
  await page.getByRole('link', { name: 'Vérifier toute la chaîne' }).click();
  await page.getByText('chaîne vérifiée au').waitFor();
  await bonneTenue(page);
  await capture(page, 'journal-1280');
});
