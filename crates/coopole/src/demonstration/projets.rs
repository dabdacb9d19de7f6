//! What the poles of the invented world want to do: twelve projects, and the
//! seed from which each pole draws its own figures and turns of phrase.

/// A project, with those who carry it and what it counts.
pub struct Projet {
    pub titre: &'static str,
    pub objet: &'static str,
    pub besoin: &'static str,
    /// Two members of the social economy and a company outside it, by what
    /// they are called before the name of their place.
    pub membres: [(&'static str, &'static str); 3],
    /// What is there already.
    pub existant: &'static str,
    /// What is bought, what is sold.
    pub achats: &'static str,
    pub ventes: &'static str,
    /// What is counted besides jobs, and how much of it at least.
    pub mesure: (&'static str, i64),
    pub durable: &'static str,
    /// A public policy it serves.
    pub politique: &'static str,
}

pub const PROJETS: [Projet; 12] = [
    Projet {
        titre: "Une filière de réemploi de matériaux",
        objet: "Collecter, remettre en état et revendre les matériaux des chantiers du territoire.",
        besoin: "Trois mille tonnes de matériaux partent chaque année en décharge alors que les artisans en manquent.",
        membres: [
            ("La Ressourcerie", "association"),
            ("Les Maçons coopérateurs", "cooperative"),
            ("Matériaux", "entreprise"),
        ],
        existant: "Deux déchèteries trient, aucune ne remet en état.",
        achats: "Outillage et petites fournitures",
        ventes: "Ventes de matériaux",
        mesure: ("tonnes détournées de la décharge", 220),
        durable: "Moins de déchets, moins de transports, et des métiers du bâtiment qui s’apprennent ici.",
        politique: "crte",
    },
    Projet {
        titre: "Une légumerie partagée",
        objet: "Transformer les légumes du pays pour les cantines et l’épicerie solidaire.",
        besoin: "Les cantines n’achètent que 8 % de produits locaux, faute d’un lieu qui les prépare.",
        membres: [
            ("L’Épicerie solidaire", "association"),
            ("La Coopérative des maraîchers", "cooperative"),
            ("Restauration collective", "entreprise"),
        ],
        existant: "Un atelier privé travaille pour la grande distribution, à cent kilomètres.",
        achats: "Légumes et emballages",
        ventes: "Ventes aux cantines",
        mesure: ("tonnes de légumes préparées", 60),
        durable: "Des circuits courts, moins de gaspillage, et un revenu régulier pour les maraîchers.",
        politique: "pat",
    },
    Projet {
        titre: "Une mobilité solidaire en campagne",
        objet: "Réunir garages solidaires, covoiturage et transport à la demande en une seule offre.",
        besoin: "Un habitant sur cinq renonce à un emploi ou à des soins parce qu’il ne peut s’y rendre.",
        membres: [
            ("Le Garage solidaire", "association"),
            ("Les Navettes coopératives", "cooperative"),
            ("Garage du pont", "entreprise"),
        ],
        existant: "Une ligne d’autocar relie le bourg à la gare, trois fois par jour.",
        achats: "Pièces et carburant",
        ventes: "Participations des voyageurs",
        mesure: ("trajets partagés", 2_400),
        durable: "Moins de voitures seules sur la route, et des soins et des emplois à portée de chacun.",
        politique: "frr",
    },
    Projet {
        titre: "Une rénovation de l’habitat par les habitants",
        objet: "Organiser les chantiers d’autoréhabilitation accompagnée et la commande groupée.",
        besoin: "Quatre logements sur dix sont des passoires, et les ménages n’ont pas d’interlocuteur.",
        membres: [
            ("Les Compagnons du logis", "association"),
            ("La Coopérative d’habitants", "cooperative"),
            ("Isolation et charpente", "entreprise"),
        ],
        existant: "Un espace conseil renseigne, sans accompagner les chantiers.",
        achats: "Matériaux isolants",
        ventes: "Accompagnement de chantiers",
        mesure: ("logements rénovés", 35),
        durable: "Des factures et des rejets qui baissent, des savoir-faire qui passent d’un chantier à l’autre.",
        politique: "crte",
    },
    Projet {
        titre: "Une filière de bois de proximité",
        objet: "Relier propriétaires, scieries et menuiseries autour d’un bois vendu à moins de 50 km.",
        besoin: "Le bois du massif part brut à 800 km et revient en meubles.",
        membres: [
            ("L’Association des forestiers", "association"),
            ("La Scierie coopérative", "cooperative"),
            ("Menuiserie", "entreprise"),
        ],
        existant: "Deux scieries travaillent sans se concerter, et sans séchoir.",
        achats: "Grumes et quincaillerie",
        ventes: "Ventes de bois scié",
        mesure: ("mètres cubes sciés sur place", 400),
        durable: "Une forêt mieux suivie, un matériau qui garde son carbone, des trajets divisés par dix.",
        politique: "frr",
    },
    Projet {
        titre: "Des services numériques coopératifs",
        objet: "Mutualiser les outils et l’accompagnement numérique des structures du pôle.",
        besoin: "Les structures paient quinze abonnements différents et n’ont personne pour s’en occuper.",
        membres: [
            ("La Maison du numérique", "association"),
            ("L’Atelier des codeurs", "cooperative"),
            ("Bureautique services", "entreprise"),
        ],
        existant: "Des ateliers d’initiation, mais rien pour les structures elles-mêmes.",
        achats: "Hébergement et licences",
        ventes: "Abonnements des membres",
        mesure: ("structures équipées", 18),
        durable: "Des machines gardées plus longtemps, des données hébergées dans la région.",
        politique: "qpv",
    },
    Projet {
        titre: "Un atelier textile d’insertion",
        objet: "Trier, réparer et recoudre le linge du territoire, avec des personnes éloignées de l’emploi.",
        besoin: "Quatre kilos de textile par habitant sont jetés chaque année, et l’ancien bassin textile garde ses savoir-faire.",
        membres: [
            ("Le Fil solidaire", "association"),
            ("La Coopérative des couturières", "cooperative"),
            ("Blanchisserie", "entreprise"),
        ],
        existant: "Des bornes de collecte, dont le contenu part trier à l’étranger.",
        achats: "Fil, mercerie et énergie",
        ventes: "Retouches et ventes",
        mesure: ("tonnes de textile réemployées", 45),
        durable: "Un tri fait ici, des vêtements qui durent, un métier retrouvé.",
        politique: "qpv",
    },
    Projet {
        titre: "Un tiers-lieu des soins et de l’entraide",
        objet: "Réunir sous un toit aide à domicile, répit des aidants et prévention.",
        besoin: "Il faut quatre mois pour un premier rendez-vous, et un aidant sur trois s’arrête épuisé.",
        membres: [
            ("L’Aide à domicile", "association"),
            ("La Coopérative des infirmières", "cooperative"),
            ("Pharmacie du marché", "entreprise"),
        ],
        existant: "Une maison de santé complète, et des associations dispersées dans cinq bourgs.",
        achats: "Petit équipement d’accueil",
        ventes: "Prestations aux mutuelles",
        mesure: ("aidants relayés", 70),
        durable: "Moins de trajets, des métiers du soin moins isolés, des logements où l’on vieillit chez soi.",
        politique: "frr",
    },
    Projet {
        titre: "Une boucle d’emballages consignés",
        objet: "Collecter, laver et rendre aux producteurs les bouteilles et les bocaux du territoire.",
        besoin: "Un million de bouteilles en verre sont broyées chaque année, faute d’une laveuse à moins de 200 km.",
        membres: [
            ("La Consigne", "association"),
            ("Les Brasseurs coopérateurs", "cooperative"),
            ("Transports", "entreprise"),
        ],
        existant: "Trois producteurs reprennent leurs bouteilles, chacun de son côté.",
        achats: "Caisses et produits de lavage",
        ventes: "Lavage facturé aux producteurs",
        mesure: ("milliers de bouteilles lavées", 150),
        durable: "Moins d’énergie et d’eau qu’une bouteille neuve, et des emplois de proximité.",
        politique: "crte",
    },
    Projet {
        titre: "Une énergie citoyenne pour les petits toits",
        objet: "Équiper ensemble les toits des associations, des fermes et des écoles, et partager le courant.",
        besoin: "Les installateurs ne viennent pas pour un toit de moins de cent mètres carrés.",
        membres: [
            ("Les Toits partagés", "association"),
            ("La Coopérative d’énergie", "cooperative"),
            ("Électricité générale", "entreprise"),
        ],
        existant: "Un cadastre solaire publié, que personne n’a traduit en projets.",
        achats: "Études et petit matériel",
        ventes: "Accompagnement des projets",
        mesure: ("toits équipés", 12),
        durable: "Un courant produit et consommé sur place, une épargne locale placée ici.",
        politique: "crte",
    },
    Projet {
        titre: "Une conserverie mobile",
        objet: "Mettre en bocaux, de ferme en ferme, les fruits et légumes que personne ne ramasse.",
        besoin: "Un cinquième des récoltes reste au champ, et l’aide alimentaire manque de produits frais.",
        membres: [
            ("Les Glaneuses", "association"),
            ("Le Groupement paysan", "cooperative"),
            ("Verres et bocaux", "entreprise"),
        ],
        existant: "Une banque alimentaire, sans atelier de transformation.",
        achats: "Bocaux et ingrédients",
        ventes: "Ventes de conserves",
        mesure: ("milliers de bocaux", 14),
        durable: "Moins de pertes au champ, une alimentation de saison, un atelier qui sert à vingt fermes.",
        politique: "pat",
    },
    Projet {
        titre: "Une école des métiers de la réparation",
        objet: "Former à la réparation des vélos, des appareils et des outils, dans des ateliers ouverts.",
        besoin: "Les ateliers refusent des clients faute de bras, et cent jeunes cherchent une formation sans partir.",
        membres: [
            ("L’Atelier vélo", "association"),
            ("Les Dépanneurs réunis", "cooperative"),
            ("Électroménager service", "entreprise"),
        ],
        existant: "Un lycée professionnel, dont la filière a fermé en 2019.",
        achats: "Pièces détachées",
        ventes: "Réparations et formations",
        mesure: ("appareils remis en service", 900),
        durable: "Des objets qui durent, un métier qui ne se délocalise pas.",
        politique: "qpv",
    },
];

/// From which a pole draws what is its own: always the same for the same pole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Graine(pub usize);

impl Graine {
    /// A number for that question, without any pattern to the eye (SplitMix64).
    fn tire(self, question: &str) -> u64 {
        let lettres = question.bytes().fold(0_u64, |somme, lettre| {
            somme.wrapping_mul(131).wrapping_add(u64::from(lettre))
        });
        let mut x = lettres.wrapping_add((self.0 as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// One of these.
    pub fn choisir<'t, T: ?Sized>(self, question: &str, parmi: &[&'t T]) -> &'t T {
        parmi[(self.tire(question) % parmi.len() as u64) as usize]
    }

    /// A whole number from one to the other, both included.
    pub fn entre(self, question: &str, du: i64, au: i64) -> i64 {
        let combien = u64::try_from(au - du).unwrap_or_default() + 1;
        du + (self.tire(question) % combien) as i64
    }
}

/// « de Guéret », « d’Autun », « du Lamentin », « des Abymes »: before a place,
/// or a structure.
pub fn de(nom: &str) -> String {
    if let Some(reste) = nom.strip_prefix("Les ") {
        return format!("des {reste}");
    }
    if let Some(reste) = nom.strip_prefix("Le ") {
        return format!("du {reste}");
    }
    match nom.starts_with(['A', 'E', 'I', 'O', 'U', 'Y', 'Â', 'É', 'Ê', 'Î', 'Œ']) {
        true => format!("d’{nom}"),
        false => format!("de {nom}"),
    }
}

#[cfg(test)]
mod tests {
    use super::de;

    #[test]
    fn de_s_elide_et_se_contracte_devant_un_nom() {
        for (nom, dit) in [
            ("Guéret", "de Guéret"),
            ("Atelier des Hauts", "d’Atelier des Hauts"),
            ("Écluse commune", "d’Écluse commune"),
            ("Le Comptoir du Golfe", "du Comptoir du Golfe"),
            ("Les Rives solidaires", "des Rives solidaires"),
            ("La Fabrique des Cirques", "de La Fabrique des Cirques"),
        ] {
            assert_eq!(de(nom), dit);
        }
    }
}
