//! The Merkle tree of RFC 6962, kept by its right edge only: the roots of its
//! complete subtrees, largest first. No tree is ever rebuilt in memory.

use sha2::{Digest, Sha256};

use super::Empreinte;

/// A Merkle tree of `taille` leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arbre {
    taille: u64,
    bord: Vec<Empreinte>,
}

impl Arbre {
    /// From what the base holds. Refuses an edge that cannot be of that size.
    pub fn lire(taille: u64, bord: &[u8]) -> Option<Self> {
        let attendu = taille.count_ones() as usize;
        let bord: Vec<Empreinte> = bord
            .chunks(32)
            .map(TryInto::try_into)
            .collect::<Result<_, _>>()
            .ok()?;
        (bord.len() == attendu).then_some(Self { taille, bord })
    }

    pub fn taille(&self) -> u64 {
        self.taille
    }

    pub fn bord(&self) -> Vec<u8> {
        self.bord.concat()
    }

    /// Adds a leaf at the right.
    pub fn ajouter(&mut self, feuille: &[u8]) {
        let mut sommet = empreinte_feuille(feuille);
        // As many complete subtrees merge as the size ends in ones.
        for _ in 0..self.taille.trailing_ones() {
            let gauche = self
                .bord
                .pop()
                .expect("one subtree for each bit of the size");
            sommet = empreinte_noeud(&gauche, &sommet);
        }
        self.bord.push(sommet);
        self.taille += 1;
    }

    /// The root; the hash of nothing for an empty tree.
    pub fn racine(&self) -> Empreinte {
        let mut bord = self.bord.iter().rev();
        match bord.next() {
            None => Sha256::digest([]).into(),
            Some(dernier) => bord.fold(*dernier, |droite, gauche| empreinte_noeud(gauche, &droite)),
        }
    }
}

fn empreinte_feuille(feuille: &[u8]) -> Empreinte {
    Sha256::new()
        .chain_update([0])
        .chain_update(feuille)
        .finalize()
        .into()
}

fn empreinte_noeud(gauche: &Empreinte, droite: &Empreinte) -> Empreinte {
    Sha256::new()
        .chain_update([1])
        .chain_update(gauche)
        .chain_update(droite)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, § 2.1, word for word and slow.
    fn racine_par_definition(feuilles: &[Vec<u8>]) -> Empreinte {
        match feuilles {
            [] => Sha256::digest([]).into(),
            [seule] => empreinte_feuille(seule),
            _ => {
                let k = feuilles.len().next_power_of_two() / 2;
                let (gauche, droite) = feuilles.split_at(k);
                empreinte_noeud(
                    &racine_par_definition(gauche),
                    &racine_par_definition(droite),
                )
            }
        }
    }

    #[test]
    fn la_racine_est_celle_de_la_definition_a_toutes_les_tailles() {
        let feuilles: Vec<Vec<u8>> = (0..200u8).map(|n| vec![n; 3]).collect();
        let mut arbre = Arbre::default();
        for taille in 0..feuilles.len() {
            assert_eq!(
                arbre.racine(),
                racine_par_definition(&feuilles[..taille]),
                "{taille}"
            );
            arbre = Arbre::lire(arbre.taille(), &arbre.bord()).unwrap();
            arbre.ajouter(&feuilles[taille]);
        }
    }

    #[test]
    fn un_bord_qui_n_est_pas_de_sa_taille_est_refuse() {
        assert_eq!(Arbre::lire(3, &[0; 32]), None);
        assert_eq!(Arbre::lire(1, &[0; 31]), None);
    }
}
