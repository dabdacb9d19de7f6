//! The acts by which a pole's own people take its record in hand: claim, prove
//! by a code, be answered, take back. Accepted, a claim makes its author answer
//! for the pole, through the same habilitation as any other.

use metier::{
    commun::typographie,
    poles::{
        Equipe, Place,
        revendication::{
            self as regle, ALPHABET_DU_CODE, CodeEnvoye, Preuve, RefusRevendication, Reponse,
            Revendication, SIGNES_DU_CODE, Situation,
        },
    },
};
use uuid::Uuid;

use super::corrections::{Qui, repond};
use crate::{
    comptes::store::{self as comptes, MembreEquipe},
    poles::{
        self,
        etat::{self, Etat},
        revendications::{self as store, Demande},
    },
    socle::{
        acte::Acte,
        alea,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Habilitation, Perimetre, Qualite, Role},
        erreurs::{Echec, Panne, Refusable},
        journal::Entree,
        session,
    },
    urls,
};

type Refuse = Echec<RefusRevendication>;

/// Claims a pole: `POST /poles/{id}/revendication`.
pub struct Revendiquer {
    pub qui: Qui,
    pub pole: Uuid,
    pub fonction: String,
    pub preuve: Option<Preuve>,
}

/// Types the code of the letter: `POST /revendications/{id}/code`.
pub struct Confirmer {
    pub qui: Qui,
    pub revendication: Uuid,
    pub code: String,
}

/// The person takes their claim back: `POST /revendications/{id}/retrait`.
pub struct Retirer {
    pub qui: Qui,
    pub revendication: Uuid,
}

/// The cell answers: `POST /revendications/{id}/reponse`.
pub struct Repondre {
    pub qui: Qui,
    pub revendication: Uuid,
    pub accepter: bool,
    pub motif: String,
}

/// The cell writes the letter: `POST /revendications/{id}/lettre`.
pub struct Ecrire {
    pub qui: Qui,
    pub revendication: Uuid,
    pub adresse: String,
}

/// The cell posted it: `POST /revendications/{id}/envoi`.
pub struct Poster {
    pub qui: Qui,
    pub revendication: Uuid,
}

/// The cell takes back what a claim gave: `POST /revendications/{id}/reprise`.
pub struct Reprendre {
    pub qui: Qui,
    pub revendication: Uuid,
    pub motif: String,
}

/// What became of a claim.
pub struct Suite {
    pub demande: Demande,
    /// The accounts whose place in the team began or ended.
    comptes: Vec<Uuid>,
}

/// What a typed code led to.
pub struct Essai {
    pub suite: Suite,
    pub lecture: regle::Lecture,
}

/// A letter just written: the only time its code can be read.
pub struct LettreEcrite {
    pub demande: Demande,
    pub adresse: Vec<String>,
    pub code: String,
}

/// The hash under which a code is kept; its own for each claim.
pub(super) fn empreinte(revendication: Uuid, code: &str) -> [u8; 32] {
    session::empreinte(&format!("{revendication} {code}"))
}

impl Qui {
    /// The record, locked; a real one is not claimed in a demonstration.
    async fn tenir(&self, tx: &mut Tx, pole: Uuid) -> Result<Etat, Refuse> {
        poles::prendre(tx, pole).await?;
        let etat = etat::lire(tx, pole).await?;
        match self.demonstration && !etat.invente {
            true => Err(Echec::Refus(RefusRevendication::PoleReel)),
            false => Ok(etat),
        }
    }

    /// The claim, under the lock of its pole.
    async fn tenir_la_demande(&self, tx: &mut Tx, id: Uuid) -> Result<Demande, Refuse> {
        let pole = store::find(tx, id).await?.pole;
        self.tenir(tx, pole).await?;
        Ok(store::find(tx, id).await?)
    }

    /// One's own claim; anybody else's does not exist.
    async fn tenir_la_mienne(&self, tx: &mut Tx, id: Uuid) -> Result<Demande, Refuse> {
        let demande = self.tenir_la_demande(tx, id).await?;
        match demande.par == self.par.compte {
            true => Ok(demande),
            false => Err(Panne::Introuvable.into()),
        }
    }

    /// A claim one answers for; never one's own.
    async fn tenir_celle_d_un_autre(&self, tx: &mut Tx, id: Uuid) -> Result<Demande, Refuse> {
        let demande = self.tenir_la_demande(tx, id).await?;
        let repond = repond(tx, &self.par, demande.region).await?;
        match repond && demande.par != self.par.compte {
            true => Ok(demande),
            false => Err(Panne::Introuvable.into()),
        }
    }

    async fn equipe(&self, tx: &mut Tx, pole: Uuid) -> Result<Vec<MembreEquipe>, Panne> {
        comptes::equipe(tx, pole, self.recu_le.0).await
    }

    /// The person answers for the pole from now on, and is told so.
    async fn accepter(&self, tx: &mut Tx, demande: &Demande) -> Result<(), Panne> {
        self.donner_sa_place(tx, demande).await?;
        self.ecrire_a(
            tx,
            &demande.courriel,
            demande,
            "Vous répondez de ce pôle : vous pouvez corriger sa fiche, signer la Charte et déposer un dossier en son nom.",
        )
        .await
    }

    /// The person answers for the pole from now on.
    pub(super) async fn donner_sa_place(
        &self,
        tx: &mut Tx,
        demande: &Demande,
    ) -> Result<(), Panne> {
        let le = self.recu_le.0;
        let premiere = self.equipe(tx, demande.pole).await?.is_empty();
        comptes::quitter_l_equipe(tx, demande.par, demande.pole, le).await?;
        let habilitation = Habilitation {
            role: Role::Porteur,
            qualite: Some(Qualite::Responsable),
            perimetre: Perimetre::Pole(demande.pole),
        };
        comptes::habiliter(tx, demande.par, habilitation, le).await?;
        let reponse = (&Reponse::Acceptee, premiere);
        store::record_reponse(tx, demande.id, reponse, self.par.compte, le).await
    }

    async fn ecrire_a(
        &self,
        tx: &mut Tx,
        a: &str,
        demande: &Demande,
        phrase: &str,
    ) -> Result<(), Panne> {
        let courriel = Courriel {
            genre: "revendication",
            a: a.to_owned(),
            objet: typographie(&format!("Une revendication : {}", demande.nom_du_pole)),
            texte: format!(
                "Bonjour,\n\n{}\n\n{}\u{202f}:\n{}{}\n",
                typographie(phrase),
                typographie(&demande.nom_du_pole),
                self.url,
                urls::revendication(demande.pole)
            ),
        };
        courriels::enqueue(tx, &courriel, self.recu_le.0)
            .await
            .map(drop)
    }

    fn inscrire(&self, acte: &'static str, demande: &Demande) -> Entree {
        Entree::new(acte, "pole", demande.pole, self.recu_le.0)
            .par(self.par.compte)
            .engageant(format!("{} {}", demande.id, demande.fonction))
    }

    pub(super) fn inscrire_l_equipe(&self, acte: &'static str, comptes: &[Uuid]) -> Vec<Entree> {
        let entree = |compte: &Uuid| {
            Entree::new(acte, "compte", *compte, self.recu_le.0)
                .par(self.par.compte)
                .motif(Qualite::Responsable.code())
        };
        comptes.iter().map(entree).collect()
    }
}

impl Acte for Revendiquer {
    type Fait = Suite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (qui, par) = (&self.qui, &self.qui.par);
        let etat = qui.tenir(tx, self.pole).await?;
        let equipe = qui.equipe(tx, self.pole).await?;
        let miennes = store::miennes(tx, par.compte).await?;
        let attendent: Vec<&Demande> = miennes.iter().filter(|d| !d.tranchee()).collect();
        let situation = Situation {
            site: etat.site.as_deref(),
            site_du_demandeur: store::a_indique_le_site(tx, self.pole, par.compte).await?,
            a_une_equipe: !equipe.is_empty(),
            est_de_l_equipe: equipe.iter().any(|membre| membre.compte == par.compte),
            deja_demandee: attendent.iter().any(|d| d.pole == self.pole),
            en_attente: attendent.len(),
        };
        let saisi = (self.fonction.as_str(), self.preuve);
        let revendication = Revendication::demander(saisi, &par.courriel, situation).refuse()?;
        let id = store::record(tx, self.pole, &revendication, par.compte, qui.recu_le.0).await?;
        let demande = store::find(tx, id).await?;
        if revendication.acquise {
            qui.accepter(tx, &demande).await?;
        }
        let phrase = format!(
            "{} ({}) demande à répondre de ce pôle, dont vous répondez déjà. La cellule de la région décidera. \
             Si vous connaissez cette personne, associez-la vous-même à votre équipe.",
            par.nom, revendication.fonction
        );
        let responsables = equipe
            .iter()
            .filter(|membre| membre.place == Place::Responsable);
        for membre in responsables {
            qui.ecrire_a(tx, &membre.courriel, &demande, &phrase)
                .await?;
        }
        Ok(Suite {
            comptes: revendication
                .acquise
                .then_some(par.compte)
                .into_iter()
                .collect(),
            demande,
        })
    }

    fn entrees(&self, fait: &Suite) -> Vec<Entree> {
        let preuve = fait.demande.preuve.code();
        let mut entrees = vec![
            self.qui
                .inscrire("revendication", &fait.demande)
                .motif(preuve),
        ];
        entrees.extend(self.qui.inscrire_l_equipe("habilitation", &fait.comptes));
        entrees
    }
}

impl Acte for Confirmer {
    type Fait = Essai;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Essai, Refuse> {
        let qui = &self.qui;
        let demande = qui.tenir_la_mienne(tx, self.revendication).await?;
        let tape = empreinte(demande.id, &regle::code_saisi(&self.code));
        let code = demande.lettre.as_ref().map(|lettre| CodeEnvoye {
            ecrit_le: lettre.ecrite_le,
            essais: lettre.essais,
            juste: lettre.empreinte == tape,
        });
        let a_une_equipe = !qui.equipe(tx, demande.pole).await?.is_empty();
        let lecture =
            regle::lire_le_code(demande.tranchee(), code, a_une_equipe, qui.recu_le.0).refuse()?;
        let comptes = match lecture {
            regle::Lecture::Juste => {
                qui.accepter(tx, &demande).await?;
                vec![demande.par]
            }
            // Counted, so that the code cannot be guessed: a refusal would leave nothing.
            regle::Lecture::Faux { .. } => {
                store::record_essai(tx, demande.id).await?;
                Vec::new()
            }
        };
        let suite = Suite { demande, comptes };
        Ok(Essai { suite, lecture })
    }

    fn entrees(&self, fait: &Essai) -> Vec<Entree> {
        let motif = match fait.lecture {
            regle::Lecture::Juste => "acceptee",
            regle::Lecture::Faux { .. } => "code_faux",
        };
        let suite = &fait.suite;
        let entree = self.qui.inscrire("code_de_revendication", &suite.demande);
        let mut entrees = vec![entree.motif(motif)];
        entrees.extend(self.qui.inscrire_l_equipe("habilitation", &suite.comptes));
        entrees
    }
}

impl Acte for Retirer {
    type Fait = Suite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let qui = &self.qui;
        let (par, le) = (qui.par.compte, qui.recu_le.0);
        let demande = qui.tenir_la_mienne(tx, self.revendication).await?;
        let membres = qui.equipe(tx, demande.pole).await?;
        let equipe = Equipe {
            membres: membres.into_iter().map(|m| (m.compte, m.place)).collect(),
        };
        let comptes = match regle::retirer(demande.etat.issue(), &equipe, par).refuse()? {
            regle::Retrait::Attente => {
                store::record_retrait(tx, demande.id, par, le).await?;
                Vec::new()
            }
            regle::Retrait::Place => {
                let motif = "Retirée par la personne elle-même.";
                store::record_reprise(tx, demande.id, motif, par, le).await?;
                comptes::quitter_l_equipe(tx, par, demande.pole, le).await?;
                vec![par]
            }
        };
        Ok(Suite { demande, comptes })
    }

    fn entrees(&self, fait: &Suite) -> Vec<Entree> {
        let mut entrees = vec![self.qui.inscrire("retrait_de_revendication", &fait.demande)];
        entrees.extend(
            self.qui
                .inscrire_l_equipe("fin_habilitation", &fait.comptes),
        );
        entrees
    }
}

impl Acte for Repondre {
    type Fait = Suite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let demande = qui.tenir_celle_d_un_autre(tx, self.revendication).await?;
        let reponse = regle::repondre(demande.tranchee(), self.accepter, &self.motif).refuse()?;
        let comptes = match &reponse {
            Reponse::Acceptee => {
                qui.accepter(tx, &demande).await?;
                vec![demande.par]
            }
            Reponse::Refusee { motif } => {
                let par = qui.par.compte;
                store::record_reponse(tx, demande.id, (&reponse, false), par, le).await?;
                let phrase = format!(
                    "La cellule ne confirme pas que ce pôle est le vôtre.\nLe motif : {motif}"
                );
                qui.ecrire_a(tx, &demande.courriel, &demande, &phrase)
                    .await?;
                Vec::new()
            }
        };
        Ok(Suite { demande, comptes })
    }

    fn entrees(&self, fait: &Suite) -> Vec<Entree> {
        let issue = if self.accepter { "acceptee" } else { "refusee" };
        let entree = self
            .qui
            .inscrire("reponse_a_une_revendication", &fait.demande);
        let mut entrees = vec![entree.motif(issue)];
        entrees.extend(self.qui.inscrire_l_equipe("habilitation", &fait.comptes));
        entrees
    }
}

impl Acte for Ecrire {
    type Fait = LettreEcrite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<LettreEcrite, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let demande = qui.tenir_celle_d_un_autre(tx, self.revendication).await?;
        let adresse = regle::ecrire(demande.tranchee(), &self.adresse).refuse()?;
        let code = alea::code::<SIGNES_DU_CODE>(ALPHABET_DU_CODE);
        let empreinte = empreinte(demande.id, &code);
        store::record_lettre(tx, demande.id, &adresse.join("\n"), empreinte, le).await?;
        Ok(LettreEcrite {
            demande,
            adresse,
            code,
        })
    }

    fn entrees(&self, fait: &LettreEcrite) -> Vec<Entree> {
        vec![self.qui.inscrire("lettre_de_revendication", &fait.demande)]
    }
}

impl Acte for Poster {
    type Fait = Suite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let demande = qui.tenir_celle_d_un_autre(tx, self.revendication).await?;
        regle::poster(demande.tranchee(), demande.lettre.is_some()).refuse()?;
        store::record_envoi(tx, demande.id, le).await?;
        qui.ecrire_a(
            tx,
            &demande.courriel,
            &demande,
            "Une lettre part à l’adresse de la structure porteuse. Tapez sur la page ci-dessous le code qu’elle contient.",
        )
        .await?;
        Ok(Suite {
            demande,
            comptes: Vec::new(),
        })
    }

    fn entrees(&self, fait: &Suite) -> Vec<Entree> {
        vec![self.qui.inscrire("envoi_de_lettre", &fait.demande)]
    }
}

impl Acte for Reprendre {
    type Fait = Suite;
    type Refus = RefusRevendication;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Suite, Refuse> {
        let (qui, le) = (&self.qui, self.qui.recu_le.0);
        let demande = qui.tenir_celle_d_un_autre(tx, self.revendication).await?;
        let motif = regle::reprendre(demande.etat.issue() == regle::Issue::Acceptee, &self.motif)
            .refuse()?;
        store::record_reprise(tx, demande.id, &motif, qui.par.compte, le).await?;
        let partent = self.partent(tx, &demande).await?;
        for membre in &partent {
            comptes::quitter_l_equipe(tx, membre.compte, demande.pole, le).await?;
            let phrase = format!(
                "La cellule de la région reprend la place qu’une revendication avait donnée : vous n’êtes plus dans l’équipe de ce pôle.\nLe motif : {motif}"
            );
            qui.ecrire_a(tx, &membre.courriel, &demande, &phrase)
                .await?;
        }
        Ok(Suite {
            comptes: partent.into_iter().map(|membre| membre.compte).collect(),
            demande,
        })
    }

    fn entrees(&self, fait: &Suite) -> Vec<Entree> {
        let entree = self.qui.inscrire("reprise_de_revendication", &fait.demande);
        let mut entrees = vec![entree];
        entrees.extend(
            self.qui
                .inscrire_l_equipe("fin_habilitation", &fait.comptes),
        );
        entrees
    }
}

impl Reprendre {
    /// Who leaves with that claim: its author, and, when it made the team, those
    /// it brought in. Whoever stands by a claim of their own stays.
    async fn partent(&self, tx: &mut Tx, demande: &Demande) -> Result<Vec<MembreEquipe>, Panne> {
        let restent = store::autres_acceptees(tx, demande.pole, demande.id).await?;
        let mut equipe = self.qui.equipe(tx, demande.pole).await?;
        equipe.retain(|membre| {
            membre.compte == demande.par || (demande.premiere && !restent.contains(&membre.compte))
        });
        Ok(equipe)
    }
}
