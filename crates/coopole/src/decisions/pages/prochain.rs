//! The next thing to do on a call, or the reason why there is none.

use dsfr::{Bouton, MiseEnAvant};
use metier::{
    campagnes::Etape,
    commun::{temps, typographie},
};

use super::tableau::{Vue, nombre};
use crate::{
    decisions::store::Part,
    socle::droits::{Droit, Perimetre, titulaires},
    urls,
};

impl Vue<'_> {
    /// What stands in the way of the next step, and where to mend it.
    pub fn a_debloquer(&self) -> MiseEnAvant<'static> {
        match self.etape() {
            None => self.depot(),
            Some(Etape::Avis) => self.avis("attendu", "attendus"),
            Some(Etape::Examen) => self.examen(),
            Some(Etape::Selection) => self.attend(
                &[
                    (Droit::ArreterDecision, "arrêter la liste".to_owned()),
                    (Droit::PreparerDecision, "préparer la liste".to_owned()),
                ],
                Etape::Selection,
                (
                    "Ouvrir la liste",
                    urls::decision_de_campagne(&self.appel.code),
                ),
            ),
            Some(Etape::Notification) => self.a_notifier(),
            Some(Etape::Convention) => self.conventions(),
        }
    }

    /// A call to act on a step, with its date and its door.
    fn appelle(
        &self,
        titre: &str,
        etape: Etape,
        (bouton, adresse): (&'static str, String),
    ) -> MiseEnAvant<'static> {
        MiseEnAvant::nouvelle(typographie(titre))
            .texte(self.echeance(etape))
            .bouton(Bouton::principal(bouton).vers(adresse))
    }

    /// Acts of the State that a step waits for, the first of which is never absent:
    /// the first that the reader may do is called for; else whose it is is told.
    fn attend(
        &self,
        actes: &[(Droit, String)],
        etape: Etape,
        porte: (&'static str, String),
    ) -> MiseEnAvant<'static> {
        let peut = |(droit, _): &&(Droit, String)| self.lecteur.peut(*droit, Perimetre::National);
        if let Some((_, acte)) = actes.iter().find(peut) {
            return self.appelle(&format!("À faire : {acte}"), etape, porte);
        }
        let (bouton, adresse) = porte;
        let (quoi, a_qui) = actes
            .first()
            .map_or_else(Default::default, |(droit, acte)| {
                (acte.as_str(), titulaires(*droit))
            });
        MiseEnAvant::nouvelle(typographie(&format!("En attente : {quoi}")))
            .texte(typographie(&format!(
                "{} Cet acte revient à : {a_qui}.",
                self.echeance(etape)
            )))
            .bouton(Bouton::secondaire(bouton).vers(adresse))
    }

    fn liste(&self, part: Part) -> String {
        urls::dossiers_de_campagne(&self.appel.code, part.code())
    }

    fn depot(&self) -> MiseEnAvant<'static> {
        MiseEnAvant::nouvelle(typographie(
            "Rien à débloquer : l’appel reçoit des dossiers",
        ))
        .texte(self.cloture())
        .bouton(Bouton::principal("Voir les dossiers déposés").vers(self.liste(Part::Deposes)))
    }

    /// Opinions, « attendus » until their date and « en retard » after it.
    fn avis(&self, un: &str, plusieurs: &str) -> MiseEnAvant<'static> {
        let (a_statuer, sans_avis) = (
            self.avancement.compte(Part::AStatuer),
            self.avancement.compte(Part::SansAvis),
        );
        let (quoi, part) = match (a_statuer, sans_avis) {
            (0, 0) => {
                return self.appelle(
                    "Rien à débloquer : tous les avis sont rendus",
                    Etape::Avis,
                    ("Voir les avis rendus", self.liste(Part::Avis)),
                );
            }
            (0, n) => (
                nombre(n, &format!("avis {un}"), &format!("avis {plusieurs}")),
                Part::SansAvis,
            ),
            (n, _) => (
                nombre(n, "éligibilité à confirmer", "éligibilités à confirmer"),
                Part::AStatuer,
            ),
        };
        let titre = format!("À débloquer : {quoi}");
        self.appelle(&titre, Etape::Avis, ("Voir ces dossiers", self.liste(part)))
    }

    fn examen(&self) -> MiseEnAvant<'static> {
        let compte = |part| self.avancement.compte(part);
        let seance = urls::seance(&self.appel.code);
        if self.seance_venue() {
            let clore = (Droit::CloreSeance, "clore la séance du comité".to_owned());
            return self.attend(&[clore], Etape::Examen, ("Ouvrir la séance", seance));
        }
        if compte(Part::AStatuer) + compte(Part::SansAvis) > 0 {
            return self.avis("en retard", "en retard");
        }
        match compte(Part::SansExamen) {
            0 => self.appelle(
                "Rien à débloquer : chaque dossier a une note",
                Etape::Examen,
                ("Ouvrir la séance", seance),
            ),
            n => self.appelle(
                &format!(
                    "À débloquer : {}",
                    nombre(n, "dossier sans examen", "dossiers sans examen")
                ),
                Etape::Examen,
                ("Voir ces dossiers", self.liste(Part::SansExamen)),
            ),
        }
    }

    fn a_notifier(&self) -> MiseEnAvant<'static> {
        let adresse = urls::notification_de_campagne(&self.appel.code);
        let programmee = self.notification.as_ref();
        match programmee.filter(|n| n.suspendue_le.is_none()) {
            None => self.attend(
                &[(
                    Droit::ArreterDecision,
                    "programmer la notification".to_owned(),
                )],
                Etape::Notification,
                ("Ouvrir la notification", adresse),
            ),
            Some(notification) => MiseEnAvant::nouvelle(typographie(
                "Rien à débloquer : la notification est programmée",
            ))
            .texte(notification.annonce())
            .bouton(Bouton::secondaire("Voir la notification").vers(adresse)),
        }
    }

    fn conventions(&self) -> MiseEnAvant<'static> {
        let porte = (
            "Ouvrir les conventions",
            urls::conventions_de_campagne(&self.appel.code),
        );
        let Some(restent) = &self.restent else {
            let titre = "Rien à débloquer : aucun dossier n’est retenu";
            return self.appelle(titre, Etape::Convention, porte);
        };
        let actes = [
            (
                Droit::PreparerConvention,
                restent.a_proposer,
                ("convention à proposer", "conventions à proposer"),
            ),
            (
                Droit::ValiderConvention,
                restent.a_valider,
                ("convention à valider", "conventions à valider"),
            ),
            (
                Droit::PreparerVersement,
                restent.a_ordonner,
                (
                    "ordre de versement à préparer",
                    "ordres de versement à préparer",
                ),
            ),
            (
                Droit::ValiderVersement,
                restent.a_verser,
                (
                    "ordre de versement à valider",
                    "ordres de versement à valider",
                ),
            ),
        ];
        let actes: Vec<(Droit, String)> = actes
            .into_iter()
            .filter(|(_, combien, _)| *combien > 0)
            .map(|(droit, combien, (un, plusieurs))| (droit, nombre(combien, un, plusieurs)))
            .collect();
        if !actes.is_empty() {
            return self.attend(&actes, Etape::Convention, porte);
        }
        let titre = match restent.a_signer {
            0 => "Rien à débloquer : toutes les aides sont versées".to_owned(),
            n => format!(
                "Rien à débloquer : {}",
                nombre(
                    n,
                    "convention attend la signature de son pôle",
                    "conventions attendent la signature de leur pôle"
                )
            ),
        };
        self.appelle(&titre, Etape::Convention, porte)
    }

    fn cloture(&self) -> String {
        match self.appel.document.calendrier.cloture {
            Some(cloture) => typographie(&format!(
                "Jusqu’au {} (heure de Paris).",
                temps::instant_long(cloture)
            )),
            None => "Cet appel n’a pas de clôture.".to_owned(),
        }
    }

    fn echeance(&self, etape: Etape) -> String {
        let Some(echeance) = self.appel.document.calendrier.etape(etape) else {
            return "Le calendrier de l’appel ne donne pas de date.".to_owned();
        };
        let passee = match self.le >= echeance.moment.fin() {
            true => " Cette date est passée.",
            false => "",
        };
        typographie(&format!(
            "Prévu {} ({}).{passee}",
            echeance.moment.en_phrase(),
            echeance.source
        ))
    }
}
