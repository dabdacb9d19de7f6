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
const LISTE = `nom;Code INSEE;maturite;rural
Pôle des Rives;29151;mature;oui
Grange aux Savoirs;1004;émergent;
Atelier du Pays;56178;existant;non
Fabrique de la Baie;22278;vieux;
Pôle sans lieu;35000;;
`;
const images = fileURLToPath(new URL('../docs/images', import.meta.url));
const banc = await ouvrirBanc({ jeu: 'monde' });

/** What this person sees there, down to that height; or only this part of it. */
async function prendre(nom, hauteur, qui, mener, partie) {
  const page = await banc.page(qui, { hauteur });
  await mener(page);
  const sujet = partie ? page.locator(partie) : page;
  await sujet.screenshot({ path: join(images, `${nom}.png`), animations: 'disabled' });
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

await prendre('carte', 1000, null, (page) => page.goto('/carte?monde=reels'), '.co-carte__dessin');
await prendre('fiche', 1150, null, async (page) => {
  await page.goto('/poles?q=rives&region=53');
  await page.getByRole('link', { name: 'Pôle des Rives' }).click();
  await page.getByRole('heading', { name: 'Ses membres' }).waitFor();
});
await prendre('import', 1000, 'Rémi Parchemin', async (page) => {
  await page.goto('/imports');
  await page.getByLabel('D’où vient cette liste').fill('Relevé du réseau, janvier');
  await page.getByLabel('À jour au').fill('2024-01-15');
  await page.getByLabel('Fichier').setInputFiles({ name: 'releve.csv', mimeType: 'text/csv', buffer: Buffer.from(LISTE) });
  await page.getByRole('button', { name: 'Lire la liste' }).click();
  await page.getByRole('button', { name: /^Appliquer/ }).waitFor();
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

// The register whose numbers the networks published: a world of its own.
const bilan = await ouvrirBanc({ jeu: 'bilan-2022' });
const page = await bilan.page(null, { hauteur: 1150 });
await page.goto('/recensement');
await page.screenshot({ path: join(images, 'recensement.png'), animations: 'disabled' });
await bilan.fermer();
