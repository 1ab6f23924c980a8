//! The words to send.

use crate::message::{Channel, Rules, Template};
use crate::playbook::Id;

/// A message: one text, or one for each option of a choice.
#[derive(Clone, Debug)]
pub struct Message {
    /// Its name.
    pub id: Id,
    /// Where it goes; brings its own limits.
    pub channel: Channel,
    /// The choice whose option picks the text.
    pub by: Option<Id>,
    /// The texts, in the order of the choice's options; exactly one without an option where `by` is none.
    pub texts: Vec<MessageText>,
}

/// One wording of a message.
#[derive(Clone, Debug)]
pub struct MessageText {
    /// The option it is for; none where the message has one text.
    pub option: Option<Id>,
    /// The message's rules with this text's laid over them.
    pub rules: Rules,
    /// The subject line, for mail.
    pub subject: Option<Template>,
    /// The text.
    pub text: Template,
}

impl Message {
    /// The wording for an option (the only one where the message does not vary).
    pub fn text_for(&self, option: Option<&str>) -> Option<&MessageText> {
        self.texts
            .iter()
            .find(|text| text.option.as_deref() == option)
            .or_else(|| self.texts.first().filter(|text| text.option.is_none()))
    }
}
