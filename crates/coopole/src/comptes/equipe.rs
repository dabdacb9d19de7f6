//! The acts by which a pole gives its own people their place: associate,
//! replace, take out. Each is told by mail to the person it concerns.

use metier::{
    commun::typographie,
    poles::{Equipe, Place, RefusEquipe},
};
use uuid::Uuid;

use super::store;
use crate::{
    poles,
    socle::{
        acte::Acte,
        courriels::{self, Courriel},
        db::Tx,
        droits::{Droit, Habilitation, Perimetre, Personne, Qualite, Role},
        erreurs::{Echec, Panne, Refusable},
        horloge::RecuLe,
        journal::Entree,
    },
    urls,
};

/// What every act on a team says: who does it, for which pole, and when.
pub struct DansLEquipe {
    pub par: Personne,
    pub pole: Uuid,
    pub nom_du_pole: String,
    pub recu_le: RecuLe,
    /// Where the link of the mail leads: `COOPOLE_URL`.
    pub url: String,
}

/// Associates somebody: `POST /dossiers/{id}/equipe`.
pub struct Associer {
    pub equipe: DansLEquipe,
    pub courriel: String,
    pub nom: String,
    pub place: Option<Place>,
}

/// Gives somebody another place: `POST /dossiers/{id}/equipe/{compte}`.
pub struct Replacer {
    pub equipe: DansLEquipe,
    pub compte: Uuid,
    pub place: Option<Place>,
}

/// Takes somebody out: `POST /dossiers/{id}/equipe/{compte}/fin`.
pub struct Congedier {
    pub equipe: DansLEquipe,
    pub compte: Uuid,
}

/// Somebody's place, from now on.
pub struct Placee {
    pub compte: Uuid,
    pub place: Place,
}

impl DansLEquipe {
    /// Takes the pole, and gives its team to somebody who answers for it.
    async fn prendre(&self, tx: &mut Tx) -> Result<Equipe, Panne> {
        poles::prendre(tx, self.pole).await?;
        self.par
            .exiger(Droit::GererEquipe, Perimetre::Pole(self.pole))?;
        let membres = store::equipe(tx, self.pole, self.recu_le.0).await?;
        Ok(Equipe {
            membres: membres.into_iter().map(|m| (m.compte, m.place)).collect(),
        })
    }

    async fn placer(&self, tx: &mut Tx, compte: Uuid, place: Place) -> Result<(), Panne> {
        let habilitation = Habilitation {
            role: Role::Porteur,
            qualite: Qualite::par_code(place.code()),
            perimetre: Perimetre::Pole(self.pole),
        };
        store::habiliter(tx, compte, habilitation, self.recu_le.0).await
    }

    async fn prevenir(&self, tx: &mut Tx, a: &str, objet: &str, phrase: &str) -> Result<(), Panne> {
        let courriel = Courriel {
            genre: "equipe",
            a: a.to_owned(),
            objet: typographie(&format!("{objet} : {}", self.nom_du_pole)),
            texte: format!(
                "Bonjour,\n\n{}\n\nConnectez-vous avec cette adresse\u{202f}:\n{}{}\n",
                typographie(phrase),
                self.url,
                urls::CONNEXION
            ),
        };
        courriels::enqueue(tx, &courriel, self.recu_le.0)
            .await
            .map(drop)
    }

    fn entree(&self, acte: &'static str, compte: Uuid) -> Entree {
        Entree::new(acte, "compte", compte, self.recu_le.0).par(self.par.compte)
    }
}

impl Acte for Associer {
    type Fait = Placee;
    type Refus = RefusEquipe;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Placee, Echec<RefusEquipe>> {
        let equipe = self.equipe.prendre(tx).await?;
        let connu = store::find_by_courriel(tx, &self.courriel).await?;
        let connu = connu.map(|compte| compte.id);
        let place = equipe
            .associer(connu, (&self.courriel, &self.nom), self.place)
            .refuse()?;
        let le = self.equipe.recu_le.0;
        let compte = match connu {
            Some(compte) => compte,
            None => store::create(tx, &self.courriel, self.nom.trim(), le).await?,
        };
        self.equipe.placer(tx, compte, place).await?;
        let phrase = format!(
            "{} vous associe à l’équipe de « {} ».\nVotre place : {}.",
            self.equipe.par.nom,
            self.equipe.nom_du_pole,
            place.libelle()
        );
        self.equipe
            .prevenir(
                tx,
                &store::plier(&self.courriel),
                "Vous rejoignez l’équipe d’un pôle",
                &phrase,
            )
            .await?;
        Ok(Placee { compte, place })
    }

    fn entrees(&self, fait: &Placee) -> Vec<Entree> {
        let entree = self.equipe.entree("habilitation", fait.compte);
        vec![entree.motif(fait.place.code())]
    }
}

impl Acte for Replacer {
    type Fait = Placee;
    type Refus = RefusEquipe;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Placee, Echec<RefusEquipe>> {
        let equipe = self.equipe.prendre(tx).await?;
        let place = equipe.replacer(self.compte, self.place).refuse()?;
        let (compte, le) = (self.compte, self.equipe.recu_le.0);
        store::quitter_l_equipe(tx, compte, self.equipe.pole, le).await?;
        self.equipe.placer(tx, compte, place).await?;
        let phrase = format!(
            "{} change votre place dans l’équipe de « {} ».\nVotre place : {}.",
            self.equipe.par.nom,
            self.equipe.nom_du_pole,
            place.libelle()
        );
        let a = store::courriel_de(tx, compte).await?;
        self.equipe
            .prevenir(tx, &a, "Votre place dans l’équipe change", &phrase)
            .await?;
        Ok(Placee { compte, place })
    }

    fn entrees(&self, fait: &Placee) -> Vec<Entree> {
        let entree = self.equipe.entree("habilitation", fait.compte);
        vec![entree.motif(fait.place.code())]
    }
}

impl Acte for Congedier {
    type Fait = Uuid;
    type Refus = RefusEquipe;

    async fn accomplir(&self, tx: &mut Tx) -> Result<Uuid, Echec<RefusEquipe>> {
        let equipe = self.equipe.prendre(tx).await?;
        equipe.retirer(self.compte).refuse()?;
        let (compte, le) = (self.compte, self.equipe.recu_le.0);
        store::quitter_l_equipe(tx, compte, self.equipe.pole, le).await?;
        let phrase = format!(
            "Vous n’êtes plus dans l’équipe de « {} ». {} l’a demandé.\nVotre compte reste ouvert.",
            self.equipe.nom_du_pole, self.equipe.par.nom
        );
        let a = store::courriel_de(tx, compte).await?;
        self.equipe
            .prevenir(tx, &a, "Vous quittez l’équipe d’un pôle", &phrase)
            .await?;
        Ok(compte)
    }

    fn entrees(&self, compte: &Uuid) -> Vec<Entree> {
        vec![self.equipe.entree("fin_habilitation", *compte)]
    }
}
