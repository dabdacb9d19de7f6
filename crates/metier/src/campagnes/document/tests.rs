use super::*;
use crate::campagnes::{EtatCampagne, Genre, RegleMontant};

/// The smallest call that holds: permanent, without money nor criteria.
const PETIT: &str = r#"
format = 1
[appel]
code = "essai"
titre = "Appel d'essai"
titre_court = "Essai"
millesime = "2024"
genre = "accompagnement"
service = "Bureau des essais"
objet = "Essayer."
[notice]
reference = "notice d'essai"
titre = "Notice d'essai"
du = "2024-01-02"
[calendrier]
fuseau = "Europe/Paris"
permanente = true
ouverture = "2024-01-15 00:00"
[avis]
par = "cellule_de_la_region"
source = "notice d'essai, § 1"
[formulaire]
sommaire = ["pole", "membres"]
[[rubriques]]
code = "pole"
titre = "Le pôle"
[[rubriques.champs]]
code = "nom"
type = "texte_court"
libelle = "Nom du pôle"
[[rubriques.champs]]
code = "engagee"
type = "oui_non"
libelle = "La démarche est-elle engagée ?"
"#;

fn sans_espaces_fines(texte: &str) -> String {
    texte.replace(['\u{202f}', '\u{a0}'], " ")
}

fn fautes(texte: &str) -> Vec<String> {
    let fautes = verifier(texte);
    fautes
        .iter()
        .map(|f| sans_espaces_fines(&f.to_string()))
        .collect()
}

/// The faults of the small call with some lines added at its end.
fn fautes_de(ajout: &str) -> Vec<String> {
    let fautes = fautes(&format!("{PETIT}{ajout}"));
    let sans_ligne = |f: String| {
        f.split_once(", ")
            .map_or(f.clone(), |(_, reste)| reste.to_owned())
    };
    fautes.into_iter().map(sans_ligne).collect()
}

#[test]
fn le_plus_petit_appel_se_lit() {
    let campagne = lire(PETIT).unwrap();
    assert_eq!(campagne.identite.genre, Genre::Accompagnement);
    assert_eq!(
        sans_espaces_fines(&campagne.identite.titre),
        "Appel d’essai"
    );
    assert_eq!(campagne.fenetre().cloture, None);
    let plus_tard = "2099-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(campagne.etat(plus_tard), EtatCampagne::Ouverte);
}

#[test]
fn une_fourchette_se_lit() {
    let ajout = r#"
[subvention]
enveloppe = 500_000
regle = "fourchette"
montant_min = 30_000
montant_max = 80_000
cible = 16
duree_mois = 24
versement = "La première année."
source = "notice d'essai, § 2"
"#;
    assert_eq!(
        fautes_de(ajout),
        [
            "colonne 1 : L’aide varie d’un dossier à l’autre, et le formulaire ne demande pas laquelle. Attendu : un champ obligatoire « montant_demande », de type montant."
        ]
    );
    let ajout = format!(
        r#"{ajout}
[[rubriques]]
code = "aide"
titre = "L'aide"
[[rubriques.champs]]
code = "montant_demande"
type = "montant"
libelle = "Combien demandez-vous ?"
"#
    );
    let sommaire = |texte: &str| {
        texte.replace(
            "[\"pole\", \"membres\"]",
            "[\"pole\", \"membres\", \"aide\"]",
        )
    };
    let subvention = lire(&sommaire(&format!("{PETIT}{ajout}")))
        .unwrap()
        .subvention
        .unwrap();
    assert!(matches!(subvention.regle, RegleMontant::Fourchette { .. }));
    assert_eq!(
        sans_espaces_fines(&subvention.regle.en_mots()),
        "entre 30 000 € et 80 000 €"
    );
    let trop = sommaire(&format!("{PETIT}{ajout}")).replace("cible = 16", "cible = 17");
    let sans_ligne = |f: String| f.split_once(", ").map(|(_, reste)| reste.to_owned());
    let fautes: Vec<String> = fautes(&trop).into_iter().filter_map(sans_ligne).collect();
    assert_eq!(
        fautes,
        [
            "colonne 9 : 17 lauréats à 30 000 € demandent 510 000 €, et l’enveloppe est de 500 000 €. Attendu : une cible que l’enveloppe permet."
        ]
    );
}

#[test]
fn une_regle_ne_cite_pas_une_charte_que_l_appel_ne_dit_pas() {
    let ajout = r#"
[[regles]]
code = "E2"
nature = "eligibilite"
controle = "automatique"
enonce = "La Charte est signée."
source = "notice d'essai, § 3"
expression = 'signatures.exists(s, s.version == version_charte)'
"#;
    assert_eq!(
        fautes_de(ajout),
        [
            "colonne 9 : La règle « E2 » cite la version de la Charte, qui manque. Attendu : une table [charte]."
        ]
    );
    assert!(
        lire(&format!(
            "{PETIT}{ajout}[charte]\nforce = \"bloquante\"\nversion = \"2021-06-30\"\n"
        ))
        .is_ok()
    );
}

#[test]
fn un_champ_se_nomme_comme_dans_une_expression() {
    let nomme =
        |code: &str| fautes(&PETIT.replace("code = \"nom\"", &format!("code = \"{code}\"")));
    assert_eq!(nomme("nom_2"), [""; 0]);
    for code in ["nom-du-pole", "Nom", "2_noms"] {
        assert_eq!(nomme(code).len(), 1, "{code}");
    }
}

#[test]
fn un_document_plein_de_fautes_les_dit_toutes_a_leur_place() {
    let document = r#"format = 1
[appel]
code = "appel casse"
titre = "Appel"
titre_cour = "Essai"
millesime = 2024
genre = "financment"
service = ""
objet = "Essayer."
[notice]
reference = "notice"
titre = "Notice"
du = "2024-02-30"
[calendrier]
fuseau = "CET"
ouverture = "2024-03-31 02:30"
cloture = "2024-05-29"
borne_incluse = "oui"
[[calendrier.etapes]]
etape = "examen"
libelle = "Examen"
acteur = "cna"
du = "2024-09-04"
au = "2024-09-01"
source = "notice, § 6"
[[calendrier.etapes]]
etape = "avis"
libelle = "Avis"
acteur = "cellule"
avant = "2024-07-31 00:00 CET"
le = "2024-07-31 00:00"
source = "notice, § 6"
[subvention]
enveloppe = 1_400_000
regle = "fixe"
montant = 100_000
cible = 15
duree_mois = 0
versement = "En totalité."
source = "notice, § 2"
[charte]
force = "bloquante"
version = "2021-06-30"
[avis]
par = "cellule_de_la_region"
source = "notice, § 6"
[[regles]]
code = "E1"
nature = "eligibilite"
controle = "automatique"
enonce = "Énoncé."
source = "notice, § 3"
expression = 'membre.exists(m, m.qualite_ess == "hors_es")'
[[regles]]
code = "E1"
nature = "eligibilite"
controle = "automatique"
enonce = "Énoncé."
source = "notice, § 3"
expression = "aides.exists(a, a.montant > \"é\") && membres.exists(m, m.qualite_ess == \"hors_es\")"
[[regles]]
code = "E5"
nature = "eligibilite"
controle = "automatique"
enonce = "Énoncé."
source = "notice, § 3"
[[axes]]
code = "animation"
titre = "Animation"
[[criteres]]
code = "A1"
axe = "animations"
titre = "Organisation"
enonce = "Énoncé."
source = "notice, § 3"
[formulaire]
sommaire = ["pole", "budjet"]
[[rubriques]]
code = "pole"
titre = "Le pôle"
[[rubriques.champs]]
code = "forme"
type = "choix"
libelle = "Forme"
fait = "structure.forme"
choix = [{ code = "asso", libelle = "Association" }, { code = "autre", libelle = "Autre" }]
si = 'champs.courriel == "x"'
[[rubriques.champs]]
code = "courriel"
type = "courriel"
libelle = "Courriel"
criteres = ["A2"]
"#;
    let attendu = "\
ligne 1, colonne 1 : Des critères sont notés, et l’échelle manque. Attendu : une table [grille].
ligne 2, colonne 2 : Il manque « titre_court » dans « appel ». Attendu : un texte.
ligne 3, colonne 9 : « appel casse » n’est pas un code. Attendu : 60 signes au plus : lettres sans accent, chiffres, tirets.
ligne 5, colonne 1 : « titre_cour » n’est pas une clé de « appel ». Attendu : « titre_court ».
ligne 6, colonne 13 : « millesime » est un nombre. Attendu : un texte entre guillemets.
ligne 7, colonne 10 : « financment » n’est pas admis pour « genre ». Attendu : « financement ».
ligne 8, colonne 11 : « service » est vide. Attendu : un texte.
ligne 13, colonne 7 : « 2024-02-30 » n’est pas une date. Attendu : \"2024-09-04\".
ligne 15, colonne 11 : « CET » n’est pas admis pour « fuseau ». Attendu : « Europe/Paris ».
ligne 16, colonne 14 : À Paris, 2 h 30 le 31 mars 2024 n’existe pas : l’heure d’été commence. Attendu : une autre heure.
ligne 17, colonne 12 : « 2024-05-29 » est un jour : une limite est un instant. Attendu : \"2024-05-29 12:00\", heure de Paris.
ligne 18, colonne 18 : « borne_incluse » est un texte. Attendu : true ou false.
ligne 24, colonne 7 : La fin précède le début. Attendu : un jour qui suit « du ».
ligne 27, colonne 10 : Cette étape est répétée, ou n’est pas à sa place. Attendu : avis, puis examen, puis selection, puis notification, puis convention.
ligne 29, colonne 11 : « cellule » n’est pas admis pour « acteur ». Attendu : l’un de : porteur, cra, cna, pilote.
ligne 30, colonne 10 : Cette étape dit quand de deux façons. Attendu : « avant » (limite exclue), « le » (rendez-vous), ou « du » et « au » (prévision).
ligne 30, colonne 10 : « CET » ne fixe pas l’heure : seul compte le fuseau Europe/Paris. Attendu : \"2024-07-31 00:00\".
ligne 37, colonne 9 : 15 lauréats à 100 000 € demandent 1 500 000 €, et l’enveloppe est de 1 400 000 €. Attendu : une cible que l’enveloppe permet.
ligne 38, colonne 14 : « duree_mois » vaut 0. Attendu : un nombre entier, de 1 à 120.
ligne 53, colonne 15 : « membre » n’est pas un nom du vocabulaire. Attendu : « membres ».
ligne 55, colonne 9 : La règle « E1 » apparaît deux fois. Attendu : un autre code.
ligne 60, colonne 41 : On ne compare pas un montant et un texte. Attendu : un montant, par exemple euros(1000).
ligne 60, colonne 88 : « hors_es » n’est pas une valeur possible ici. Attendu : « hors_ess ».
ligne 62, colonne 9 : La règle « E5 » se calcule, et n’a pas d’expression. Attendu : une expression, ou controle = \"appreciation\".
ligne 72, colonne 8 : L’axe « animations » n’est pas dans le document. Attendu : « animation ».
ligne 77, colonne 22 : « budjet » n’est pas une page du dossier. Attendu : « budget ».
ligne 85, colonne 9 : Ce champ ne peut pas répondre à « structure.forme ». Attendu : un choix parmi : association, fondation, mutuelle, cooperative, societe_commerciale, collectivite, autre.
ligne 87, colonne 7 : « champs.courriel » est demandé plus loin, ou ici même. Attendu : un champ qui précède.
ligne 89, colonne 9 : Le champ « courriel » désigne une personne : dites pourquoi, et combien de temps. Attendu : donnees_personnelles = { finalite = \"…\", conservation = \"…\" }.
ligne 92, colonne 14 : Le critère « A2 » n’est pas dans le document. Attendu : « A1 ».
";
    let trouve = fautes(document).join("\n") + "\n";
    assert_eq!(trouve, attendu, "\n{trouve}");
}

#[test]
fn les_fautes_de_toml_se_disent_en_francais_et_la_lecture_continue() {
    let document = PETIT
        .replace("millesime = \"2024\"", "millesime = 2024-01-01")
        .replace("permanente = true", "permanente = oui")
        .replace("objet = \"Essayer.\"", "objet = \"Essayer.")
        .replace(
            "du = \"2024-01-02\"",
            "du = \"2024-01-02\"\ntitre = \"Deux\"",
        )
        .replace("code = \"nom\"", "code : \"nom\"")
        .replace("genre = \"accompagnement\"", "genre = \"acompagnement\"");
    assert_eq!(
        fautes(&document),
        [
            "ligne 7, colonne 13 : Une date s’écrit entre guillemets. Attendu : \"2024-05-29 12:00\".",
            "ligne 8, colonne 10 : « acompagnement » n’est pas admis pour « genre ». Attendu : « accompagnement ».",
            "ligne 10, colonne 18 : Ce texte n’est pas refermé sur sa ligne. Attendu : un guillemet, ou trois de chaque côté d’un texte de plusieurs lignes.",
            "ligne 15, colonne 1 : « titre » est déjà écrit, ligne 13. Attendu : une seule fois chaque clé.",
            "ligne 18, colonne 14 : Oui s’écrit autrement. Attendu : true.",
            "ligne 29, colonne 6 : Il y a un deux-points à cet endroit. Attendu : un signe égal.",
        ]
    );
}

#[test]
fn chaque_faute_de_toml_a_sa_phrase() {
    for (texte, phrase) in [
        (
            "a = 'x",
            "colonne 5 : Ce texte n’est jamais refermé. Attendu : un guillemet.",
        ),
        (
            "a = \"\\q\"",
            "colonne 7 : Après une barre oblique inversée, ce signe n’a pas de sens. Attendu : un texte entre apostrophes, où elle s’écrit telle quelle.",
        ),
        (
            "é = 1",
            "colonne 1 : Le signe « é » ne peut pas se trouver ici. Attendu : une clé écrite sans accent, ou un texte entre guillemets.",
        ),
        (
            "a = \"\0\"",
            "colonne 6 : Signe invisible U+0000. Attendu : un texte sans signe de contrôle.",
        ),
        (
            "a = 1_",
            "colonne 5 : Ce nombre n’est pas lisible. Attendu : un nombre entier, par exemple 100_000.",
        ),
        (
            "a = texte",
            "colonne 5 : Un texte s’écrit entre guillemets. Attendu : \"texte…\".",
        ),
        (
            "a = [1",
            "colonne 7 : Il y a la fin du document à cet endroit. Attendu : un crochet fermant.",
        ),
        (
            "[appel]\nx = 1",
            "colonne 1 : « appel » est déjà écrit, ligne 3. Attendu : une seule fois chaque clé.",
        ),
    ] {
        let trouve = fautes_de(texte);
        assert!(trouve.iter().any(|f| f == phrase), "{texte:?}\n{trouve:?}");
    }
}

#[test]
fn les_cles_d_une_table_fautive_ne_rejoignent_pas_la_precedente() {
    for ajout in ["[appel]\nx = 1\ny = 2\n", "[[regles\nx = 1\n[rubriques]\n"] {
        let trouve = fautes_de(ajout);
        assert!(
            trouve.iter().all(|f| !f.contains("n’est pas une clé")),
            "{trouve:?}"
        );
    }
}

#[test]
fn un_document_vide_dit_ce_qui_lui_manque() {
    let fautes = fautes("");
    assert_eq!(
        fautes[0],
        "ligne 1, colonne 1 : Il manque « appel » dans « document ». Attendu : une table [appel]."
    );
    assert_eq!(
        fautes.len(),
        6,
        "une faute par table, sans leurs clés : {fautes:?}"
    );
}

#[test]
fn les_documents_hostiles_rendent_vite_des_fautes() {
    let enorme = "a = 1\n".repeat(700_000);
    let tables = "[a.b]\n".repeat(30_000);
    let pointees: String = (0..5_900).map(|i| format!("a.b{i}.c=1\n")).collect();
    for texte in [
        enorme,
        tables,
        pointees,
        "[".repeat(200_000),
        format!("a={}", "{a=".repeat(5_000)),
        format!("{}a=1", "a.".repeat(50_000)),
        "\"".repeat(100_000),
        "\0".repeat(1_000),
        "\u{feff}\u{202e}".repeat(1_000),
        "'''".repeat(10_000),
        "=\n".repeat(5_000),
        "é".repeat(100_000),
        "[[a]]\n[a]\n[[a.b]]\n".to_owned(),
        "a.b.c=1\n[[a.b]]\n".to_owned(),
        "a.b.c=1\n[a.b.c]\n[[a]]\n".to_owned(),
        "\r".repeat(1_000),
    ] {
        assert!(!verifier(&texte).is_empty(), "{:?}", &texte.get(..20));
    }
}

#[test]
fn un_document_coupe_n_importe_ou_ne_fait_rien_tomber() {
    let appel = include_str!("../../../../../appels/ami-financement-2024/appel.toml");
    let coupes = appel.char_indices().map(|(place, _)| place).step_by(997);
    for place in coupes {
        assert!(!verifier(&appel[..place]).is_empty(), "coupé à {place}");
    }
}

#[test]
fn un_document_dont_une_ligne_manque_ne_fait_rien_tomber() {
    let lignes: Vec<&str> = PETIT.lines().collect();
    for oubliee in 1..lignes.len() {
        let restantes = lignes.iter().enumerate().filter(|(i, _)| *i != oubliee);
        let texte: Vec<&str> = restantes.map(|(_, ligne)| *ligne).collect();
        let ligne = lignes[oubliee];
        let facultative = ligne.starts_with('[');
        assert!(
            facultative || !verifier(&texte.join("\n")).is_empty(),
            "sans « {ligne} » l’appel passe encore"
        );
    }
}
