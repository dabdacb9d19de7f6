//! House rules that a program can check: the schema is the same on both bases,
//! every statement prepares on both, the arrows point one way, the refused
//! words stay out.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use coopole::socle::db::Db;
use syn::visit::Visit;

#[path = "parcours/portes.rs"]
mod portes;
#[path = "parcours/postgres.rs"]
mod postgres;

fn sources(dossier: &Path) -> Vec<PathBuf> {
    let mut fichiers = Vec::new();
    for entree in fs::read_dir(dossier).unwrap() {
        let chemin = entree.unwrap().path();
        if chemin.is_dir() {
            fichiers.extend(sources(&chemin));
        } else if chemin.extension().is_some_and(|e| e == "rs") {
            fichiers.push(chemin);
        }
    }
    fichiers.sort();
    fichiers
}

fn maison(chemin: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(chemin)
}

/// Every SQL text of a source: literals outside attributes that open as one.
fn requetes(fichier: &Path) -> Vec<String> {
    struct Litteraux(Vec<String>);
    impl<'a> Visit<'a> for Litteraux {
        fn visit_lit_str(&mut self, litteral: &'a syn::LitStr) {
            let texte = litteral.value();
            let sql = [
                "SELECT ",
                "INSERT INTO ",
                "UPDATE ",
                "DELETE FROM ",
                "WITH ",
            ];
            if sql.iter().any(|debut| texte.starts_with(debut)) {
                self.0.push(texte);
            }
        }
        fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
            if module.ident != "tests" {
                syn::visit::visit_item_mod(self, module);
            }
        }
    }
    let mut litteraux = Litteraux(Vec::new());
    litteraux.visit_file(&syn::parse_file(&fs::read_to_string(fichier).unwrap()).unwrap());
    litteraux.0
}

async fn bases() -> (Db, Db, tempfile::Dossier) {
    let dossier = tempfile::Dossier::new();
    let sqlite = Db::ouvrir_sqlite(&dossier.0.join("coopole.db"))
        .await
        .unwrap();
    let postgres = Db::ouvrir_postgres(&postgres::creer_une_base().await)
        .await
        .unwrap();
    (sqlite, postgres, dossier)
}

mod tempfile {
    pub struct Dossier(pub std::path::PathBuf);
    impl Dossier {
        pub fn new() -> Self {
            let nom = format!("coopole-maison-{}", coopole::socle::alea::id());
            let dossier = std::env::temp_dir().join(nom);
            std::fs::create_dir_all(&dossier).unwrap();
            Self(dossier)
        }
    }
    impl Drop for Dossier {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

#[tokio::test]
async fn chaque_requete_se_prepare_sur_les_deux_bases() {
    let (sqlite, postgres, _dossier) = bases().await;
    let mut vues = 0;
    for fichier in sources(&maison("src")) {
        if fichier.ends_with("socle/db/mod.rs") {
            continue; // the one place where the two dialects live
        }
        for sql in requetes(&fichier) {
            vues += 1;
            for base in [&sqlite, &postgres] {
                let issue = base.lecture().await.unwrap().preparer(&sql).await;
                assert!(
                    issue.is_ok(),
                    "{} sur {} :\n{sql}\n{issue:?}",
                    fichier.display(),
                    base.nom()
                );
            }
        }
    }
    let composes = [
        coopole::charte::enonces(),
        coopole::consignations::enonces(),
        coopole::poles::corrections::enonces(),
        coopole::poles::declarations::enonces(),
        coopole::poles::sorties::enonces(),
        coopole::poles::fiches::enonces(),
        coopole::poles::fusions::enonces(),
        coopole::poles::modifications::enonces(),
        coopole::poles::revendications::enonces(),
        coopole::registre::enonces(),
    ];
    for enonce in composes.into_iter().flatten() {
        let sql = enonce.texte().0;
        for base in [&sqlite, &postgres] {
            let issue = base.lecture().await.unwrap().preparer(&sql).await;
            assert!(issue.is_ok(), "sur {} :\n{sql}\n{issue:?}", base.nom());
        }
    }
    assert!(
        vues > 20,
        "{vues} requêtes seulement : la lecture des sources s’est perdue"
    );
}

#[tokio::test]
async fn les_deux_bases_ont_les_memes_tables_et_les_memes_colonnes() {
    let (sqlite, postgres, _dossier) = bases().await;
    let a: Vec<(String, String)> = sqlite
        .lecture()
        .await
        .unwrap()
        .fetch_all(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%'",
            &[],
        )
        .await
        .unwrap();
    let b: Vec<(String, String)> = postgres
        .lecture()
        .await
        .unwrap()
        .fetch_all(
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '_sqlx%'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(par_table(a), par_table(b));
}

fn par_table(colonnes: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, colonne) in colonnes {
        tables.entry(table).or_default().push(colonne);
    }
    for colonnes in tables.values_mut() {
        colonnes.sort();
    }
    tables
}

/// What a source of a room is: a file of that name, or one in a folder of that
/// name.
fn meuble(fichier: &Path) -> Option<&str> {
    const MEUBLES: [&str; 4] = ["store", "pages", "routes", "actes"];
    let noms = fichier.iter().filter_map(|nom| nom.to_str());
    let mut noms: Vec<&str> = noms.collect();
    let dernier = noms.pop()?.trim_end_matches(".rs");
    MEUBLES
        .into_iter()
        .find(|meuble| dernier == *meuble || noms.contains(meuble))
}

/// No SQL in pages, no HTML in stores, no rule's clock anywhere.
#[test]
fn chaque_meuble_reste_a_sa_place() {
    let racine = maison("src");
    let mut vus = 0;
    for fichier in sources(&racine) {
        let texte = fs::read_to_string(&fichier).unwrap();
        let interdits: &[&str] = match meuble(fichier.strip_prefix(&racine).unwrap()) {
            Some("store") => &["maud", "dsfr::", "axum::"],
            Some("pages") => &["sqlx", "fetch_", "valeurs!", "axum::"],
            Some("routes") => &[
                "sqlx",
                "fetch_all",
                "fetch_one",
                "fetch_optional",
                "valeurs!",
                "html!",
            ],
            Some("actes") => &["axum::", "maud", "fetch_", "valeurs!"],
            _ => continue,
        };
        vus += 1;
        for interdit in interdits {
            assert!(
                !texte.contains(interdit),
                "{} contient « {interdit} »",
                fichier.display()
            );
        }
    }
    assert!(vus > 60, "{vus} meubles : où sont les autres ?");
}

/// A table that names a pole says what a merge does of it.
#[tokio::test]
async fn une_fusion_sait_que_faire_de_chaque_colonne_qui_nomme_un_pole() {
    let (sqlite, _, _dossier) = bases().await;
    let mut trouvees: Vec<(String, String)> = sqlite
        .lecture()
        .await
        .unwrap()
        .fetch_all(
            "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
             WHERE m.type = 'table' AND f.\"table\" = 'poles'
             UNION SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND c.name = 'pole'",
            &[],
        )
        .await
        .unwrap();
    let mut dites: Vec<(String, String)> = coopole::poles::liens::LIENS
        .iter()
        .map(|lien| (lien.table.to_owned(), lien.colonne.to_owned()))
        .collect();
    trouvees.sort();
    dites.sort();
    assert_eq!(
        trouvees, dites,
        "dites dans poles::liens::LIENS ce que devient cette colonne quand deux pôles fusionnent, et quand un import s’annule"
    );
}

/// The handlers that these functions of the router bind with `verbe`.
fn portes_du_routeur(fonctions: &[&str], verbe: &str) -> Vec<String> {
    struct Appels<'v>(&'v str, Vec<String>);
    impl<'a> Visit<'a> for Appels<'_> {
        fn visit_expr_call(&mut self, appel: &'a syn::ExprCall) {
            self.noter(
                matches!(&*appel.func, syn::Expr::Path(p) if p.path.is_ident(self.0)),
                &appel.args,
            );
            syn::visit::visit_expr_call(self, appel);
        }
        fn visit_expr_method_call(&mut self, appel: &'a syn::ExprMethodCall) {
            self.noter(appel.method == self.0, &appel.args);
            syn::visit::visit_expr_method_call(self, appel);
        }
    }
    impl Appels<'_> {
        fn noter(
            &mut self,
            est_le_verbe: bool,
            arguments: &syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>,
        ) {
            if let (true, Some(syn::Expr::Path(porte))) = (est_le_verbe, arguments.first()) {
                let nom = &porte.path.segments.last().unwrap().ident;
                self.1.push(nom.to_string());
            }
        }
    }
    let routeur = syn::parse_file(&fs::read_to_string(maison("src/router.rs")).unwrap()).unwrap();
    let mut appels = Appels(verbe, Vec::new());
    for element in &routeur.items {
        if let syn::Item::Fn(fonction) = element
            && fonctions.iter().any(|nom| fonction.sig.ident == nom)
        {
            appels.visit_item_fn(fonction);
        }
    }
    appels.1.sort();
    appels.1
}

/// Each act of the register and of the procedure has its denied twins, each public page is read for
/// names (`tests/parcours/portes_closes.rs`).
#[test]
fn chaque_porte_dit_a_qui_elle_se_ferme() {
    let actes = portes_du_routeur(
        &[
            "corrections",
            "imports",
            "revendications",
            "declarations",
            "doublons",
        ],
        "post",
    );
    let mut dits: Vec<&str> = portes::ACTES.iter().map(|acte| acte.route).collect();
    dits.sort_unstable();
    assert_eq!(
        actes, dits,
        "dites dans tests/parcours/portes.rs à qui cet acte se ferme"
    );
    assert!(
        portes::ACTES
            .iter()
            .all(|acte| acte.adresse.starts_with('/'))
    );
    assert!(portes::ACTES.iter().any(|acte| acte.a_tous));

    let salles = [
        "dossier",
        "instruction",
        "comite",
        "pilotage",
        "tresor",
        "anterieurs",
    ];
    let actes = portes_du_routeur(&salles, "post");
    let mut dits: Vec<&str> = portes::PROCEDURE.iter().map(|acte| acte.route).collect();
    dits.sort_unstable();
    assert_eq!(
        actes, dits,
        "dites dans tests/parcours/portes.rs à qui cet acte se ferme"
    );

    let pages = portes_du_routeur(&["publiques", "libres"], "get");
    let mut lues: Vec<&str> = portes::PUBLIQUES.iter().map(|(route, _)| *route).collect();
    assert!(
        portes::PUBLIQUES
            .iter()
            .all(|(_, adresse)| adresse.starts_with('/'))
    );
    lues.sort_unstable();
    assert_eq!(
        pages, lues,
        "donnez dans tests/parcours/portes.rs une adresse de cette page"
    );
}

/// Inside `metier` the arrow is the arrow of time.
#[test]
fn une_salle_de_metier_ne_connait_que_celles_d_avant() {
    const ORDRE: [&str; 10] = [
        "commun",
        "poles",
        "charte",
        "campagnes",
        "dossiers",
        "instruction",
        "comite",
        "decisions",
        "conventions",
        "bilan",
    ];
    for fichier in sources(&maison("../metier/src")) {
        let relatif = fichier.strip_prefix(maison("../metier/src")).unwrap();
        let salle = relatif
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap();
        let Some(rang) = ORDRE.iter().position(|s| *s == salle) else {
            continue;
        };
        let texte = fs::read_to_string(&fichier).unwrap();
        for plus_tard in &ORDRE[rang + 1..] {
            let fleche = format!("crate::{plus_tard}");
            assert!(
                !texte.contains(&fleche),
                "{} nomme {fleche}",
                relatif.display()
            );
        }
    }
}

/// The cellar calls no room.
#[test]
fn la_cave_n_appelle_aucune_salle() {
    let salles: Vec<String> = fs::read_dir(maison("src"))
        .unwrap()
        .filter_map(|entree| entree.unwrap().file_name().into_string().ok())
        .filter(|nom| !nom.ends_with(".rs") && nom != "socle")
        .collect();
    assert!(salles.iter().any(|salle| salle == "registre"));
    for fichier in sources(&maison("src/socle")) {
        let texte = fs::read_to_string(&fichier).unwrap();
        for salle in &salles {
            let fleche = format!("crate::{salle}");
            assert!(
                !texte.contains(&fleche),
                "{} nomme {fleche}",
                fichier.display()
            );
        }
    }
}
