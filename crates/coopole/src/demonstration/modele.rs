//! A complete dossier, as a pole's team would write it: what the extras file,
//! what the cast's drafts are cut from, and what journeys fill in one go.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{
    papiers,
    projets::{Graine, PROJETS, Projet, de},
    reponses,
};
use crate::{
    app::App,
    campagnes::Campagne,
    dossiers::{self, LigneBudget, Membre, Ouvrir, Piece},
    socle::{
        alea,
        droits::Personne,
        erreurs::{Echec, Panne},
        horloge::RecuLe,
    },
};

/// The limit of a piece, in bytes; ours weigh a few kilobytes.
const LIMITE: u64 = 1 << 20;

/// Who answers, and what sets the answers apart.
pub struct Auteur<'a> {
    pub pole: &'a str,
    pub structure: &'a str,
    pub forme: &'a str,
    pub siret: &'a str,
    pub commune: &'a str,
    pub code_commune: &'a str,
    /// What the project is about: one of [`PROJETS`].
    pub theme: usize,
    /// Where the figures and the turns of phrase come from.
    pub graine: Graine,
    /// Whether a member outside the social economy is declared (E4b).
    pub hors_ess: bool,
    /// What is left for the visitor to finish.
    pub reste: Reste,
}

/// What a draft lacks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reste {
    /// Nothing: it only has to be filed.
    Rien,
    /// A piece, and a gap of 2 400 € in the project's budget.
    PieceEtEcart,
}

/// Opens a draft a week before `le` and fills it; nothing if the call refuses.
pub async fn ecrire(
    app: &App,
    campagne: &Arc<Campagne>,
    (pole, par): (Uuid, &Personne),
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<Option<Uuid>, Panne> {
    let ouvrir = Ouvrir {
        par: par.clone(),
        campagne: Arc::clone(campagne),
        pole,
        reponses: Vec::new(),
        recu_le: RecuLe(le - SignedDuration::from_hours(7 * 24)),
    };
    match app.accomplir(ouvrir).await {
        Ok(ouvert) => {
            remplir(app, ouvert.id, par, auteur, le).await?;
            Ok(Some(ouvert.id))
        }
        Err(Echec::Refus(_)) => Ok(None),
        Err(Echec::Panne(panne)) => Err(panne),
    }
}

/// Fills the whole draft: answers, members, both budgets, pieces.
pub async fn remplir(
    app: &App,
    dossier: Uuid,
    par: &Personne,
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<(), Panne> {
    let pieces = envoyer_les_pieces(app, auteur, le).await?;
    let mut tx = app.db.begin().await?;
    for (champ, valeur) in reponses::toutes(auteur, par) {
        dossiers::record_reponse(&mut tx, dossier, (champ, &valeur), par.compte, le).await?;
    }
    dossiers::record_membres(&mut tx, dossier, &auteur.membres()).await?;
    dossiers::record_lignes(&mut tx, dossier, "projet", &budget_du_projet(auteur)).await?;
    dossiers::record_lignes(
        &mut tx,
        dossier,
        "structure",
        &budget_de_la_structure(auteur),
    )
    .await?;
    for piece in &pieces {
        dossiers::record_piece(&mut tx, dossier, piece, par.compte).await?;
    }
    tx.commit().await
}

impl Auteur<'_> {
    pub fn projet(&self) -> &'static Projet {
        &PROJETS[self.theme % PROJETS.len()]
    }

    /// The carrying structure first, then those of the trade, then of the place.
    pub fn membres(&self) -> Vec<Membre> {
        let ici = de(self.commune);
        let [social, cooperatif, entreprise] = self.projet().membres;
        let d_ici = |(nom, genre): (&str, &str), qualite: &str| {
            membre(&format!("{nom} {ici}"), genre, qualite)
        };
        let (forme, qualite) = match self.forme {
            "cooperative" => ("cooperative", "de_droit"),
            "collectivite" => ("collectivite", "hors_ess"),
            _ => ("association", "de_droit"),
        };
        let mut membres = vec![
            membre(self.structure, forme, qualite),
            d_ici(social, "de_droit"),
            d_ici(cooperatif, "de_droit"),
        ];
        for nom in ["Le Centre social", "La Régie de quartier", "Le Foyer rural"] {
            if self.graine.entre(nom, 0, 2) == 0 {
                membres.push(d_ici((nom, "association"), "de_droit"));
            }
        }
        if self.hors_ess {
            membres.push(d_ici(entreprise, "hors_ess"));
            membres.push(membre(&self.collectivite(), "collectivite", "hors_ess"));
            if self.graine.entre("lycee", 0, 3) == 0 {
                membres.push(d_ici(("Lycée professionnel", "formation"), "hors_ess"));
            }
        }
        membres
    }

    /// The council that takes part.
    pub fn collectivite(&self) -> String {
        let quoi = [
            "Communauté de communes",
            "Commune",
            "Syndicat mixte du pays",
        ];
        format!(
            "{} {}",
            self.graine.choisir("collectivite", &quoi),
            de(self.commune)
        )
    }

    /// What the animation costs in two years, at 250 € a day.
    pub fn jours_d_animation(&self) -> i64 {
        Montants::du_projet(self.graine).animation / (24 * 250)
    }

    pub fn total_du_projet(&self) -> i64 {
        Montants::du_projet(self.graine).total()
    }
}

fn membre(nom: &str, genre: &str, qualite: &str) -> Membre {
    Membre {
        nom: nom.into(),
        genre: genre.into(),
        qualite_ess: qualite.into(),
        siret: String::new(),
    }
}

/// The sums of a project's budget, in euros.
struct Montants {
    achats: i64,
    rencontres: i64,
    animation: i64,
    coordination: i64,
    /// How the 100 000 € go to the last three, animation first.
    subvention: [i64; 3],
    region: i64,
    collectivite: i64,
    fondation: i64,
}

/// Whose budget the guides and the tour tell: the Pôle des Rives.
pub const GUIDE: Graine = Graine(0);

/// What the call gives, whole.
const AIDE: i64 = 100_000;

impl Montants {
    fn du_projet(graine: Graine) -> Self {
        if graine == GUIDE {
            return Self {
                achats: 12_000,
                rencontres: 10_400,
                animation: 120_000,
                coordination: 40_000,
                subvention: [70_000, 20_000, 10_000],
                region: 20_000,
                collectivite: 10_000,
                fondation: 0,
            };
        }
        let milliers = |quoi, du, au| 1_000 * graine.entre(quoi, du, au);
        let a_l_animation = 5 * milliers("a_l_animation", 12, 15);
        let a_la_coordination = milliers("a_la_coordination", 15, 20);
        let aux_rencontres = AIDE - a_l_animation - a_la_coordination;
        Self {
            achats: 100 * graine.entre("achats", 90, 260),
            rencontres: aux_rencontres + 100 * graine.entre("rencontres", 4, 48),
            animation: a_l_animation + milliers("animation", 50, 78),
            coordination: a_la_coordination + milliers("coordination", 15, 32),
            subvention: [a_l_animation, a_la_coordination, aux_rencontres],
            region: 5 * milliers("region", 2, 5),
            collectivite: milliers("epci", 5, 12),
            fondation: 5 * milliers("fondation", 0, 2),
        }
    }

    fn total(&self) -> i64 {
        self.achats + self.rencontres + self.animation + self.coordination
    }

    /// What is left for sales once the others have given.
    fn ventes(&self) -> i64 {
        self.total() - AIDE - self.region - self.collectivite - self.fondation
    }
}

fn budget_du_projet(auteur: &Auteur<'_>) -> Vec<LigneBudget> {
    let m = Montants::du_projet(auteur.graine);
    let projet = auteur.projet();
    let [animation, coordination, rencontres] = m.subvention;
    let ecart = match auteur.reste {
        Reste::Rien => 0,
        Reste::PieceEtEcart => 2_400,
    };
    let acquise = auteur.graine.choisir("acquise", &["obtenue", "deposee"]);
    let mut lignes = vec![
        charge("60", projet.achats, m.achats, 0, ""),
        charge(
            "62",
            "Déplacements et rencontres",
            m.rencontres,
            rencontres,
            "actions_mutualisees",
        ),
        charge(
            "64",
            "Poste d’animation",
            m.animation,
            animation,
            "animation_temps_travail",
        ),
        charge(
            "64",
            "Coordination du pôle",
            m.coordination,
            coordination,
            "fonctionnement_permanent",
        ),
        produit("70", projet.ventes, m.ventes() - ecart, ""),
        produit("74", "Région", m.region, acquise),
        produit("74", &auteur.collectivite(), m.collectivite, "deposee"),
    ];
    if m.fondation > 0 {
        lignes.push(produit("75", "Fondation", m.fondation, "deposee"));
    }
    lignes
}

/// The structure's own year, the project aside.
fn budget_de_la_structure(auteur: &Auteur<'_>) -> Vec<LigneBudget> {
    let graine = auteur.graine;
    let total = 1_000 * graine.entre("structure", 160, 780);
    let part = |quoi, du, au| total * graine.entre(quoi, du, au) / 1_000 * 10;
    let (achats, services) = (part("s_achats", 8, 17), part("s_services", 7, 14));
    let (ventes, cotisations) = (part("s_ventes", 32, 58), part("s_cotisations", 2, 5));
    vec![
        charge("60", "Achats", achats, 0, ""),
        charge("61", "Loyers et assurances", services, 0, ""),
        charge("64", "Personnel", total - achats - services, 0, ""),
        produit("70", "Ventes et prestations", ventes, ""),
        produit(
            "74",
            "Subventions d’exploitation",
            total - ventes - cotisations,
            "obtenue",
        ),
        produit("75", "Cotisations", cotisations, "obtenue"),
    ]
}

/// « 120 000 », as a person types it.
pub fn euros(montant: i64) -> String {
    match montant {
        1_000.. => format!("{} {:03}", montant / 1_000, montant % 1_000),
        _ => montant.to_string(),
    }
}

fn charge(compte: &str, libelle: &str, montant: i64, subvention: i64, emploi: &str) -> LigneBudget {
    LigneBudget {
        charge: true,
        compte: compte.into(),
        libelle: libelle.into(),
        montant: euros(montant),
        subvention: match subvention {
            0 => String::new(),
            n => euros(n),
        },
        emploi: emploi.into(),
        ..LigneBudget::default()
    }
}

fn produit(compte: &str, libelle: &str, montant: i64, etat: &str) -> LigneBudget {
    LigneBudget {
        compte: compte.into(),
        libelle: libelle.into(),
        montant: euros(montant),
        etat: etat.into(),
        ..LigneBudget::default()
    }
}

/// The files the notice asks for; the Charter is proved by its signature.
async fn envoyer_les_pieces(
    app: &App,
    auteur: &Auteur<'_>,
    le: Timestamp,
) -> Result<Vec<Piece>, Panne> {
    let mut pieces = Vec::new();
    for (genre, jours, titre) in papiers::PIECES {
        if genre == "synthese" && auteur.reste == Reste::PieceEtEcart {
            continue;
        }
        let id = alea::id();
        let octets = papiers::pdf(genre, titre, auteur);
        let flux = Box::pin(futures_util::stream::iter([Ok(octets.into())]));
        let recu = app.fichiers.deposer(id, flux, LIMITE).await?;
        pieces.push(Piece {
            id,
            genre: genre.into(),
            nom: format!("{genre}.pdf"),
            type_media: "application/pdf".into(),
            poids: recu.poids,
            empreinte: recu.empreinte.to_vec(),
            recue_le: le
                - SignedDuration::from_mins(24 * 60 * jours + auteur.graine.entre(genre, 5, 180)),
        });
    }
    Ok(pieces)
}
