//! The invented world on paper. Nobody here exists.

use documents::{
    Accuse, Appel, Autorite, Certificat, Inscription, LettreDeCode, PieceDeposee, Preuve, Service,
    Structure, Verification, VoiesRecours,
};

pub(crate) fn empreinte(graine: u8) -> String {
    (0..32u8)
        .map(|rang| {
            format!(
                "{:02x}",
                rang.wrapping_mul(37).wrapping_add(graine.wrapping_mul(91))
            )
        })
        .collect()
}

pub(crate) fn service() -> Service {
    Service {
        nom: "Bureau de l’économie sociale et solidaire".into(),
        adresse: vec!["1 place des Essais".into(), "75000 Villefictive".into()],
        courriel: Some("bureau@ess.example".into()),
        telephone: Some("01\u{a0}00\u{a0}00\u{a0}00\u{a0}00".into()),
    }
}

pub(crate) fn structure() -> Structure {
    Structure {
        nom: "Les Rives en commun".into(),
        forme: "association".into(),
        siret: "123\u{202f}456\u{202f}789\u{202f}00012".into(),
        adresse: vec!["12 quai des Essais".into(), "29600 Morlaix".into()],
    }
}

pub(crate) fn appel() -> Appel {
    Appel {
        intitule: "Financer le développement des PTCE (2024)".into(),
        code: "developpement-2024".into(),
        version: "version 3 du 25/03/2024".into(),
    }
}

pub(crate) fn recours() -> VoiesRecours {
    VoiesRecours {
        delai: "deux mois".into(),
        dernier_jour: "lundi 30 septembre 2024".into(),
        allongement: None,
        auteur: Autorite {
            nom: "Bureau de l’économie sociale et solidaire".into(),
            adresse: vec!["1 place des Essais, 75000 Villefictive".into()],
        },
        superieur: Some(Autorite {
            nom: "ministre chargé de l’économie sociale et solidaire".into(),
            adresse: vec!["2 place des Essais, 75000 Villefictive".into()],
        }),
        tribunal: Autorite {
            nom: "tribunal administratif de Villefictive".into(),
            adresse: vec!["3 place des Essais, 75000 Villefictive".into()],
        },
        teleservice: Some("https://recours.example".into()),
    }
}

pub(crate) fn certificat() -> Certificat {
    Certificat {
        signataire: "Pôle des Rives".into(),
        engagee: Some("Les Rives solidaires, SIRET 900 000 019 00019".into()),
        qualite: "au nom du pôle".into(),
        version: "Charte du 30 juin 2021".into(),
        signee_le: "mardi 26 mars 2024 à 9\u{a0}h\u{a0}00\u{a0}min\u{a0}00\u{a0}s".into(),
        etabli_le: "2024-03-26T08:00:00Z".parse().expect("a date"),
        personne: "Camille Essai".into(),
        fonction: "présidente".into(),
        mandat: "Mandat reçu".into(),
        reference: Some("Délibération du 12 mars 2024".into()),
        declarations: vec![
            "J’ai pouvoir d’engager la structure qui porte le pôle".into(),
            "J’ai lu le texte ci-dessus, et le pôle en accepte les principes".into(),
        ],
        seance: Some("Journée nationale d’essai, Morlaix".into()),
        code_qr: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M4 4h1v1h-1z\"/></svg>".into(),
        empreinte: empreinte(9),
        inscription: "018f0000-0000-7000-8000-000000000000".into(),
        verification: Verification {
            adresse: "https://coopole.example/verification".into(),
            code: "K7QM-3D2F-XA4T-PZ6R".into(),
        },
    }
}

pub(crate) fn lettre_de_code() -> LettreDeCode {
    LettreDeCode {
        service: "Cellule Bretagne".into(),
        adresse: vec![
            "Les Rives solidaires".into(),
            "1 quai des Brumes".into(),
            "29600 Morlaix".into(),
        ],
        ecrite_le: "mardi 26 mars 2024".into(),
        etabli_le: "2024-03-26T08:00:00Z".parse().expect("a date"),
        pole: "Pôle des Rives".into(),
        personne: "Camille Essai".into(),
        fonction: "présidente".into(),
        code: vec!["K7QM3".into(), "D2FXA".into()],
        jusqu_au: "samedi 25 mai 2024".into(),
        page: "https://coopole.example/poles/018f0000-0000-7000-8000-000000000000/revendication"
            .into(),
    }
}

pub(crate) fn accuse() -> Accuse {
    let piece = |rang: u8, genre: &str, fichier: &str, poids: &str| PieceDeposee {
        genre: genre.into(),
        fichier: fichier.into(),
        poids: poids.into(),
        empreinte: empreinte(rang),
    };
    Accuse {
        numero: "2024-0137".into(),
        depose_le: "mercredi 29 mai 2024 à 11\u{a0}h\u{a0}58\u{a0}min\u{a0}41\u{a0}s".into(),
        heure_locale: Some("13\u{a0}h\u{a0}58\u{a0}min\u{a0}41\u{a0}s à La Réunion".into()),
        etabli_le: "2024-05-29T09:58:42Z".parse().expect("a date"),
        service: service(),
        structure: structure(),
        pole: "Pôle des Rives".into(),
        appel: appel(),
        pieces: vec![
            piece(
                1,
                "Statuts de la structure",
                "statuts-signes.pdf",
                "1,2\u{a0}Mo",
            ),
            piece(
                2,
                "Liste des membres de l’organe dirigeant ou équivalent",
                "conseil 2024.pdf",
                "214\u{a0}ko",
            ),
            piece(
                3,
                "Budget prévisionnel de la structure",
                "budget-structure.pdf",
                "88\u{a0}ko",
            ),
            piece(
                4,
                "Budget prévisionnel du projet",
                "budget-projet.pdf",
                "91\u{a0}ko",
            ),
            piece(5, "Schéma de gouvernance", "gouvernance.png", "640\u{a0}ko"),
            piece(6, "Charte des PTCE", "charte-signee.pdf", "3,4\u{a0}Mo"),
            piece(7, "Synthèse du dossier", "synthese.odt", "57\u{a0}ko"),
        ],
        empreinte: empreinte(9),
        inscription: Inscription {
            identifiant: "018fc3d2-6a41-7c55-9e0b-2f1d7a9c4b10".into(),
            preuve: Some(preuve()),
        },
        rejet_implicite_le: "lundi 29 juillet 2024".into(),
        notification_prevue: Some("jeudi 26 septembre 2024".into()),
        recours: recours(),
        verification: Verification {
            adresse: "https://coopole.example/verification".into(),
            code: "7F3K-92QD-XM4T".into(),
        },
    }
}

fn preuve() -> Preuve {
    Preuve {
        scelle_le: "mercredi 29 mai 2024 à 11\u{a0}h\u{a0}58\u{a0}min\u{a0}42\u{a0}s".into(),
        rang: 4127,
        taille: 4131,
        racine: empreinte(20),
        chemin: (21..28).map(empreinte).collect(),
        signature: format!("{}{}", empreinte(30), empreinte(31)),
    }
}
