//! Reading a receipt back from the facts that were recorded with the filing,
//! so that a pole renamed since changes neither its page nor its proof.

use metier::{commun::Region, dossiers::Accuse};

use crate::socle::erreurs::Panne;

/// Reads back the facts that were filed.
pub fn relire(faits: &str) -> Result<Accuse, Panne> {
    let illisible = || Panne::Ligne("facts of a filing".into());
    let mut lignes = faits.lines();
    if lignes.next() != Some("coopole accuse 1") {
        return Err(illisible());
    }
    let faits: Vec<(String, String)> = lignes.filter_map(separer).collect();
    let fait = |nom: &str| {
        faits
            .iter()
            .find(|(libelle, _)| libelle == nom)
            .map(|(_, valeur)| valeur.as_str())
            .ok_or_else(illisible)
    };
    Ok(Accuse {
        numero: fait("numero")?.parse().map_err(|_| illisible())?,
        dossier: fait("dossier")?.parse().map_err(|_| illisible())?,
        appel: fait("appel")?.to_owned(),
        version: fait("version")?.parse().map_err(|_| illisible())?,
        pole: fait("pole")?.to_owned(),
        structure: fait("structure")?.to_owned(),
        siret: fait("siret")?.parse().ok(),
        region: Region::par_code(fait("region")?),
        service: fait("service")?.to_owned(),
        depose_le: fait("depose_le")?.parse().map_err(|_| illisible())?,
        empreintes: faits
            .iter()
            .filter_map(|(libelle, valeur)| {
                Some((
                    libelle.strip_prefix("empreinte.")?.to_owned(),
                    valeur.clone(),
                ))
            })
            .collect(),
    })
}

/// « label=value », with what was escaped put back.
fn separer(ligne: &str) -> Option<(String, String)> {
    let (mut libelle, mut valeur) = (String::new(), None::<String>);
    let mut signes = ligne.chars();
    while let Some(signe) = signes.next() {
        let lu = match signe {
            '\\' => match signes.next()? {
                'n' => '\n',
                'r' => '\r',
                autre => autre,
            },
            '=' if valeur.is_none() => {
                valeur = Some(String::new());
                continue;
            }
            autre => autre,
        };
        valeur.as_mut().unwrap_or(&mut libelle).push(lu);
    }
    Some((libelle, valeur?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use metier::dossiers::Numero;

    fn accuse() -> Accuse {
        Accuse {
            numero: Numero {
                millesime: 2024,
                rang: 7,
            },
            dossier: uuid::Uuid::from_u128(1),
            appel: "ami-financement-2024".into(),
            version: 1,
            pole: "Pôle = « des Rives »\nde l’Ouest".into(),
            structure: "Les Rives \\ solidaires".into(),
            siret: None,
            region: Some(Region::Bretagne),
            service: "Bureau".into(),
            depose_le: "2024-05-29T09:58:41Z".parse().unwrap(),
            empreintes: vec![("piece.statuts".into(), "ab".into())],
        }
    }

    #[test]
    fn les_faits_se_relisent_comme_ils_ont_ete_ecrits() {
        let texte = String::from_utf8(accuse().octets_canoniques()).unwrap();
        assert_eq!(relire(&texte).unwrap(), accuse());
    }
}
