// What is asked of every page, whatever it is for. Each check throws one sentence that
// names the fault.
import axeCore from 'axe-core';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const captures = join(dirname(fileURLToPath(import.meta.url)), 'captures');

/** All that holds on any page: title, language, one h1, no overflow, axe. */
export async function bonneTenue(page) {
  const langue = new URL(page.url()).pathname.startsWith('/en/') ? 'en' : 'fr';
  assert.equal(await page.locator('html').getAttribute('lang'), langue, 'la page ne dit pas sa langue');
  assert.match(await page.title(), /Coopôle/, 'le titre ne nomme pas Coopôle');
  assert.equal(await page.locator('h1').count(), 1, 'il faut un h1 et un seul');
  assert.notEqual((await page.locator('h1').innerText()).trim(), '', 'le h1 est vide');
  await sansDebordement(page);
  await axe(page);
}

/** No violation. What axe could not judge is printed, to be read by a person. */
export async function axe(page) {
  const { violations, incomplete } = await avecMinuteries(page, () => juger(page));
  const ou = new URL(page.url()).pathname;
  for (const regle of incomplete) console.log(`axe, à relire sur ${ou} : ${decrire(regle)}`);
  assert.equal(violations.length, 0, `axe refuse ${ou} :\n${violations.map(decrire).join('\n')}`);
}

// axe is brought once to a page, then asked at each width; only what is said of it comes
// back. No page of ours has a frame.
async function juger(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const constats = await window.axe.run(document, { iframes: false, resultTypes: ['violations', 'incomplete'] });
    const dire = ({ id, help, nodes }) => ({ id, help, combien: nodes.length, cibles: nodes.slice(0, 5).map(({ target }) => target.join(' ')) });
    return { violations: constats.violations.map(dire), incomplete: constats.incomplete.map(dire) };
  });
}

// A page without script has no timer, and axe needs them: they are lent to it, the page's
// own scripts having been skipped for good. axe never looks into <noscript>, which is all
// that such a page adds: what stands in it is put in its place.
async function avecMinuteries(page, faire) {
  if (!page.scripts) return faire();
  await page.scripts.eteindre(false);
  try {
    await page.evaluate(() => document.body.querySelectorAll('noscript').forEach((n) => n.replaceWith(...n.childNodes)));
    return await faire();
  } finally {
    await page.scripts.eteindre(true);
  }
}

function decrire({ id, help, combien, cibles }) {
  return `${id} (${help}), ${combien} élément(s) : ${cibles.join(' | ')}`;
}

/** The page never scrolls sideways. Names the elements that stick out. */
export async function sansDebordement(page) {
  const { largeur, voulue, fautifs } = await page.evaluate(() => {
    const racine = document.documentElement;
    const depasse = (e) => {
      const { width, right } = e.getBoundingClientRect();
      return width > 0 && right > racine.clientWidth + 1;
    };
    return {
      largeur: racine.clientWidth,
      voulue: racine.scrollWidth,
      fautifs: [...document.body.querySelectorAll('*')].filter(depasse).slice(0, 5)
        .map((e) => `${e.tagName.toLowerCase()}.${[...e.classList].join('.')}`),
    };
  });
  assert.ok(voulue <= largeur, `la page fait ${voulue} px de large sur un écran de ${largeur} px : ${fautifs.join(', ')}`);
}

/** A picture in captures/, for the eye and for the guides, when CAPTURES=1 asks for them. */
export async function capture(page, nom) {
  if (process.env.CAPTURES !== '1') return;
  mkdirSync(captures, { recursive: true });
  const { width, height } = page.viewportSize();
  // As tall as the page: what sticks to the window would hide a line of it.
  const haut = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(haut, height) });
  await page.screenshot({ path: join(captures, `${nom}.png`), animations: 'disabled' });
  await page.setViewportSize({ width, height });
}

/** One page, at every width. 320 px has the style sheet of a phone: one of the two is looked
 *  at whole. `nom` is that of its pictures. */
export async function tenir(page, nom) {
  const avant = page.viewportSize();
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 844 });
    await (width === 390 ? sansDebordement(page) : bonneTenue(page));
    if (nom && width !== 320) await capture(page, `${nom}-${width}`);
  }
  await page.setViewportSize(avant);
}

/** Each of these addresses, at every width. */
export async function tenirChacune(page, adresses) {
  for (const [nom, adresse] of Object.entries(adresses)) {
    // A fragment alone would not load the page again.
    await page.goto('about:blank');
    const reponse = await page.goto(adresse);
    assert.equal(reponse.status(), 200, adresse);
    await tenir(page, nom);
  }
}

/** The keyboard: where a key leads, and whether one sees it. */
export function clavier(page) {
  return {
    async touche(touche) {
      await page.keyboard.press(touche);
      return foyer(page);
    },
    /** Tab from where one is until this element, nothing unseen on the way. */
    async jusqu_a(cible, au_plus = 200) {
      for (let i = 0; i < au_plus; i += 1) {
        const element = await this.touche('Tab');
        assert.ok(element?.visible, `foyer perdu : ${element?.texte}`);
        if (await cible.evaluate((e) => e === document.activeElement)) return element;
      }
      throw new Error(`le clavier n’arrive pas à ${cible} en ${au_plus} tabulations`);
    },
    /** Tab until the end of the page; the list of what was met, in order. */
    async parcourir(au_plus = 200) {
      const rencontres = [];
      for (let i = 0; i < au_plus; i += 1) {
        await page.keyboard.press('Tab');
        const element = await foyer(page);
        if (!element || (rencontres[0] && element.chemin === rencontres[0].chemin)) return rencontres;
        rencontres.push(element);
      }
      throw new Error(`le clavier ne sort pas de la page en ${au_plus} tabulations (dernier : ${rencontres.at(-1)?.chemin})`);
    },
  };
}

/** The keyboard goes through the whole page, and is seen wherever it stops. */
export async function parcouruAuClavier(page, au_plus = 200) {
  const rencontres = await clavier(page).parcourir(au_plus);
  assert.ok(rencontres.length > 1, 'le clavier ne rencontre rien');
  const caches = rencontres.filter(({ visible }) => !visible).map(({ balise, texte }) => `${balise} « ${texte} »`);
  assert.deepEqual(caches, [], `sur ${new URL(page.url()).pathname}, le clavier s’arrête où rien ne se voit`);
}

/** What holds the focus: null at the page itself. `visible`: in view, with a ring. */
function foyer(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body || e === document.documentElement) return null;
    const chemin = [];
    for (let n = e; n && n !== document.documentElement; n = n.parentElement) {
      chemin.unshift(`${n.tagName.toLowerCase()}:${[...(n.parentElement?.children ?? [])].indexOf(n)}`);
    }
    const { width, height, top, left, bottom, right } = e.getBoundingClientRect();
    const dedans = width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    // A link that covers its block draws its ring on the block (fr-enlarge-link).
    const anneau = [null, '::before'].some((ou) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(e, ou);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
    });
    // The calendar of a date is a stop of its own, within the field: the browser draws its ring.
    const calendrier = e.type === 'date' && !e.matches(':focus-visible');
    return {
      chemin: chemin.join('>'),
      balise: e.tagName.toLowerCase(),
      texte: (e.innerText || e.getAttribute('aria-label') || e.getAttribute('name') || '').trim(),
      cible: e.getAttribute('href'),
      visible: dedans && (anneau || calendrier),
    };
  });
}
