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
        self.poser(empreinte_feuille(feuille));
    }

    /// The inclusion path (RFC 6962, § 2.1.1) of the next leaf, in the tree
    /// that also holds `feuilles`, itself first. The edge of the tree before it
    /// gives what stands at its left: no older leaf is read.
    pub fn chemin(&self, feuilles: &[Empreinte]) -> Vec<Empreinte> {
        let feuilles: Vec<Empreinte> = feuilles.iter().map(|f| empreinte_feuille(f)).collect();
        let mut chemin = Vec::new();
        let (mut bord, mut debut) = (self.bord.iter(), 0);
        let mut fin = self.taille + feuilles.len() as u64;
        // From the root down to the leaf; a path is read the other way.
        while fin - debut > 1 {
            let milieu = debut + (fin - debut).next_power_of_two() / 2;
            if self.taille < milieu {
                let a_droite = (milieu - self.taille) as usize..(fin - self.taille) as usize;
                chemin.push(racine_de(&feuilles[a_droite]));
                fin = milieu;
            } else {
                chemin.extend(bord.next());
                debut = milieu;
            }
        }
        chemin.reverse();
        chemin
    }

    fn poser(&mut self, mut sommet: Empreinte) {
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

/// The root that this path gives to a leaf at that place, in a tree of that
/// size (RFC 9162, § 2.1.3.2); nothing if the path cannot be of that tree.
pub fn remonter(
    feuille: &[u8],
    place: u64,
    taille: u64,
    chemin: &[Empreinte],
) -> Option<Empreinte> {
    let (mut ici, mut dernier) = (place, taille.checked_sub(1)?);
    if ici > dernier {
        return None;
    }
    let mut sommet = empreinte_feuille(feuille);
    for voisin in chemin {
        if dernier == 0 {
            return None;
        }
        if ici % 2 == 1 || ici == dernier {
            sommet = empreinte_noeud(voisin, &sommet);
            while ici.is_multiple_of(2) && ici != 0 {
                ici /= 2;
                dernier /= 2;
            }
        } else {
            sommet = empreinte_noeud(&sommet, voisin);
        }
        ici /= 2;
        dernier /= 2;
    }
    (dernier == 0).then_some(sommet)
}

/// The root over these leaves, already hashed.
fn racine_de(feuilles: &[Empreinte]) -> Empreinte {
    let mut arbre = Arbre::default();
    for feuille in feuilles {
        arbre.poser(*feuille);
    }
    arbre.racine()
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
    fn le_chemin_de_chaque_feuille_mene_a_la_racine_a_toutes_les_tailles() {
        let feuilles: Vec<Empreinte> = (0..70u8).map(|n| [n; 32]).collect();
        for taille in 1..feuilles.len() {
            let entieres: Vec<Vec<u8>> = feuilles[..taille].iter().map(|f| f.to_vec()).collect();
            let racine = racine_par_definition(&entieres);
            let mut avant = Arbre::default();
            for place in 0..taille {
                let chemin = avant.chemin(&feuilles[place..taille]);
                let (place_, taille_) = (place as u64, taille as u64);
                let menee = remonter(&feuilles[place], place_, taille_, &chemin);
                assert_eq!(menee, Some(racine), "{place} sur {taille}");
                let autre = remonter(&[0xff; 32], place_, taille_, &chemin);
                assert_ne!(autre, Some(racine), "{place} sur {taille}");
                let plus_long = [chemin.as_slice(), &[racine]].concat();
                let menee = remonter(&feuilles[place], place_, taille_, &plus_long);
                assert_eq!(menee, None, "{place} sur {taille}");
                avant.ajouter(&feuilles[place]);
            }
        }
        assert_eq!(remonter(&[0; 32], 0, 0, &[]), None);
        assert_eq!(remonter(&[0; 32], 3, 3, &[]), None);
    }

    #[test]
    fn un_bord_qui_n_est_pas_de_sa_taille_est_refuse() {
        assert_eq!(Arbre::lire(3, &[0; 32]), None);
        assert_eq!(Arbre::lire(1, &[0; 31]), None);
    }
}
