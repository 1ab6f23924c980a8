//! The registry of codes: one entry for each kind of finding.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The playbook cannot be used.
    Error,
    /// It can be used, and will probably not do what was meant.
    Warning,
    /// It does what was meant, and can be said more simply.
    Hint,
}

impl Severity {
    /// The word for it: `error`, `warning`, `hint`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident $slug:literal $severity:ident;)+) => {
        /// What kind of finding it is. Each has a page in `engine/docs/codes/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the language's own list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name by which people know it, such as `unknown-step`.
            pub fn slug(self) -> &'static str {
                match self {
                    $(Self::$variant => $slug,)+
                }
            }

            /// How bad findings of this kind usually are.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$variant => Severity::$severity,)+
                }
            }

            /// What it means, in one line.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// The page that explains it: what, why it matters, an example, the mend.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => {
                        include_str!(concat!("../../docs/codes/", $slug, ".md"))
                    })+
                }
            }

        }
    };
}

codes! {
    /// The file is not UTF-8 text.
    Encoding "encoding" Error;
    /// A character that cannot be seen or that reorders text.
    ControlCharacter "control-character" Error;
    /// The file is larger or more deeply nested than a playbook may be.
    TooLarge "too-large" Error;
    /// A tab where YAML wants spaces.
    Tab "tab" Error;
    /// The text is not YAML.
    YamlSyntax "yaml-syntax" Error;
    /// Anchors, aliases, tags and merge keys are not part of the language.
    AnchorOrTag "anchor-or-tag" Error;
    /// More than one document in a file.
    SeveralDocuments "several-documents" Error;
    /// The same key twice.
    DuplicateKey "duplicate-key" Error;
    /// A key that the language does not have.
    UnknownKey "unknown-key" Error;
    /// A key that is needed and not there.
    MissingKey "missing-key" Error;
    /// A text where a list is wanted, a list where a text is wanted, and the like.
    WrongType "wrong-type" Error;
    /// A small value (a duration, a range, a day) that cannot be read.
    BadValue "bad-value" Error;
    /// A text with nothing in it.
    EmptyText "empty-text" Error;
    /// A language version that this program does not read.
    LanguageVersion "language-version" Error;
    /// A name that is not made of lower-case letters, digits, hyphens and underscores.
    BadId "bad-id" Error;
    /// Two keys that cannot stand together.
    KeysExclude "keys-exclude" Error;
    /// A packed playbook that was changed after it was packed.
    ChangedPack "changed-pack" Error;
    /// A base playbook that cannot be found.
    UnknownPlaybook "unknown-playbook" Error;
    /// Playbooks that extend each other in a circle.
    ExtendsLoop "extends-loop" Error;
    /// A `~` that removes nothing.
    NothingToRemove "nothing-to-remove" Error;
    /// A step that does not exist.
    UnknownStep "unknown-step" Error;
    /// A list that does not exist.
    UnknownList "unknown-list" Error;
    /// A field that does not exist.
    UnknownField "unknown-field" Error;
    /// A choice that does not exist.
    UnknownChoice "unknown-choice" Error;
    /// An option that its choice does not have.
    UnknownOption "unknown-option" Error;
    /// A message that does not exist.
    UnknownMessage "unknown-message" Error;
    /// An outcome that does not exist.
    UnknownOutcome "unknown-outcome" Error;
    /// A measure that does not exist.
    UnknownMetric "unknown-metric" Error;
    /// A channel that does not exist.
    UnknownChannel "unknown-channel" Error;
    /// Names that people will take for one another.
    LookAlikeIds "look-alike-ids" Error;
    /// Something declared and never used.
    Unused "unused" Warning;
    /// Steps that need each other in a circle.
    Loop "loop" Error;
    /// A step that needs itself.
    NeedsItself "needs-itself" Error;
    /// A need that another need already implies.
    ImpliedNeed "implied-need" Hint;
    /// A step that happens once needs one that happens for every entry.
    OnceNeedsMany "once-needs-many" Error;
    /// A step that comes after the review.
    BehindReview "behind-review" Error;
    /// A condition that can never hold.
    NeverTrue "never-true" Warning;
    /// A plain need of a conditional step, which is met while that step is not needed.
    ConditionalNeed "conditional-need" Warning;
    /// A template or condition that cannot be read.
    TemplateSyntax "template-syntax" Error;
    /// A text that is shown as it stands has names in braces.
    NameInPlainText "name-in-plain-text" Warning;
    /// A template or condition uses a name that does not exist.
    UnknownName "unknown-name" Error;
    /// A template uses a filter that does not exist.
    UnknownFilter "unknown-filter" Error;
    /// Two kinds of value are compared that have nothing in common.
    UnlikeKinds "unlike-kinds" Error;
    /// A field is used in a text and nothing ever asks for it.
    NeverAsked "never-asked" Warning;
    /// A message breaks its own rules on the examples.
    RuleBroken "rule-broken" Error;
    /// A message is longer than its channel takes, or takes well.
    ChannelLimit "channel-limit" Error;
    /// A message has no text for one of the options.
    MissingText "missing-text" Error;
    /// A field that a message uses has no example.
    MissingExample "missing-example" Error;
    /// A schedule that cannot be read or has no occurrence at all.
    BadSchedule "bad-schedule" Error;
    /// A habit that has no occurrence within the cycle.
    NeverFires "never-fires" Error;
    /// A step that cannot become due before the cycle ends.
    NeverDue "never-due" Error;
    /// A step whose limit has passed before it can be due.
    LimitUnreachable "limit-unreachable" Error;
    /// More entries than the pace can serve before the messages must be out.
    PaceTooSlow "pace-too-slow" Error;
    /// Most people are still inside their reply window on the review day.
    WindowOpen "window-open" Warning;
    /// A deadline before the step can start.
    DeadlineBeforeStart "deadline-before-start" Error;
    /// A follow-up that also goes to people who have answered.
    AfterReply "after-reply" Warning;
    /// Something is compared, and no step decides.
    NoReview "no-review" Warning;
    /// No measure decides.
    NoDecidedBy "no-decided-by" Error;
    /// A measure counts something that does not exist.
    UnknownEvent "unknown-event" Error;
    /// A choice that nothing uses.
    UnusedChoice "unused-choice" Warning;
    /// A reply window that ends too soon after the follow-up.
    ShortWindow "short-window" Error;
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn slugs_differ_and_summaries_are_sentences() {
        let slugs: std::collections::BTreeSet<_> = Code::ALL.iter().map(|c| c.slug()).collect();
        assert_eq!(slugs.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.summary().ends_with('.'), "{}", code.slug());
        }
    }
}
