//! Those expected to sign: laureates without a signature, signatories of
//! another version; then the batches of reminders that left. For the keeper,
//! and for a cell in its region.

use dsfr::{Bouton, Colonne, Tableau, Ton, badge, boutons, lien, nombre, vide};
use jiff::Timestamp;
use maud::{Markup, html};
use metier::{
    charte::Cible,
    commun::{Region, Taux, temps, typographie},
    poles::consignation::Anterieur,
};

use crate::{
    charte::store::{
        Attendu, Laureats, LotLu, SeanceLue, SignatureLue, SoutienPorteur, VersionInconnue,
    },
    socle::{
        feuilles::Feuille,
        mise_en_page::{Cadre, Lentille, Page},
    },
    urls,
};

/// For whom, and where, the Charter is relayed.
pub struct Relais {
    /// One region, or all.
    pub region: Option<Region>,
    pub lentille: Lentille,
}

impl Relais {
    /// « , Bretagne », or nothing.
    pub fn ou(&self) -> String {
        self.region
            .map(|region| format!(", {}", region.nom()))
            .unwrap_or_default()
    }
}

/// What an address calls the list of batches.
pub const LOTS: &str = "lots";

/// What stands on the page.
pub struct Attendus {
    pub relais: Relais,
    /// Other regions the same cell relays.
    pub suppleees: Vec<Region>,
    pub laureats: Laureats,
    /// A page of them, and how many they are.
    pub sans_signature: (Feuille<Attendu>, u64),
    pub a_resigner: (Feuille<Attendu>, u64),
    pub lots: Feuille<LotLu>,
    /// For a region: the sittings to come, or open.
    pub seances: Vec<SeanceLue>,
    /// Title of the version to sign, if one can be.
    pub titre: Option<String>,
    /// For the keeper: a cell answers for poles, not for these.
    pub a_verifier: Option<AVerifier>,
}

/// Signatures that the register does not know how to place.
pub struct AVerifier {
    /// Given in support, and not confirmed yet.
    pub a_confirmer: Vec<SignatureLue>,
    pub soutiens: Vec<SoutienPorteur>,
    pub versions: Vec<VersionInconnue>,
}

/// What was published of the laureates without a signature, and by whom.
const PUBLIE: (u64, u64, &str) = (81, 135, "note des cinq réseaux du 27 mars 2023");

/// `/charte/gestion` and `/charte/gestion/regions/{code}`
pub fn attendus(cadre: &Cadre, vue: &Attendus) -> Markup {
    let titre = match vue.relais.region {
        None => "Signatures attendues".to_owned(),
        Some(region) => format!("Signatures attendues – {}", region.nom()),
    };
    Page::new(&titre)
        .sous(&[])
        .lentille(vue.relais.lentille.clone())
        .montrer(cadre, html! {
            (part(cadre, vue))
            section aria-labelledby="laureats" {
                h2 #laureats { "Lauréats qui n’ont pas signé" }
                @if vue.sans_signature.1 == 0 {
                    (vide("Aucun lauréat connu n’est sans signature.", &html! {
                        p { (lien(urls::SIGNATAIRES, "Voir les signataires")) }
                    }))
                } @else {
                    (table("Lauréats qui n’ont pas signé", &vue.sans_signature, ["lauréat affiché", "lauréats affichés"]))
                    (preparer(vue, Cible::Laureats))
                }
            }
            section aria-labelledby="anciens" {
                h2 #anciens { "À signer à nouveau" }
                @match &vue.titre {
                    Some(titre) => p { (typographie(&format!(
                        "Pôles dont la signature vaut pour une autre version que « {titre} », celle qui se signe aujourd’hui. \
                         Elle reste, avec sa date ; rien ne part tout seul."))) },
                    None => p { "Aucune version ne se signe aujourd’hui." },
                }
                @if vue.a_resigner.1 == 0 {
                    (vide("Aucun pôle n’a de version à signer à nouveau.", &html! {}))
                } @else {
                    (table("Signataires d’une version précédente", &vue.a_resigner, ["signataire affiché", "signataires affichés"]))
                    (preparer(vue, Cible::Anciens))
                }
            }
            @if let Some(a_verifier) = &vue.a_verifier {
                (confirmer(&a_verifier.a_confirmer))
                (verifier(a_verifier))
                section aria-labelledby="anterieures" {
                    h2 #anterieures { "Ce qui fut signé avant ce service" }
                    p { (lien(&urls::consignations(Anterieur::Signature), "Consigner des signatures, attester la liste")) }
                }
            }
            @if let Some(region) = vue.relais.region.filter(|_| !vue.seances.is_empty()) {
                section aria-labelledby="seances" {
                    h2 #seances { "Séances de signature" }
                    ul {
                        @for lue in &vue.seances {
                            li {
                                (lien(&urls::seance_en_region(lue.id, region), &typographie(&lue.seance.nom)))
                                (typographie(&format!(", {}, {}", lue.seance.lieu, temps::jour_long(lue.seance.du))))
                            }
                        }
                    }
                }
            }
            section aria-labelledby="lots" {
                h2 #lots { "Relances envoyées" }
                @if vue.lots.lignes.is_empty() { p { "Aucune relance n’est partie d’ici." } }
                @else { (lots(&vue.lots)) }
            }
            @if !vue.suppleees.is_empty() {
                p {
                    "Vous relayez aussi la Charte pour : "
                    @for (rang, region) in vue.suppleees.iter().enumerate() {
                        @if rang > 0 { ", " }
                        (lien(&urls::charte_en_region(*region), region.nom()))
                    }
                    "."
                }
            }
        })
}

/// The share, with its definition and its date: none while the signature of
/// some is not known, for those who are known are known because they signed.
fn part(cadre: &Cadre, vue: &Attendus) -> Markup {
    let Laureats {
        signataires,
        manquants,
        inconnus,
    } = vue.laureats;
    let [signataires, manquants, inconnus] =
        [signataires, manquants, inconnus].map(i64::unsigned_abs);
    let (partie, tout, source) = PUBLIE;
    let publie = Taux::part(partie, tout).map_or_else(String::new, |taux| taux.to_string());
    let ou = match vue.relais.region {
        Some(_) => " de la région",
        None => "",
    };
    let le = temps::jour_court(cadre.maintenant);
    let phrase = match inconnus {
        0 => {
            let tous = signataires + manquants;
            let soit = Taux::part(manquants, tous).map(|taux| format!(", soit {taux}"));
            let soit = soit.unwrap_or_default();
            format!(
                "{}, sur {}{ou}{soit}, au {le}.",
                laureats(manquants),
                nombre(tous)
            )
        }
        n => format!(
            "Part non calculable au {le} : signature non connue pour {}{ou}. Parmi les autres : {} ; signataires, {}.",
            pluriel(n),
            connus(manquants),
            nombre(signataires)
        ),
    };
    html! {
        p.fr-text--lead { (typographie(&phrase)) }
        p { (typographie("Définition : lauréats de l’appel d’accompagnement sans signature qui vaille à ce jour, d’aucune version.")) }
        @if vue.relais.region.is_none() {
            p { (typographie(&format!(
                "La {source} comptait {partie} lauréats sans signature sur {tout}, soit {publie} : une autre liste, à une autre date."))) }
        }
        @if inconnus > 0 {
            p { (typographie("Ceux dont aucune liste ne donne la signature ne sont ni comptés ni listés, et aucune relance \
                              ne les vise.")) }
        }
    }
}

/// « 1 lauréat n’a pas signé », « 3 lauréats n’ont pas signé »
fn laureats(combien: u64) -> String {
    match combien {
        0 => "Aucun lauréat n’est sans signature".to_owned(),
        n => connus(n),
    }
}

fn connus(combien: u64) -> String {
    match combien {
        0 => "aucun n’est connu sans signature".to_owned(),
        1 => "1 lauréat n’a pas signé".to_owned(),
        n => format!("{} lauréats n’ont pas signé", nombre(n)),
    }
}

fn pluriel(combien: u64) -> String {
    match combien {
        1 => "1 lauréat".to_owned(),
        n => format!("{} lauréats", nombre(n)),
    }
}

fn preparer(vue: &Attendus, cible: Cible) -> Markup {
    if vue.titre.is_none() {
        return html! {};
    }
    let libelle = match cible {
        Cible::Laureats => "Préparer une relance des lauréats",
        Cible::Anciens => "Préparer une relance des signataires",
    };
    let adresse = preparation(cible, vue.relais.region);
    boutons(&[Bouton::secondaire(libelle).vers(adresse)])
}

/// Where the batch is read before it leaves.
pub fn preparation(cible: Cible, region: Option<Region>) -> String {
    let region = region.map_or("", Region::code);
    urls::avec(
        urls::RELANCES_CHARTE,
        &[("cible", cible.code()), ("region", region)],
    )
}

fn table(
    legende: &'static str,
    (attendus, combien): &(Feuille<Attendu>, u64),
    [un, plusieurs]: [&str; 2],
) -> Markup {
    let sur = format!("{plusieurs} sur {}", nombre(*combien));
    let lignes = attendus.lignes.iter().map(|attendu| {
        vec![
            pole(attendu),
            html! { (attendu.region.map_or("non connue", |region| region.nom())) },
            html! { (etat(attendu)) },
            html! { (derniere(attendu)) },
        ]
    });
    html! {
        (Tableau::nouveau(legende, vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Région"),
            Colonne::texte("Charte"),
            Colonne::texte("Dernière relance"),
        ]).legende_masquee().serre().lignes(lignes))
        (attendus.pages([un, &sur]))
    }
}

/// Its name, and that it is invented.
pub fn pole(attendu: &Attendu) -> Markup {
    html! {
        (lien(&urls::pole(attendu.pole), &attendu.nom))
        @if attendu.invente { " " (badge(Ton::Neutre, "Inventé")) }
    }
}

fn etat(attendu: &Attendu) -> String {
    match (&attendu.signee, attendu.retiree) {
        (Some((titre, le)), _) => {
            typographie(&format!("« {titre} », le {}", temps::jour_court(*le)))
        }
        (None, true) => "Signature retirée".to_owned(),
        (None, false) => "Jamais signée".to_owned(),
    }
}

/// When it was last reminded, and the way to all of them.
pub fn derniere(attendu: &Attendu) -> Markup {
    let le = |le: Timestamp| temps::jour_court(le);
    html! {
        @match attendu.relance_le {
            Some(quand) => a.fr-link href=(urls::relances_du_pole(attendu.pole)) {
                (le(quand)) span.fr-sr-only { ", relances de " (attendu.nom) }
            },
            None => "–",
        }
    }
}

/// What is signed in support, before it is published.
fn confirmer(signatures: &[SignatureLue]) -> Markup {
    if signatures.is_empty() {
        return html! {};
    }
    let lignes = signatures.iter().map(|signature| {
        let faits = signature.preuve.as_ref().map(|preuve| &preuve.faits);
        vec![
            html! { (lien(&urls::signature_de_la_charte(signature.id), signature.signataire())) },
            html! { (faits.and_then(|faits| faits.siren.as_deref()).unwrap_or("–")) },
            html! { @if let Some(faits) = faits { (faits.personne) br; (faits.fonction) } },
            html! { (temps::jour_court(signature.signee_le)) },
        ]
    });
    html! {
        section aria-labelledby="confirmer" {
            h2 #confirmer { "Signatures en soutien à confirmer" }
            p { "Elles ne sont pas publiées tant que vous ne les avez pas confirmées." }
            (Tableau::nouveau("Signatures en soutien à confirmer, de la plus ancienne à la plus récente", vec![
                Colonne::cle("Organisation"),
                Colonne::texte("SIREN"),
                Colonne::texte("Signée par"),
                Colonne::texte("Le"),
            ]).legende_masquee().serre().lignes(lignes.collect::<Vec<_>>()))
        }
    }
}

fn verifier(vue: &AVerifier) -> Markup {
    if vue.soutiens.is_empty() && vue.versions.is_empty() {
        return html! {};
    }
    let preuve = |signature, nom: &str| {
        html! { a.fr-link href=(urls::signature_de_la_charte(signature)) { (nom) } }
    };
    html! {
        section aria-labelledby="verifier" {
            h2 #verifier { "Signatures à vérifier" }
            ul {
                @for soutien in &vue.soutiens {
                    li {
                        (preuve(soutien.signature, &soutien.nom))
                        " a signé en soutien aux pôles, et porte " (lien(&urls::pole(soutien.pole), &soutien.nom_du_pole))
                        (typographie(" : cette signature ne compte pas pour le pôle, qui signe en son nom."))
                    }
                }
                @for inconnue in &vue.versions {
                    li {
                        (preuve(inconnue.signature, &inconnue.nom))
                        (typographie(&format!(" a signé une version que personne n’a présentée ici : « {} ».", inconnue.version)))
                    }
                }
            }
        }
    }
}

fn lots(lots: &Feuille<LotLu>) -> Markup {
    let lignes = lots.lignes.iter().map(|lot| {
        vec![
            html! { (lien(&urls::lot_de_relance(lot.id), &typographie(&temps::instant_long(lot.le)))) },
            html! { (lot.cible.libelle()) },
            html! { (lot.region.map_or("Toutes", |region| region.nom())) },
            html! { (nombre(lot.poles.unsigned_abs())) },
        ]
    });
    html! {
        (Tableau::nouveau("Relances envoyées, de la plus récente à la plus ancienne", vec![
            Colonne::cle("Envoyée le"),
            Colonne::texte("À qui"),
            Colonne::texte("Région"),
            Colonne::nombre("Pôles"),
        ]).legende_masquee().serre().lignes(lignes))
        (lots.pages(["relance affichée", "relances affichées"]))
    }
}
