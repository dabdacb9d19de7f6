//! The new poles as a feed (Atom, RFC 4287).

use jiff::Timestamp;
use maud::{Render, html};
use metier::commun::{temps, typographie};

use super::annuaire::Monde;
use crate::{
    poles::{arrivees::Arrivee, comptes::Lieu},
    urls,
};

/// Where the feed of that place is, in that world.
pub fn adresse(lieu: Option<Lieu>, monde: &Monde) -> String {
    let (genre, code) = lieu.map_or(("", ""), Lieu::champ);
    urls::avec(urls::POLES_ATOM, &[(genre, code), ("monde", monde.dit())])
}

/// The feed of a territory, or of everywhere; `site` is where addresses begin.
/// Dated by its latest entry, so that the same content is the same feed.
pub fn flux(arrivees: &[Arrivee], lieu: Option<Lieu>, monde: &Monde, site: &str) -> String {
    let nouveaux = match monde.reels() {
        true => "Nouveaux pôles réels",
        false => "Nouveaux pôles",
    };
    let (titre, page) = match lieu {
        None => (nouveaux.to_owned(), monde.vers(urls::POLES)),
        Some(lieu) => (
            typographie(&format!("{nouveaux} : {}", lieu.nom())),
            monde.vers(&lieu.adresse()),
        ),
    };
    let ici = adresse(lieu, monde);
    let derniere = arrivees.first().map_or(Timestamp::UNIX_EPOCH, |a| a.le);
    let entrees: String = arrivees
        .iter()
        .map(|arrivee| entree(arrivee, site))
        .collect();
    let [titre, ici, page] =
        [titre, format!("{site}{ici}"), format!("{site}{page}")].map(|dit| echapper(&dit));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\">\n\
         <title>{titre}</title>\n<id>{ici}</id>\n<updated>{derniere}</updated>\n\
         <author><name>Coopôle</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{ici}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{page}\"/>\n{entrees}</feed>\n"
    )
}

fn entree(arrivee: &Arrivee, site: &str) -> String {
    let adresse = echapper(&format!("{site}{}", urls::pole(arrivee.pole)));
    let invente = if arrivee.invente {
        " Pôle inventé pour la démonstration."
    } else {
        ""
    };
    let lieu = match arrivee.lieu.en_mots() {
        lieu if lieu.is_empty() => "Lieu non connu".to_owned(),
        lieu => lieu,
    };
    let le = temps::jour_simple_de(temps::jour_de(arrivee.le));
    let resume = format!("{lieu} ; {} le {le}.{invente}", arrivee.quoi());
    format!(
        "<entry><title>{}</title><id>{adresse}</id><updated>{}</updated>\
         <link rel=\"alternate\" type=\"text/html\" href=\"{adresse}\"/><summary>{}</summary></entry>\n",
        echapper(&typographie(&arrivee.nom)),
        arrivee.le,
        echapper(&typographie(&resume)),
    )
}

/// What a text of XML may hold: HTML escapes the same signs.
fn echapper(texte: &str) -> String {
    let interdit = |signe: &char| signe.is_control() || matches!(signe, '\u{fffe}' | '\u{ffff}');
    let lisible: String = texte.chars().filter(|signe| !interdit(signe)).collect();
    html! { (lisible) }.render().into_string()
}

#[cfg(test)]
mod tests {
    use metier::poles::Lieu as LieuDuPole;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn un_nom_hostile_reste_un_nom() {
        let arrivee = Arrivee {
            pole: Uuid::nil(),
            nom: "<script>&\u{0}\u{fffe} Rives".to_owned(),
            lieu: LieuDuPole::default(),
            invente: false,
            le: Timestamp::UNIX_EPOCH,
            inscription: true,
        };
        let flux = flux(&[arrivee], None, &Monde::default(), "https://pole.example");
        assert!(
            flux.contains("<title>&lt;script&gt;&amp; Rives</title>"),
            "{flux}"
        );
        assert!(
            flux.contains("inscrit au registre le 1er janvier 1970."),
            "{flux}"
        );
        assert!(!flux.contains('\u{0}'));
    }
}
