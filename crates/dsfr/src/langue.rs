//! The words around a content, in the two languages a page may be in. The
//! content's own words are its author's.

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Langue {
    /// Of every page but a few.
    #[default]
    Francais,
    /// For partners abroad.
    Anglais,
}

/// What surrounds a content, in one language.
pub(crate) struct Mots {
    pub accueil: &'static str,
    pub acces_rapide: &'static str,
    pub contenu: &'static str,
    pub menu: &'static str,
    pub pied: &'static str,
    pub fermer: &'static str,
    pub menu_principal: &'static str,
    pub filtres_actifs: &'static str,
    pub retirer_ce_filtre: &'static str,
    pub tout_effacer: &'static str,
}

const FRANCAIS: Mots = Mots {
    accueil: "Accueil",
    acces_rapide: "Accès rapide",
    contenu: "Contenu",
    menu: "Menu",
    pied: "Pied de page",
    fermer: "Fermer",
    menu_principal: "Menu principal",
    filtres_actifs: "Filtres actifs",
    retirer_ce_filtre: "retirer ce filtre",
    tout_effacer: "Tout effacer",
};

const ANGLAIS: Mots = Mots {
    accueil: "Home",
    acces_rapide: "Skip to",
    contenu: "Content",
    menu: "Menu",
    pied: "Footer",
    fermer: "Close",
    menu_principal: "Main menu",
    filtres_actifs: "Filters in force",
    retirer_ce_filtre: "remove this filter",
    tout_effacer: "Remove all",
};

impl Langue {
    /// Its code, as `lang` wants it (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Self::Francais => "fr",
            Self::Anglais => "en",
        }
    }

    /// The language and the country whose ways it follows, for the preview of
    /// another site.
    pub(crate) const fn usage(self) -> &'static str {
        match self {
            Self::Francais => "fr_FR",
            Self::Anglais => "en_GB",
        }
    }

    pub(crate) const fn mots(self) -> &'static Mots {
        match self {
            Self::Francais => &FRANCAIS,
            Self::Anglais => &ANGLAIS,
        }
    }
}
