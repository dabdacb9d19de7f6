//! The crossing of the two lists that make a pole counted: the signatories of
//! the Charter and the laureates of the accompaniment call (« phase 1 »).
//!
//! There is no official title, so the networks count whoever is on either list
//! (dispositif, § 1.4, P-03). Not known is a value: a pole is on a list of the
//! census only when what is known is enough to say so, whatever the rest is.

use crate::commun::{Taux, liste_fermee};

liste_fermee! {
    /// Whether a pole is a laureate of the accompaniment call on a date.
    pub enum Laureat {
        /// It is not.
        Non = "non", "non";
        /// It is.
        Oui = "oui", "oui";
        /// It is by today; the source does not say since which day.
        SansJour = "sans-jour", "oui, jour non connu";
        /// It was that year, before or after that date: the source gives the year.
        DansLAnnee = "dans-l-annee", "dans l’année, jour non connu";
        /// It was, some day: the source gives no date.
        SansDate = "sans-date", "date non connue";
        /// The lists it was found in are silent, and they are not whole.
        Inconnu = "inconnu", "non connu";
    }
}

impl Laureat {
    /// Whether it surely is one on that date.
    const fn surement(self) -> bool {
        matches!(self, Self::Oui | Self::SansJour)
    }

    /// Whether what is known leaves it open on that date.
    const fn est_douteux(self) -> bool {
        matches!(self, Self::DansLAnnee | Self::SansDate | Self::Inconnu)
    }
}

/// Why a number is a floor: the poles that one of the lists says nothing of. A
/// floor may be told (« au moins 22 ») and never compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserve {
    /// Whether that many signed is not known.
    Signatures(u64),
    /// Whether that many were laureates is not known.
    Laureats(u64),
}

impl Reserve {
    /// « signature non connue pour 75 pôles »; how the count is written is the
    /// page's to say.
    pub fn en_mots(self, nombre: impl Fn(u64) -> String) -> String {
        let (quoi, combien) = match self {
            Self::Signatures(combien) => ("signature non connue", combien),
            Self::Laureats(combien) => ("succès à l’appel d’accompagnement non connu", combien),
        };
        let poles = if combien > 1 { "pôles" } else { "pôle" };
        format!("{quoi} pour {} {poles}", nombre(combien))
    }
}

/// What the two lists say of a pole on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statut {
    /// Whether its signature of the Charter stands; public lists do not say it.
    pub signataire: Option<bool>,
    /// Whether it is a laureate.
    pub laureat: Laureat,
}

impl Statut {
    /// How many there are.
    pub const COMBIEN: usize = 18;

    /// All of them, each at its rank.
    pub fn tous() -> impl Iterator<Item = Self> {
        let signataires = [Some(false), Some(true), None].into_iter();
        signataires.flat_map(|signataire| {
            Laureat::TOUS.iter().map(move |laureat| Self {
                signataire,
                laureat: *laureat,
            })
        })
    }

    /// What it may be in truth, given what is not known.
    fn possibles(self) -> impl Iterator<Item = Self> {
        let signataires = match self.signataire {
            Some(dit) => [dit; 2],
            None => [false, true],
        };
        let laureats = match self.laureat {
            douteux if douteux.est_douteux() => [Laureat::Non, Laureat::Oui],
            su => [su; 2],
        };
        signataires.into_iter().flat_map(move |signataire| {
            laureats.into_iter().map(move |laureat| Self {
                signataire: Some(signataire),
                laureat,
            })
        })
    }
}

liste_fermee! {
    /// A list behind a number of the census.
    pub enum Liste {
        /// On either list.
        Recenses = "recenses", "Pôles recensés";
        /// On the first.
        Signataires = "signataires", "Signataires de la Charte";
        /// On the second.
        Laureats = "laureats", "Lauréats de l’accompagnement";
        /// On the first only.
        CharteSeule = "charte-seule", "Charte seule";
        /// On both.
        LesDeux = "les-deux", "Les deux";
        /// On the second only: the Charter was to be signed (P-09).
        LaureatsSeuls = "laureats-seuls", "Lauréats seuls";
        /// On one, and the other does not say.
        NonCroises = "non-croises", "Recensés non croisés";
        /// On neither.
        Aucune = "aucune", "Ni l’un ni l’autre";
        /// The first does not say.
        SignatureInconnue = "signature-non-connue", "Signature non connue";
        /// On the second, and the first does not say.
        LaureatsInconnus = "laureats-signature-non-connue", "Lauréats, signature non connue";
        /// On the second by today, since a day nobody gives.
        SansJour = "sans-jour", "Lauréats, jour non connu";
        /// On the second that year, before or after that date.
        DansLAnnee = "dans-l-annee", "Lauréats dans l’année";
        /// The second does not say when.
        SansDate = "sans-date", "Lauréats sans date";
        /// The second does not say at all.
        LaureatInconnu = "laureat-non-connu", "Lauréats ou non, non connu";
    }
}

impl Liste {
    /// The parts of the counted poles: each pole is in one of them.
    pub const PARTS: [Self; 4] = [
        Self::CharteSeule,
        Self::LesDeux,
        Self::LaureatsSeuls,
        Self::NonCroises,
    ];

    /// What is told beside the counts, and only where there is some of it.
    pub const fn est_a_part(self) -> bool {
        matches!(
            self,
            Self::LaureatsInconnus
                | Self::SansJour
                | Self::DansLAnnee
                | Self::SansDate
                | Self::LaureatInconnu
        )
    }

    /// Whether a pole of that status may be on this list without our knowing.
    /// What a list says of our own ignorance is always known.
    pub fn peut_contenir(self, statut: Statut) -> bool {
        let du_monde = matches!(
            self,
            Self::Recenses
                | Self::Signataires
                | Self::Laureats
                | Self::CharteSeule
                | Self::LesDeux
                | Self::LaureatsSeuls
                | Self::Aucune
        );
        du_monde && !self.contient(statut) && statut.possibles().any(|s| self.contient(s))
    }

    /// Whether a pole of that status is on this list for sure.
    pub fn contient(self, statut: Statut) -> bool {
        let Statut {
            signataire,
            laureat,
        } = statut;
        let retenu = laureat.surement();
        let recense = signataire == Some(true) || retenu;
        let croise = signataire.is_some() && (retenu || laureat == Laureat::Non);
        match self {
            Self::Recenses => recense,
            Self::Signataires => signataire == Some(true),
            Self::Laureats => retenu,
            Self::CharteSeule => signataire == Some(true) && laureat == Laureat::Non,
            Self::LesDeux => signataire == Some(true) && retenu,
            Self::LaureatsSeuls => signataire == Some(false) && retenu,
            Self::NonCroises => recense && !croise,
            Self::Aucune => signataire == Some(false) && laureat == Laureat::Non,
            Self::SignatureInconnue => signataire.is_none(),
            Self::LaureatsInconnus => signataire.is_none() && retenu,
            Self::SansJour => laureat == Laureat::SansJour,
            Self::DansLAnnee => laureat == Laureat::DansLAnnee,
            Self::SansDate => laureat == Laureat::SansDate,
            Self::LaureatInconnu => laureat == Laureat::Inconnu,
        }
    }

    /// What is counted, exactly (P-15).
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Recenses => {
                "Signataires de la Charte, lauréats de l’appel d’accompagnement, ou les deux."
            }
            Self::Signataires => {
                "Une signature de la Charte par le pôle, dans l’une de ses versions, vaut à cette date."
            }
            Self::Laureats => {
                "Retenus par l’appel d’accompagnement (« phase 1 ») au plus tard à cette date."
            }
            Self::CharteSeule => "Signataires qui ne sont pas lauréats.",
            Self::LesDeux => "Signataires et lauréats.",
            Self::LaureatsSeuls => "Lauréats qui n’ont pas signé la Charte.",
            Self::NonCroises => "Recensés par l’une des listes, quand l’autre ne dit rien d’eux.",
            Self::Aucune => "Inscrits au registre sans être signataires ni lauréats.",
            Self::SignatureInconnue => {
                "Aucune liste ne dit s’ils avaient signé la Charte à cette date."
            }
            Self::LaureatsInconnus => {
                "Lauréats dont aucune liste ne dit s’ils avaient signé la Charte."
            }
            Self::SansJour => {
                "Lauréats aujourd’hui, sans que la source dise depuis quel jour. Ils comptent aujourd’hui, \
                 et à aucune date passée que la source ne permet pas d’affirmer."
            }
            Self::DansLAnnee => {
                "Retenus cette année-là, à un jour que la source ne donne pas : avant ou après cette date. \
                 Ils comptent à partir du 1er janvier suivant."
            }
            Self::SansDate => {
                "Retenus à une date que la source ne donne pas : rien ne dit s’ils l’étaient déjà à celle-ci. \
                 Ils comptent à la date d’aujourd’hui."
            }
            Self::LaureatInconnu => {
                "Aucune des listes publiées ne les nomme parmi les lauréats de l’appel d’accompagnement, \
                 et aucune n’est complète : rien ne dit s’ils l’ont été."
            }
        }
    }
}

/// How many poles have each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Croisement([u64; Statut::COMBIEN]);

impl Croisement {
    /// Adds that many poles of the status of that rank; nothing of another.
    pub fn ajouter(&mut self, rang: usize, combien: u64) {
        if let Some(compte) = self.0.get_mut(rang) {
            *compte += combien;
        }
    }

    /// Adds every count of another crossing.
    pub fn reunir(&mut self, autre: &Self) {
        for (rang, combien) in autre.0.into_iter().enumerate() {
            self.ajouter(rang, combien);
        }
    }

    /// How many poles are on that list for sure.
    pub fn combien(&self, liste: Liste) -> u64 {
        self.ceux(|statut| liste.contient(statut))
    }

    /// How many more may be on it: not none, and the number is a floor.
    pub fn peut_etre(&self, liste: Liste) -> u64 {
        self.ceux(|statut| liste.peut_contenir(statut))
    }

    fn ceux(&self, sont: impl Fn(Statut) -> bool) -> u64 {
        let statuts = Statut::tous().zip(self.0);
        statuts
            .filter(|(statut, _)| sont(*statut))
            .map(|(_, combien)| combien)
            .sum()
    }

    /// Why the number of counted poles is a floor, when it is one.
    pub fn reserve(&self) -> Option<Reserve> {
        if self.peut_etre(Liste::Recenses) == 0 {
            return None;
        }
        Some(match self.combien(Liste::SignatureInconnue) {
            0 => Reserve::Laureats(self.ceux(|statut| statut.laureat.est_douteux())),
            combien => Reserve::Signatures(combien),
        })
    }

    /// How the number of counted poles changed since that other crossing; no
    /// rate is made of a floor.
    pub fn evolution(&self, depuis: &Self) -> Result<Option<Taux>, Reserve> {
        match self.reserve().or_else(|| depuis.reserve()) {
            None => Ok(Taux::evolution(
                depuis.combien(Liste::Recenses),
                self.combien(Liste::Recenses),
            )),
            Some(reserve) => Err(reserve),
        }
    }

    /// The share of laureates who did not sign (P-09), none without laureates.
    /// While the signature of some is not known there is no share, only how
    /// many they are: those who are known are known because they signed.
    pub fn laureats_non_signataires(&self) -> Result<Option<Taux>, u64> {
        match self.combien(Liste::LaureatsInconnus) {
            0 => Ok(Taux::part(
                self.combien(Liste::LaureatsSeuls),
                self.combien(Liste::Laureats),
            )),
            inconnus => Err(inconnus),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Laureat::*, *};

    fn compter(poles: impl IntoIterator<Item = (Option<bool>, Laureat)>) -> Croisement {
        let mut croisement = Croisement::default();
        for (signataire, laureat) in poles {
            let statut = Statut {
                signataire,
                laureat,
            };
            let rang = Statut::tous().position(|autre| autre == statut);
            croisement.ajouter(rang.unwrap(), 1);
        }
        croisement
    }

    /// The register of the networks' note: 203 poles on either list (P-03).
    fn de_la_note() -> Croisement {
        compter((0..203).map(|rang| {
            let laureat = if rang >= 203 - 135 { Oui } else { Non };
            (Some(rang < 122), laureat)
        }))
    }

    #[test]
    fn de_122_signataires_et_135_laureats_parmi_203_54_sont_les_deux() {
        let note = de_la_note();
        let comptes = [
            Liste::Recenses,
            Liste::Signataires,
            Liste::Laureats,
            Liste::LesDeux,
            Liste::CharteSeule,
            Liste::LaureatsSeuls,
        ]
        .map(|liste| note.combien(liste));
        assert_eq!(comptes, [203, 122, 135, 54, 68, 81]);
    }

    #[test]
    fn soixante_pour_cent_des_laureats_n_ont_pas_signe() {
        assert_eq!(
            de_la_note().laureats_non_signataires(),
            Ok(Taux::part(60, 100))
        );
        assert_eq!(compter([]).laureats_non_signataires(), Ok(None));
    }

    #[test]
    fn de_dix_laureats_dont_trois_ont_signe_ici_aucune_part_ne_se_calcule() {
        // « 0 sur 3 » would be false: the others are known by no list.
        let dix = (0..10).map(|rang| ((rang < 3).then_some(true), Oui));
        assert_eq!(compter(dix).laureats_non_signataires(), Err(7));
    }

    #[test]
    fn une_signature_non_connue_n_est_pas_une_absence_de_signature() {
        let croisement = compter([(None, Oui), (None, Non), (None, SansDate)]);
        assert_eq!(croisement.combien(Liste::SignatureInconnue), 3);
        assert_eq!(croisement.combien(Liste::LaureatsSeuls), 0);
        assert_eq!(croisement.combien(Liste::Aucune), 0);
        assert_eq!(croisement.laureats_non_signataires(), Err(1));
    }

    #[test]
    fn un_laureat_est_recense_meme_si_sa_signature_n_est_pas_connue() {
        let croisement = compter([(None, Oui)]);
        assert_eq!(croisement.combien(Liste::Recenses), 1);
        assert_eq!(croisement.combien(Liste::NonCroises), 1);
    }

    #[test]
    fn un_laureat_sans_date_n_est_recense_que_par_sa_signature() {
        let croisement = compter([
            (Some(true), SansDate),
            (Some(false), SansDate),
            (None, SansDate),
        ]);
        assert_eq!(croisement.combien(Liste::SansDate), 3);
        assert_eq!(croisement.combien(Liste::Laureats), 0);
        assert_eq!(croisement.combien(Liste::Recenses), 1);
        assert_eq!(croisement.combien(Liste::Signataires), 1);
        assert_eq!(croisement.combien(Liste::CharteSeule), 0);
    }

    #[test]
    fn un_laureat_dont_seule_l_annee_est_connue_ne_compte_pas_cette_annee_la() {
        let croisement = compter([(None, DansLAnnee), (Some(true), DansLAnnee)]);
        assert_eq!(croisement.combien(Liste::DansLAnnee), 2);
        assert_eq!(croisement.combien(Liste::Laureats), 0);
        assert_eq!(croisement.combien(Liste::NonCroises), 1);
    }

    #[test]
    fn un_laureat_sans_jour_compte_aujourd_hui_et_se_dit_a_part() {
        let croisement = compter([(Some(false), SansJour)]);
        assert_eq!(croisement.combien(Liste::Laureats), 1);
        assert_eq!(croisement.combien(Liste::LaureatsSeuls), 1);
        assert_eq!(croisement.combien(Liste::SansJour), 1);
    }

    #[test]
    fn un_signataire_dont_aucune_liste_ne_dit_s_il_est_laureat_n_est_pas_charte_seule() {
        let croisement = compter([(Some(true), Inconnu)]);
        assert_eq!(croisement.combien(Liste::Recenses), 1);
        assert_eq!(croisement.combien(Liste::NonCroises), 1);
        assert_eq!(croisement.combien(Liste::CharteSeule), 0);
        assert_eq!(croisement.combien(Liste::SansDate), 0);
    }

    #[test]
    fn un_pole_inscrit_sans_aucun_des_deux_signes_n_est_pas_recense() {
        let croisement = compter([(Some(false), Non)]);
        assert_eq!(croisement.combien(Liste::Aucune), 1);
        assert_eq!(croisement.combien(Liste::Recenses), 0);
    }

    #[test]
    fn un_compte_que_l_on_ne_sait_pas_entier_est_un_plancher_dont_rien_ne_se_calcule() {
        // The real register: 22 laureates, 53 of whom nothing is said.
        let avant = compter((0..75).map(|_| (None, Inconnu)));
        let reel = compter((0..75).map(|rang| (None, if rang < 22 { Oui } else { Inconnu })));
        assert_eq!(reel.combien(Liste::Recenses), 22);
        assert_eq!(reel.peut_etre(Liste::Recenses), 53);
        assert_eq!(reel.peut_etre(Liste::LesDeux), 75);
        assert_eq!(reel.combien(Liste::LaureatInconnu), 53);
        assert_eq!(reel.evolution(&reel), Err(Reserve::Signatures(75)));
        assert_eq!(de_la_note().evolution(&avant), Err(Reserve::Signatures(75)));
        let dit = Reserve::Signatures(75).en_mots(|n| n.to_string());
        assert_eq!(dit, "signature non connue pour 75 pôles");
        // Who is a laureate is counted, whatever he signed.
        assert_eq!(compter([(None, Oui), (Some(false), Non)]).reserve(), None);
        let sans_liste = compter([(Some(false), Inconnu), (Some(true), Inconnu)]);
        assert_eq!(sans_liste.reserve(), Some(Reserve::Laureats(2)));
        assert_eq!(sans_liste.peut_etre(Liste::Recenses), 1);
        let signataires = compter((0..56).map(|_| (Some(true), Non)));
        let taux = de_la_note().evolution(&signataires).unwrap().unwrap();
        assert_eq!(taux.signe(), "+262,5\u{202f}%");
    }

    #[test]
    fn chaque_pole_recense_est_dans_une_seule_part_et_nul_autre_n_y_est() {
        for statut in Statut::tous() {
            let siennes = Liste::PARTS.iter().filter(|part| part.contient(statut));
            let attendu = usize::from(Liste::Recenses.contient(statut));
            assert_eq!(siennes.count(), attendu, "{statut:?}");
        }
    }
}
