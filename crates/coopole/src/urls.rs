//! Every address of the site, as functions: pages link through them and
//! nobody types a path. `router.rs` binds the same addresses to handlers.

use metier::{
    campagnes::BudgetDemande,
    commun::Region,
    poles::{Information, consignation::Anterieur},
};
use uuid::Uuid;

pub const ACCUEIL: &str = "/";
pub const APPELS: &str = "/appels";
pub const POLES: &str = "/poles";
/// The files of the register.
pub const DONNEES: &str = "/donnees";
pub const POLES_ATOM: &str = "/poles.atom";
/// The territories that somebody follows.
pub const SUIVIS: &str = "/suivis";
/// The register in English: one word differs from the French address.
pub const CLUSTERS: &str = "/en/poles";
pub const REGIONS: &str = "/regions";
pub const CORRECTIONS: &str = "/corrections";
/// The lists brought into the register.
pub const IMPORTS: &str = "/imports";
pub const MODELE_D_IMPORT: &str = "/imports/modele";
pub const REVENDICATIONS: &str = "/revendications";
/// Somebody's own declarations, then those that wait for an answer.
pub const DECLARER: &str = "/poles/declarer";
pub const DECLARATIONS: &str = "/declarations";
/// The poles that left the register, as a page and as a file.
pub const SORTIS: &str = "/poles/sortis";
pub const SORTIES_CSV: &str = "/poles-sortis.csv";
pub const DOUBLONS: &str = "/doublons";
pub const RECENSEMENT: &str = "/recensement";
/// The poles behind a number of the census, as a page and as a file.
pub const RECENSEMENT_POLES: &str = "/recensement/poles";
pub const RECENSEMENT_EXPORT: &str = "/recensement/export";
pub const POLES_GEOJSON: &str = "/poles.geojson";
/// The list as files: for programs, for spreadsheets.
pub const POLES_CSV: &str = "/poles.csv";
pub const REGIONS_CSV: &str = "/regions.csv";
pub const POLES_CSV_TABLEUR: &str = "/poles-tableur.csv";
/// What a record says several of, one a row.
pub const POLES_MEMBRES_CSV: &str = "/poles-membres.csv";
pub const POLES_SIGNES_CSV: &str = "/poles-signes.csv";
pub const POLES_CHANGEMENTS_CSV: &str = "/poles-changements.csv";
pub const POLES_XLSX: &str = "/poles.xlsx";
pub const POLES_JSON: &str = "/poles.json";
pub const CARTE: &str = "/carte";
pub const CARTE_INTEGREE: &str = "/carte/integrer";
pub const ESPACE: &str = "/espace";
pub const CELLULE: &str = "/cellule";
pub const CELLULES: &str = "/cellules";
pub const COMITE: &str = "/comite";
pub const PILOTAGE: &str = "/pilotage";
pub const ADMIN: &str = "/admin";
pub const JOURNAL: &str = "/journal";
pub const TETE_DU_JOURNAL: &str = "/journal/tete";
pub const CONNEXION: &str = "/connexion";
pub const DISTRIBUTION: &str = "/connexion/distribution";
pub const DECONNEXION: &str = "/deconnexion";
pub const DECONNEXION_PARTOUT: &str = "/deconnexion/partout";
pub const COMPTE: &str = "/compte";
pub const HORLOGE: &str = "/demonstration/horloge";
pub const RECOMMENCER: &str = "/demonstration/recommencer";
pub const COURRIELS: &str = "/courriels";
pub const DEMONSTRATION: &str = "/demonstration";
pub const AIDE: &str = "/aide";
pub const ACCESSIBILITE: &str = "/accessibilite";
pub const MENTIONS_LEGALES: &str = "/mentions-legales";
pub const DONNEES_PERSONNELLES: &str = "/donnees-personnelles";
pub const PLAN: &str = "/plan";
pub const VERIFICATION: &str = "/verification";
pub const CHARTE: &str = "/charte";
pub const SIGNATAIRES: &str = "/charte/signataires";
pub const SIGNATAIRES_CSV: &str = "/charte/signataires.csv";
pub const SIGNER_LA_CHARTE: &str = "/charte/signature";
/// What the keeper of the Charter opens on: the laureates who have not signed.
pub const GESTION_CHARTE: &str = "/charte/gestion";
pub const VERSIONS_CHARTE: &str = "/charte/gestion/versions";
/// A version to present: GET asks, POST shows it before it is presented.
pub const NOUVELLE_VERSION: &str = "/charte/gestion/versions/nouvelle";
pub const SIGNATURES_CHARTE: &str = "/charte/gestion/signatures";
/// The sittings where poles sign, for the keeper.
pub const SEANCES_CHARTE: &str = "/charte/gestion/seances";
/// A batch of reminders: GET shows it before it leaves, POST sends it.
pub const RELANCES_CHARTE: &str = "/charte/relances";
/// What the link of a reminder leads to.
pub const OPPOSITIONS: &str = "/charte/oppositions";

/// This list with what is asked of it; a blank asks for nothing.
pub fn avec(liste: &str, champs: &[(&str, &str)]) -> String {
    let dits: Vec<String> = champs
        .iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .map(|(nom, valeur)| format!("{nom}={}", encoder(valeur)))
        .collect();
    match dits.is_empty() {
        true => liste.to_owned(),
        false => format!("{liste}?{}", dits.join("&")),
    }
}

/// Whether this page is behind one of the doors of those who answer for the
/// register.
pub fn est_du_registre(chemin: &str) -> bool {
    [CORRECTIONS, REVENDICATIONS, DECLARATIONS, DOUBLONS, IMPORTS]
        .iter()
        .filter_map(|porte| chemin.strip_prefix(porte))
        .any(|suite| suite.is_empty() || suite.starts_with('/'))
}

/// The public record of a pole.
pub fn pole(id: Uuid) -> String {
    format!("{POLES}/{id}")
}

/// A department and its poles.
pub fn departement(code: &str) -> String {
    format!("/departements/{code}")
}

/// A grouping of communes and its poles.
pub fn epci(siren: &str) -> String {
    format!("/epci/{siren}")
}

/// The territory of a council, for whoever follows it.
pub fn mon_territoire(genre: &str, code: &str) -> String {
    format!("{ESPACE}/territoires/{genre}/{code}")
}

pub fn fin_de_suivi(id: Uuid) -> String {
    format!("{SUIVIS}/{id}/fin")
}

/// The same in English.
pub fn cluster(id: Uuid) -> String {
    format!("{CLUSTERS}/{id}")
}

/// A region and its poles.
pub fn region(region: Region) -> String {
    format!("{REGIONS}/{}", region.code())
}

/// What its record says, line by line, for whoever would correct it.
pub fn correctifs(pole: Uuid) -> String {
    format!("{POLES}/{pole}/corrections")
}

/// What changed in the record, all of it.
pub fn historique(pole: Uuid) -> String {
    format!("{POLES}/{pole}/historique")
}

/// The form that corrects one information of the record.
pub fn correction(pole: Uuid, information: Information) -> String {
    format!("{POLES}/{pole}/corrections/{}", information.code())
}

/// The answer to a proposal.
pub fn moderation(correction: Uuid) -> String {
    format!("{CORRECTIONS}/{correction}/moderation")
}

/// A change of a record, put back.
pub fn annulation(modification: Uuid) -> String {
    format!("/modifications/{modification}/annulation")
}

/// A list brought into the register, with the fate of its lines.
pub fn import(id: Uuid) -> String {
    format!("{IMPORTS}/{id}")
}

/// An act on it, or a file made of it: `application`, `annulation`,
/// `relecture`, `refus`.
pub fn de_l_import(id: Uuid, nom: &str) -> String {
    format!("{IMPORTS}/{id}/{nom}")
}

/// Of which record a line speaks, when somebody must say it.
pub fn choix_de_ligne(import: Uuid, ligne: i64) -> String {
    format!("{IMPORTS}/{import}/lignes/{ligne}/choix")
}

/// The page where its own people claim a pole.
pub fn revendication(pole: Uuid) -> String {
    format!("{POLES}/{pole}/revendication")
}

/// An act on a claim: `code`, `retrait`, `reponse`, `lettre`, `envoi`, `reprise`.
pub fn de_la_revendication(id: Uuid, nom: &str) -> String {
    format!("{REVENDICATIONS}/{id}/{nom}")
}

/// An act on a declaration: `retrait`, `reponse`.
pub fn de_la_declaration(id: Uuid, nom: &str) -> String {
    format!("{DECLARATIONS}/{id}/{nom}")
}

/// Where a pole is taken out of the register.
pub fn sortie(pole: Uuid) -> String {
    format!("{POLES}/{pole}/sortie")
}

pub fn annulation_de_sortie(id: Uuid) -> String {
    format!("/sorties/{id}/annulation")
}

/// Two records side by side: the one that would be kept, then the other.
pub fn doublon(garde: Uuid, fondu: Uuid) -> String {
    format!("{DOUBLONS}/{garde}/{fondu}")
}

/// The act that says that two records are two poles, or takes it back:
/// `distinction`, `rapprochement`.
pub fn du_doublon(un: Uuid, autre: Uuid, nom: &str) -> String {
    format!("{DOUBLONS}/{un}/{autre}/{nom}")
}

/// A merge, undone.
pub fn defaire_la_fusion(id: Uuid) -> String {
    format!("/fusions/{id}/annulation")
}

/// A sitting, for the cell that relays the Charter in that region.
pub fn seance_en_region(seance: Uuid, region: Region) -> String {
    format!("{}/regions/{}", seance_tenue(seance), region.code())
}

/// The page where one signs the Charter in the name of that pole.
pub fn signer_au_nom(pole: Uuid) -> String {
    format!("{SIGNER_LA_CHARTE}?pole={pole}")
}

/// The same, for the version presented that day.
pub fn signer_la_version(pole: Uuid, jour: jiff::civil::Date) -> String {
    format!("{}&version={jour}", signer_au_nom(pole))
}

/// The proof of a signature of the Charter.
pub fn signature_de_la_charte(id: Uuid) -> String {
    format!("{CHARTE}/signatures/{id}")
}

/// Its certificate, or the act of withdrawing it: `certificat`, `retrait`.
pub fn de_la_signature(id: Uuid, nom: &str) -> String {
    format!("{CHARTE}/signatures/{id}/{nom}")
}

/// The very bytes of the text of a version.
pub fn texte_de_la_charte(version: &str) -> String {
    format!("{CHARTE}/versions/{version}/texte")
}

/// Where the keeper pours the text of a version in.
pub fn version_de_la_charte(version: &str) -> String {
    format!("{VERSIONS_CHARTE}/{version}")
}

/// The text of a version as it will be signed, before it is poured in.
pub fn apercu_de_la_version(version: &str) -> String {
    format!("{VERSIONS_CHARTE}/{version}/apercu")
}

/// A sitting, for the keeper: who is expected, who signed.
pub fn seance_tenue(seance: Uuid) -> String {
    format!("{SEANCES_CHARTE}/{seance}")
}

/// The act that closes it.
pub fn cloture_de_seance(seance: Uuid) -> String {
    format!("{SEANCES_CHARTE}/{seance}/cloture")
}

/// A sitting as it is projected.
pub fn seance_projetee(seance: Uuid) -> String {
    format!("{CHARTE}/seances/{seance}")
}

/// Where one signs in that sitting.
pub fn signer_en_seance(seance: Uuid) -> String {
    format!("{SIGNER_LA_CHARTE}?seance={seance}")
}

/// Those expected to sign in a region, for the cell that relays the Charter.
pub fn charte_en_region(region: Region) -> String {
    format!("{GESTION_CHARTE}/regions/{}", region.code())
}

/// What happened before this house, for whoever answers for it.
pub fn consignations(genre: Anterieur) -> String {
    format!("/consignations/{}", genre.code())
}

/// Where its list is said to be whole.
pub fn attestation(genre: Anterieur) -> String {
    format!("{}/attestation", consignations(genre))
}

/// Where one of them is undone.
pub fn annulation_d_un_anterieur(genre: Anterieur, objet: Uuid) -> String {
    format!("{}/annulation?objet={objet}", consignations(genre))
}

/// Those expected to sign, of a region or of all.
pub fn attendus_de_la_charte(region: Option<Region>) -> String {
    region.map_or_else(|| GESTION_CHARTE.to_owned(), charte_en_region)
}

/// The reminders a pole received.
pub fn relances_du_pole(pole: Uuid) -> String {
    format!("{GESTION_CHARTE}/poles/{pole}")
}

/// A batch of reminders that left.
pub fn lot_de_relance(lot: Uuid) -> String {
    format!("{RELANCES_CHARTE}/{lot}")
}

/// Where the reader of a reminder asks for no more.
pub fn opposition(jeton: &str) -> String {
    format!("{OPPOSITIONS}/{jeton}")
}

/// The mails that came before that one.
pub fn courriels(avant: Uuid) -> String {
    format!("{COURRIELS}?avant={avant}")
}

/// The sign-in page, which then leads to the page first asked.
pub fn connexion(suite: Option<&str>) -> String {
    match suite {
        Some(suite) if suite != ACCUEIL => format!("{CONNEXION}?suite={}", encoder(suite)),
        _ => CONNEXION.to_owned(),
    }
}

/// The address a mail carries.
pub fn lien_de_connexion(jeton: &str) -> String {
    format!("{CONNEXION}/{jeton}")
}

pub fn appel(code: &str) -> String {
    format!("{APPELS}/{code}")
}

/// The page of a call, reached with answers that a draft will begin with.
pub fn appel_avec(code: &str, reponses: &[(&str, &str)]) -> String {
    let reponses: Vec<String> = reponses
        .iter()
        .map(|(question, choix)| format!("{question}={}", encoder(choix)))
        .collect();
    match reponses.is_empty() {
        true => appel(code),
        false => format!("{APPELS}/{code}?{}", reponses.join("&")),
    }
}

/// The dates of a call, for a diary.
pub fn agenda(code: &str) -> String {
    format!("{APPELS}/{code}/agenda.ics")
}

pub fn notice(code: &str) -> String {
    format!("{APPELS}/{code}/notice")
}

pub fn eligibilite(code: &str) -> String {
    format!("{APPELS}/{code}/eligibilite")
}

/// Where drafts of the call are opened.
pub fn dossiers_de_l_appel(code: &str) -> String {
    format!("{APPELS}/{code}/dossiers")
}

/// The journal, narrowed to an act or an object, from an entry on.
pub fn journal(acte: Option<&str>, objet: Option<Uuid>, avant: Option<Uuid>) -> String {
    let parametres = [
        acte.map(|acte| format!("acte={}", encoder(acte))),
        objet.map(|objet| format!("objet={objet}")),
        avant.map(|avant| format!("avant={avant}")),
    ];
    let parametres: Vec<String> = parametres.into_iter().flatten().collect();
    if parametres.is_empty() {
        return JOURNAL.to_owned();
    }
    format!("{JOURNAL}?{}", parametres.join("&"))
}

/// The journal, verified from its first entry before it is shown.
pub fn verification_du_journal() -> String {
    format!("{JOURNAL}?verifier=tout")
}

/// What the cell of a region has to do.
pub fn cellule(region: Region) -> String {
    format!("{CELLULE}?region={}", region.code())
}

/// Who gives the opinions of a region, for the pilot.
pub fn cellule_de(region: Region) -> String {
    format!("{CELLULES}/{}", region.code())
}

/// Where the public writes to the cell of a region: the page, and its act.
pub fn contact_de_cellule(region: Region) -> String {
    format!("{CELLULES}/{}/contact", region.code())
}

/// The act that names who stands in for a region without a cell.
pub fn suppleance(region: Region) -> String {
    format!("{CELLULES}/{}/suppleance", region.code())
}

/// Trying a failed job again.
pub fn relance(tache: Uuid) -> String {
    format!("{ADMIN}/taches/{tache}/relance")
}

/// The list of a cell as a file, with the same filters.
pub const CELLULE_EXPORT: &str = "/cellule/export";

/// A filed dossier as its cell reads it.
pub fn instruction(id: Uuid) -> String {
    format!("/instruction/{id}")
}

/// A page or an act of its reading: `avis`, `eligibilite`, `notes`, `projet`.
pub fn de_l_instruction(id: Uuid, nom: &str) -> String {
    format!("/instruction/{id}/{nom}")
}

/// What was found on one criterion.
pub fn constat(id: Uuid, critere: &str) -> String {
    format!("/instruction/{id}/constats/{critere}")
}

/// The interests of an examiner in the dossiers of a call.
pub fn interets(appel: &str) -> String {
    format!("/interets/{appel}")
}

/// A dossier as an examiner marks it.
pub fn examen(id: Uuid) -> String {
    format!("/examens/{id}")
}

/// A file of the operator's brand.
pub fn marque(fichier: &str) -> String {
    format!("/marque/{fichier}")
}

/// The act that makes one's marks final.
pub fn rendre_examen(id: Uuid) -> String {
    format!("/examens/{id}/rendu")
}

/// The sitting of the committee on a call.
pub fn seance(appel: &str) -> String {
    format!("/seances/{appel}")
}

/// The act that closes the sitting, then the ranking as a file.
pub fn de_la_seance(appel: &str, nom: &str) -> String {
    format!("/seances/{appel}/{nom}")
}

pub fn dossier(id: Uuid) -> String {
    format!("/dossiers/{id}")
}

/// A page or an act of a dossier: `depot`, `budget`, `pieces`.
pub fn du_dossier(id: Uuid, nom: &str) -> String {
    format!("/dossiers/{id}/{nom}")
}

/// The place of somebody in the team of a dossier's pole.
pub fn membre_de_l_equipe(id: Uuid, compte: Uuid) -> String {
    format!("/dossiers/{id}/equipe/{compte}")
}

/// The act by which somebody leaves that team.
pub fn fin_dans_l_equipe(id: Uuid, compte: Uuid) -> String {
    format!("/dossiers/{id}/equipe/{compte}/fin")
}

/// The proof of a filing, as a file, for its team.
pub fn preuve_du_depot(id: Uuid) -> String {
    format!("/dossiers/{id}/accuse/preuve")
}

/// The same, for who holds the receipt's code.
pub fn preuve_publique(code: &str) -> String {
    format!("{VERIFICATION}/preuve?code={}", encoder(code))
}

/// The letter of a decision, as PDF.
pub fn lettre_de_decision(id: Uuid) -> String {
    format!("/dossiers/{id}/decision/lettre")
}

pub fn rubrique(id: Uuid, code: &str) -> String {
    format!("/dossiers/{id}/rubriques/{code}")
}

/// The board of a call, for the pilot.
pub fn campagne(code: &str) -> String {
    format!("/campagnes/{code}")
}

/// The dossiers of a call behind a count.
pub fn dossiers_de_campagne(code: &str, part: &str) -> String {
    format!("/campagnes/{code}/dossiers?part={part}")
}

pub fn dossiers_de_campagne_apres(code: &str, part: &str, apres: &str) -> String {
    format!("/campagnes/{code}/dossiers?part={part}&apres={apres}")
}

/// The list: GET shows it, POST closes it.
pub fn decision_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/decision")
}

/// The draft of the list.
pub fn preparation_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/preparation")
}

pub fn notification_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/notification")
}

pub fn suspension_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/suspension")
}

pub fn conventions_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/conventions")
}

pub fn laureats(code: &str) -> String {
    format!("{APPELS}/{code}/laureats")
}

pub fn convention(id: Uuid) -> String {
    format!("/conventions/{id}")
}

/// A file of a dossier, under the address where its reader reads it:
/// [`dossier`], [`instruction`] or [`examen`]. Under the first, also where one
/// is sent for a piece of the call.
pub fn piece(lecture: &str, piece: impl std::fmt::Display) -> String {
    format!("{lecture}/pieces/{piece}")
}

/// A budget as a document, under the same addresses.
pub fn budget_imprime(lecture: &str, budget: BudgetDemande) -> String {
    format!("{lecture}/budgets/{}", budget.code())
}

/// The page that verifies a receipt.
pub fn verification(code: &str) -> String {
    format!("{VERIFICATION}?code={code}")
}

/// The page of a budget: the project's has no name of its own.
pub fn budget(id: Uuid, budget: BudgetDemande) -> String {
    match budget {
        BudgetDemande::Projet => format!("/dossiers/{id}/budget"),
        autre => format!("/dossiers/{id}/budget/{}", autre.code()),
    }
}

/// The very bytes both sides sign.
pub fn texte_de_convention(id: Uuid) -> String {
    format!("/conventions/{id}/texte")
}

/// The signed copy: the same text, with what both signatures settled.
pub fn exemplaire_de_convention(id: Uuid) -> String {
    format!("/conventions/{id}/exemplaire")
}

pub fn signature_de_convention(id: Uuid) -> String {
    format!("/conventions/{id}/signature")
}

pub fn validation_de_convention(id: Uuid) -> String {
    format!("/conventions/{id}/validation")
}

/// The order of payment.
pub fn versement_de_convention(id: Uuid) -> String {
    format!("/conventions/{id}/versement")
}

pub fn validation_du_versement(id: Uuid) -> String {
    format!("/conventions/{id}/versement/validation")
}

/// The validated orders of a call, for the accounts.
pub fn ordres_de_campagne(code: &str) -> String {
    format!("/campagnes/{code}/ordres")
}

/// Where a person may be sent after signing in: an address of ours, or none.
pub fn suite_sure(suite: &str) -> Option<&str> {
    let notre = suite.starts_with('/')
        && !suite.starts_with("//")
        && !suite.contains('\\')
        && !suite.chars().any(char::is_control);
    notre.then_some(suite)
}

/// Percent-encodes what goes after `=` in an address.
pub fn encoder(texte: &str) -> String {
    use std::fmt::Write;
    let mut code = String::with_capacity(texte.len());
    for octet in texte.bytes() {
        match octet {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                code.push(char::from(octet));
            }
            _ => write!(code, "%{octet:02X}").expect("writing to a String"),
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_ne_renvoie_jamais_vers_un_autre_site() {
        for ailleurs in [
            "https://ailleurs.example",
            "//ailleurs.example",
            "/\\ailleurs",
            "ailleurs",
        ] {
            assert_eq!(suite_sure(ailleurs), None, "{ailleurs}");
        }
        assert_eq!(
            suite_sure("/dossiers/1?onglet=a"),
            Some("/dossiers/1?onglet=a")
        );
    }

    #[test]
    fn la_page_demandee_est_retenue_avec_ses_filtres() {
        assert_eq!(
            connexion(Some("/cellule?pour=53&tri=a")),
            "/connexion?suite=/cellule%3Fpour%3D53%26tri%3Da"
        );
    }
}
