//! The room `notebook`.
