use super::*;

const APPEL_2024: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../appels/ami-financement-2024/appel.toml"
));

#[test]
fn l_appel_de_2024_se_lit() {
    match lire(APPEL_2024) {
        Ok(campagne) => assert_eq!(campagne.identite.code, "ami-financement-2024"),
        Err(fautes) => {
            let fautes: Vec<String> = fautes.iter().map(|f| f.to_string()).collect();
            panic!("{}", fautes.join("\n"));
        }
    }
}
