// The main street, walked whole by hand: one dossier of the 2024 call from its first word
// to its payment, and a second one refused, on a world that holds nobody else's dossier.
// The clock goes from Tuesday 26 March to October 2024 by the banner alone. Each step is
// what its person does and sees; its picture feeds the README and the guides.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ouvrirBanc } from './banc.mjs';
import { bonneTenue, capture, parcouruAuClavier } from './controles.mjs';
import { Dossier, envoyer } from './dossier.mjs';

const APPEL = 'ami-financement-2024';
const MARS = '2024-03-26T09:00:00+01:00';
const EXAMINATEURS = ['Jeanne Barème', 'Karim Boussole', 'Lucie Balance'];

let banc;
const rives = new Dossier('Pôle des Rives', 'Solène Marée');
const atelier = new Dossier('Atelier du Pays', 'Bastien Établi');
let convention;

before(async () => {
  banc = await ouvrirBanc({ jeu: 'distribution', horloge: MARS });
});
after(() => banc?.fermer());

/** The steps in their order: the first that fails ends the walk and gives it its name. */
const chemin = [];
const pas = (nom, faire) => chemin.push({ nom, faire });

test('un dossier va du brouillon au versement, un autre au refus', { timeout: 600_000 }, async (t) => {
  for (const { nom, faire } of chemin) {
    t.diagnostic(nom);
    await faire().catch((raison) => {
      throw new Error(`${nom}\n${raison.message}`, { cause: raison });
    });
  }
});

/** Somebody opens a page, does their part, and leaves. */
async function comme(qui, faire, options) {
  const page = await banc.page(qui, options);
  try {
    return await faire(page);
  } catch (raison) {
    await capture(page, 'chemin-echec');
    throw raison;
  } finally {
    await page.close();
  }
}

/** The page stands, and is kept as a picture. */
async function montrer(page, nom) {
  await bonneTenue(page);
  await capture(page, `chemin-${nom}`);
}

async function lire(page, ...attendus) {
  const texte = await page.locator('main').innerText();
  for (const attendu of attendus) assert.match(texte, attendu);
  return texte;
}

/** The address of a link that a job is about to write: the page is read again until then. */
async function arrive(page, selecteur) {
  for (let essai = 0; essai < 60; essai += 1) {
    const lien = page.locator(selecteur).first();
    if (await lien.count()) return lien.getAttribute('href');
    await page.waitForTimeout(250);
    await page.reload();
  }
  throw new Error(`rien n’arrive : ${selecteur}`);
}

/** Moves the clock of the world, as a visitor does. */
async function avancer(etape) {
  await comme(undefined, async (page) => {
    await page.goto('/');
    await page.getByLabel('Avancer l’horloge jusqu’à').selectOption(etape);
    await envoyer(page, 'Avancer l’horloge');
  });
}

pas('1 et 2. L’appel se lit, et chaque règle se vérifie sans compte', async () => {
  await comme(undefined, async (page) => {
    await page.goto(`/appels/${APPEL}`);
    await lire(page, /mercredi 29 mai 2024 à 12\sh\s00/, /date de la notice/, /15 projets visés/);
    await montrer(page, '1-appel');
    await page.getByRole('link', { name: /Suis-je éligible/ }).first().click();
    for (const reponse of ['Association', 'Non, jamais']) await page.getByLabel(reponse, { exact: true }).check({ force: true });
    await envoyer(page, 'Vérifier');
    await lire(page, /[Rr]emplie/, /[Nn]otice 2024, § 3\.a/);
    await montrer(page, '2-eligibilite');
  });
});

pas('3. On entre par un lien reçu par courriel, qui ne sert qu’une fois', async () => {
  await comme(undefined, async (page) => {
    await page.goto('/connexion');
    await page.getByLabel('Votre adresse électronique').fill('solene@rives.example');
    await envoyer(page, 'Recevoir un lien');
    await lire(page, /Un lien vient d’être envoyé à cette adresse/);
    await page.goto('/courriels');
    const lien = await arrive(page, 'main a[href*="/connexion/"]');
    await page.goto(lien);
    await envoyer(page, 'Me connecter');
    await page.waitForURL(/\/espace$/);
    await lire(page, /Bonjour Solène Marée/);
    await montrer(page, '3-espace');
    const encore = await page.goto(lien);
    assert.equal(encore.status(), 410);
  });
});

for (const dossier of [rives, atelier]) {
  pas(`4 et 5. ${dossier.pole} : du premier mot à l’accusé de dépôt`, async () => {
    await comme(dossier.qui, async (page) => {
      await dossier.commencer(page, APPEL);
      await dossier.remplir(page);
      await page.goto(dossier.adresse);
      await lire(page, /Tout est présent/i);
      await montrer(page, `4-dossier-${dossier.nom}`);
      await dossier.deposer(page);
      await lire(page, /déposé le mardi 26 mars 2024/);
      await montrer(page, `5-accuse-${dossier.nom}`);
    });
  });
}

pas('6. La cellule de Bretagne conclut et donne un avis sur chacun', async () => {
  await avancer('cloture');
  await comme('Gwenn Balise', async (page) => {
    for (const dossier of [rives, atelier]) {
      await page.goto('/cellule');
      await page.getByRole('link', { name: dossier.pole }).first().click();
      await page.waitForURL(/\/instruction\//);
      await montrer(page, `6-instruction-${dossier.nom}`);
      await confirmer(page);
      await donnerAvis(page, dossier);
    }
  });
  await comme('Kélia Piton', async (page) => {
    await page.goto('/cellule');
    assert.doesNotMatch(await page.locator('main').innerText(), /Pôle des Rives/, 'La Réunion ne voit pas la Bretagne');
  });
});

async function confirmer(page) {
  const formulaire = page.locator('form', { has: page.locator('[name=conclusion]') });
  for (const regle of await formulaire.locator('input[type=radio][value=tenue]').all()) await regle.check({ force: true });
  await formulaire.getByRole('button', { name: /Confirmer/ }).click();
  await page.getByText(/Par Gwenn Balise, le/).first().waitFor();
}

async function donnerAvis(page, dossier) {
  await page.goto(`${new URL(page.url()).pathname}/avis`);
  const sens = dossier === rives ? 'favorable' : 'favorable_avec_reserve';
  await page.locator(`input[name=sens][value=${sens}]`).check({ force: true });
  for (const motif of await page.locator('main form textarea').all()) {
    await motif.fill('Les éléments du dossier sont précis et les moyens proportionnés.');
  }
  await page.locator('[name=signataire_cress]').fill('Présidence de la CRESS Bretagne');
  await page.locator('[name=signataire_etat]').fill('Correspondance régionale à l’économie sociale et solidaire');
  await envoyer(page, 'Relire avant de rendre');
  await envoyer(page, 'Rendre l’avis');
  await page.waitForURL(/rendu=oui/);
  await montrer(page, `6-avis-${dossier.nom}`);
}

pas('7. Au comité, un intérêt ferme un dossier ; les autres notent, le Trésor clôt', async () => {
  await avancer('avis');
  for (const [rang, qui] of EXAMINATEURS.entries()) {
    await comme(qui, async (page) => {
      await page.goto(`/interets/${APPEL}`);
      await declarer(page, rang === 2 ? atelier : null);
      for (const dossier of [rives, atelier]) {
        if (rang === 2 && dossier === atelier) continue;
        await page.goto('/comite');
        await page.getByRole('link', { name: dossier.pole }).first().click();
        await page.waitForURL(/\/examens\//);
        dossier.examen = new URL(page.url()).pathname;
        await noter(page, dossier === rives ? 4 : 2);
        if (rang === 0) await montrer(page, `7-examen-${dossier.nom}`);
      }
      if (rang === 2) {
        const ferme = await page.goto(atelier.examen);
        assert.equal(ferme.status(), 404, 'l’intérêt déclaré ferme le dossier');
        await page.goto('/comite');
        assert.doesNotMatch(await page.locator('main').innerText(), /Atelier du Pays/);
      }
    });
  }
  await avancer('comite');
  await comme('Claire Minute', async (page) => {
    await page.goto(`/campagnes/${APPEL}`);
    await page.getByRole('link', { name: /séance/i }).first().click();
    await envoyer(page, /Clore la séance/);
    await lire(page, /Pôle des Rives/, /Atelier du Pays/);
    await montrer(page, '7-classement');
  });
});

async function declarer(page, ferme) {
  if (ferme) {
    await page.locator('summary', { hasText: ferme.pole }).click();
    const question = page.locator('details', { hasText: ferme.pole });
    await question.locator('input[value=un]').check({ force: true });
    await question.getByLabel(/Lequel/).fill('J’ai conseillé ce pôle en 2022.');
  }
  await montrer(page, ferme ? '7-interet-declare' : '7-interets');
  await envoyer(page, 'Aucun lien avec les autres dossiers');
  assert.match(page.url(), /fait=oui/);
}

async function noter(page, note) {
  for (const choix of await page.locator(`main form input[type=radio][value="${note}"]`).all()) await choix.check({ force: true });
  // The bonuses: earned by none.
  for (const choix of await page.getByLabel('Non acquis', { exact: true }).all()) await choix.check({ force: true });
  for (const zone of await page.locator('main form textarea').all()) await zone.fill('Des éléments concrets, à consolider la deuxième année.');
  await envoyer(page, 'Relire avant de rendre');
  await envoyer(page, 'Rendre mes notes');
  assert.match(page.url(), /fait=oui/);
}

pas('8. L’une prépare, l’autre arrête ; rien ne paraît avant l’instant', async () => {
  const liste = `/campagnes/${APPEL}/decision`;
  await comme('Claire Minute', async (page) => {
    await page.goto(liste);
    const ligne = async (pole) => {
      await page.locator('summary', { hasText: pole }).click();
      return page.locator('details', { hasText: pole });
    };
    await (await ligne('Pôle des Rives')).locator('select').selectOption('retenu');
    const refusee = await ligne('Atelier du Pays');
    await refusee.locator('select').selectOption('non_retenu');
    await refusee.locator('textarea').first().fill('Le modèle économique n’établit pas les recettes de la deuxième année.');
    await envoyer(page, 'Enregistrer la préparation');
    await montrer(page, '8-liste');
  });
  await comme('Étienne Sceau', async (page) => {
    await page.goto(liste);
    await envoyer(page, 'Arrêter la liste');
    await lire(page, /Liste arrêtée le .* par Étienne Sceau/);
    await page.goto(`/campagnes/${APPEL}/notification`);
    await page.getByLabel(/Jour/).fill('2024-09-26');
    await page.getByLabel(/Heure/).fill('14:00');
    await envoyer(page, /Programmer/);
    await lire(page, /2 décisions seront visibles et envoyées le jeudi 26 septembre 2024 à 14\sh\s00/);
    await montrer(page, '8-notification');
  });
  await comme('Bastien Établi', async (page) => {
    await page.goto(atelier.adresse);
    assert.doesNotMatch(await page.locator('main').innerText(), /retenu/i);
  });
  await avancer('notification');
  await comme('Solène Marée', async (page) => {
    await page.goto(`${rives.adresse}/decision`);
    await lire(page, /Votre dossier est retenu/, /100\s000\s€/, /Avis rendu sur votre dossier/);
    await montrer(page, '8-retenue');
  });
  await comme('Bastien Établi', async (page) => {
    await page.goto(`${atelier.adresse}/decision`);
    await lire(page, /n’est pas retenu/, /recettes de la deuxième année/, /Remplie/, /tribunal administratif/);
    await montrer(page, '8-refusee');
  });
  await comme(undefined, async (page) => {
    await page.goto(`/appels/${APPEL}/laureats`);
    const texte = await lire(page, /Pôle des Rives/);
    assert.doesNotMatch(texte, /Atelier du Pays/);
    await montrer(page, '8-laureats');
  });
});

pas('9. La convention se signe des deux côtés, le versement se valide à deux', async () => {
  await avancer('conventions');
  const conventions = `/campagnes/${APPEL}/conventions`;
  await comme('Claire Minute', async (page) => {
    await page.goto(conventions);
    await envoyer(page, 'Proposer les conventions');
    await lire(page, /Pôle des Rives/);
  });
  // She signs on a phone, without script.
  convention = await comme('Solène Marée', async (page) => {
    await page.goto(`${rives.adresse}/decision`);
    await page.getByRole('link', { name: 'Ouvrir la convention' }).click();
    await page.waitForURL(/\/conventions\//);
    await arrive(page, 'main a[href$="/texte"]');
    await page.locator('[name=nom]').fill('Solène Marée');
    await page.locator('[name=qualite]').fill('présidente');
    for (const boite of await page.locator('main form input[type=checkbox]').all()) await boite.check({ force: true });
    await page.locator('[name=titulaire]').fill('Les Rives solidaires');
    await page.locator('[name=iban]').fill('FR76 3000 6000 0112 3456 7890 189');
    await envoyer(page, /Signer/);
    await lire(page, /signée/i);
    await montrer(page, '9-signee');
    return new URL(page.url()).pathname;
  }, { script: false, largeur: 390, hauteur: 844 });
  await comme('Étienne Sceau', async (page) => {
    await page.goto(convention);
    await page.locator('[name=qualite]').fill('sous-directeur, par délégation');
    for (const boite of await page.locator('main form input[type=checkbox]').all()) await boite.check({ force: true });
    await envoyer(page, /Valider/);
    await montrer(page, '9-validee');
  });
  await comme('Claire Minute', async (page) => {
    await page.goto(convention);
    await page.locator('[name=montant]').fill('100 000');
    for (const boite of await page.locator('main form input[type=checkbox]').all()) await boite.check({ force: true });
    await envoyer(page, /Préparer/);
    await lire(page, /100\s000\s€/);
  });
  await comme('Agnès Grandlivre', async (page) => {
    await page.goto(convention);
    await envoyer(page, /Valider/);
    await lire(page, /[Vv]ersé/);
    await montrer(page, '9-versee');
  });
});

pas('10. Chaque acte est au journal, dont la tête est publique', async () => {
  await comme('Louise Preuve', async (page) => {
    await page.goto('/journal');
    await lire(page, /Versement|Ordre/i, /Convention/i);
    await montrer(page, '10-journal');
  });
  await comme(undefined, async (page) => {
    const tete = await page.goto('/journal/tete');
    assert.equal(tete.status(), 200);
  });
});

pas('11. Au bout du chemin, chaque page tient à 320 px, au clavier et sans JavaScript', async () => {
  const auBout = [
    [undefined, `/appels/${APPEL}/laureats`],
    ['Solène Marée', '/espace', '/compte', rives.adresse, `${rives.adresse}/accuse`, `${rives.adresse}/decision`, convention],
    ['Bastien Établi', `${atelier.adresse}/decision`],
    ['Étienne Sceau', `/campagnes/${APPEL}`, convention],
    ['Louise Preuve', '/journal'],
    ['Samir Vigie', '/admin'],
  ];
  for (const [qui, ...adresses] of auBout) {
    await comme(qui, async (page) => {
      for (const adresse of adresses) {
        const reponse = await page.goto(adresse);
        assert.equal(reponse.status(), 200, adresse);
        await bonneTenue(page);
        await parcouruAuClavier(page);
      }
    }, { script: false, largeur: 320, hauteur: 640 });
  }
});
