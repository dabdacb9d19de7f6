//! Facts gathered from what the rooms before this one know.
//!
//! Whoever examines a rule starts from [`Campagne::faits`] and adds what is
//! known through these methods: codes and types are then always right. What
//! is not known is left out; it is never taken for false.

use jiff::Timestamp;
use jiff::civil::Date;

use super::conditions::{Enregistrement, Faits, Origine, Valeur};
use super::{Campagne, Genre};
use crate::charte::Signature;
use crate::commun::Montant;
use crate::commun::temps;
use crate::poles::{FormeJuridique, QualiteEss, Structure};

/// A subsidy already received by a pole or by its structure, found by pole and
/// by SIREN. A laureate of the accompaniment alone received none (P-36).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AideRecue {
    /// The call it came from.
    pub appel: String,
    /// Date of the agreement, which is the event that counts (P-12).
    pub convention_le: Option<Date>,
    /// How much.
    pub montant: Option<Montant>,
    /// Whether the structure received it, rather than the pole.
    pub par_la_structure: bool,
}

/// What is known of a member of the pole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembreConnu {
    /// Its name.
    pub nom: String,
    /// Its kind, in the words of the dossier: « entreprise ».
    pub genre: Option<String>,
    /// Whether it belongs to the social economy; blank is unknown (P-38).
    pub qualite_ess: Option<QualiteEss>,
    /// Whether it is a legal person.
    pub personne_morale: Option<bool>,
}

impl Campagne {
    /// The facts that the document of the call gives by itself.
    pub fn faits(&self) -> Faits {
        let mut faits = Faits::new(self.vocabulaire().clone());
        let calendrier = &self.calendrier;
        let instant = |t: Timestamp| Valeur::Instant(t);
        poser(
            &mut faits,
            "ouverture",
            Some(instant(calendrier.ouverture)),
            Origine::Appel,
        );
        poser(
            &mut faits,
            "cloture",
            calendrier.cloture.map(instant),
            Origine::Appel,
        );
        let fenetre = Valeur::Fenetre(self.fenetre());
        poser(
            &mut faits,
            "fenetre_de_depot",
            Some(fenetre),
            Origine::Appel,
        );
        let version = self.charte.map(|charte| Valeur::Date(charte.version));
        poser(&mut faits, "version_charte", version, Origine::Appel);
        faits
    }
}

impl Campagne {
    /// The facts that the answers of a dossier give, beside those of the call.
    ///
    /// `reponses` gives what was typed in a field: nothing, one text, or one
    /// code per box ticked. An answer that its field does not take is no fact;
    /// nor is one left in a field that is not shown any more.
    pub fn faits_des_reponses<'r>(&self, reponses: impl Fn(&str) -> Vec<&'r str>) -> Faits {
        let mut faits = self.faits();
        // A condition only looks back: one walk in order settles all fields.
        for rubrique in &self.formulaire.rubriques {
            if !rubrique.est_montree(&faits) {
                continue;
            }
            for champ in &rubrique.champs {
                let lue = champ.lire(&reponses(&champ.code)).ok().flatten();
                if lue.is_none() || !champ.est_montre(&faits) {
                    continue;
                }
                let chemin = format!("champs.{}", champ.code);
                poser(&mut faits, &chemin, lue.clone(), Origine::Dossier);
                if let Some(fait) = &champ.fait {
                    poser(&mut faits, fait, lue, Origine::Dossier);
                }
            }
        }
        deduire_la_qualite(&mut faits);
        faits
    }
}

/// A form that settles the quality prevails on what was declared.
fn deduire_la_qualite(faits: &mut Faits) {
    let forme = match faits.fait("structure.forme") {
        Some((Valeur::Choix(code), origine)) => FormeJuridique::par_code(code).zip(Some(origine)),
        _ => None,
    };
    let deduite = forme.and_then(|(forme, origine)| forme.qualite_ess().zip(Some(origine)));
    if let Some((qualite, origine)) = deduite {
        let valeur = Some(Valeur::choix(qualite.code()));
        poser(faits, "structure.qualite_ess", valeur, origine);
    }
}

impl Faits {
    /// The form of the carrying structure, and the quality it settles or
    /// declares.
    pub fn structure(&mut self, structure: &Structure, origine: Origine) -> &mut Self {
        let forme = structure.forme.map(|forme| Valeur::choix(forme.code()));
        let qualite = structure.qualite_ess();
        let qualite = qualite.map(|(qualite, _)| Valeur::choix(qualite.code()));
        poser(self, "structure.forme", forme, origine);
        poser(self, "structure.qualite_ess", qualite, origine)
    }

    /// The calls that this pole won, each with its year, blank if unknown.
    pub fn laureats(&mut self, appels: &[(Genre, &str)], origine: Origine) -> &mut Self {
        let fiche = |(genre, millesime): &(Genre, &str)| {
            let millesime = Some(*millesime).filter(|texte| !texte.is_empty());
            Enregistrement::new()
                .avec("genre", Valeur::choix(genre.code()))
                .avec_si("millesime", millesime.map(|m| Valeur::Texte(m.to_owned())))
        };
        liste(self, "laureats", appels.iter().map(fiche), origine)
    }

    /// The dossiers of this pole in other calls, not withdrawn; the filing of
    /// one that is only promised is not known.
    pub fn dossiers_lies(
        &mut self,
        depots: &[(Genre, Option<Timestamp>)],
        origine: Origine,
    ) -> &mut Self {
        let fiche = |(genre, depose_le): &(Genre, Option<Timestamp>)| {
            let depose_le = depose_le.map(|t| Valeur::Instant(temps::a_la_seconde(t)));
            Enregistrement::new()
                .avec("genre", Valeur::choix(genre.code()))
                .avec_si("depose_le", depose_le)
        };
        liste(self, "dossiers_lies", depots.iter().map(fiche), origine)
    }

    /// The signatures of the Charter that stand at that instant. A version
    /// whose day no source gives is none that a call may name: left out.
    pub fn signatures(
        &mut self,
        signatures: &[Signature],
        le: Timestamp,
        origine: Origine,
    ) -> &mut Self {
        let fiche = |signature: &Signature| {
            let version: Date = signature.version.parse().ok()?;
            let signee_le = temps::jour_de(signature.signee_le);
            Some(
                Enregistrement::new()
                    .avec("version", Valeur::Date(version))
                    .avec("signee_le", Valeur::Date(signee_le))
                    .avec("qualite", Valeur::choix(signature.qualite.code())),
            )
        };
        let debout = signatures.iter().filter(|signature| signature.vaut(le));
        liste(self, "signatures", debout.filter_map(fiche), origine)
    }

    /// The subsidies already received; an empty list says there were none.
    ///
    /// What gave no money is left out: it is no subsidy (P-36).
    pub fn aides(&mut self, aides: &[AideRecue], origine: Origine) -> &mut Self {
        let fiche = |aide: &AideRecue| {
            let par = if aide.par_la_structure {
                "structure"
            } else {
                "pole"
            };
            Enregistrement::new()
                .avec("appel", Valeur::Texte(aide.appel.clone()))
                .avec("recue_par", Valeur::choix(par))
                .avec_si("convention_le", aide.convention_le.map(Valeur::Date))
                .avec_si("montant", aide.montant.map(Valeur::Montant))
        };
        let versees = aides
            .iter()
            .filter(|aide| aide.montant != Some(Montant::ZERO));
        liste(self, "aides", versees.map(fiche), origine)
    }

    /// The members of the pole; an empty list says there are none.
    pub fn membres(&mut self, membres: &[MembreConnu], origine: Origine) -> &mut Self {
        let fiche = |membre: &MembreConnu| {
            let qualite = membre
                .qualite_ess
                .map(|qualite| Valeur::choix(qualite.code()));
            Enregistrement::new()
                .avec("nom", Valeur::Texte(membre.nom.clone()))
                .avec_si("genre", membre.genre.as_deref().map(Valeur::choix))
                .avec_si("qualite_ess", qualite)
                .avec_si(
                    "personne_morale",
                    membre.personne_morale.map(Valeur::Booleen),
                )
        };
        liste(self, "membres", membres.iter().map(fiche), origine)
    }

    /// When the filing was received, by the server's own stamp.
    pub fn recu_le(&mut self, instant: Timestamp) -> &mut Self {
        let valeur = Some(Valeur::Instant(instant));
        poser(self, "dossier.recu_le", valeur, Origine::Horodatage)
    }

    /// How many required items are missing.
    pub fn elements_manquants(&mut self, combien: usize) -> &mut Self {
        let valeur = i64::try_from(combien).ok().map(Valeur::Entier);
        poser(self, "dossier.elements_manquants", valeur, Origine::Dossier)
    }
}

fn liste<'f>(
    faits: &'f mut Faits,
    chemin: &str,
    fiches: impl Iterator<Item = Enregistrement>,
    origine: Origine,
) -> &'f mut Faits {
    poser(
        faits,
        chemin,
        Some(Valeur::Liste(fiches.collect())),
        origine,
    )
}

/// Gives a fact, or forgets it when it is not known.
///
/// A value out of the vocabulary (the kind of a member, say) stays unknown.
fn poser<'f>(
    faits: &'f mut Faits,
    chemin: &str,
    valeur: Option<Valeur>,
    origine: Origine,
) -> &'f mut Faits {
    let posee = valeur.is_some_and(|valeur| faits.poser(chemin, valeur, origine).is_ok());
    if !posee {
        faits.oublier(chemin);
    }
    faits
}
