//! Why a claim does not go on, in the words of whoever makes it.

use crate::{
    commun::{Raison, Refus, parle_par_ses_raisons},
    poles::SansPreuve,
};

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
                        "Dites ce que vous faites pour le pôle, en 120 signes au plus et sans adresse de courriel.",
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
                    "Donnez le motif, en 400 signes au plus et sans adresse de courriel : la personne le lira.",
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
