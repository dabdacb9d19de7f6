//! A batch of reminders: before it leaves, with the very mail one recipient
//! gets; once it left, with where each mail is. And the page of the link by
//! which somebody asks for no more.

use dsfr::{
    Alerte, Bouton, Colonne, Formulaire, Gravite, Tableau, Ton, Zone, badge, boutons, faits, lien,
    mise_en_exergue, vide,
};
use maud::{Markup, html};
use metier::{
    charte::{Cible, MOT_AU_PLUS},
    commun::{Raison, Region, temps, typographie},
};
use uuid::Uuid;

use super::attendus::{Relais, derniere, pole, preparation};
use crate::{
    charte::store::{AU_PLUS, Attendu, Envoi, Lien, LotLu, Relancee, Retenue},
    socle::{
        courriels::Courriel,
        mise_en_page::{Cadre, Lentille, Page},
        reprise,
    },
    urls,
};

/// A batch before it leaves.
pub struct Apercu<'a> {
    pub relais: Relais,
    pub cible: Cible,
    /// The word that is added to the mail.
    pub mot: &'a str,
    /// The identifier it will have.
    pub lot: Uuid,
    /// The fingerprint of the list that is shown.
    pub lue: String,
    /// The mail of one pole.
    pub courriel: Option<(Uuid, Courriel)>,
    pub attendus: &'a [Attendu],
    /// A version can be signed.
    pub a_signer: bool,
}

const ATTENDUES: &str = "Signatures attendues";

/// `/charte/relances`
pub fn relance(cadre: &Cadre, vue: &Apercu<'_>, raisons: &[Raison]) -> Markup {
    let le = cadre.maintenant;
    let (ecrits, laisses): (Vec<&Attendu>, Vec<&Attendu>) = vue
        .attendus
        .iter()
        .partition(|attendu| attendu.destinataire(le).is_ok());
    let retour = urls::attendus_de_la_charte(vue.relais.region);
    Page::new("Préparer une relance")
        .sous(&[(&retour, ATTENDUES)])
        .lentille(vue.relais.lentille.clone())
        .corrections(raisons.len())
        .montrer(cadre, html! {
            (reprise::sommaire("aucun courriel n’est parti.", raisons))
            p.fr-text--lead { (typographie(&format!(
                "{}{}. {}", vue.cible.libelle(), vue.relais.ou(), partiront(ecrits.len())))) }
            @if vue.attendus.len() >= AU_PLUS {
                p { (typographie(&format!(
                    "Un lot compte {AU_PLUS} pôles au plus, d’abord ceux qu’un rappel peut atteindre : les suivants seront du \
                     lot d’après."))) }
            }
            @if let Some((choisi, courriel)) = vue.courriel.as_ref().filter(|_| vue.a_signer) {
                h2 #courriel { "Le courriel" }
                (apercu(courriel))
                h2 { "À qui l’on écrit" }
                (destinataires(vue, &ecrits, *choisi, cadre))
                h2 { "Envoyer" }
                (envoi(vue, *choisi, (ecrits.len(), &retour), raisons))
            } @else {
                (vide(match vue.a_signer {
                    true => "Personne, dans cette liste, ne peut recevoir de rappel aujourd’hui.",
                    false => "Aucune version ne se signe aujourd’hui\u{202f}: il n’y a rien à rappeler.",
                }, &html! { p { (lien(&retour, ATTENDUES)) } }))
            }
            @if !laisses.is_empty() {
                h2 { "À qui l’on n’écrit pas" }
                (laissees(&laisses, cadre))
            }
        })
}

fn partiront(combien: usize) -> String {
    match combien {
        0 => "Aucun courriel ne partirait.".to_owned(),
        1 => "1 courriel partira, un seul par pôle.".to_owned(),
        n => format!("{n} courriels partiront, un seul par pôle."),
    }
}

fn apercu(courriel: &Courriel) -> Markup {
    html! {
        (faits(&[
            ("À", html! { (courriel.a) }),
            ("Objet", html! { (courriel.objet) }),
        ]))
        (mise_en_exergue(&html! {
            @for ligne in courriel.texte.lines().filter(|ligne| !ligne.is_empty()) { p { (ligne) } }
        }))
    }
}

fn destinataires(vue: &Apercu<'_>, ecrits: &[&Attendu], choisi: Uuid, cadre: &Cadre) -> Markup {
    let preparation = preparation(vue.cible, vue.relais.region);
    let lignes = ecrits.iter().filter_map(|attendu| {
        let qui = attendu.destinataire(cadre.maintenant).ok()?;
        let pour = attendu.pole.to_string();
        let adresse = urls::avec("", &[("mot", vue.mot), ("pour", &pour)]);
        Some(vec![
            pole(attendu),
            html! { (qui.nom) br; (qui.courriel) },
            derniere(attendu),
            html! {
                @if attendu.pole == choisi { "Ci-dessus" } @else {
                    a.fr-link href={ (preparation) "&" (adresse.trim_start_matches('?')) "#courriel" } {
                        "Lire son courriel" span.fr-sr-only { "\u{202f}: " (attendu.nom) }
                    }
                }
            },
        ])
    });
    html! {
        (Tableau::nouveau("Pôles à qui l’on écrit, par nom", vec![
            Colonne::cle("Pôle"),
            Colonne::texte("À"),
            Colonne::texte("Dernière relance"),
            Colonne::texte("Courriel"),
        ]).legende_masquee().serre().lignes(lignes.collect::<Vec<_>>()))
    }
}

/// One form: a word that was typed is read again or sent, and never lost.
fn envoi(
    vue: &Apercu<'_>,
    choisi: Uuid,
    (combien, retour): (usize, &str),
    raisons: &[Raison],
) -> Markup {
    let bouton = match combien {
        1 => "Envoyer 1 courriel".to_owned(),
        n => format!("Envoyer {n} courriels"),
    };
    html! {
        (Formulaire::acte(urls::RELANCES_CHARTE, html! {
            (Zone::nouvelle("mot", "Ajouter un mot")
                .aide("Il est le même pour tous. Ne nommez personne. Un mot se relit dans le courriel avant de partir.")
                .lignes(3)
                .limite(Some(MOT_AU_PLUS as u32))
                .facultatif()
                .valeur(vue.mot)
                .erreur(reprise::erreur(raisons, "mot")))
            p { (typographie("L’envoi est un acte, inscrit au journal. Chaque courriel porte le moyen de n’en plus recevoir.")) }
            (boutons(&[
                Bouton::secondaire("Relire le courriel avec ce mot").envoie("relire", "oui"),
                Bouton::principal(bouton),
                Bouton::secondaire("Ne rien envoyer").vers(retour.to_owned()),
            ]))
        })
        .cache("cible", vue.cible.code())
        .cache("region", vue.relais.region.map_or("", Region::code))
        .cache("pour", choisi.to_string())
        .cache("mot_lu", vue.mot)
        .cache("lot", vue.lot.to_string())
        .cache("lue", vue.lue.as_str())
        .etiquette("Envoyer"))
    }
}

fn laissees(laisses: &[&Attendu], cadre: &Cadre) -> Markup {
    let lignes = laisses.iter().map(|attendu| {
        let pourquoi = match attendu.destinataire(cadre.maintenant) {
            Err(empechement) => typographie(&empechement.phrase()),
            Ok(_) => String::new(),
        };
        vec![pole(attendu), html! { (pourquoi) }, derniere(attendu)]
    });
    html! {
        (Tableau::nouveau("Pôles à qui l’on n’écrit pas, par nom", vec![
            Colonne::cle("Pôle"),
            Colonne::texte("Pourquoi"),
            Colonne::texte("Dernière relance"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}

/// `/charte/relances/{id}`
pub fn lot(cadre: &Cadre, relais: &Relais, lot: &LotLu, relancees: &[Relancee]) -> Markup {
    let retour = urls::attendus_de_la_charte(lot.region);
    let signees = relancees.iter().filter(|r| r.signee_le.is_some()).count();
    let mut dits = vec![
        (
            "Envoyée le",
            html! { (typographie(&temps::instant_long(lot.le))) },
        ),
        ("Par", html! { (lot.personne) }),
        ("À qui", html! { (lot.cible.libelle()) (relais.ou()) }),
        ("Version à signer", html! { (lot.titre) }),
        ("Pôles", html! { (relancees.len()) ", " (depuis(signees)) }),
    ];
    if !lot.mot.is_empty() {
        dits.push(("Mot ajouté", html! { (lot.mot) }));
    }
    Page::new("Relance")
        .sous(&[(&retour, ATTENDUES)])
        .lentille(relais.lentille.clone())
        .montrer(
            cadre,
            html! {
                (faits(&dits))
                (relances(relais, relancees, "Pôles relancés, par nom"))
            },
        )
}

/// `/charte/gestion/poles/{id}`
pub fn relances_du_pole(
    cadre: &Cadre,
    relais: &Relais,
    nom: &str,
    relancees: &[Relancee],
) -> Markup {
    let retour = urls::attendus_de_la_charte(relais.region);
    Page::new("Relances")
        .nomme(nom)
        .sous(&[(&retour, ATTENDUES)])
        .lentille(relais.lentille.clone())
        .montrer(cadre, html! {
            @if relancees.is_empty() {
                (vide("Ce pôle n’a reçu aucun rappel.", &html! { p { (lien(&retour, ATTENDUES)) } }))
            } @else { (relances(relais, relancees, "Relances, de la plus récente à la plus ancienne")) }
        })
}

fn depuis(signees: usize) -> String {
    match signees {
        0 => "aucun n’a signé depuis".to_owned(),
        1 => "dont 1 a signé depuis".to_owned(),
        n => format!("dont {n} ont signé depuis"),
    }
}

fn relances(relais: &Relais, relancees: &[Relancee], legende: &'static str) -> Markup {
    // A batch of the whole country is the keeper's: for a cell it is a date.
    let lisible = |relancee: &Relancee| {
        relancee.region.is_some() || !matches!(relais.lentille, Lentille::Cellule(_))
    };
    let lignes = relancees.iter().map(|relancee| {
        vec![
            html! { (lien(&urls::pole(relancee.pole), &relancee.nom)) },
            html! { (relancee.personne) br; (relancee.courriel) },
            html! {
                @let le = temps::jour_court(relancee.le);
                @if lisible(relancee) { (lien(&urls::lot_de_relance(relancee.lot), &le)) } @else { (le) }
                " " (envoye(relancee.envoi))
            },
            html! {
                @match relancee.signee_le {
                    Some(le) => { "Signée le " (temps::jour_court(le)) },
                    None => "Pas encore",
                }
            },
        ]
    });
    html! {
        (Tableau::nouveau(legende, vec![
            Colonne::cle("Pôle"),
            Colonne::texte("À"),
            Colonne::texte("Courriel"),
            Colonne::texte("Charte"),
        ]).legende_masquee().serre().lignes(lignes))
    }
}

fn envoye(envoi: Envoi) -> Markup {
    match envoi {
        Envoi::Parti(le) => badge(
            Ton::Favorable,
            &format!("Parti le {}", temps::jour_court(le)),
        ),
        Envoi::Retenu(Retenue::Opposition) => {
            badge(Ton::Neutre, "Pas envoyé : la personne n’en veut plus")
        }
        Envoi::Retenu(Retenue::Signature) => {
            badge(Ton::Neutre, "Pas envoyé : le pôle a signé entre-temps")
        }
        Envoi::Garde => badge(Ton::Neutre, "Gardé ici : aucun envoi n’est réglé"),
        Envoi::EnAttente => badge(Ton::Information, "En attente"),
        Envoi::EnEchec => badge(Ton::Attention, "Pas encore parti : l’envoi a échoué"),
    }
}

/// `/charte/oppositions/{jeton}`
pub fn opposition(cadre: &Cadre, jeton: &str, lien: &Lien) -> Markup {
    Page::new("Rappels de la Charte").montrer(cadre, html! {
        @match lien.oppose_le {
            None => {
                p.fr-text--lead { "Vous recevez, à cette adresse, des rappels pour signer la Charte au nom d’un pôle." }
                p { (typographie("Un bouton, et il n’y en aura plus. Les autres courriels de Coopôle, ceux qui suivent un acte, ne changent pas.")) }
                (Formulaire::acte(urls::opposition(jeton), html! {
                    (boutons(&[Bouton::principal("Ne plus recevoir ces rappels")]))
                }).cache("choix", "aucun"))
            },
            Some(le) => {
                (Alerte::nouvelle(Gravite::CestFait, typographie(&format!(
                    "vous ne recevez plus ces rappels depuis le {}.", temps::jour_long(le)))))
                p { "Vous pouvez toujours signer la Charte, et changer d’avis ici." }
                (Formulaire::acte(urls::opposition(jeton), html! {
                    (boutons(&[Bouton::secondaire("Recevoir de nouveau ces rappels")]))
                }).cache("choix", "rappels"))
            },
        }
    })
}
