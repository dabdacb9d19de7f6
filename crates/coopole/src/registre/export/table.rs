//! What each file says, in rows: one a pole, then one a member, one a sign, one
//! a change. The same columns in every form.

use jiff::civil::Date;
use metier::{
    commun::temps,
    poles::{Membre, Signe},
};
use serde_json::Value;

use super::{Edition, Entiere};
use crate::{
    poles::{entieres::Quoi, etat::en_mots},
    urls,
};

/// What a column holds.
pub enum Cellule {
    Vide,
    Texte(String),
    Nombre(i64),
    OuiNon(bool),
    Liste(Vec<&'static str>),
}

impl Cellule {
    fn texte(texte: Option<impl Into<String>>) -> Self {
        texte.map_or(Self::Vide, |texte| Self::Texte(texte.into()))
    }

    fn oui_non(fait: Option<bool>) -> Self {
        fait.map_or(Self::Vide, Self::OuiNon)
    }

    /// As a table shows it; several words are parted by a bar, which no
    /// spreadsheet takes for a column.
    pub fn en_mots(&self) -> String {
        match self {
            Self::Vide => String::new(),
            Self::Texte(texte) => texte.clone(),
            Self::Nombre(combien) => combien.to_string(),
            Self::OuiNon(oui) => if *oui { "oui" } else { "non" }.to_owned(),
            Self::Liste(mots) => mots.join("|"),
        }
    }

    pub fn en_json(&self) -> Value {
        match self {
            Self::Vide => Value::Null,
            Self::Texte(texte) => Value::from(texte.as_str()),
            Self::Nombre(combien) => Value::from(*combien),
            Self::OuiNon(oui) => Value::from(*oui),
            Self::Liste(mots) => Value::from(mots.clone()),
        }
    }
}

/// A file of rows.
pub struct Table {
    /// The sheet of the workbook.
    pub feuille: &'static str,
    /// Each column, and what it says.
    pub colonnes: &'static [(&'static str, &'static str)],
    /// The rows of one pole.
    pub rangees: fn(&Entiere, &Edition<'_>) -> Vec<Vec<Cellule>>,
}

/// What a record says several of: a table of its own, whose rows begin with the
/// pole, and a list within the object of the pole.
pub struct Chapitre {
    /// Its name among the fields of an object.
    pub nom: &'static str,
    pub table: Table,
}

/// Titles are words that an import recognises, where it has a use for them.
pub static POLES: Table = Table {
    feuille: "Pôles",
    colonnes: &[
        ("identifiant", "stable : celui de l’adresse de la fiche"),
        ("nom", "le nom du pôle"),
        ("adresse", "l’adresse de sa fiche"),
        (
            "structure_porteuse",
            "la personne morale qui dépose et signe pour lui",
        ),
        ("forme", "la forme juridique de cette structure"),
        (
            "qualite_ess",
            "de_droit, societe_ess, hors_ess : l’appartenance de cette structure à l’économie sociale et solidaire",
        ),
        ("siret", "son numéro"),
        ("rna", "son numéro d’association"),
        ("commune", "la commune du pôle"),
        ("code_commune", "le code officiel de cette commune"),
        ("departement", "le code de son département"),
        ("region", "le code officiel de sa région"),
        ("epci", "le numéro SIREN de son intercommunalité"),
        ("territoire", "le territoire où il travaille, dans ses mots"),
        ("themes", "les mots du registre, séparés par « | »"),
        (
            "signes",
            "charte, accompagnement, financement, séparés par « | »",
        ),
        (
            "charte",
            "oui, non, ou vide quand aucune liste ne dit s’il l’a signée",
        ),
        ("maturite", "en_creation, emergent, existant…"),
        ("rural", "oui, non, ou vide si cela n’est pas connu"),
        ("qpv", "de même, pour les quartiers prioritaires"),
        (
            "nombre_de_membres",
            "ses membres connus au jour du fichier ; chacun est dans le fichier des membres",
        ),
        (
            "emplois",
            "les emplois de ses membres, en équivalents temps plein",
        ),
        (
            "europe",
            "ses partenaires en Europe, ses mobilités Erasmus+",
        ),
        ("presentation", "ce qu’il fait, dans ses mots"),
        ("site", "son site internet"),
        ("invente", "oui pour un pôle du monde de démonstration"),
        (
            "source",
            "la page publique où il a été relevé ; vide si son équipe l’a déclaré ici",
        ),
    ],
    rangees: |pole, edition| vec![un_pole(pole, edition)],
};

/// What stands before the rows of a chapter, in a file of its own.
pub const DU_POLE: [(&str, &str); 2] = [
    ("pole", "l’identifiant du pôle"),
    ("nom_du_pole", "son nom"),
];

pub static MEMBRES: Chapitre = Chapitre {
    nom: "membres",
    table: Table {
        feuille: "Membres",
        colonnes: &[
            ("membre", "le nom de l’organisation"),
            (
                "nature",
                "ess, entreprise_hors_ess, collectivite, recherche, formation, citoyens, autre",
            ),
            ("tiers_lieu", "oui si elle anime un tiers-lieu"),
            ("depuis", "l’année ou le jour où elle est venue"),
            (
                "jusqu_a",
                "l’année ou le jour où elle part ; vide si rien ne dit qu’elle parte",
            ),
            (
                "present",
                "oui si elle est membre au jour du fichier : un départ à venir n’en est pas un",
            ),
        ],
        rangees: |pole, edition| {
            let jour = temps::jour_de(edition.le);
            let membres = pole.etat.membres();
            membres.iter().map(|m| un_membre(m, jour)).collect()
        },
    },
};

pub static SIGNES: Chapitre = Chapitre {
    nom: "detail_des_signes",
    table: Table {
        feuille: "Signes",
        colonnes: &[
            ("signe", "charte, accompagnement, financement"),
            (
                "code",
                "celui de la version de la Charte, ou de l’appel gagné",
            ),
            ("titre", "le titre de cette version, ou de cet appel"),
            (
                "le",
                "le jour de la signature ou du succès, ou son année quand la source ne donne qu’elle ; vide si la source ne le donne pas",
            ),
            ("retiree_le", "le jour où la signature a été retirée"),
            (
                "preuve",
                "l’adresse de la preuve de la signature, ou de la liste des lauréats d’un appel tenu ici",
            ),
            (
                "source",
                "d’après quoi il fut consigné ici, ou la page publique où le pôle a été relevé",
            ),
        ],
        rangees: les_signes,
    },
};

pub static CHANGEMENTS: Chapitre = Chapitre {
    nom: "changements",
    table: Table {
        feuille: "Changements",
        colonnes: &[
            ("jour", "le jour du changement"),
            (
                "information",
                "ce qui a changé, ou fusion : une autre fiche du même pôle réunie à celle-ci",
            ),
            ("avant", "ce que la fiche disait"),
            (
                "apres",
                "ce qu’elle dit depuis, ou le nom de la fiche réunie",
            ),
            (
                "origine",
                "d’où vient l’information, ou le motif de la fusion",
            ),
            ("annule", "oui si un autre changement l’a défait"),
        ],
        rangees: |pole, _| pole.changements.iter().map(un_changement).collect(),
    },
};

fn un_pole(pole: &Entiere, edition: &Edition<'_>) -> Vec<Cellule> {
    let Entiere { fiche, etat, .. } = pole;
    let porteuse = etat.porteuse();
    let porteuse = porteuse.as_ref();
    let jour = temps::jour_de(edition.le);
    let membres = etat.membres();
    let presents = membres.iter().filter(|membre| membre.l_est(jour));
    // What a list gave of a number that is none is not shown either.
    let siret = porteuse.and_then(|p| p.siret.as_ref());
    let rna = porteuse.and_then(|p| p.rna.as_ref());
    vec![
        Cellule::Texte(fiche.id.to_string()),
        Cellule::Texte(fiche.nom.clone()),
        Cellule::Texte(format!("{}{}", edition.site, urls::pole(fiche.id))),
        Cellule::texte(porteuse.map(|p| p.nom.as_str())),
        Cellule::texte(porteuse.and_then(|p| p.forme).map(|forme| forme.code())),
        Cellule::texte(etat.qualite_ess().map(|qualite| qualite.code())),
        Cellule::texte(siret.map(|siret| siret.as_str())),
        Cellule::texte(rna.map(|rna| rna.as_str())),
        Cellule::texte(fiche.lieu.commune.as_deref()),
        Cellule::texte(etat.code_commune.as_deref()),
        Cellule::texte(fiche.lieu.departement.as_deref()),
        Cellule::texte(fiche.lieu.region.map(|region| region.code())),
        Cellule::texte(etat.epci.as_deref()),
        Cellule::texte(etat.territoire.as_deref()),
        Cellule::Liste(fiche.themes.iter().map(|theme| theme.code()).collect()),
        Cellule::Liste(fiche.signes.iter().map(|signe| signe.code()).collect()),
        Cellule::oui_non(pole.charte),
        Cellule::texte(fiche.maturite.map(|maturite| maturite.code())),
        Cellule::oui_non(fiche.rural),
        Cellule::oui_non(fiche.qpv),
        match presents.count() {
            0 => Cellule::Vide,
            combien => Cellule::Nombre(combien as i64),
        },
        etat.emplois.map_or(Cellule::Vide, Cellule::Nombre),
        Cellule::texte(etat.europe.as_deref()),
        Cellule::texte(fiche.presentation.as_deref()),
        Cellule::texte(fiche.site.as_deref()),
        Cellule::OuiNon(fiche.invente),
        Cellule::texte(fiche.source.as_deref()),
    ]
}

fn un_membre(membre: &Membre, jour: Date) -> Vec<Cellule> {
    vec![
        Cellule::Texte(membre.nom.clone()),
        Cellule::texte(Some(membre.nature.code())),
        Cellule::OuiNon(membre.tiers_lieu),
        Cellule::texte(membre.depuis.map(|moment| moment.to_string())),
        Cellule::texte(membre.jusqu_a.map(|moment| moment.to_string())),
        Cellule::OuiNon(membre.l_est(jour)),
    ]
}

fn les_signes(pole: &Entiere, edition: &Edition<'_>) -> Vec<Vec<Cellule>> {
    let jour = |le| temps::jour_de(le).to_string();
    let signees = pole.signatures.iter().map(|signature| {
        let preuve = urls::signature_de_la_charte(signature.id);
        vec![
            Cellule::texte(Some(Signe::Charte.code())),
            Cellule::Texte(signature.version.clone()),
            Cellule::Texte(signature.titre.clone()),
            Cellule::Texte(jour(signature.signee_le)),
            Cellule::texte(signature.retiree_le.map(jour)),
            Cellule::Texte(format!("{}{preuve}", edition.site)),
            Cellule::texte(signature.source.as_deref()),
        ]
    });
    let gagnes = pole.laureats.iter().map(|laureat| {
        let tenu = edition.campagnes.find(&laureat.campagne).ok();
        let hors_d_ici = tenu.is_none();
        vec![
            Cellule::texte(Some(laureat.signe.code())),
            Cellule::Texte(laureat.campagne.clone()),
            Cellule::texte(Some(edition.campagnes.titre(&laureat.campagne))),
            Cellule::texte(laureat.le.map(|le| le.to_string())),
            Cellule::Vide,
            tenu.map_or(Cellule::Vide, |appel| {
                let page = urls::laureats(&appel.code);
                Cellule::Texte(format!("{}{page}", edition.site))
            }),
            match hors_d_ici {
                true => Cellule::texte(
                    laureat
                        .source
                        .as_ref()
                        .or(pole.fiche.source.as_ref())
                        .cloned(),
                ),
                false => Cellule::Vide,
            },
        ]
    });
    signees.chain(gagnes).collect()
}

fn un_changement(changement: &crate::poles::entieres::Changement) -> Vec<Cellule> {
    let (information, avant, apres) = match &changement.quoi {
        Quoi::Information {
            information,
            avant,
            apres,
        } => {
            // « Not known » is an empty cell here as everywhere.
            let dit = |valeur: &Option<String>| {
                Cellule::texte(valeur.as_deref().map(|v| en_mots(*information, Some(v))))
            };
            (information.code(), dit(avant), dit(apres))
        }
        Quoi::Fusion { nom } => ("fusion", Cellule::Vide, Cellule::Texte(nom.clone())),
    };
    vec![
        Cellule::Texte(temps::jour_de(changement.le).to_string()),
        Cellule::texte(Some(information)),
        avant,
        apres,
        Cellule::Texte(changement.source.clone()),
        Cellule::OuiNon(changement.annule),
    ]
}
