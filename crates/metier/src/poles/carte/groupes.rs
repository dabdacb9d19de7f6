//! Markers that would overlap become one.

use std::collections::BTreeMap;

use super::Point;

/// One marker: where it stands, and the points it stands for, by their place in
/// the list they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Groupe {
    /// The place of its first point, not a mean: a marker stands at a real place.
    pub a: Point,
    /// In the order given, the first being the one it stands at.
    pub membres: Vec<usize>,
}

/// Groups the points so that no two markers are nearer than `ecart`.
///
/// Each point, in the order given, joins the nearest marker already set within
/// that distance, or sets its own. The same list always gives the same groups,
/// in a time that grows with its length.
pub fn grouper(points: &[Point], ecart: f64) -> Vec<Groupe> {
    let mut groupes: Vec<Groupe> = Vec::new();
    let mut cases: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (rang, point) in points.iter().enumerate() {
        let (colonne, ligne) = case(*point, ecart);
        let proche = (-1..=1)
            .flat_map(|i| (-1..=1).map(move |j| (colonne + i, ligne + j)))
            .filter_map(|case| cases.get(&case))
            .flatten()
            .map(|groupe| (distance(groupes[*groupe].a, *point), *groupe))
            .filter(|(distance, _)| *distance < ecart)
            .min_by(|un, autre| un.0.total_cmp(&autre.0));
        match proche {
            Some((_, groupe)) => groupes[groupe].membres.push(rang),
            None => {
                let place = cases.entry((colonne, ligne)).or_default();
                place.push(groupes.len());
                groupes.push(Groupe {
                    a: *point,
                    membres: vec![rang],
                });
            }
        }
    }
    groupes
}

/// The square of side `ecart` that holds the point: a near one is in it or in
/// one of its eight neighbours.
fn case((x, y): Point, ecart: f64) -> (i64, i64) {
    ((x / ecart).floor() as i64, (y / ecart).floor() as i64)
}

fn distance((x, y): Point, (u, v): Point) -> f64 {
    (x - u).hypot(y - v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deux_points_qui_se_toucheraient_n_en_font_qu_un() {
        let groupes = grouper(&[(0.0, 0.0), (100.0, 0.0), (9.0, 0.0), (91.0, 0.0)], 10.0);
        let membres: Vec<_> = groupes.iter().map(|g| g.membres.clone()).collect();
        assert_eq!(membres, [vec![0, 2], vec![1, 3]]);
        assert_eq!(groupes[0].a, (0.0, 0.0), "where its first point is");
    }

    #[test]
    fn un_point_va_au_plus_proche() {
        let groupes = grouper(&[(0.0, 0.0), (15.0, 0.0), (8.0, 0.0)], 10.0);
        assert_eq!(groupes[1].membres, [1, 2]);
    }

    #[test]
    fn aucun_point_n_est_perdu_et_aucune_marque_n_en_touche_une_autre() {
        let points: Vec<Point> = (0..2_000u32)
            .map(|i| (f64::from(i * 7919 % 1009), f64::from(i * 104_729 % 997)))
            .collect();
        let groupes = grouper(&points, 50.0);
        assert_eq!(
            groupes.iter().map(|g| g.membres.len()).sum::<usize>(),
            points.len()
        );
        for (rang, un) in groupes.iter().enumerate() {
            for autre in &groupes[rang + 1..] {
                assert!(distance(un.a, autre.a) >= 50.0);
            }
        }
        assert_eq!(
            groupes,
            grouper(&points, 50.0),
            "the same list, the same map"
        );
    }
}
