// The public pages: each one stands well on a desk, a phone, at 320 px, by keyboard and
// without script, and is light.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, parcouruAuClavier, tenir } from './controles.mjs';

const appel = '/appels/ami-financement-2024';
const reponses = `${appel}/eligibilite?forme=association&accompagnement=oui&hors_ess=non&aide=oui&aide_le=2021-12-15`;
const pages = {
  accueil: '/',
  appels: '/appels',
  poles: '/poles',
  'poles-anglais': '/en/poles',
  'poles-filtres': '/poles?region=53&departement=29&rural=oui&tri=signe',
  'poles-faute': '/poles?q=textille',
  donnees: '/donnees',
  'poles-sortis': '/poles/sortis',
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
  test(`${nom} : sur un écran, un téléphone, à 320 px, au clavier, sans JavaScript, en moins de 60 Ko`, async () => {
    const page = await banc.page();
    const envois = [];
    page.on('response', (reponse) => envois.push(reponse));
    const reponse = await page.goto(adresse);
    assert.equal(reponse.status(), 200);
    const octets = (await Promise.all(envois.map(peser))).reduce((somme, un) => somme + un, 0);
    assert.ok(octets > 10_000 && octets < 60 * 1024, `feuille et script compris, ${octets} octets compressés`);
    await tenir(page, nom);
    await parcouruAuClavier(page);
    await page.close();

    const sans = await banc.sansScript(null, { largeur: 320, hauteur: 640 });
    await sans.goto(adresse);
    await bonneTenue(sans);
    await sans.close();
  });
}

const pesees = new Map();

/** In brotli, whether our server or a proxy in front of it compresses the answer. The style
 *  and the script, the same for all pages, are compressed once. */
async function peser(reponse) {
  const adresse = reponse.url();
  if (!pesees.has(adresse)) pesees.set(adresse, brotliCompressSync(await reponse.body()).length);
  return pesees.get(adresse);
}

for (const langue of ['fr', 'en']) {
  test(`une fiche, en ${langue} : sur un écran, un téléphone, à 320 px, sans script`, async () => {
    const page = await banc.page();
    await page.goto(langue === 'fr' ? '/poles?q=morlaix' : '/en/poles?q=morlaix');
    await page.locator('main').getByRole('link', { name: 'Pôle des Rives' }).click();
    await page.getByRole('heading', { level: 1, name: /Pôle des Rives/ }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), langue);
    await tenir(page, `fiche-${langue}`);
    const sans = await banc.sansScript(null, { largeur: 320, hauteur: 844 });
    await sans.goto(page.url());
    await bonneTenue(sans);
    await sans.close();
    await page.close();
  });
}
