//! Declaring a pole that the register does not know: somebody of its team says
//! what it is, those who answer for its region put it in the register or refuse
//! it with a reason. There is no official title: any collective that meets the
//! definition may say it is one (dispositif, § 1.4).

use std::borrow::Cow;

use super::{
    Information,
    correction::phrase_illisible,
    revendication::{FONCTION_AU_PLUS, Reponse},
};
use crate::commun::{Raison, Refus, SANS_NOM, parle_par_ses_raisons, porte_une_adresse};

/// How many declarations of one person may wait at once.
pub const EN_ATTENTE_AU_PLUS: usize = 3;

/// A value as typed, in the words of the record; or why it has none.
pub type Saisi<'a> = Result<&'a str, &'a str>;

/// What somebody types of their pole.
#[derive(Debug, Clone, Copy)]
pub struct Saisie<'a> {
    /// The name it goes by.
    pub nom: &'a str,
    /// The code of its commune: its region says which cell answers.
    pub commune: Saisi<'a>,
    /// Who carries it, as [`super::Porteuse`] writes it.
    pub porteuse: Saisi<'a>,
    /// What it does.
    pub presentation: &'a str,
    /// Its own site.
    pub site: &'a str,
    /// What this person does for it.
    pub fonction: &'a str,
}

/// A pole that declares itself; what is not known is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The name it goes by.
    pub nom: String,
    /// The code of its commune.
    pub commune: String,
    /// Who carries it, as [`super::Porteuse`] writes it.
    pub porteuse: Option<String>,
    /// What it does.
    pub presentation: Option<String>,
    /// Its own site.
    pub site: Option<String>,
    /// What the person who declares it does for it.
    pub fonction: String,
}

/// Why a pole is not declared, or a declaration not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusDeclaration {
    /// What cannot be kept: each field, and why.
    Illisible(Vec<(&'static str, Cow<'static, str>)>),
    /// The text of that field names somebody, and everybody would read it.
    NommeQuelquUn(&'static str),
    /// This person waits for too many answers.
    TropEnAttente,
    /// Records look like it, and nobody said that they are others.
    PeutEtreLa,
    /// Somebody answered, or it was taken back.
    DejaTranchee,
    /// A refusal says why.
    MotifAttendu,
}

impl Declaration {
    /// Reads what was typed; says all that is wrong at once.
    pub fn lire(saisie: Saisie<'_>, en_attente: usize) -> Result<Self, RefusDeclaration> {
        if en_attente >= EN_ATTENTE_AU_PLUS {
            return Err(RefusDeclaration::TropEnAttente);
        }
        let mut fautes = Vec::new();
        let mut lire = |ancre, information: Information, saisi: Saisi<'_>| {
            let lu = saisi.map_err(|faute| Cow::from(faute.to_owned()));
            match lu.and_then(|saisi| information.lire(saisi)) {
                Ok(valeur) => valeur,
                Err(faute) => {
                    fautes.push((ancre, faute));
                    None
                }
            }
        };
        let nom = lire("pole", Information::Nom, Ok(saisie.nom));
        let commune = lire("commune", Information::Commune, saisie.commune);
        let sans_commune = commune.is_none() && saisie.commune.is_ok();
        let porteuse = lire("valeur", Information::Porteuse, saisie.porteuse);
        let presentation = lire(
            "presentation",
            Information::Presentation,
            Ok(saisie.presentation),
        );
        let site = lire("site", Information::Site, Ok(saisie.site));
        if sans_commune {
            let phrase = "Indiquez la commune du pôle : la cellule de sa région lui répond.";
            fautes.push(("commune", phrase.into()));
        }
        let fonction = saisie.fonction.trim();
        if fonction.is_empty()
            || fonction.chars().count() > FONCTION_AU_PLUS
            || porte_une_adresse(fonction)
        {
            let phrase = "Dites ce que vous faites pour le pôle, en 120 signes au plus.";
            fautes.push(("fonction", phrase.into()));
        }
        match (nom, commune) {
            (Some(nom), Some(commune)) if fautes.is_empty() => Ok(Self {
                nom,
                commune,
                porteuse,
                presentation,
                site,
                fonction: fonction.to_owned(),
            }),
            _ => Err(RefusDeclaration::Illisible(fautes)),
        }
    }

    /// Whether it may be sent: records look like it (`semblables`), unless the
    /// person read them and says that they are other poles.
    pub const fn envoyer(&self, semblables: bool, autres: bool) -> Result<(), RefusDeclaration> {
        match semblables && !autres {
            true => Err(RefusDeclaration::PeutEtreLa),
            false => Ok(()),
        }
    }
}

/// Answers a declaration; a refusal says why.
pub fn repondre(tranchee: bool, accepter: bool, motif: &str) -> Result<Reponse, RefusDeclaration> {
    let motif = motif.trim();
    match (tranchee, accepter) {
        (true, _) => Err(RefusDeclaration::DejaTranchee),
        (false, true) => Ok(Reponse::Acceptee),
        (false, false) if phrase_illisible(motif) => Err(RefusDeclaration::MotifAttendu),
        (false, false) => Ok(Reponse::Refusee {
            motif: motif.to_owned(),
        }),
    }
}

impl Refus for RefusDeclaration {
    fn raisons(&self) -> Vec<Raison> {
        match self {
            Self::Illisible(fautes) => fautes
                .iter()
                .map(|&(ancre, ref phrase)| Raison::new(ancre, phrase.clone()).ancre(ancre))
                .collect(),
            Self::NommeQuelquUn(ancre) => vec![Raison::new("nomme", SANS_NOM).ancre(*ancre)],
            Self::TropEnAttente => vec![
                Raison::new(
                    "en_attente",
                    "Trois de vos déclarations attendent déjà une réponse.",
                )
                .remede("Attendez la réponse, ou retirez-en une."),
            ],
            Self::PeutEtreLa => vec![
                Raison::new("autres", "Ce pôle existe peut-être déjà.")
                    .remede("Regardez les fiches ci-dessous : si l’une est la vôtre, revendiquez-la ; sinon, dites-le.")
                    .ancre("autres"),
            ],
            Self::DejaTranchee => vec![Raison::new(
                "deja_tranchee",
                "Cette déclaration a déjà sa réponse, ou elle est retirée.",
            )],
            Self::MotifAttendu => vec![
                Raison::new(
                    "motif",
                    "Donnez le motif, en 400 signes au plus et sans adresse de courriel : il sera lu.",
                )
                .ancre("motif"),
            ],
        }
    }
}

parle_par_ses_raisons!(RefusDeclaration);

#[cfg(test)]
mod tests {
    use super::*;

    const RIVES: Saisie<'_> = Saisie {
        nom: "Pôle du Chenal",
        commune: Ok("29151"),
        porteuse: Ok("||||"),
        presentation: "",
        site: "",
        fonction: "Animatrice",
    };

    #[test]
    fn une_declaration_tient_a_un_nom_une_commune_et_une_fonction() {
        let lue = Declaration::lire(RIVES, 0).unwrap();
        assert_eq!((lue.nom.as_str(), lue.porteuse), ("Pôle du Chenal", None));
        let vide = Saisie {
            nom: " ",
            commune: Ok(""),
            site: "chenal",
            fonction: "",
            ..RIVES
        };
        let refus = Declaration::lire(vide, 0).unwrap_err();
        let ancres: Vec<_> = refus
            .raisons()
            .into_iter()
            .filter_map(|r| r.ancre)
            .collect();
        assert_eq!(ancres, ["pole", "site", "commune", "fonction"]);
        let ailleurs = Saisie {
            commune: Err("Aucune commune ne porte ce nom."),
            ..RIVES
        };
        assert_eq!(
            Declaration::lire(ailleurs, 0).unwrap_err().raisons().len(),
            1
        );
        assert_eq!(
            Declaration::lire(RIVES, 3),
            Err(RefusDeclaration::TropEnAttente)
        );
    }

    #[test]
    fn un_pole_qui_ressemble_a_un_autre_se_compare_avant_de_s_envoyer() {
        let lue = Declaration::lire(RIVES, 0).unwrap();
        assert_eq!(lue.envoyer(false, false), Ok(()));
        assert_eq!(lue.envoyer(true, false), Err(RefusDeclaration::PeutEtreLa));
        assert_eq!(lue.envoyer(true, true), Ok(()));
    }

    #[test]
    fn un_refus_se_motive_et_ne_se_donne_qu_une_fois() {
        assert_eq!(repondre(false, true, ""), Ok(Reponse::Acceptee));
        assert_eq!(
            repondre(false, false, " "),
            Err(RefusDeclaration::MotifAttendu)
        );
        assert_eq!(
            repondre(true, true, ""),
            Err(RefusDeclaration::DejaTranchee)
        );
    }
}
