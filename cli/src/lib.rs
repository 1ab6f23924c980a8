//! The command line of Fortnight: arguments, files, clock, prompts and rendering.
