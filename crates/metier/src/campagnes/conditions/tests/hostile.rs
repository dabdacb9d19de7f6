use super::*;

fn lire(texte: &str) -> Result<Expression, Vec<crate::campagnes::Ecart>> {
    Expression::lire(texte, &vocabulaire())
}

#[test]
fn quatre_megaoctets_sont_refuses_sans_etre_analyses() {
    for texte in [
        "a".repeat(4 << 20),
        "(".repeat(4 << 20),
        "é".repeat(2 << 20),
    ] {
        let ecarts = lire(&texte).unwrap_err();
        assert_eq!(ecarts.len(), 1);
        assert!(ecarts[0].message.contains("trop longue"));
    }
}

#[test]
fn une_imbrication_profonde_est_refusee_quelle_qu_en_soit_la_forme() {
    let profonds = [
        format!("{}true{}", "(".repeat(900), ")".repeat(900)),
        format!("{}true", "!".repeat(1_900)),
        vec!["membres"; 200].join("."),
        vec!["1"; 900].join("+"),
        vec!["1"; 900].join("<"),
        format!("{}1{}", "size(".repeat(300), ")".repeat(300)),
        "[".repeat(1_900),
    ];
    for texte in profonds {
        let ecarts = lire(&texte).unwrap_err();
        assert!(
            ecarts.iter().any(|e| e.message.contains("trop imbriquée")),
            "{texte}"
        );
    }
}

#[test]
fn trente_deux_niveaux_passent_et_trente_trois_non() {
    let niveaux = |n: usize| format!("{}true{}", "(".repeat(n), ")".repeat(n));
    assert!(lire(&niveaux(32)).is_ok());
    assert!(lire(&niveaux(33)).is_err());
}

#[test]
fn a_trente_deux_niveaux_aucune_forme_ne_fait_deborder_la_pile() {
    for (debut, fin) in [
        ("(", ")"),
        ("[", "]"),
        ("size(", ")"),
        ("a[", "]"),
        ("!(", ")"),
        ("true || (", ")"),
        ("membres.exists(m, ", ")"),
    ] {
        for n in [10, 15, 16, 31, 32] {
            let _ = lire(&format!("{}true{}", debut.repeat(n), fin.repeat(n)));
        }
    }
}

#[test]
fn une_longue_suite_de_et_reste_permise() {
    let texte = vec!["true"; 250].join("&&");
    assert!(texte.len() > 1_000 && lire(&texte).is_ok());
}

#[test]
fn les_signes_etranges_donnent_des_fautes() {
    for texte in [
        "\0",
        "true\0",
        "\u{202e}true",
        "\u{feff}true",
        "🦀 == 1",
        "a\u{301} == 1",
        "`a`",
        "r'a'",
        "'''a'''",
        "\"\\u0000\" == \"a\"",
        "0x",
        "1u == 1u",
        "1e999 > 0",
        "99999999999999999999 > 0",
        ".champs.engagee",
        "structure..mention_ess",
        "structure.",
        "@in",
        "_&&_",
        "__comprehension__",
        "for == 1",
        "a.exists(x.y, true)",
        "membres.exists(m)",
        "membres.exists()",
        "exists(membres, true)",
        "date()",
        "date(1)",
        "date(\"\")",
        "annees(-1)",
        "cloture in cloture",
        "1 in []",
        "true in [1]",
    ] {
        assert!(lire(texte).is_err(), "{texte:?}");
    }
}

/// A generator with no luck in it: the same texts every time.
struct Tirage(u64);

impl Tirage {
    fn parmi<'t>(&mut self, mots: &[&'t str]) -> &'t str {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        mots[usize::try_from(self.0 >> 33).unwrap() % mots.len()]
    }
}

#[test]
fn trois_mille_textes_au_hasard_ne_font_rien_tomber() {
    const MOTS: [&str; 44] = [
        "membres",
        "m",
        "a",
        ".exists(",
        ".all(",
        "m,",
        "m.qualite_ess",
        "==",
        "!=",
        "<",
        ">=",
        "in",
        "\"hors_ess\"",
        "\"",
        "'",
        "(",
        ")",
        "[",
        "]",
        ",",
        "&&",
        "||",
        "!",
        "+",
        "-",
        "true",
        "1",
        "0",
        "cloture",
        "jour(",
        "annees(",
        "date(\"2021-06-30\")",
        "euros(1)",
        "size(",
        " ",
        "\n",
        "é",
        ".",
        "aides",
        "structure.forme",
        "fenetre_de_depot",
        "5u",
        "//",
        "\0",
    ];
    let mut tirage = Tirage(2024);
    let mut lues = 0;
    for long in (1..30).cycle().take(3_000) {
        let texte: String = (0..long).map(|_| tirage.parmi(&MOTS)).collect();
        match lire(&texte) {
            Ok(expression) => {
                lues += 1;
                expression.evaluer(&faits(), None);
            }
            Err(ecarts) => {
                assert!(!ecarts.is_empty(), "{texte:?}");
                assert!(ecarts.iter().all(|e| e.place <= texte.len()), "{texte:?}");
            }
        }
    }
    assert!(lues > 0, "le tirage doit aussi donner des textes justes");
}
