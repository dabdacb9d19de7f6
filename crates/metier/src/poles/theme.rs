//! What a pole works on, in the words of the public register. The list is
//! closed: a new word comes with its source.

use crate::commun::liste_fermee;

liste_fermee! {
    /// A theme of the register (`donnees/registre-public.csv`).
    #[expect(missing_docs, reason = "the labels say it")]
    pub enum Theme {
        Agroecologie = "agroecologie", "Agroécologie";
        Alimentation = "alimentation", "Alimentation";
        Autonomie = "autonomie", "Autonomie des personnes";
        Batiment = "batiment", "Bâtiment";
        Bio = "bio", "Agriculture biologique";
        Bois = "bois", "Bois";
        CircuitsCourts = "circuits_courts", "Circuits courts";
        Culture = "culture", "Culture";
        Dechets = "dechets", "Déchets";
        Ecoconstruction = "ecoconstruction", "Écoconstruction";
        Ecologie = "ecologie", "Écologie";
        EconomieCirculaire = "economie_circulaire", "Économie circulaire";
        Emploi = "emploi", "Emploi";
        Energie = "energie", "Énergie";
        Entrepreneuriat = "entrepreneuriat", "Entrepreneuriat";
        EntrepreneuriatSocial = "entrepreneuriat_social", "Entrepreneuriat social";
        FiliereLocale = "filiere_locale", "Filière locale";
        Formation = "formation", "Formation";
        Gastronomie = "gastronomie", "Gastronomie";
        Hospitalite = "hospitalite", "Hospitalité";
        Insertion = "insertion", "Insertion";
        Laine = "laine", "Laine";
        MateriauxBiosources = "materiaux_biosources", "Matériaux biosourcés";
        Mobilite = "mobilite", "Mobilité";
        NatureUrbaine = "nature_urbaine", "Nature en ville";
        Numerique = "numerique", "Numérique";
        PetiteEnfance = "petite_enfance", "Petite enfance";
        Qpv = "qpv", "Quartiers prioritaires";
        Recherche = "recherche", "Recherche";
        Recyclerie = "recyclerie", "Recyclerie";
        Reemploi = "reemploi", "Réemploi";
        RenouveauProductif = "renouveau_productif", "Renouveau productif";
        Renovation = "renovation", "Rénovation";
        Reparation = "reparation", "Réparation";
        Restauration = "restauration", "Restauration";
        ServicesALaPersonne = "services_a_la_personne", "Services à la personne";
        Sport = "sport", "Sport";
        Textile = "textile", "Textile";
        TiersLieu = "tiers_lieu", "Tiers-lieu";
        TiersLieuxNourriciers = "tiers_lieux_nourriciers", "Tiers-lieux nourriciers";
        Tourisme = "tourisme", "Tourisme";
        Transition = "transition", "Transition";
        VieAssociative = "vie_associative", "Vie associative";
    }
}

/// The themes of a field of the register, separated by `;`. A word that is not
/// in the list is left out; a test reads the whole register.
pub fn themes(champ: &str) -> impl Iterator<Item = Theme> {
    champ
        .split(';')
        .filter_map(|code| Theme::par_code(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn les_themes_se_lisent_dans_leur_ordre_et_un_mot_inconnu_s_oublie() {
        let lus: Vec<Theme> = themes("dechets; laine;inconnu;").collect();
        assert_eq!(lus, [Theme::Dechets, Theme::Laine]);
    }

    #[test]
    fn la_liste_suit_l_ordre_des_libelles_qu_on_montre() {
        let plies: Vec<String> = Theme::TOUS
            .iter()
            .map(|theme| crate::commun::plier(theme.code()))
            .collect();
        assert!(plies.is_sorted());
    }
}
