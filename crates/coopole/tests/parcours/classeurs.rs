//! Workbooks as people bring them, crafted ones included: each is read as a
//! spreadsheet shows it, or says why not, and nothing of it is unfolded whole.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};

use crate::{
    banc::Banc,
    imports::{REMI, apporter, demander},
    parcours,
};

/// An archive of these parts, each folded.
fn archive(parties: &[(&str, String)]) -> Vec<u8> {
    let (mut octets, mut table) = (Vec::new(), Vec::new());
    for (nom, texte) in parties {
        let mut plieur = DeflateEncoder::new(Vec::new(), Compression::fast());
        plieur.write_all(texte.as_bytes()).unwrap();
        let corps = plieur.finish().unwrap();
        let mut somme = Crc::new();
        somme.update(texte.as_bytes());
        let debut = octets.len() as u32;
        let mut commun = vec![20, 0, 0, 8, 8, 0, 0, 0, 0, 0];
        for nombre in [somme.sum(), corps.len() as u32, texte.len() as u32] {
            commun.extend_from_slice(&nombre.to_le_bytes());
        }
        commun.extend_from_slice(&(nom.len() as u16).to_le_bytes());
        commun.extend_from_slice(&[0, 0]);
        octets.extend_from_slice(b"PK\x03\x04");
        octets.extend_from_slice(&commun);
        octets.extend_from_slice(nom.as_bytes());
        octets.extend_from_slice(&corps);
        table.extend_from_slice(b"PK\x01\x02\x14\x00");
        table.extend_from_slice(&commun);
        table.extend_from_slice(&[0; 10]);
        table.extend_from_slice(&debut.to_le_bytes());
        table.extend_from_slice(nom.as_bytes());
    }
    let (ou, combien) = (octets.len() as u32, (parties.len() as u16).to_le_bytes());
    octets.extend_from_slice(&table);
    octets.extend_from_slice(b"PK\x05\x06\x00\x00\x00\x00");
    octets.extend_from_slice(&[combien, combien].concat());
    octets.extend_from_slice(&(table.len() as u32).to_le_bytes());
    octets.extend_from_slice(&ou.to_le_bytes());
    octets.extend_from_slice(&[0, 0]);
    octets
}

/// An XLSX of these rows, and of these shared texts.
fn xlsx(rangees: &str, textes: &str) -> Vec<u8> {
    archive(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"rel\"><sheets><sheet name=\"Graphe\" sheetId=\"1\" r:id=\"g\"/>\
             <sheet name=\"Pôles &amp; lieux\" sheetId=\"2\" r:id=\"p\"/></sheets></workbook>"
                .to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"p\" Type=\"x/worksheet\" Target=\"/xl/worksheets/deux.xml\"/>\
             <Relationship Id=\"g\" Type=\"x/chartsheet\" Target=\"chartsheets/un.xml\"/></Relationships>"
                .to_owned(),
        ),
        ("xl/SharedStrings.xml", format!("<sst>{textes}</sst>")),
        (
            "xl/worksheets/deux.xml",
            format!("<worksheet><sheetData>{rangees}</sheetData></worksheet>"),
        ),
    ])
}

/// A cell that holds its text.
fn cellule(place: &str, texte: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{texte}</t></is></c>")
}

fn rangee(ligne: u32, texte: &str) -> String {
    format!(
        "<row r=\"{ligne}\">{}</row>",
        cellule(&format!("A{ligne}"), texte)
    )
}

/// An ODS whose first sheet holds these rows.
fn ods(rangees: &str) -> Vec<u8> {
    archive(&[
        (
            "mimetype",
            "application/vnd.oasis.opendocument.spreadsheet".to_owned(),
        ),
        (
            "content.xml",
            format!(
                "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>\
                 <table:table table:name=\"Liste\"><table:table-column/>{rangees}</table:table>\
                 <table:table table:name=\"Autre\"><table:table-row><table:table-cell>\
                 <text:p>perdu</text:p></table:table-cell></table:table-row></table:table>\
                 </office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

fn p(texte: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{texte}</text:p></table:table-cell>"
    )
}

fn r(cellules: &[String]) -> String {
    format!("<table:table-row>{}</table:table-row>", cellules.concat())
}

const EN_DESORDRE: &str = "des lignes ou des cellules ne se suivent pas";
const ABIME: &str = "abîmé ou protégé";

async fn ne_se_lit_pas(banc: &Banc, octets: &[u8], attendu: &str) {
    let import = apporter(banc, octets).await;
    let remi = banc.personne(REMI).await;
    remi.get(&import)
        .await
        .montre("ce fichier ne peut pas être lu.")
        .montre(attendu);
    assert_eq!(
        banc.compter("SELECT COUNT(*) FROM lignes_des_imports")
            .await,
        0,
        "{attendu}"
    );
    assert_eq!(
        banc.compter(
            "SELECT COUNT(*) FROM taches WHERE faite_le IS NULL AND genre = 'lecture_import'"
        )
        .await,
        0
    );
}

parcours!(un_classeur_en_desordre_est_refuse_en_entier(banc) {
    let titre = rangee(1, "nom");
    let longue: String = (2..=2_500).map(|n| rangee(n, &format!("Pôle {n}"))).collect();
    for rangees in [
        format!("{titre}{}{}", rangee(5, "Grange"), rangee(2, "Halle")),
        format!("{titre}{}{}", rangee(2, "Grange"), rangee(2, "Halle")),
        format!("{titre}<row r=\"2\">{}{}</row>", cellule("B2", "a"), cellule("A2", "b")),
        format!("{titre}<row r=\"2\">{}{}</row>", cellule("A2", "a"), cellule("A2", "b")),
        format!("{titre}<row r=\"2\">{}</row>", cellule("A7", "a")),
        format!("{titre}{longue}{}", rangee(3, "Grange")),
    ] {
        ne_se_lit_pas(banc, &xlsx(&rangees, ""), EN_DESORDRE).await;
    }
    // An empty row takes no place: where it stands is of no matter.
    let vide = format!("{titre}<row r=\"9\"/>{}", rangee(2, "Grange"));
    let import = apporter(banc, &xlsx(&vide, "")).await;
    banc.personne(REMI).await.get(&import).await.montre("Appliquer 1 ligne");
});

parcours!(un_classeur_qui_se_dit_immense_n_est_jamais_deplie(banc) {
    let titre = r(&[p("nom")]);
    let repetee = |fois: &str, cellule: &str| {
        format!("<table:table-row table:number-rows-repeated=\"{fois}\">{cellule}</table:table-row>")
    };
    let large = |fois: u32, texte: &str| {
        format!("<table:table-cell table:number-columns-repeated=\"{fois}\" office:value-type=\"string\"><text:p>{texte}</text:p></table:table-cell>")
    };
    let lourd = "x".repeat(30_000);
    for (octets, attendu) in [
        (ods(&format!("{titre}{}", repetee("1048575", &p("Grange")))), "plus de 200 000 lignes"),
        (ods(&format!("{titre}{}", repetee("4294967295", &p("Grange")))), "plus de 200 000 lignes"),
        (ods(&format!("{titre}{}", repetee("4294967296", &p("Grange")))), ABIME),
        (ods(&format!("{titre}{}", r(&[large(16_384, "Grange")]))), "plus de 1 000 colonnes"),
        (ods(&format!("{titre}{}", repetee("1000", &large(900, &lourd)))), "démesuré une fois déplié"),
        (ods(&format!("{titre}<!--{}-->", "x".repeat(1_100_000))), "démesuré une fois déplié"),
        (xlsx(&format!("{}<row r=\"2\">{}</row>", rangee(1, "nom"), cellule("ALM2", "loin")), ""), "plus de 1 000 colonnes"),
    ] {
        ne_se_lit_pas(banc, &octets, attendu).await;
    }
    let vides = format!("nom{}\nGrange{}\n", ";".repeat(1_200), ";".repeat(1_200));
    let import = apporter(banc, vides.as_bytes()).await;
    banc.personne(REMI).await.get(&import).await.montre("Appliquer 1 ligne");
    let pleines = format!("nom{}\n", ";x".repeat(1_200));
    let import = apporter(banc, pleines.as_bytes()).await;
    banc.personne(REMI).await.get(&import).await.montre("plus de 1 000 colonnes");
});

parcours!(un_classeur_abime_dit_qu_il_l_est(banc) {
    let titre = rangee(1, "nom");
    let sans_fin = |texte: &str| archive(&[("content.xml", texte.to_owned())]);
    let mut coupe = ods(&r(&[p("nom")]));
    coupe.truncate(coupe.len() - 30);
    for (octets, attendu) in [
        (coupe, ABIME),
        (xlsx(&format!("{titre}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>"), "<si><t>a</t></si>"), ABIME),
        (xlsx(&format!("{titre}<row r=\"deux\"/>"), ""), ABIME),
        (xlsx(&format!("{titre}<row r=\"2\"><c r=\"2\"/></row>"), ""), ABIME),
        (xlsx(&rangee(1, "&xxe;"), ""), ABIME),
        (sans_fin("<office:body><table:table><table:table-row>"), ABIME),
        (sans_fin("<!DOCTYPE a [<!ENTITY x \"y\">]><office:body/>"), "n’a aucune feuille"),
        (sans_fin("\u{1}\u{2}pas du XML"), "n’a aucune feuille"),
        (archive(&[("xl/workbook.xml", "<workbook/>".to_owned())]), ABIME),
        (archive(&[("word/document.xml", "<document/>".to_owned())]), "n’est pas un classeur"),
    ] {
        ne_se_lit_pas(banc, &octets, attendu).await;
    }
});

parcours!(un_ods_se_lit_comme_un_tableur_le_montre(banc) {
    let vide = "<table:table-cell table:number-columns-repeated=\"16379\"/>".to_owned();
    let titres: Vec<String> = ["nom", "siret", "structure", "code insee", "rural"].map(p).to_vec();
    let grange = [
        "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>À vérifier</text:p></office:annotation>\
         <text:p>Grange<text:s/>aux <text:span>Savoirs</text:span></text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"73282932000074\"><text:p>7,3E+13</text:p></table:table-cell>".to_owned(),
        "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\"><text:p>La Grange &amp; Cie</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"float\" office:value=\"1004\"><text:p>1004</text:p></table:table-cell>".to_owned(),
        "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VRAI</text:p></table:table-cell>".to_owned(),
        vide.clone(),
    ];
    let erreur = "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#DIV/0!</text:p></table:table-cell>".to_owned();
    let couverte = "<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>".to_owned();
    let rangees = format!(
        "<table:table-header-rows>{}</table:table-header-rows>\
         <table:table-row table:number-rows-repeated=\"10\">{vide}</table:table-row>{}{}\
         <table:table-row table:number-rows-repeated=\"2\">{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048560\">{vide}</table:table-row>",
        r(&titres), r(&grange), r(&[p("Halle"), erreur]), [p("Moulin"), couverte].concat());
    let import = apporter(banc, &ods(&rangees)).await;
    let remi = banc.personne(REMI).await;
    remi.get(&import).await
        .montre("ODS, feuille « Liste »")
        .montre("Appliquer 2 lignes")
        .montre("Grange aux Savoirs")
        .montre("lu « 01004 »")
        .montre("Territoire rural : oui")
        .montre("La Grange &amp; Cie")
        .montre("La ligne 14 nomme déjà ce pôle.")
        .tait("vérifier").tait("caché");
    remi.get(&format!("{import}/refus")).await.montre("13;siret;Un signe y est illisible");
    demander(banc, &import, "application").await;
    assert_eq!(banc.compter("SELECT COUNT(*) FROM structures WHERE siret = '73282932000074'").await, 1);
});

parcours!(un_xlsx_se_lit_quelle_que_soit_la_main_qui_l_a_ecrit(banc) {
    // Its first sheet is a chart; its rows and cells do not say where they are;
    // a text is made of several; its elements have a prefix.
    let textes = "<si><t>nom</t></si><si><t>presentation</t></si>\
        <si><r><t>Grange </t></r><r><t xml:space=\"preserve\">aux Savoirs</t></r><rPh sb=\"0\" eb=\"1\"><t>guranju</t></rPh></si>\
        <si><t>Deux_x000D_\nlignes _x0041_ _xzzzz_</t></si>";
    let rangees = "<x:row><x:c t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c></x:row>\
        <x:row><x:c t=\"s\"><x:v>2</x:v></x:c><x:c t=\"s\"><x:f>A1</x:f><x:v>3</x:v></x:c></x:row>\
        <x:row r=\"7\"><x:c r=\"A7\" t=\"str\"><x:f>A1</x:f><x:v>Halle &#233;t&#xE9;</x:v></x:c><x:c r=\"B7\" t=\"e\"><x:v>#N/A</x:v></x:c></x:row>";
    let import = apporter(banc, &xlsx(rangees, textes)).await;
    let remi = banc.personne(REMI).await;
    remi.get(&import).await
        .montre("XLSX, feuille « Pôles &amp; lieux »")
        .montre("Appliquer 1 ligne")
        .montre("Grange aux Savoirs")
        .montre("Présentation : Deux\nlignes A _xzzzz_")
        .montre("Halle été")
        .tait("guranju");
    remi.get(&format!("{import}/refus")).await.montre("7;presentation;Un signe y est illisible");
});
