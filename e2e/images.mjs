// The pictures of the README and of the guides, taken from the running demonstration:
//
//   cargo build -p coopole && node e2e/images.mjs
//
// They go to docs/images. The four « chemin-… » of the README are steps of
// chemin.test.mjs, which keeps them in captures/ under CAPTURES=1.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ouvrirBanc } from './banc.mjs';

const APPEL = 'ami-financement-2024';
const images = fileURLToPath(new URL('../docs/images', import.meta.url));
const banc = await ouvrirBanc({ jeu: 'monde' });

/** What this person sees there, down to that height. */
async function prendre(nom, hauteur, qui, mener) {
  const page = await banc.page(qui, { hauteur });
  await mener(page);
  await page.screenshot({ path: join(images, `${nom}.png`), animations: 'disabled' });
  await page.close();
}

/** The cast's own dossier, from the person's space. */
const dossier = (pole) => async (page) => {
  await page.goto('/espace');
  await page.getByRole('link', { name: pole }).first().click();
  await page.getByRole('link', { name: 'Vérifier et déposer' }).waitFor();
};

await prendre('accueil', 1180, null, (page) => page.goto('/'));
await prendre('appel', 900, null, (page) => page.goto(`/appels/${APPEL}`));
await prendre('dossier', 1500, 'Solène Marée', dossier('Pôle des Rives'));
await prendre('verification', 900, 'Solène Marée', async (page) => {
  await dossier('Pôle des Rives')(page);
  await page.getByRole('link', { name: 'Vérifier et déposer' }).click();
  await page.getByRole('heading', { level: 1, name: 'Vérifier et déposer' }).waitFor();
});

await banc.avancer('cloture');
await prendre('campagne', 1180, 'Claire Minute', (page) => page.goto(`/campagnes/${APPEL}`));
await prendre('cellule', 900, 'Gwenn Balise', (page) => page.goto('/cellule'));
await prendre('instruction', 1000, 'Gwenn Balise', async (page) => {
  await page.goto('/cellule');
  await page.locator('main table a').first().click();
  await page.getByRole('heading', { name: 'Critères' }).first().waitFor();
});

await banc.avancer('comite');
await prendre('selection', 1000, 'Claire Minute', async (page) => {
  await page.goto(`/seances/${APPEL}`);
  await page.getByRole('button', { name: 'Clore la séance' }).click();
  await page.getByText('Close le').waitFor();
  await page.goto(`/campagnes/${APPEL}/decision`);
});
await banc.fermer();
