//! The `fortnight` program: the command line on the real machine.

use std::process::ExitCode;

fn main() -> ExitCode {
    fortnight_cli::run(std::env::args_os(), &mut fortnight_cli::Host::system())
}
