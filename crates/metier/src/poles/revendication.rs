//! Claiming a record: somebody says that a pole is theirs and proves it, by
//! the domain of their address, by a code that came by post, or by the word of
//! the cell. Accepted, they answer for the pole.
//!
//! Once a pole has a team, only the cell accepts somebody more: the team gives
//! its own people their place without a claim.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Equipe, PHRASE_AU_PLUS, SansPreuve, domaine};
use crate::{
    commun::{Raison, Refus, parle_par_ses_raisons},
    liste_fermee,
};

liste_fermee! {
    /// How somebody proves that a pole is theirs.
    pub enum Preuve {
        /// Their address is at the domain of the record's site.
        Domaine = "domaine", "Mon adresse est au nom de domaine du site du pôle";
        /// A code sent to the address of the carrying structure.
        Courrier = "courrier", "Une lettre, avec un code, à l’adresse de la structure porteuse";
        /// The cell of the region knows who they are.
        Cellule = "cellule", "La parole de la cellule de la région";
    }
}

/// How long what somebody does for the pole may be, in signs.
pub const FONCTION_AU_PLUS: usize = 120;
/// How many claims of one person may wait at once.
pub const EN_ATTENTE_AU_PLUS: usize = 5;
/// How many times the code of a letter may be tried.
pub const ESSAIS_AU_PLUS: i64 = 5;
/// How many signs a code has.
pub const SIGNES_DU_CODE: usize = 10;
/// The signs of a code: none that reads as another one.
pub const ALPHABET_DU_CODE: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// How long the code of a letter may be used.
pub fn validite_du_code() -> SignedDuration {
    SignedDuration::from_hours(60 * 24)
}

/// What is known of a pole when somebody claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation<'a> {
    /// Its own site, as the record says it.
    pub site: Option<&'a str>,
    /// That site stands there because this very person proposed it.
    pub site_du_demandeur: bool,
    /// Somebody is of its team.
    pub a_une_equipe: bool,
    /// This very person is.
    pub est_de_l_equipe: bool,
    /// This very person waits for an answer about it.
    pub deja_demandee: bool,
    /// How many answers this person waits for, of all poles.
    pub en_attente: usize,
}

/// A claim that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revendication {
    /// What the person does for the pole.
    pub fonction: String,
    /// How they prove it.
    pub preuve: Preuve,
    /// Proved at once: nobody has to answer.
    pub acquise: bool,
}

/// The code of a letter, when somebody types one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeEnvoye {
    /// When the letter was written.
    pub ecrit_le: Timestamp,
    /// How many wrong codes were typed.
    pub essais: i64,
    /// Whether what was typed is the code.
    pub juste: bool,
}

/// What a typed code leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecture {
    /// The right one.
    Juste,
    /// A wrong one; how many tries are left.
    Faux {
        /// Tries left.
        restent: i64,
    },
}

impl Lecture {
    /// What to say of a wrong code, beside its field.
    pub fn raison(self) -> Raison {
        let restent = match self {
            Self::Juste | Self::Faux { restent: ..=0 } => "C’était le dernier essai.".to_owned(),
            Self::Faux { restent: 1 } => "Il reste un essai.".to_owned(),
            Self::Faux { restent } => format!("Il reste {restent} essais."),
        };
        Raison::new("code_faux", "Ce n’est pas le code de la lettre.")
            .remede(restent)
            .ancre("code")
    }
}

/// What becomes of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reponse {
    /// The person answers for the pole.
    Acceptee,
    /// They do not, for this reason, which they read.
    Refusee {
        /// The reason.
        motif: String,
    },
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// Nobody answered yet.
    EnAttente,
    /// Its author answers for the pole by it.
    Acceptee,
    /// Refused, or taken back: it gives nothing.
    Close,
}

/// What its author gives up by taking a claim back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retrait {
    /// An answer they were waiting for.
    Attente,
    /// Their place in the team.
    Place,
}

/// Why a claim does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefusRevendication {
    /// What is missing on the form, all at once.
    Incomplete {
        /// Nobody says what they do for the pole, or at too great a length.
        fonction: bool,
        /// No proof is chosen.
        preuve: bool,
    },
    /// A real pole, in an invented world.
    PoleReel,
    /// The person is of the team.
    DejaDansLEquipe,
    /// The person waits for an answer about this pole.
    DejaDemandee,
    /// The person waits for too many answers.
    TropEnAttente,
    /// The pole has a team: the cell alone decides.
    EquipeDejaLa,
    /// The address proves nothing.
    DomaineSansPreuve(SansPreuve),
    /// The site of the record comes from the person themselves.
    SiteDuDemandeur,
    /// Somebody answered, or the person took the claim back.
    DejaTranchee,
    /// No letter was written.
    SansLettre,
    /// The code may be used no more: too old, or tried too often.
    CodeMort,
    /// A letter without the address it goes to, or with one too long.
    AdresseAttendue,
    /// A reason is missing, or too long.
    MotifAttendu,
    /// The claim gives nothing any more.
    DejaReprise,
    /// Others are of the team, and nobody else answers for the pole.
    DernierResponsable,
}

impl Revendication {
    /// Decides whether this person may claim that pole so.
    pub fn demander(
        (fonction, preuve): (&str, Option<Preuve>),
        courriel: &str,
        situation: Situation<'_>,
    ) -> Result<Self, RefusRevendication> {
        use RefusRevendication as R;
        if situation.est_de_l_equipe {
            return Err(R::DejaDansLEquipe);
        }
        if situation.deja_demandee {
            return Err(R::DejaDemandee);
        }
        if situation.en_attente >= EN_ATTENTE_AU_PLUS {
            return Err(R::TropEnAttente);
        }
        let fonction = fonction.trim();
        let illisible = fonction.is_empty() || fonction.chars().count() > FONCTION_AU_PLUS;
        let preuve = match preuve {
            Some(preuve) if !illisible => preuve,
            _ => {
                return Err(R::Incomplete {
                    fonction: illisible,
                    preuve: preuve.is_none(),
                });
            }
        };
        if situation.a_une_equipe && preuve != Preuve::Cellule {
            return Err(R::EquipeDejaLa);
        }
        if preuve == Preuve::Domaine {
            domaine::prouve(courriel, situation.site).map_err(R::DomaineSansPreuve)?;
            if situation.site_du_demandeur {
                return Err(R::SiteDuDemandeur);
            }
        }
        Ok(Self {
            fonction: fonction.to_owned(),
            preuve,
            acquise: preuve == Preuve::Domaine,
        })
    }
}

/// Reads the code a person typed. A wrong one counts; a dead one is not tried.
pub fn lire_le_code(
    tranchee: bool,
    code: Option<CodeEnvoye>,
    a_une_equipe: bool,
    le: Timestamp,
) -> Result<Lecture, RefusRevendication> {
    use RefusRevendication as R;
    if tranchee {
        return Err(R::DejaTranchee);
    }
    let code = code.ok_or(R::SansLettre)?;
    if !code_vivant(code.ecrit_le, code.essais, le) {
        return Err(R::CodeMort);
    }
    match code.juste {
        true if a_une_equipe => Err(R::EquipeDejaLa),
        true => Ok(Lecture::Juste),
        false => Ok(Lecture::Faux {
            restent: ESSAIS_AU_PLUS - code.essais - 1,
        }),
    }
}

/// Whether the code of a letter may still be used.
pub fn code_vivant(ecrit_le: Timestamp, essais: i64, le: Timestamp) -> bool {
    essais < ESSAIS_AU_PLUS && le < ecrit_le + validite_du_code()
}

/// The code as people copy it: small letters, spaces and dashes allowed.
pub fn code_saisi(texte: &str) -> String {
    let signes = texte.chars().filter(char::is_ascii_alphanumeric);
    signes.map(|signe| signe.to_ascii_uppercase()).collect()
}

/// Decides on the letter to write: where it goes, on one to six lines.
pub fn ecrire(tranchee: bool, adresse: &str) -> Result<Vec<String>, RefusRevendication> {
    let lignes: Vec<String> = adresse
        .lines()
        .map(str::trim)
        .filter(|ligne| !ligne.is_empty())
        .map(str::to_owned)
        .collect();
    let signes: usize = lignes.iter().map(|ligne| ligne.chars().count()).sum();
    match tranchee {
        true => Err(RefusRevendication::DejaTranchee),
        false if (1..=6).contains(&lignes.len()) && signes <= PHRASE_AU_PLUS => Ok(lignes),
        false => Err(RefusRevendication::AdresseAttendue),
    }
}

/// Decides whether a letter may be said to be posted.
pub fn poster(tranchee: bool, ecrite: bool) -> Result<(), RefusRevendication> {
    match (tranchee, ecrite) {
        (true, _) => Err(RefusRevendication::DejaTranchee),
        (false, false) => Err(RefusRevendication::SansLettre),
        (false, true) => Ok(()),
    }
}

/// Decides whether its author takes a claim back. Alone, they may leave the
/// pole without a team, as it was; others are not left without anybody.
pub fn retirer(issue: Issue, equipe: &Equipe, auteur: Uuid) -> Result<Retrait, RefusRevendication> {
    match issue {
        Issue::EnAttente => Ok(Retrait::Attente),
        Issue::Close => Err(RefusRevendication::DejaTranchee),
        Issue::Acceptee if equipe.membres.len() > 1 && equipe.seul_responsable(auteur) => {
            Err(RefusRevendication::DernierResponsable)
        }
        Issue::Acceptee => Ok(Retrait::Place),
    }
}

/// Decides on a claim by the cell's word.
pub fn repondre(
    tranchee: bool,
    accepter: bool,
    motif: &str,
) -> Result<Reponse, RefusRevendication> {
    match (tranchee, accepter) {
        (true, _) => Err(RefusRevendication::DejaTranchee),
        (false, true) => Ok(Reponse::Acceptee),
        (false, false) => Ok(Reponse::Refusee {
            motif: lire_le_motif(motif)?,
        }),
    }
}

/// Decides whether what a claim gave is taken back; gives the reason.
pub fn reprendre(debout: bool, motif: &str) -> Result<String, RefusRevendication> {
    match debout {
        true => lire_le_motif(motif),
        false => Err(RefusRevendication::DejaReprise),
    }
}

fn lire_le_motif(motif: &str) -> Result<String, RefusRevendication> {
    let motif = motif.trim();
    match motif.is_empty() || motif.chars().count() > PHRASE_AU_PLUS {
        true => Err(RefusRevendication::MotifAttendu),
        false => Ok(motif.to_owned()),
    }
}

impl Refus for RefusRevendication {
    fn raisons(&self) -> Vec<Raison> {
        let une = |code, phrase: &str, remede: &str| match remede {
            "" => vec![Raison::new(code, phrase)],
            remede => vec![Raison::new(code, phrase).remede(remede)],
        };
        let preuve = |code, phrase: &str| {
            vec![
                Raison::new(code, phrase)
                    .remede("Choisissez une lettre, ou la parole de la cellule.")
                    .ancre("preuve"),
            ]
        };
        match self {
            Self::Incomplete { fonction, preuve } => {
                let fonction = fonction.then(|| {
                    Raison::new(
                        "fonction",
                        "Dites ce que vous faites pour le pôle, en 120 signes au plus.",
                    )
                    .ancre("fonction")
                });
                let preuve = preuve
                    .then(|| Raison::new("preuve", "Choisissez une preuve.").ancre("preuve"));
                fonction.into_iter().chain(preuve).collect()
            }
            Self::PoleReel => une(
                "pole_reel",
                "Ce pôle existe : dans cette démonstration, il ne se revendique pas.",
                "Essayez sur un pôle marqué « Inventé ».",
            ),
            Self::DejaDansLEquipe => une(
                "deja_dans_l_equipe",
                "Vous êtes déjà dans l’équipe de ce pôle.",
                "Une autre place se demande à la personne responsable.",
            ),
            Self::DejaDemandee => une(
                "deja_demandee",
                "Votre demande sur ce pôle attend déjà une réponse.",
                "Retirez-la d’abord si vous voulez prouver autrement.",
            ),
            Self::TropEnAttente => une(
                "trop_en_attente",
                "Cinq de vos demandes attendent déjà une réponse.",
                "Retirez-en une, ou attendez.",
            ),
            Self::EquipeDejaLa => vec![
                Raison::new(
                    "equipe_deja_la",
                    "Ce pôle a déjà une équipe : la cellule de la région est seule à pouvoir vous y ajouter.",
                )
                .remede("Demandez plutôt à la personne responsable de vous associer, ou choisissez la parole de la cellule.")
                .ancre("preuve"),
            ],
            Self::DomaineSansPreuve(SansPreuve::SansSite) => {
                preuve("sans_site", "La fiche ne dit pas le site du pôle : votre adresse ne prouve rien.")
            }
            Self::DomaineSansPreuve(SansPreuve::Partage) => preuve(
                "domaine_partage",
                "N’importe qui peut avoir une adresse ou une page à ce nom de domaine : elle ne prouve rien.",
            ),
            Self::DomaineSansPreuve(SansPreuve::Autre) => preuve(
                "autre_domaine",
                "L’adresse de votre compte n’est pas au nom de domaine du site du pôle.",
            ),
            Self::SiteDuDemandeur => preuve(
                "site_du_demandeur",
                "C’est vous qui avez indiqué ce site sur la fiche : il ne prouve rien pour vous.",
            ),
            Self::DejaTranchee => une(
                "deja_tranchee",
                "Cette demande n’attend plus de réponse.",
                "",
            ),
            Self::SansLettre => une(
                "sans_lettre",
                "Aucune lettre n’est encore écrite.",
                "La cellule de la région l’écrit ; vous en serez prévenu par courriel.",
            ),
            Self::CodeMort => vec![
                Raison::new(
                    "code_mort",
                    "Ce code ne vaut plus : il a plus de 60 jours, ou a été essayé cinq fois.",
                )
                .remede("La cellule de la région peut vous écrire de nouveau, ou répondre elle-même.")
                .ancre("code"),
            ],
            Self::AdresseAttendue => vec![
                Raison::new(
                    "adresse",
                    "Indiquez l’adresse de la structure, en six lignes et 400 signes au plus.",
                )
                .ancre("adresse"),
            ],
            Self::MotifAttendu => vec![
                Raison::new(
                    "motif",
                    "Donnez le motif, en 400 signes au plus : la personne le lira.",
                )
                .ancre("motif"),
            ],
            Self::DernierResponsable => une(
                "dernier_responsable",
                "Personne d’autre ne répond du pôle.",
                "Donnez d’abord cette place à une autre personne de l’équipe.",
            ),
            Self::DejaReprise => une(
                "deja_reprise",
                "Cette revendication ne donne plus aucun droit.",
                "",
            ),
        }
    }
}

parle_par_ses_raisons!(RefusRevendication);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poles::Place;
    use RefusRevendication as R;

    const LIBRE: Situation<'static> = Situation {
        site: Some("https://rives.example"),
        site_du_demandeur: false,
        a_une_equipe: false,
        est_de_l_equipe: false,
        deja_demandee: false,
        en_attente: 0,
    };

    fn demander(preuve: Preuve, situation: Situation<'_>) -> Result<Revendication, R> {
        Revendication::demander(
            ("Présidente", Some(preuve)),
            "solene@rives.example",
            situation,
        )
    }

    fn le(texte: &str) -> Timestamp {
        texte.parse().unwrap()
    }

    #[test]
    fn le_domaine_du_site_suffit_les_autres_preuves_attendent() {
        for (preuve, acquise) in [
            (Preuve::Domaine, true),
            (Preuve::Courrier, false),
            (Preuve::Cellule, false),
        ] {
            assert_eq!(demander(preuve, LIBRE).map(|r| r.acquise), Ok(acquise));
        }
    }

    #[test]
    fn une_demande_dit_d_un_coup_ce_qui_lui_manque() {
        let refus = Revendication::demander((" ", None), "a@b.example", LIBRE).unwrap_err();
        let ancres: Vec<_> = refus
            .raisons()
            .into_iter()
            .filter_map(|r| r.ancre)
            .collect();
        assert_eq!(ancres, ["fonction", "preuve"]);
    }

    #[test]
    fn un_pole_qui_a_une_equipe_ne_se_donne_que_par_la_cellule() {
        let habite = Situation {
            a_une_equipe: true,
            ..LIBRE
        };
        for preuve in [Preuve::Domaine, Preuve::Courrier] {
            assert_eq!(demander(preuve, habite), Err(R::EquipeDejaLa));
        }
        assert!(demander(Preuve::Cellule, habite).is_ok());
    }

    #[test]
    fn le_site_que_l_on_a_indique_soi_meme_ne_prouve_rien() {
        let sien = Situation {
            site_du_demandeur: true,
            ..LIBRE
        };
        assert_eq!(demander(Preuve::Domaine, sien), Err(R::SiteDuDemandeur));
        assert!(demander(Preuve::Courrier, sien).is_ok());
    }

    #[test]
    fn on_ne_demande_ni_deux_fois_ni_trop_ni_ce_que_l_on_a() {
        let cas = [
            (
                Situation {
                    est_de_l_equipe: true,
                    ..LIBRE
                },
                R::DejaDansLEquipe,
            ),
            (
                Situation {
                    deja_demandee: true,
                    ..LIBRE
                },
                R::DejaDemandee,
            ),
            (
                Situation {
                    en_attente: 5,
                    ..LIBRE
                },
                R::TropEnAttente,
            ),
        ];
        for (situation, refus) in cas {
            assert_eq!(demander(Preuve::Cellule, situation), Err(refus));
        }
    }

    #[test]
    fn un_code_vaut_soixante_jours_et_cinq_essais() {
        let code = CodeEnvoye {
            ecrit_le: le("2024-04-02T08:00:00Z"),
            essais: 0,
            juste: true,
        };
        let lire = |code, quand: &str| lire_le_code(false, Some(code), false, le(quand));
        assert_eq!(lire(code, "2024-06-01T07:59:59Z"), Ok(Lecture::Juste));
        assert_eq!(lire(code, "2024-06-01T08:00:00Z"), Err(R::CodeMort));
        let faux = CodeEnvoye {
            juste: false,
            essais: 3,
            ..code
        };
        assert_eq!(
            lire(faux, "2024-04-09T08:00:00Z"),
            Ok(Lecture::Faux { restent: 1 })
        );
        let epuise = CodeEnvoye { essais: 5, ..code };
        assert_eq!(lire(epuise, "2024-04-09T08:00:00Z"), Err(R::CodeMort));
    }

    #[test]
    fn un_code_juste_ne_passe_pas_devant_une_equipe_venue_depuis() {
        let code = CodeEnvoye {
            ecrit_le: le("2024-04-02T08:00:00Z"),
            essais: 0,
            juste: true,
        };
        let lu = lire_le_code(false, Some(code), true, code.ecrit_le);
        assert_eq!(lu, Err(R::EquipeDejaLa));
        assert_eq!(
            lire_le_code(true, Some(code), false, code.ecrit_le),
            Err(R::DejaTranchee)
        );
        assert_eq!(
            lire_le_code(false, None, false, code.ecrit_le),
            Err(R::SansLettre)
        );
    }

    #[test]
    fn un_code_se_recopie_en_minuscules_et_avec_des_espaces() {
        assert_eq!(code_saisi(" k7qm3-d2fxa "), "K7QM3D2FXA");
        for ambigu in [b'0', b'O', b'1', b'I'] {
            assert!(!ALPHABET_DU_CODE.contains(&ambigu));
        }
    }

    #[test]
    fn une_lettre_a_une_adresse() {
        assert_eq!(
            ecrire(false, "Les Rives\n\n 1 quai \n29600 Morlaix"),
            Ok(vec![
                "Les Rives".into(),
                "1 quai".into(),
                "29600 Morlaix".into()
            ])
        );
        for illisible in ["", " \n ", &"1 quai\n".repeat(7), &"é".repeat(401)] {
            assert_eq!(ecrire(false, illisible), Err(R::AdresseAttendue));
        }
    }

    #[test]
    fn on_se_retire_sauf_a_laisser_les_autres_sans_responsable() {
        let (moi, autre) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let seul = Equipe {
            membres: vec![(moi, Place::Responsable)],
        };
        let mut a_deux = seul.clone();
        a_deux.membres.push((autre, Place::Lecture));
        assert_eq!(
            retirer(Issue::EnAttente, &a_deux, moi),
            Ok(Retrait::Attente)
        );
        assert_eq!(retirer(Issue::Acceptee, &seul, moi), Ok(Retrait::Place));
        assert_eq!(
            retirer(Issue::Acceptee, &a_deux, moi),
            Err(R::DernierResponsable)
        );
        assert_eq!(retirer(Issue::Close, &seul, moi), Err(R::DejaTranchee));
    }

    #[test]
    fn un_refus_et_une_reprise_se_motivent() {
        assert_eq!(repondre(false, true, ""), Ok(Reponse::Acceptee));
        assert_eq!(repondre(false, false, " "), Err(R::MotifAttendu));
        assert_eq!(repondre(true, true, ""), Err(R::DejaTranchee));
        assert_eq!(reprendre(true, ""), Err(R::MotifAttendu));
        assert_eq!(reprendre(false, "erreur"), Err(R::DejaReprise));
    }
}
