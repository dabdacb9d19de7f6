//! A code that a telephone reads, in place of an address to type.

use maud::{Markup, PreEscaped, html};

/// The code, `dessin` being its SVG drawing, and in words where it leads. The
/// address itself always stands beside it, as a link. `grand`: to be read from
/// the back of a room.
pub fn code_qr(dessin: &str, alternative: &str, grand: bool) -> Markup {
    html! {
        div.co-qr.co-qr--grand[grand] role="img" aria-label=(alternative) { (PreEscaped(dessin)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn un_code_dit_ou_il_mene() {
        let html = code_qr("<svg></svg>", "Vers la page", true).into_string();
        assert_eq!(
            html,
            "<div class=\"co-qr co-qr--grand\" role=\"img\" aria-label=\"Vers la page\"><svg></svg></div>"
        );
    }
}
