//! The 2024 call on paper, in our own words (notice 2024; dispositif § 4.6).

use documents::{
    AxeNotice, CritereNotice, EmploiNotice, EtapeNotice, NoticeAppel, PieceNotice, RegleNotice,
};

use super::monde::{appel, service};

fn regle(code: &str, enonce: &str, appreciation: bool) -> RegleNotice {
    RegleNotice {
        code: code.into(),
        enonce: enonce.into(),
        source: Some("notice 2024, §\u{a0}3.a".into()),
        appreciation,
    }
}

fn critere(code: &str, enonce: &str) -> CritereNotice {
    CritereNotice {
        code: code.into(),
        enonce: enonce.into(),
        source: Some("notice 2024, §\u{a0}3.b".into()),
        details: Vec::new(),
        bonus: false,
    }
}

fn valorise(code: &str, enonce: &str) -> CritereNotice {
    CritereNotice {
        bonus: true,
        ..critere(code, enonce)
    }
}

fn emploi(intitule: &str, prioritaire: bool) -> EmploiNotice {
    EmploiNotice {
        intitule: intitule.into(),
        prioritaire,
        source: Some("notice 2024, §\u{a0}5".into()),
    }
}

fn piece(intitule: &str, obligatoire: bool, precision: Option<&str>) -> PieceNotice {
    PieceNotice {
        intitule: intitule.into(),
        obligatoire,
        precision: precision.map(Into::into),
    }
}

fn etape(etape: &str, acteur: &str, echeance: Option<&str>) -> EtapeNotice {
    EtapeNotice {
        etape: etape.into(),
        acteur: acteur.into(),
        echeance: echeance.map(Into::into),
    }
}

pub(crate) fn eligibilite() -> Vec<RegleNotice> {
    vec![
        regle(
            "E1",
            "La structure porteuse est lauréate de l’appel d’accompagnement, ou dépose en même temps un dossier pour l’être.",
            false,
        ),
        regle(
            "E2",
            "Le pôle respecte la Charte des PTCE présentée le 30 juin 2021 et l’a signée.",
            false,
        ),
        regle(
            "E3",
            "Aucune subvention de l’État au titre d’un appel PTCE n’a été reçue dans les cinq dernières années.",
            false,
        ),
        regle(
            "E4a",
            "Une structure de l’économie sociale et solidaire (ESS), qui n’est pas une collectivité, porte le dossier.",
            false,
        ),
        regle("E4b", "Le pôle compte au moins un membre hors ESS.", false),
        regle(
            "E5",
            "Le projet répond aux enjeux du territoire où le pôle est implanté.",
            true,
        ),
        regle("E6", "Le pôle se gouverne de façon démocratique.", true),
    ]
}

fn axes() -> Vec<AxeNotice> {
    let ingenierie = CritereNotice {
        details: vec![
            "économiques\u{202f}: emplois créés ou maintenus, biens et services\u{202f};".into(),
            "sociales\u{202f}: personnes accompagnées ou insérées, savoir-faire\u{202f};".into(),
            "écologiques\u{202f}: déchets revalorisés, bâtiments rénovés.".into(),
        ],
        ..critere("I4", "Retombées concrètes pour le territoire")
    };
    vec![
        AxeNotice {
            intitule: "Animation territoriale".into(),
            criteres: vec![
                critere(
                    "A1",
                    "Organisation formalisée et partagée, gouvernance claire",
                ),
                critere(
                    "A2",
                    "Coopérations entre membres précisées pour chaque projet",
                ),
                critere("A3", "Membres et parties prenantes pluriels"),
                critere(
                    "A4",
                    "Fonction d’animation définie, moyens humains identifiés",
                ),
                valorise("A4+", "Première méthode d’animation et calendrier annuel"),
            ],
        },
        AxeNotice {
            intitule: "Ingénierie de projet".into(),
            criteres: vec![
                critere(
                    "I1",
                    "Analyse des besoins du territoire et réponse apportée",
                ),
                valorise(
                    "I1+",
                    "Méthode de collecte des données et d’analyse des besoins",
                ),
                critere("I2", "Contribution au développement local durable"),
                critere(
                    "I3",
                    "Complémentarité avec l’existant et partenariats conclus",
                ),
                valorise("I3+", "Contribution à une politique publique du territoire"),
                ingenierie,
                critere(
                    "I5",
                    "Projets opérationnels\u{202f}: moyens, partenaires, indicateurs",
                ),
                valorise("I5+", "Indicateurs de suivi précis"),
            ],
        },
        AxeNotice {
            intitule: "Modèle économique".into(),
            criteres: vec![critere(
                "M1",
                "Consolidation ou changement d’échelle, équilibre crédible à deux ans",
            )],
        },
        AxeNotice {
            intitule: "Recherche, innovation, développement".into(),
            criteres: vec![valorise(
                "RD",
                "Projet de recherche et développement, si toutes les conditions d’éligibilité sont remplies",
            )],
        },
    ]
}

pub(crate) fn notice() -> NoticeAppel {
    NoticeAppel {
        appel: appel(),
        etabli_le: "2024-03-25T08:00:00Z".parse().expect("a date"),
        cloture: "mercredi 29 mai 2024 à 12\u{a0}h\u{a0}00".into(),
        heures_locales: vec!["6\u{a0}h\u{a0}00 en Guadeloupe et en Martinique".into(), "7\u{a0}h\u{a0}00 en Guyane".into(), "13\u{a0}h\u{a0}00 à Mayotte".into(), "14\u{a0}h\u{a0}00 à La Réunion".into()],
        presentation: vec![
            "L’appel aide des pôles territoriaux de coopération économique (PTCE) à grandir\u{202f}: animer leur territoire, mener leurs projets et trouver un modèle économique en équilibre à deux ans.".into(),
            "Une quinzaine de pôles sont aidés, dans la limite de l’enveloppe.".into(),
        ],
        montant: Some("100\u{202f}000\u{a0}€".into()),
        duree: Some("deux ans".into()),
        enveloppe: Some("1\u{202f}500\u{202f}000\u{a0}€".into()),
        calendrier: vec![
            etape("Dépôt des dossiers", "Structure porteuse", Some("jusqu’au mercredi 29 mai 2024 à 12\u{a0}h\u{a0}00")),
            etape("Avis régional, un par dossier", "Cellule régionale d’animation", Some("jusqu’au mardi 30 juillet 2024, fin de journée")),
            etape("Examen national", "Cellule nationale d’animation", Some("mercredi 4 septembre 2024")),
            etape("Sélection", "État", Some("jusqu’au samedi 21 septembre 2024")),
            etape("Notification", "État", Some("jeudi 26 septembre 2024")),
            etape("Convention et versement", "État", None),
        ],
        eligibilite: eligibilite(),
        recevabilite: vec![
            regle("R1", "Le dossier est complet.", false),
            regle("R2", "Le dossier est déposé à temps\u{202f}: l’heure du serveur fait foi.", false),
        ],
        axes: axes(),
        pieces: vec![
            piece("Statuts de la structure", true, None),
            piece("Liste des membres de l’organe dirigeant ou équivalent", true, Some("Conseil d’administration, ou l’organe qui en tient lieu.")),
            piece("Budget prévisionnel de la structure", true, None),
            piece("Budget prévisionnel du projet", true, Some("Il détaille l’emploi de la subvention.")),
            piece("Schéma de gouvernance", true, None),
            piece("Charte des PTCE", true, Some("La signature déjà enregistrée suffit.")),
            piece("Synthèse du dossier", true, None),
            piece("Lettres de soutien", false, None),
            piece("Rapport d’activité", false, None),
        ],
        emplois: vec![
            emploi("Temps de travail consacré à l’animation des coopérations", true),
            emploi("Fonctionnement permanent du pôle\u{202f}: personnel, frais généraux", false),
            emploi("Animation d’actions mutualisées ou collectives", false),
            emploi("Élaboration du modèle économique", false),
        ],
        exclusions: vec![emploi("Biens amortissables", false)],
        modalites: vec![
            "Une convention de deux ans lie l’État et la structure porteuse.".into(),
            "La subvention est versée en totalité à la validation de la convention.".into(),
            "Un compte rendu financier est remis dans les six mois qui suivent le dernier exercice.".into(),
        ],
        depot: "https://coopole.example/appels/developpement-2024".into(),
        contact: Some(service()),
        changements: vec!["La pièce « organe dirigeant » accepte un organe équivalent.".replace("« ", "«\u{a0}").replace(" »", "\u{a0}»")],
    }
}
