//! The `fortnight` program.

fn main() {}
