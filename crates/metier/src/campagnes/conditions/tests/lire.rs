use super::*;

#[track_caller]
fn refuse(texte: &str, attendu: &[&str]) {
    assert_eq!(fautes(texte), attendu, "{texte}");
}

#[test]
fn les_regles_de_2024_se_lisent() {
    for texte in [
        E3,
        E4B,
        r#"laureats.exists(l, l.genre == "accompagnement")"#,
        "dossiers_lies.exists(d, d.depose_le <= cloture) // double candidature",
        "dossier.recu_le in fenetre_de_depot\n  && dossier.elements_manquants == 0",
        r#"!(structure.forme == 'collectivite')"#,
    ] {
        assert!(Expression::lire(texte, &vocabulaire()).is_ok(), "{texte}");
    }
    let termes: Vec<String> = lue(E3).termes().map(str::to_owned).collect();
    assert_eq!(termes, ["aides", "cloture"]);
}

#[test]
fn un_nom_inconnu_est_montre_avec_le_plus_proche() {
    refuse(
        "structure.form == \"association\"",
        &["0 : « structure.form » n’est pas un nom du vocabulaire. -> « structure.forme »"],
    );
    refuse(
        "membres.exists(m, m.qualite == \"hors_ess\")",
        &[
            "18 : « m » n’a pas de champ « qualite ». -> l’un de : nom, genre, qualite_ess, personne_morale",
        ],
    );
    refuse(
        "membres.exists(m, m)",
        &["18 : « m » désigne une fiche : dites lequel de ses champs. -> « m.nom »"],
    );
}

#[test]
fn un_code_hors_de_la_liste_est_montre_a_sa_place() {
    refuse(
        "membres.exists(m, m.qualite_ess == \"hors_es\")",
        &["35 : « hors_es » n’est pas une valeur possible ici. -> « hors_ess »"],
    );
    refuse(
        "structure.forme in [\"association\", \"coop\"]",
        &[
            "35 : « coop » n’est pas une valeur possible ici. -> l’un de : association, fondation, mutuelle, cooperative, societe_commerciale, collectivite, autre",
        ],
    );
}

#[test]
fn deux_types_differents_ne_se_comparent_pas() {
    refuse(
        "aides.exists(a, a.convention_le > cloture)",
        &["32 : On ne compare pas une date et un instant. -> jour(…) autour de l’instant"],
    );
    refuse(
        "aides.exists(a, a.montant > 0)",
        &[
            "26 : On ne compare pas un montant et un nombre entier. -> un montant, par exemple euros(1000)",
        ],
    );
    refuse(
        "membres == 3",
        &["8 : On ne compare pas une liste et un nombre entier. -> deux valeurs du même genre"],
    );
    refuse(
        "structure.forme < \"b\"",
        &[
            "18 : « b » n’est pas une valeur possible ici. -> l’un de : association, fondation, mutuelle, cooperative, societe_commerciale, collectivite, autre",
        ],
    );
    refuse(
        "champs.engagee > true",
        &["15 : Cette comparaison n’a pas de sens pour un oui ou non. -> « == » ou « != »"],
    );
    refuse(
        "cloture + 5 > cloture",
        &[
            "8 : On n’ajoute ni ne retranche un nombre entier à un instant. -> annees(5), mois(3) ou jours(10)",
        ],
    );
    refuse(
        "1 < 2 < 3",
        &["6 : On ne compare pas un oui ou non et un nombre entier. -> deux valeurs du même genre"],
    );
}

#[test]
fn une_regle_est_un_oui_ou_non() {
    refuse("structure.forme", &["0 : C’est un choix. -> un oui ou non"]);
    refuse(
        "size(membres)",
        &["0 : C’est un nombre entier. -> un oui ou non"],
    );
}

#[test]
fn toutes_les_fautes_viennent_d_un_coup() {
    refuse(
        "strcture.forme == \"x\" && aides.map(a, a.montant) == 1 || date(\"2021-02-30\") < jour(cloture)",
        &[
            "0 : « strcture.forme » n’est pas un nom du vocabulaire. -> « structure.forme »",
            "31 : « .map(…) » n’est pas admis. -> l’un de : exists, all",
            "62 : Cette date n’existe pas, ou n’est pas écrite comme il faut. -> date(\"2021-06-30\")",
        ],
    );
}

#[test]
fn ce_qui_n_est_pas_admis_est_nomme() {
    refuse(
        "size(membres) * 2 > 3",
        &["14 : L’opération « * » n’est pas admise. -> « + » ou « - »"],
    );
    refuse(
        "membres[0].personne_morale",
        &["0 : Ce champ n’est pas celui d’un nom. -> un nom du vocabulaire"],
    );
    refuse(
        "has(structure.forme)",
        &[
            "0 : La fonction « has » n’est pas admise. -> l’un de : date, euros, annees, mois, jours, jour, size",
        ],
    );
    refuse(
        "2.5 > 1",
        &["0 : Cette valeur n’est pas admise. -> un entier, un texte, true ou false"],
    );
    refuse(
        "true ? true : false",
        &[
            "5 : Le choix « ? : » n’est pas admis. -> « && » et « || »",
            "12 : Le choix « ? : » n’est pas admis. -> « && » et « || »",
        ],
    );
    refuse(
        "structure.forme == [\"association\"]",
        &["19 : Une liste ne s’écrit qu’après « in ». -> structure.forme in [\"association\"]"],
    );
    refuse(
        "-size(membres) < 0",
        &["0 : Cette opération n’est pas admise. -> « + » ou « - »"],
    );
    refuse(
        "membres.exists(cloture, true)",
        &["15 : Le nom « cloture » est déjà pris. -> un autre nom, par exemple m"],
    );
    refuse(
        "membres.exists(a, aides.exists(b, signatures.exists(c, true)))",
        &["45 : Pas plus de deux parcours l’un dans l’autre. -> deux règles"],
    );
}

#[test]
fn les_glissements_courants_sont_rediriges() {
    refuse(
        "champs.engagee et true",
        &["15 : « et » ne s’emploie pas. -> « && »"],
    );
    refuse(
        "champs.engagee = true",
        &["15 : L’égalité s’écrit avec deux signes. -> « == »"],
    );
    refuse("champs.engagee & true", &["15 : « & » est seul. -> « && »"]);
    refuse(
        "structure.forme == “association”",
        &[
            "19 : Le guillemet “ n’est pas lu dans une expression. -> un guillemet droit",
            "33 : Le guillemet ” n’est pas lu dans une expression. -> un guillemet droit",
        ],
    );
    refuse(
        "été",
        &[
            "0 : Le signe « é » n’est pas lu dans une expression. -> les mots du vocabulaire, écrits sans accent",
            "3 : Le signe « é » n’est pas lu dans une expression. -> les mots du vocabulaire, écrits sans accent",
        ],
    );
}

#[test]
fn une_expression_bancale_est_montree_a_l_endroit_ou_elle_casse() {
    refuse("", &["0 : L’expression est vide. -> une condition"]);
    refuse(
        "true &&",
        &["7 : L’expression s’arrête trop tôt. -> une valeur ou un nom"],
    );
    refuse(
        "true true",
        &[
            "5 : « true » ne peut pas se trouver ici. -> un opérateur (&&, ||, ==, <, in…) ou un nom, selon ce qui précède",
        ],
    );
    refuse("(true", &["0 : « ( » n’est pas refermé. -> )"]);
    refuse("true)", &["4 : « ) » ne referme rien. -> rien"]);
    refuse(
        "\"abc",
        &["0 : Ce texte n’est pas refermé. -> un guillemet droit"],
    );
}

#[test]
fn la_date_de_retour_demande_une_liste_et_une_seule() {
    let vocabulaire = &vocabulaire();
    let sans = lue("champs.engagee");
    assert!(Expression::lire_date("cloture", vocabulaire, &sans).is_err());
    let regle = lue(E3);
    assert!(Expression::lire_date("a.montant", vocabulaire, &regle).is_err());
    assert!(Expression::lire_date("b.convention_le", vocabulaire, &regle).is_err());
}
