//! The playbooks that come with the program, as they stand in `playbooks/`.

/// Id and text of each, in the order in which they are listed.
pub(crate) const PLAYBOOKS: &[(&str, &str)] = &[
    ("networking", include_str!("../../playbooks/networking.yaml")),
    ("product-designer", include_str!("../../playbooks/product-designer.yaml")),
    ("product-manager", include_str!("../../playbooks/product-manager.yaml")),
    ("company-first", include_str!("../../playbooks/company-first.yaml")),
    ("ux-researcher", include_str!("../../playbooks/ux-researcher.yaml")),
];

/// The text of one of them.
pub(crate) fn text(id: &str) -> Option<&'static str> {
    PLAYBOOKS.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}

/// Id and stories of each.
const STORIES: &[(&str, &str)] = &[
    ("networking", include_str!("../../playbooks/networking.test.yaml")),
    ("product-designer", include_str!("../../playbooks/product-designer.test.yaml")),
    ("product-manager", include_str!("../../playbooks/product-manager.test.yaml")),
    ("company-first", include_str!("../../playbooks/company-first.test.yaml")),
    ("ux-researcher", include_str!("../../playbooks/ux-researcher.test.yaml")),
];

/// The stories of one of them.
pub(crate) fn stories(id: &str) -> Option<&'static str> {
    STORIES.iter().find(|(known, _)| *known == id).map(|(_, text)| *text)
}
