//! The doors of the house: every act of the private routes with whom it is
//! closed to, and every page anyone reads. A house rule compares these lists with
//! `router.rs`: a new door says here how it closes.

/// An act: the function of its route, its address, and whether anybody signed
/// in may do it.
pub struct Acte {
    pub route: &'static str,
    pub adresse: &'static str,
    pub a_tous: bool,
}

const fn acte(route: &'static str, adresse: &'static str) -> Acte {
    Acte {
        route,
        adresse,
        a_tous: false,
    }
}

const fn a_tous(route: &'static str, adresse: &'static str) -> Acte {
    Acte {
        route,
        adresse,
        a_tous: true,
    }
}

/// What stands between braces is an object of the journey.
pub const ACTES: &[Acte] = &[
    a_tous("create_correction", "/poles/{pole}/corrections/rural"),
    a_tous("create_suivi", "/suivis"),
    acte("delete_suivi", "/suivis/{suivi}/fin"),
    acte("create_moderation", "/corrections/{correction}/moderation"),
    acte(
        "create_annulation",
        "/modifications/{modification}/annulation",
    ),
    acte("create_import", "/imports"),
    acte("create_relecture", "/imports/{import}/relecture"),
    acte("create_choix", "/imports/{import}/lignes/2/choix"),
    acte("create_application", "/imports/{import}/application"),
    acte("create_annulation", "/imports/{import}/annulation"),
    a_tous("create_revendication", "/poles/{pole}/revendication"),
    acte("create_code", "/revendications/{revendication}/code"),
    acte("create_retrait", "/revendications/{revendication}/retrait"),
    acte("create_reponse", "/revendications/{revendication}/reponse"),
    acte("create_lettre", "/revendications/{revendication}/lettre"),
    acte(
        "lettre_imprimee",
        "/revendications/{revendication}/lettre/pdf",
    ),
    acte("create_envoi", "/revendications/{revendication}/envoi"),
    acte("create_reprise", "/revendications/{revendication}/reprise"),
    a_tous("create_declaration", "/poles/declarer"),
    acte(
        "create_retrait_de_declaration",
        "/declarations/{declaration}/retrait",
    ),
    acte(
        "create_reponse_a_la_declaration",
        "/declarations/{declaration}/reponse",
    ),
    acte("create_sortie", "/poles/{pole}/sortie"),
    acte(
        "create_annulation_de_sortie",
        "/sorties/{sortie}/annulation",
    ),
    acte("create_fusion", "/doublons/{garde}/{fondu}"),
    acte(
        "create_distinction",
        "/doublons/{garde}/{fondu}/distinction",
    ),
    acte(
        "create_rapprochement",
        "/doublons/{garde}/{fondu}/rapprochement",
    ),
    acte("create_defaite", "/fusions/{fusion}/annulation"),
];

/// The acts of the procedure: a dossier, its instruction, the committee, the
/// pilot, the agreements, and what was before this house.
pub const PROCEDURE: &[Acte] = &[
    acte("update_rubrique", "/dossiers/{dossier}/rubriques/structure"),
    acte("update_membres", "/dossiers/{dossier}/membres"),
    acte("update_budget", "/dossiers/{dossier}/budget"),
    acte("update_budget", "/dossiers/{dossier}/budget/structure"),
    acte("create_piece", "/dossiers/{dossier}/pieces/statuts"),
    acte("delete_piece", "/dossiers/{dossier}/pieces/{piece}/retrait"),
    acte("create_depot", "/dossiers/{dossier}/depot"),
    acte("create_retrait", "/dossiers/{dossier}/retrait"),
    acte("create_association", "/dossiers/{dossier}/equipe"),
    acte("update_place", "/dossiers/{dossier}/equipe/{compte}"),
    acte("create_fin", "/dossiers/{dossier}/equipe/{compte}/fin"),
    a_tous("create_verification", "/verification"),
    acte("create_suppleance", "/cellules/94/suppleance"),
    acte("create_contact", "/cellules/53/contact"),
    acte("create_eligibilite", "/instruction/{dossier}/eligibilite"),
    acte("save_constat", "/instruction/{dossier}/constats/A1"),
    acte("create_note", "/instruction/{dossier}/notes"),
    acte("save_projet", "/instruction/{dossier}/projet"),
    acte("create_avis", "/instruction/{dossier}/avis"),
    acte("create_interets", "/interets/ami-financement-2024"),
    acte("save_examen", "/examens/{dossier}"),
    acte("create_rendu", "/examens/{dossier}/rendu"),
    acte("create_cloture", "/seances/ami-financement-2024/cloture"),
    acte(
        "update_preparation",
        "/campagnes/ami-financement-2024/preparation",
    ),
    acte(
        "create_decision",
        "/campagnes/ami-financement-2024/decision",
    ),
    acte(
        "create_notification",
        "/campagnes/ami-financement-2024/notification",
    ),
    acte(
        "create_suspension",
        "/campagnes/ami-financement-2024/suspension",
    ),
    acte(
        "create_conventions",
        "/campagnes/ami-financement-2024/conventions",
    ),
    acte("create_signature", "/conventions/{convention}/signature"),
    acte("create_validation", "/conventions/{convention}/validation"),
    acte("create_versement", "/conventions/{convention}/versement"),
    acte(
        "create_validation_du_versement",
        "/conventions/{convention}/versement/validation",
    ),
    acte("create_consignations", "/consignations/{genre}"),
    acte("create_attestation", "/consignations/{genre}/attestation"),
    acte("create_annulation", "/consignations/{genre}/annulation"),
];

/// The pages and the files that anyone reads.
pub const PUBLIQUES: &[(&str, &str)] = &[
    ("accueil", "/"),
    ("appels", "/appels"),
    ("appel", "/appels/ami-financement-2024"),
    ("annuaire", "/poles"),
    ("fiche", "/poles/{pole}"),
    ("historique", "/poles/{pole}/historique"),
    ("clusters", "/en/poles"),
    ("cluster", "/en/poles/{pole}"),
    ("regions", "/regions"),
    ("region", "/regions/53"),
    ("departement", "/departements/29"),
    ("epci", "/epci/242900835"),
    ("recensement", "/recensement"),
    ("liste_recensee", "/recensement/poles"),
    ("charte", "/charte"),
    ("signataires", "/charte/signataires"),
    ("donnees_ouvertes", "/donnees"),
    ("carte", "/carte"),
    ("carte_integree", "/carte/integrer"),
    ("aide", "/aide"),
    ("plan", "/plan"),
    ("accessibilite", "/accessibilite"),
    ("mentions_legales", "/mentions-legales"),
    ("donnees_personnelles", "/donnees-personnelles"),
    ("eligibilite", "/appels/ami-financement-2024/eligibilite"),
    ("notice", "/appels/ami-financement-2024/notice"),
    ("agenda", "/appels/ami-financement-2024/agenda.ics"),
    ("export", "/recensement/export"),
    ("geojson", "/poles.geojson"),
    ("flux", "/poles.atom"),
    ("csv", "/poles.csv"),
    ("csv_des_regions", "/regions.csv"),
    ("sortis", "/poles/sortis"),
    ("csv_des_sorties", "/poles-sortis.csv"),
    ("csv_tableur", "/poles-tableur.csv"),
    ("csv_des_membres", "/poles-membres.csv"),
    ("csv_des_signes", "/poles-signes.csv"),
    ("csv_des_changements", "/poles-changements.csv"),
    ("xlsx", "/poles.xlsx"),
    ("json", "/poles.json"),
    ("tete", "/journal/tete"),
];
