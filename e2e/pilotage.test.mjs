// The Trésor at work, from the sitting of the committee to the agreements: each page shows
// the one thing to do, and stands at 1280 px, on a phone and at 320 px, by the keyboard and
// without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, clavier, tenirChacune } from './controles.mjs';

const APPEL = 'ami-financement-2024';
const CAMPAGNE = `/campagnes/${APPEL}`;

let banc;
before(async () => {
  banc = await ouvrirBanc({ jeu: 'monde' });
});
after(() => banc?.fermer());

/** The acts a page offers, besides the demonstration's own. */
const actes = (page) => page.locator('main form button').allInnerTexts();

/** The step in progress, as this page tells it. */
async function etape(page, adresse) {
  await page.goto(adresse);
  return page.locator('.co-jalon--en-cours .co-jalon__libelle').first().innerText();
}

test('le tableau de bord et la page publique disent la même étape, d’un bout à l’autre', async () => {
  const claire = await banc.page('Claire Minute');
  const public_ = await banc.page();
  const attendues = {
    cloture: 'Avis régional',
    avis: 'Avis régional',
    comite: 'Examen national',
    notification: 'Convention et versement',
    conventions: 'Convention et versement',
  };
  const vues = { depart: [await etape(claire, CAMPAGNE), await etape(public_, `/appels/${APPEL}`)] };
  assert.match(vues.depart[0], /^Dépôt/);
  assert.match(vues.depart[1], /^Dépôt/);
  for (const [saut, attendue] of Object.entries(attendues)) {
    if (saut === 'notification') await preparer();
    await banc.avancer(saut);
    for (const [qui, adresse] of [[claire, CAMPAGNE], [public_, `/appels/${APPEL}`]]) {
      assert.match(await etape(qui, adresse), new RegExp(`^${attendue}`), `${saut}, ${adresse}`);
    }
    await claire.goto(`${CAMPAGNE}/notification`);
    assert.deepEqual(await actes(claire), [], `${saut} : rien à programmer pour qui ne décide pas`);
  }
  await tenirChacune(claire, {
    'pilote-tableau': CAMPAGNE,
    'pilote-liste': `${CAMPAGNE}/decision`,
    'pilote-notification': `${CAMPAGNE}/notification`,
    'pilote-conventions': `${CAMPAGNE}/conventions`,
    'pilote-cellules': '/cellules',
  });
  await claire.goto(`${CAMPAGNE}/conventions`);
  assert.deepEqual(await actes(claire), [], 'chaque lauréat a sa convention');
  await claire.close();
  await public_.close();
});

/** What Claire does between the sitting and the notification, without script. */
async function preparer() {
  const page = await banc.sansScript('Claire Minute', { largeur: 390, hauteur: 844 });
  await page.goto(`${CAMPAGNE}/decision`);
  assert.deepEqual(await actes(page), [], 'avant la séance, rien à préparer');
  await page.goto(`/seances/${APPEL}`);
  await page.getByRole('button', { name: 'Clore la séance' }).click();
  await page.getByText('Close le').waitFor();
  assert.deepEqual(await actes(page), [], 'la séance est close');

  await page.goto(`${CAMPAGNE}/decision`);
  const hauteur = await page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(hauteur < 6000, `sélection : ${hauteur} px`);
  assert.equal(await page.getByRole('button', { name: 'Arrêter la liste' }).count(), 0, 'des dossiers restent à décider');
  await tenirChacune(page, { 'pilote-preparation': `${CAMPAGNE}/decision` });

  const touches = clavier(page);
  const pli = page.locator('form details').first();
  await pli.locator('summary').focus();
  await page.keyboard.press('Enter');
  for (const balise of ['select', 'textarea', 'textarea']) {
    const foyer = await touches.touche('Tab');
    assert.deepEqual([foyer.balise, foyer.visible], [balise, true], foyer.texte);
  }
  await pli.locator('select').selectOption('non_retenu');
  await page.getByRole('button', { name: 'Enregistrer la préparation' }).press('Enter');
  await page.getByText('Liste non arrêtée').waitFor();
  const tete = page.locator('form details').first();
  assert.match(await tete.locator('summary').innerText(), /non retenu[\s\S]*motif à écrire/i);
  assert.equal(await tete.getAttribute('open'), null, 'enregistré, il se replie');

  // Too long to be kept: it comes back open, as typed, with what is expected.
  await tete.locator('summary').click();
  await tete.locator('textarea').first().fill('é'.repeat(2001));
  await page.getByRole('button', { name: 'Enregistrer la préparation' }).click();
  await page.getByText('la limite est de').first().waitFor();
  assert.notEqual(await tete.getAttribute('open'), null, 'le dossier à corriger s’ouvre de lui-même');
  assert.equal((await tete.locator('textarea').first().inputValue()).length, 2001);
  await bonneTenue(page);
  await page.close();
}
