use super::*;
use crate::campagnes::conditions::Valeur;
use crate::commun::Montant;

fn champ(genre: TypeChamp) -> Champ {
    Champ {
        code: "essai".to_owned(),
        libelle: "Essai".to_owned(),
        genre,
        aide: None,
        pourquoi: None,
        obligatoire: true,
        si: None,
        criteres: Vec::new(),
        fait: None,
        donnees_personnelles: None,
    }
}

fn lu(genre: TypeChamp, reponses: &[&str]) -> Result<Option<Valeur>, String> {
    let refus = |refus: ReponseRefusee| refus.to_string().replace(['\u{202f}', '\u{a0}'], " ");
    champ(genre).lire(reponses).map_err(refus)
}

fn texte(valeur: &str) -> Result<Option<Valeur>, String> {
    Ok(Some(Valeur::Texte(valeur.to_owned())))
}

fn offerts() -> Vec<ChoixOffert> {
    let offert = |code: &str| ChoixOffert {
        code: code.to_owned(),
        libelle: code.to_uppercase(),
    };
    vec![offert("pat"), offert("qpv")]
}

#[test]
fn un_blanc_n_est_pas_une_reponse() {
    for genre in [
        TypeChamp::OuiNon,
        TypeChamp::Montant,
        TypeChamp::ChoixMultiples(offerts()),
    ] {
        assert_eq!(lu(genre.clone(), &[]), Ok(None));
        assert_eq!(lu(genre, &["  "]), Ok(None));
    }
}

#[test]
fn un_texte_trop_long_dit_combien_retirer() {
    let long = |n| lu(TypeChamp::TexteLong { signes_max: 5 }, &[n]);
    assert_eq!(
        long("été\r\nà"),
        texte("été\nà"),
        "un saut de ligne est un signe"
    );
    assert_eq!(
        long("étés à"),
        Err("Ce texte compte 6 signes sur 5 : retirez 1 signe.".to_owned())
    );
    assert!(lu(TypeChamp::TexteCourt { signes_max: 50 }, &["a\nb"]).is_err());
}

#[test]
fn un_choix_se_prend_dans_la_liste() {
    assert_eq!(
        lu(TypeChamp::Choix(offerts()), &["pat"]),
        Ok(Some(Valeur::choix("pat")))
    );
    assert!(lu(TypeChamp::Choix(offerts()), &["autre"]).is_err());
    assert_eq!(
        lu(TypeChamp::ChoixMultiples(offerts()), &["qpv", "pat", "qpv"]),
        Ok(Some(Valeur::Plusieurs(vec![
            "qpv".to_owned(),
            "pat".to_owned()
        ])))
    );
    assert!(lu(TypeChamp::ChoixMultiples(offerts()), &["pat", "x"]).is_err());
}

#[test]
fn chaque_genre_lit_ce_que_les_gens_tapent() {
    assert_eq!(
        lu(TypeChamp::OuiNon, &["oui"]),
        Ok(Some(Valeur::Booleen(true)))
    );
    assert_eq!(
        lu(TypeChamp::Montant, &["12 000,50 €"]),
        Ok(Some(Valeur::Montant(Montant::centimes(1_200_050))))
    );
    assert_eq!(
        lu(TypeChamp::Nombre { min: 0, max: 5_000 }, &["1 200"]),
        Ok(Some(Valeur::Entier(1_200)))
    );
    assert_eq!(lu(TypeChamp::Commune, &["2a004"]), texte("2A004"));
    assert_eq!(
        lu(TypeChamp::Telephone, &["02 98.00-00 00"]),
        texte("0298000000")
    );
    assert_eq!(
        lu(TypeChamp::Telephone, &["+262 262 00 00 00"]),
        texte("+262262000000")
    );
    assert_eq!(
        lu(TypeChamp::Courriel, &["accueil@pole.example"]),
        texte("accueil@pole.example")
    );
    let jour = Ok(Some(Valeur::Date(jiff::civil::date(2024, 5, 29))));
    assert_eq!(lu(TypeChamp::Date, &["2024-05-29"]), jour);
    assert_eq!(lu(TypeChamp::Date, &["29/05/2024"]), jour);
}

#[test]
fn une_reponse_refusee_dit_ce_qui_est_attendu() {
    for (genre, saisie, phrase) in [
        (
            TypeChamp::OuiNon,
            "peut-être",
            "Répondez par oui ou par non.",
        ),
        (
            TypeChamp::Nombre { min: 1, max: 9 },
            "12",
            "Indiquez un nombre entier, de 1 à 9.",
        ),
        (
            TypeChamp::Date,
            "2024-02-30",
            "Indiquez un jour qui existe, par exemple 29/05/2024.",
        ),
        (
            TypeChamp::Commune,
            "é0000",
            "Indiquez le code officiel de la commune : 5 signes, par exemple 29151. Ce n’est pas le code postal.",
        ),
        (
            TypeChamp::Courriel,
            "accueil@pole",
            "Indiquez une adresse complète, par exemple accueil@pole.example.",
        ),
        (
            TypeChamp::Telephone,
            "12",
            "Indiquez un numéro à 10 chiffres, ou commençant par +, par exemple 02 98 00 00 00.",
        ),
    ] {
        assert_eq!(lu(genre, &[saisie]), Err(phrase.to_owned()), "{saisie}");
    }
    assert!(lu(TypeChamp::Siret, &["123"]).is_err());
    assert!(lu(TypeChamp::Rna, &["W12"]).is_err());
}
