// The public pages as a visitor meets them: each one stands well on a desk, a phone, at
// 320 px, by keyboard and without script; « Suis-je éligible ? » works by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, clavier, parcouruAuClavier } from './controles.mjs';

const appel = '/appels/ami-financement-2024';
const reponses = `${appel}/eligibilite?forme=association&accompagnement=oui&hors_ess=non&aide=oui&aide_le=2021-12-15`;
const pages = {
  appels: '/appels',
  poles: '/poles',
  'poles-anglais': '/en/poles',
  'poles-filtres': '/poles?region=53&departement=29&rural=oui&tri=signe',
  'poles-faute': '/poles?q=textille',
  donnees: '/donnees',
  regions: '/regions',
  region: '/regions/53',
  departement: '/departements/29',
  epci: '/epci/242900835',
  recensement: '/recensement',
  'recensement-liste': '/recensement/poles?liste=recenses',
  charte: '/charte',
  signataires: '/charte/signataires',
  carte: '/carte',
  'carte-filtree': '/carte?region=53',
  'carte-integree': '/carte/integrer',
  appel,
  eligibilite: `${appel}/eligibilite`,
  'eligibilite-constats': reponses,
  aide: '/aide',
  plan: '/plan',
  accessibilite: '/accessibilite',
  'mentions-legales': '/mentions-legales',
  'donnees-personnelles': '/donnees-personnelles',
  'journal-tete': '/journal/tete',
  connexion: '/connexion',
  verification: '/verification',
};

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution' });
});
after(() => banc?.fermer());

for (const [nom, adresse] of Object.entries(pages)) {
  test(`${nom} : sur un écran, un téléphone et à 320 px`, async () => {
    for (const largeur of [1280, 390, 320]) {
      const page = await banc.page(null, { largeur, hauteur: 844 });
      const reponse = await page.goto(adresse);
      assert.equal(reponse.status(), 200);
      await bonneTenue(page);
      if (largeur !== 320) await capture(page, `${nom}-${largeur}`);
      await page.close();
    }
  });

  test(`${nom} : la même chose sans JavaScript, à 320 px`, async () => {
    const page = await banc.sansScript(null, { largeur: 320, hauteur: 640 });
    await page.goto(adresse);
    await bonneTenue(page);
    await page.close();
  });

  test(`${nom} : le clavier la traverse et se voit partout`, async () => {
    const page = await banc.page();
    await page.goto(adresse);
    await parcouruAuClavier(page);
    await page.close();
  });

  test(`${nom} : moins de 60 Ko compressés, feuille et script compris`, async () => {
    const page = await banc.page();
    const poids = [];
    page.on('response', (reponse) => poids.push(peser(reponse)));
    await page.goto(adresse, { waitUntil: 'networkidle' });
    const octets = (await Promise.all(poids)).reduce((somme, un) => somme + un, 0);
    assert.ok(octets > 10_000 && octets < 60 * 1024, `${octets} octets`);
    await page.close();
  });
}

/** In brotli, whether our server or a proxy in front of it compresses the answer. */
async function peser(reponse) {
  return brotliCompressSync(await reponse.body()).length;
}

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

for (const langue of ['fr', 'en']) {
  test(`une fiche, en ${langue} : sur un écran, un téléphone, à 320 px, sans script`, async () => {
    const page = await banc.page();
    await page.goto(langue === 'fr' ? '/poles?q=morlaix' : '/en/poles?q=morlaix');
    await page.locator('main').getByRole('link', { name: 'Pôle des Rives' }).click();
    await page.getByRole('heading', { level: 1, name: /Pôle des Rives/ }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), langue);
    const adresse = page.url();
    await page.close();
    for (const largeur of [1280, 390, 320]) {
      const feuille = await banc.page(null, { largeur, hauteur: 844, script: largeur !== 320 });
      await feuille.goto(adresse);
      await bonneTenue(feuille);
      await capture(feuille, `fiche-${langue}-${largeur}`);
      await feuille.close();
    }
  });
}

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
