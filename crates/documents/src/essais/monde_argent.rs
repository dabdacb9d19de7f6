//! The money and the decisions of the invented world, on paper.

use documents::{
    Autorite, AvisNotifie, BudgetPresente, CompteBudget, Contributions, Convention,
    DecisionNotifiee, EmploiBudget, Excedent, IndicateurConvention, Issue, LignePresentee,
    MentionLigne, MotifAxe, MotifNotifie, NatureBudget, Passage, RegleAppliquee, Signataire,
    SignatureConvention, SignatureEnregistree, TableauBudget, TraitementAlgorithmique,
    VersementPrevu, VoiesRecours,
};

use super::monde::{appel, empreinte, recours, service, structure};
use super::monde_appel::eligibilite;

fn euros(texte: &str) -> String {
    format!("{}\u{a0}€", texte.replace(' ', "\u{202f}"))
}

fn ligne(libelle: &str, montant: &str, mention: Option<MentionLigne>) -> LignePresentee {
    LignePresentee {
        libelle: libelle.into(),
        montant: euros(montant),
        mention,
    }
}

fn compte(numero: &str, intitule: &str, total: &str, lignes: Vec<LignePresentee>) -> CompteBudget {
    CompteBudget {
        compte: Some(numero.into()),
        intitule: intitule.into(),
        total: euros(total),
        lignes,
    }
}

fn subvention(montant: &str, emploi: &str) -> Option<MentionLigne> {
    Some(MentionLigne::Subvention {
        montant: euros(montant),
        emploi: Some(emploi.into()),
    })
}

fn emploi(intitule: &str, montant: &str, part: &str) -> EmploiBudget {
    EmploiBudget {
        intitule: intitule.into(),
        montant: euros(montant),
        part: format!("{part}\u{202f}%"),
    }
}

pub(crate) fn tableau() -> TableauBudget {
    TableauBudget {
        periode: Some("du 01/10/2024 au 30/09/2026".into()),
        charges: vec![
            compte(
                "60",
                "Achats",
                "12 000",
                vec![
                    ligne("Fournitures d’atelier", "7 500", None),
                    ligne("Prestations", "4 500", None),
                ],
            ),
            compte(
                "61",
                "Services extérieurs",
                "9 600",
                vec![ligne(
                    "Location du tiers-lieu",
                    "9 600",
                    subvention("4 000", "fonctionnement permanent"),
                )],
            ),
            compte(
                "62",
                "Autres services extérieurs",
                "14 400",
                vec![
                    ligne(
                        "Étude du modèle économique",
                        "8 400",
                        subvention("6 000", "modèle économique"),
                    ),
                    ligne("Déplacements", "6 000", None),
                ],
            ),
            compte(
                "64",
                "Charges de personnel",
                "146 400",
                vec![
                    ligne(
                        "Animation du pôle, 1,5 équivalent temps plein",
                        "98 400",
                        subvention("82 000", "animation, temps de travail"),
                    ),
                    ligne(
                        "Coordination des filières",
                        "48 000",
                        subvention("8 000", "actions mutualisées"),
                    ),
                ],
            ),
        ],
        produits: vec![
            compte(
                "70",
                "Ventes",
                "38 400",
                vec![ligne("Prestations aux membres", "38 400", None)],
            ),
            compte(
                "74",
                "Subventions d’exploitation",
                "138 000",
                vec![
                    ligne("État, appel PTCE", "100 000", Some(MentionLigne::Appel)),
                    ligne("Région", "24 000", Some(MentionLigne::Obtenue)),
                    ligne(
                        "Communauté de communes",
                        "14 000",
                        Some(MentionLigne::Deposee),
                    ),
                ],
            ),
            compte(
                "75",
                "Autres produits de gestion",
                "6 000",
                vec![ligne("Cotisations", "6 000", None)],
            ),
        ],
        total_charges: euros("182 400"),
        total_produits: euros("182 400"),
        ecart: None,
        contributions: Some(Contributions {
            emplois: vec![ligne("864 Bénévolat", "9 000", None)],
            ressources: vec![ligne("870 Bénévolat", "9 000", None)],
            total_emplois: euros("9 000"),
            total_ressources: euros("9 000"),
        }),
        emplois: vec![
            emploi(
                "Animation des coopérations, temps de travail",
                "82 000",
                "82",
            ),
            emploi("Fonctionnement permanent", "4 000", "4"),
            emploi("Actions mutualisées ou collectives", "8 000", "8"),
            emploi("Modèle économique", "6 000", "6"),
        ],
        subvention: Some(euros("100 000")),
        part: Some("54,8\u{202f}%".into()),
    }
}

pub(crate) fn budget() -> BudgetPresente {
    BudgetPresente {
        nature: NatureBudget::Projet,
        numero: "2024-0137".into(),
        etabli_le: "2024-05-28T15:00:00Z".parse().expect("a date"),
        etat: "Déposé le 29/05/2024".into(),
        structure: structure(),
        pole: "Pôle des Rives".into(),
        appel: appel(),
        piece: None,
        tableau: tableau(),
    }
}

fn decideur() -> Signataire {
    Signataire {
        nom: "Camille Essai".into(),
        qualite: "cheffe du bureau de l’économie sociale et solidaire".into(),
        delegation: Some("Pour le ministre et par délégation".into()),
    }
}

pub(crate) fn retenu() -> DecisionNotifiee {
    DecisionNotifiee {
        reference: "2024-D-0137".into(),
        numero: "2024-0137".into(),
        etabli_le: "2024-09-26T12:00:00Z".parse().expect("a date"),
        fait: "À Villefictive, le jeudi 26 septembre 2024".into(),
        service: service(),
        structure: structure(),
        attention: Some("la personne qui représente la structure".into()),
        pole: "Pôle des Rives".into(),
        appel: appel(),
        depose_le: "mercredi 29 mai 2024".into(),
        issue: Issue::Retenu {
            montant: euros("100 000"),
            duree: "deux ans".into(),
            suite: vec![
                "Vous recevez la convention à relire jusqu’au vendredi 4 octobre 2024.".into(),
                "Vous la signez en ligne, avec les coordonnées bancaires de la structure.".into(),
                "L’administration la valide\u{202f}; la subvention est alors versée en une fois."
                    .into(),
            ],
        },
        recours: VoiesRecours {
            dernier_jour: "mercredi 27 novembre 2024".into(),
            ..recours()
        },
        traitement: Some(traitement()),
        signataire: decideur(),
    }
}

fn traitement() -> TraitementAlgorithmique {
    TraitementAlgorithmique {
        finalite: "classer les dossiers éligibles selon les notes données à chaque critère, pour préparer la sélection".into(),
        regles: "https://coopole.example/appels/developpement-2024".into(),
        service: Autorite { nom: service().nom, adresse: service().adresse },
    }
}

pub(crate) fn non_retenu() -> DecisionNotifiee {
    let constat = [
        "Remplie",
        "Remplie",
        "Remplie",
        "Remplie",
        "Remplie",
        "Remplie, après lecture",
        "Remplie, après lecture",
    ];
    DecisionNotifiee {
        reference: "2024-D-0141".into(),
        numero: "2024-0141".into(),
        pole: "Atelier du Pays".into(),
        issue: Issue::NonRetenu {
            annonce: "Votre dossier n’est pas retenu.".into(),
            motifs: vec![
                MotifNotifie {
                    phrase: "Le budget ne montre pas comment le pôle sera en équilibre après les deux ans d’aide.".into(),
                    source: Some("critère M1, notice 2024, §\u{a0}3.b".into()),
                },
                MotifNotifie {
                    phrase: "L’enveloppe ne permettait pas d’aider tous les dossiers éligibles\u{202f}; le vôtre est classé 22e.".into(),
                    source: Some("notice 2024, §\u{a0}2".into()),
                },
            ],
            regles: eligibilite()
                .into_iter()
                .zip(constat)
                .map(|(regle, constat)| RegleAppliquee { code: regle.code, enonce: regle.enonce, constat: constat.into(), source: regle.source })
                .collect(),
            avis: Some(AvisNotifie {
                cellule: "la cellule Bretagne".into(),
                rendu_le: "vendredi 12 juillet 2024".into(),
                sens: "favorable avec réserve".into(),
                motifs: vec![
                    MotifAxe { axe: "Animation".into(), texte: "Les coopérations sont décrites projet par projet.".into() },
                    MotifAxe { axe: "Modèle économique".into(), texte: "La part des ventes reste à préciser.".into() },
                ],
            }),
            services: vec![
                "Le créneau juridique du premier mardi du mois.".into(),
                "Les webinaires du bouquet de services, ouverts aux pôles candidats.".into(),
            ],
        },
        ..retenu()
    }
}

pub(crate) fn convention() -> Convention {
    let porteuse = Signataire {
        nom: "Alex Rivage".into(),
        qualite: "présidente".into(),
        delegation: None,
    };
    Convention {
        numero: "2024-C-0137".into(),
        etabli_le: "2024-10-02T08:00:00Z".parse().expect("a date"),
        appel: appel(),
        decision: "n°\u{a0}2024-D-0137 du jeudi 26 septembre 2024".into(),
        dossier: "2024-0137".into(),
        depose_le: "mercredi 29 mai 2024".into(),
        administration: Autorite { nom: "L’État, bureau de l’économie sociale et solidaire".into(), adresse: service().adresse },
        pour_administration: decideur(),
        beneficiaire: structure(),
        pour_beneficiaire: porteuse.clone(),
        pole: "Pôle des Rives".into(),
        projet: vec!["Réunir sur les rives de l’estuaire un atelier de réemploi, une conserverie et un service de transport à vélo, animés par une équipe commune.".into()],
        description: vec![passage("Besoins du territoire", "Trois déchetteries sur quatre n’ont pas de réemploi.")],
        montant: euros("100 000"),
        montant_en_lettres: "cent mille euros".into(),
        duree: "deux ans".into(),
        periode: Some("du lundi 7 octobre 2024 au mardi 6 octobre 2026".into()),
        versement: VersementPrevu {
            delai: "soixante jours".into(),
            titulaire: "Les Rives en commun".into(),
            compte: "IBAN FR76 •••• •••• 4321".into(),
            references: vec![("Engagement juridique".into(), "1400000137".into())],
        },
        excedent: Excedent::Conserve { limite: "5\u{202f}% du montant de la subvention".into() },
        compte_rendu_avant: Some("mercredi 30 juin 2027".into()),
        rapport_intermediaire: Some("vendredi 31 octobre 2025".into()),
        indicateurs: vec![
            indicateur("Économique", "Emplois créés ou maintenus", "6 équivalents temps plein", Some("Fin de chaque année, registre du personnel")),
            indicateur("Sociale", "Personnes accompagnées vers l’emploi", "40", Some("Fin de chaque année, suivi des parcours")),
            indicateur("Écologique", "Matières réemployées", "25 tonnes par an", None),
        ],
        objectifs: vec![passage("Retombées sociales attendues", "Former vingt personnes aux métiers du réemploi.")],
        suivi: vec![passage("Façon de mesurer", "Un relevé par semestre, tenu par l’équipe d’animation.")],
        engagement_republicain: Some("lundi 20 mai 2024".into()),
        regime_aide: None,
        tribunal: Autorite { nom: "tribunal administratif de Villefictive".into(), adresse: vec!["3 place des Essais, 75000 Villefictive".into()] },
        budget: tableau(),
        regles: eligibilite(),
        signatures: vec![
            SignatureConvention {
                partie: "Pour le bénéficiaire".into(),
                signataire: porteuse,
                enregistree: Some(SignatureEnregistree {
                    le: "vendredi 4 octobre 2024 à 10\u{a0}h\u{a0}12".into(),
                    mode: "signature manuscrite déposée".into(),
                    empreinte: empreinte(40),
                }),
            },
            SignatureConvention { partie: "Pour l’administration".into(), signataire: decideur(), enregistree: None },
        ],
    }
}

fn passage(titre: &str, texte: &str) -> Passage {
    Passage {
        titre: titre.into(),
        texte: texte.into(),
    }
}

fn indicateur(
    famille: &str,
    intitule: &str,
    cible: &str,
    mesure: Option<&str>,
) -> IndicateurConvention {
    IndicateurConvention {
        famille: famille.into(),
        intitule: intitule.into(),
        cible: cible.into(),
        mesure: mesure.map(Into::into),
    }
}
