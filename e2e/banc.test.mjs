// Who checks the checks: each fault shown by the witness must be seen, or a green run
// of the journeys would prove nothing.
import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ouvrirBanc } from './banc.mjs';
import { axe, bonneTenue, clavier, sansDebordement } from './controles.mjs';

const binaire = join(dirname(fileURLToPath(import.meta.url)), 'temoin.mjs');
let banc;
before(async () => {
  banc = await ouvrirBanc({ binaire });
});
after(() => banc?.fermer());

async function a(adresse, page) {
  page ??= await banc.page();
  await page.goto(adresse);
  return page;
}

/** The faults noted since the last call; they were wanted, so they are forgotten. */
function fautes() {
  return banc.fautes.splice(0);
}

test('une bonne page passe, avec et sans JavaScript, à 1280 et à 320 px', async () => {
  for (const page of [await banc.page(), await banc.sansScript(), await banc.a320()]) {
    await bonneTenue(await a('/', page));
  }
  assert.deepEqual(fautes(), []);
});

test('axe voit une image sans texte, même sans JavaScript', async () => {
  await assert.rejects(axe(await a('/sans-texte')), /image-alt/);
  const sans = await a('/noscript', await banc.sansScript());
  await assert.rejects(axe(sans), /image-alt/);
  await axe(await a('/noscript'));
  await sans.reload();
  assert.equal(await sans.title(), 'Témoin – Coopôle', 'après axe, les scripts sont de nouveau éteints');
});

test('une page trop large est vue, et son élément nommé', async () => {
  await assert.rejects(sansDebordement(await a('/large', await banc.a320())), /2\d{3} px de large sur un écran de 320 px : p/);
});

test('deux titres de page sont vus', async () => {
  await assert.rejects(bonneTenue(await a('/deux-titres')), /un h1 et un seul/);
});

test('une erreur à la console, un script en panne, un fichier absent, un appel au-dehors sont notés', async () => {
  for (const [adresse, attendu] of [
    ['/console', /^\/console : console : quelque chose manque$/],
    ['/script', /^\/script : erreur de script : inconnu/],
    ['/absente', /^\/absente : réponse 404 : .*nulle-part\.css$/],
    ['/dehors', /^\/dehors : appel au-dehors : http:\/\/dehors\.invalid/],
  ]) {
    const page = await a(adresse);
    await page.waitForLoadState('networkidle');
    assert.match(fautes().join('\n'), attendu);
  }
});

test('un script que la règle de la page interdit est noté', async () => {
  const page = await a('/interdit');
  assert.equal(await page.title(), 'Témoin – Coopôle');
  assert.match(fautes().join('\n'), /Content Security Policy/);
});

test('une page introuvable n’est pas une faute : un refus se teste', async () => {
  await a('/inconnue');
  assert.deepEqual(fautes(), []);
});

test('le clavier retenu par un élément est vu', async () => {
  const libres = await clavier(await a('/')).parcourir();
  assert.deepEqual(libres.map(({ texte }) => texte), ['Contenu', 'Accueil', 'Suite']);
  assert.ok(libres.every(({ visible }) => visible));
  await assert.rejects(clavier(await a('/piege')).parcourir(20), /ne sort pas de la page/);
});

test('un serveur qui ne s’ouvre pas le dit, avec ses propres mots', async () => {
  await assert.rejects(ouvrirBanc({ binaire, arguments: ['--panne'] }), /code 3[\s\S]*la base ne s’ouvre pas/);
  await assert.rejects(ouvrirBanc({ binaire: '/nulle/part' }), /ne s’ouvre pas/);
});

test('un serveur mort en route fait échouer le banc', async () => {
  const autre = await ouvrirBanc({ binaire });
  const page = await autre.page();
  await page.goto('/mourir').catch(() => {});
  await assert.rejects(autre.fermer(), /s’est arrêté tout seul \(code 4\)/);
});

test('une faute oubliée fait échouer la fermeture du banc', async () => {
  const autre = await ouvrirBanc({ binaire });
  const page = await autre.page();
  await page.goto('/console');
  await assert.rejects(autre.fermer(), /quelque chose manque/);
});
