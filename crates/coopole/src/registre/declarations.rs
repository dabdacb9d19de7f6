//! The acts by which a pole that the register does not know comes in: somebody
//! of its team declares it, whoever answers for its region puts it in the
//! register, where that person then answers for it, or refuses it.

use metier::{
    commun::typographie,
    poles::{
        Information,
        declaration::{self as regle, Declaration, RefusDeclaration, Saisie},
        revendication::{Preuve, Reponse, Revendication},
    },
};
use uuid::Uuid;

use super::corrections::{Qui, repond};
use crate::{
    comptes::store as comptes,
    poles::{
        self, NouveauPole,
        declarations::{self as store, Declaree},
        etat, revendications,
    },
    socle::{
        acte::Acte,
        communes,
        courriels::{self, Courriel},
        db::Tx,
        erreurs::{Echec, Panne, Refusable},
        journal::Entree,
    },
    urls,
};

type Refuse = Echec<RefusDeclaration>;

/// What somebody typed of their pole, as it came.
#[derive(Debug, Clone, Default)]
pub struct Typee {
    pub nom: String,
    pub commune: Dit,
    pub porteuse: Dit,
    pub presentation: String,
    pub site: String,
    pub fonction: String,
    /// They read the records that look like theirs, and it is none of them.
    pub autres: bool,
}

/// A value in the words of the record, or why it has none.
#[derive(Debug, Clone)]
pub struct Dit(pub Result<String, String>);

impl Default for Dit {
    fn default() -> Self {
        Self(Ok(String::new()))
    }
}

impl Dit {
    fn lu(&self) -> Result<&str, &str> {
        self.0.as_deref().map_err(String::as_str)
    }
}

impl Typee {
    fn saisie(&self) -> Saisie<'_> {
        Saisie {
            nom: &self.nom,
            commune: self.commune.lu(),
            porteuse: self.porteuse.lu(),
            presentation: &self.presentation,
            site: &self.site,
            fonction: &self.fonction,
        }
    }

    /// What may be compared with the records, when it can be read.
    pub fn lue(&self) -> Option<Declaration> {
        Declaration::lire(self.saisie(), 0).ok()
    }
}

/// Declares a pole: `POST /poles/declarer`.
pub struct Declarer {
    pub qui: Qui,
    pub typee: Typee,
}

/// Answers: `POST /declarations/{id}/reponse`.
pub struct RepondreALaDeclaration {
    pub qui: Qui,
    pub declaration: Uuid,
    pub accepter: bool,
    pub motif: String,
}

/// The person takes it back: `POST /declarations/{id}/retrait`.
pub struct RetirerLaDeclaration {
    pub qui: Qui,
    pub declaration: Uuid,
}

/// What became of a declaration.
pub struct Suite {
    pub declaree: Declaree,
    /// The record it is now.
    pub pole: Option<Uuid>,
}

impl Qui {
    fn dire(&self, acte: &'static str, suite: &Suite) -> Entree {
        let Declaree {
            id, declaration, ..
        } = &suite.declaree;
        Entree::new(acte, "declaration", *id, self.recu_le.0)
            .par(self.par.compte)
            .engageant(format!("{id} {}", declaration.nom))
    }

    /// The record of the pole, and its first answerable person.
    async fn inscrire_le_pole(&self, tx: &mut Tx, declaree: &Declaree) -> Result<Uuid, Panne> {
        let le = self.recu_le.0;
        let Declaration {
            nom,
            commune,
            porteuse,
            presentation,
            site,
            fonction,
        } = &declaree.declaration;
        let nouveau = NouveauPole {
            nom: nom.clone(),
            porteuse: None,
            commune: communes::par_code(commune).map(|commune| commune.nom.to_owned()),
            code_commune: Some(commune.clone()),
            departement: None,
            region: declaree.region,
            themes: String::new(),
            source: None,
            // In an invented world, what comes in is invented.
            invente: self.demonstration,
        };
        let pole = poles::create(tx, &nouveau).await?;
        poles::record_entree(tx, pole, le).await?;
        let dites = [
            (Information::Porteuse, porteuse),
            (Information::Presentation, presentation),
            (Information::Site, site),
        ];
        for (information, valeur) in dites {
            if let Some(valeur) = valeur {
                etat::inscrire(tx, pole, information, valeur).await?;
            }
        }
        let revendication = Revendication {
            fonction: fonction.clone(),
            preuve: Preuve::Cellule,
            acquise: false,
        };
        let id = revendications::record(tx, pole, &revendication, declaree.par, le).await?;
        let demande = revendications::find(tx, id).await?;
        self.donner_sa_place(tx, &demande).await?;
        Ok(pole)
    }

    async fn repondre_par_courriel(
        &self,
        tx: &mut Tx,
        declaree: &Declaree,
        (phrase, adresse): (&str, &str),
    ) -> Result<(), Panne> {
        let nom = &declaree.declaration.nom;
        let courriel = Courriel {
            genre: "declaration",
            a: declaree.courriel.clone(),
            objet: typographie(&format!("Votre déclaration : {nom}")),
            texte: format!(
                "Bonjour,\n\n{}\n\n{}\u{202f}:\n{}{adresse}\n",
                typographie(phrase),
                typographie(nom),
                self.url
            ),
        };
        courriels::enqueue(tx, &courriel, self.recu_le.0)
            .await
            .map(drop)
    }
}

impl Acte for Declarer {
    type Fait = Suite;
    type Refus = RefusDeclaration;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let par = self.qui.par.compte;
        let miennes = store::miennes(tx, par).await?;
        let attendent = miennes.iter().filter(|d| !d.tranchee()).count();
        let declaration = Declaration::lire(self.typee.saisie(), attendent).refuse()?;
        let publics = [
            ("pole", declaration.nom.as_str()),
            (
                "presentation",
                declaration.presentation.as_deref().unwrap_or_default(),
            ),
            (
                "valeur",
                declaration.porteuse.as_deref().unwrap_or_default(),
            ),
        ];
        if let Some(rang) = comptes::nomment(tx, &publics.map(|(_, texte)| texte)).await? {
            return Err(Echec::Refus(RefusDeclaration::NommeQuelquUn(
                publics[rang].0,
            )));
        }
        let semblables = store::semblables(tx, &declaration, self.qui.demonstration).await?;
        declaration
            .envoyer(!semblables.is_empty(), self.typee.autres)
            .refuse()?;
        let id = store::record(tx, &declaration, par, self.qui.recu_le.0).await?;
        Ok(Suite {
            declaree: store::find(tx, id).await?,
            pole: None,
        })
    }

    fn entrees(&self, suite: &Suite) -> Vec<Entree> {
        vec![self.qui.dire("declaration", suite)]
    }
}

impl Acte for RetirerLaDeclaration {
    type Fait = Suite;
    type Refus = RefusDeclaration;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (par, le) = (self.qui.par.compte, self.qui.recu_le.0);
        let declaree = store::prendre(tx, self.declaration).await?;
        if declaree.par != par {
            return Err(Panne::Introuvable.into());
        }
        if declaree.tranchee() {
            return Err(Echec::Refus(RefusDeclaration::DejaTranchee));
        }
        store::record_retrait(tx, declaree.id, par, le).await?;
        Ok(Suite {
            declaree,
            pole: None,
        })
    }

    fn entrees(&self, suite: &Suite) -> Vec<Entree> {
        vec![self.qui.dire("retrait_de_declaration", suite)]
    }
}

impl Acte for RepondreALaDeclaration {
    type Fait = Suite;
    type Refus = RefusDeclaration;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let declaree = store::prendre(tx, self.declaration).await?;
        // Nobody answers their own.
        if declaree.par == qui.par.compte || !repond(tx, &qui.par, declaree.region).await? {
            return Err(Panne::Introuvable.into());
        }
        let reponse = regle::repondre(declaree.tranchee(), self.accepter, &self.motif).refuse()?;
        let pole = match &reponse {
            Reponse::Acceptee => {
                let pole = qui.inscrire_le_pole(tx, &declaree).await?;
                let phrase = "Votre pôle est inscrit au registre. Vous en répondez : vous pouvez compléter sa fiche, \
                              associer d’autres personnes, signer la Charte et déposer un dossier en son nom.";
                let adresse = urls::pole(pole);
                qui.repondre_par_courriel(tx, &declaree, (phrase, &adresse))
                    .await?;
                Some(pole)
            }
            Reponse::Refusee { motif } => {
                let phrase = format!("Votre déclaration n’est pas retenue.\nLe motif : {motif}");
                qui.repondre_par_courriel(tx, &declaree, (&phrase, urls::DECLARER))
                    .await?;
                None
            }
        };
        store::record_reponse(tx, declaree.id, (&reponse, pole), qui.par.compte, le).await?;
        Ok(Suite { declaree, pole })
    }

    fn entrees(&self, suite: &Suite) -> Vec<Entree> {
        let issue = if self.accepter { "acceptee" } else { "refusee" };
        let reponse = self.qui.dire("reponse_a_une_declaration", suite);
        let mut entrees = vec![reponse.motif(issue)];
        if let Some(pole) = suite.pole {
            let inscription = Entree::new("inscription", "pole", pole, self.qui.recu_le.0);
            entrees.push(inscription.par(self.qui.par.compte));
            entrees.extend(
                self.qui
                    .inscrire_l_equipe("habilitation", &[suite.declaree.par]),
            );
        }
        entrees
    }
}
