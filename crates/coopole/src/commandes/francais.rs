//! The command line in French: the headings of the help, and what is wrong
//! with a command that cannot be read. The words of each command are in its
//! own file.

use std::process::ExitCode;

use clap::{
    Arg, ArgAction, Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

const MODELE: &str = "{about}\n\nUsage\u{202f}: {usage}\n\n{all-args}{after-help}\n";

/// The library writes the colon, without the space French wants before it.
const OPTIONS: &str = "Options\u{202f}";
const ARGUMENTS: &str = "Arguments\u{202f}";

/// Gives a command and those under it our headings instead of the library's.
pub fn franciser(commande: Command) -> Command {
    let premiere = commande.get_version().is_some();
    let mut commande = commande
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .help_template(MODELE)
        .subcommand_help_heading("Commandes\u{202f}")
        .subcommand_value_name("COMMANDE")
        .mut_args(|argument| {
            let rubrique = match argument.is_positional() {
                true => ARGUMENTS,
                false => OPTIONS,
            };
            // An option that takes no value has no default to hide.
            let une_valeur = argument.get_action().takes_values();
            argument
                .help_heading(rubrique)
                .hide_default_value(une_valeur)
        })
        .arg(aide());
    if premiere {
        commande = commande.arg(version());
    }
    commande.mut_subcommands(franciser)
}

fn aide() -> Arg {
    Arg::new("aide")
        .short('h')
        .long("help")
        .visible_alias("aide")
        .help("Affiche cette aide")
        .help_heading(OPTIONS)
        .action(ArgAction::Help)
}

fn version() -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .help("Affiche la version")
        .help_heading(OPTIONS)
        .action(ArgAction::Version)
}

/// Answers a command line that asks for help, or that cannot be read.
pub fn repondre(faute: &Error) -> ExitCode {
    match faute.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            print!("{faute}");
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprint!("{faute}");
            ExitCode::from(2)
        }
        _ => {
            eprintln!("coopole : {}", phrase(faute));
            eprintln!("L’aide : coopole --help, ou coopole COMMANDE --help.");
            ExitCode::from(2)
        }
    }
}

/// What is wrong, in a sentence.
fn phrase(faute: &Error) -> String {
    let mot = |quoi| faute.get(quoi).map(en_clair).unwrap_or_default();
    let argument = mot(ContextKind::InvalidArg);
    let valeur = mot(ContextKind::InvalidValue);
    match faute.kind() {
        ErrorKind::InvalidSubcommand => {
            format!(
                "la commande « {} » n’existe pas.",
                mot(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand => "une commande est attendue.".to_owned(),
        ErrorKind::UnknownArgument => format!("« {argument} » n’est pas attendu ici."),
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}."),
        ErrorKind::ArgumentConflict => {
            let autre = mot(ContextKind::PriorArg);
            format!("{argument} et {autre} ne vont pas ensemble.")
        }
        ErrorKind::ValueValidation => {
            let cause = std::error::Error::source(faute).map(ToString::to_string);
            format!(
                "« {valeur} » ne convient pas à {argument}\u{202f}: {}.",
                cause.unwrap_or_default().trim_end_matches('.')
            )
        }
        ErrorKind::InvalidUtf8 => "un argument n’est pas en UTF-8.".to_owned(),
        _ if valeur.is_empty() => format!("une valeur est attendue pour {argument}."),
        _ => format!("« {valeur} » ne convient pas à {argument}."),
    }
}

fn en_clair(valeur: &ContextValue) -> String {
    match valeur {
        ContextValue::Strings(plusieurs) => plusieurs.join(", "),
        autre => autre.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    /// Every page of the help, the first one and those of each command.
    fn pages(mut commande: clap::Command, pages: &mut Vec<String>) {
        pages.push(commande.render_long_help().to_string());
        for dessous in commande.get_subcommands().cloned() {
            pages_de(dessous, pages);
        }
    }

    fn pages_de(commande: clap::Command, vues: &mut Vec<String>) {
        pages(commande, vues);
    }

    #[test]
    fn aucune_page_de_l_aide_n_est_en_anglais() {
        let mut vues = Vec::new();
        let mut commande = super::franciser(super::super::Cli::command());
        commande.build();
        pages(commande, &mut vues);
        assert!(vues.len() > 12, "{} pages", vues.len());
        for page in vues {
            for anglais in [
                "Usage:",
                "Commands",
                "Print",
                "default:",
                "possible",
                "Options:\n\n",
            ] {
                assert!(!page.contains(anglais), "« {anglais} » dans :\n{page}");
            }
        }
    }
}
