//! The new poles as a feed (Atom, RFC 4287).

use jiff::Timestamp;
use maud::{Render, html};
use metier::commun::typographie;

use crate::{
    poles::{arrivees::Arrivee, comptes::Lieu},
    urls,
};

/// The feed of a territory, or of everywhere; `site` is where addresses begin.
/// Dated by its latest entry, so that the same content is the same feed.
pub fn flux(arrivees: &[Arrivee], lieu: Option<Lieu>, site: &str) -> String {
    let (titre, ici, page) = match lieu {
        None => (
            "Nouveaux pôles".to_owned(),
            urls::POLES_ATOM.to_owned(),
            urls::POLES.to_owned(),
        ),
        Some(lieu) => (
            typographie(&format!("Nouveaux pôles : {}", lieu.nom())),
            lieu.flux(),
            lieu.adresse(),
        ),
    };
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
    let resume = match arrivee.lieu.en_mots() {
        lieu if lieu.is_empty() => format!("Lieu non connu.{invente}"),
        lieu => format!("{lieu}.{invente}"),
    };
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
        };
        let flux = flux(&[arrivee], None, "https://pole.example");
        assert!(
            flux.contains("<title>&lt;script&gt;&amp; Rives</title>"),
            "{flux}"
        );
        assert!(flux.contains("<summary>Lieu non connu.</summary>"));
        assert!(!flux.contains('\u{0}'));
    }
}
