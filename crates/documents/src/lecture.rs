//! Reads composed pages back as text: lines are joined, hyphenated words are
//! made whole. Used by tests, here and in the house; never to print.

use typst::layout::{Abs, Em, Frame, FrameItem, Point};
use typst::text::TextItem;
use typst_layout::PagedDocument;

/// A gap as wide as this between two runs of one line is a blank.
const BLANC: Em = Em::new(0.2);

/// The text of each page, in the order of composition.
pub(crate) fn pages(document: &PagedDocument) -> Vec<String> {
    document
        .pages()
        .iter()
        .map(|page| {
            let mut lecture = Lecture::default();
            lecture.cadre(&page.frame, Point::zero());
            lecture.texte
        })
        .collect()
}

#[derive(Default)]
struct Lecture {
    texte: String,
    /// Where the last run ended.
    fin: Option<Point>,
    /// The last run was a lone hyphen: Typst's own, if the line ends there.
    tiret: bool,
}

impl Lecture {
    fn cadre(&mut self, cadre: &Frame, origine: Point) {
        for (place, element) in cadre.items() {
            match element {
                FrameItem::Group(groupe) => self.cadre(&groupe.frame, origine + *place),
                FrameItem::Text(texte) => self.ecrire(texte, origine + *place),
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(_) => {}
            }
        }
    }

    fn ecrire(&mut self, texte: &TextItem, debut: Point) {
        if let Some(fin) = self.fin {
            let meme_ligne = fin.y.approx_eq(debut.y);
            match (meme_ligne, self.tiret) {
                (true, true) => self.texte.push('-'),
                (true, false) if !proche(fin.x, debut.x, BLANC.at(texte.size)) => {
                    self.texte.push(' ')
                }
                (false, false) => self.texte.push(' '),
                _ => {}
            }
        }
        self.tiret = texte.text == "-";
        if !self.tiret {
            self.texte.push_str(&texte.text);
        }
        self.fin = Some(Point::new(debut.x + texte.width(), debut.y));
    }
}

fn proche(fin: Abs, debut: Abs, blanc: Abs) -> bool {
    (debut - fin).abs() < blanc
}
