//! The one binary. `coopole --help` lists what it does.

use std::process::ExitCode;

fn main() -> ExitCode {
    coopole::commandes::executer()
}
