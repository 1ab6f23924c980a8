//! Who counts, and who is still waited for.

/// One person of a cycle, in whole days on any one scale (such as days since the cycle began).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// The day of the first message.
    pub sent: i64,
    /// The day of the first human reply.
    pub reply: Option<i64>,
    /// The day of the follow-up.
    pub follow_up: Option<i64>,
    /// Whether the message never arrived.
    pub bounced: bool,
}

/// The days that decide who counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// W: a person messaged on day S is counted from day S + W on (E5).
    pub reply: i64,
    /// N: the follow-up is due when there was no reply within this many days.
    pub follow_up_after: i64,
    /// How many days later than N a follow-up may be and still be on time.
    pub follow_up_grace: i64,
}

/// The counts of a cycle as of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Maturity {
    /// People messaged.
    pub sent: u32,
    /// Those of them whose message never arrived; they leave every denominator.
    pub bounced: u32,
    /// Messaged and arrived.
    pub delivered: u32,
    /// Delivered, and the whole window is over: the denominator.
    pub matured: u32,
    /// Delivered and still inside the window, early replies included.
    pub waiting: u32,
    /// Matured people who replied within the window: the numerator.
    pub replies_counted: u32,
    /// People who replied while their window is still open. They do not count yet.
    pub replies_early: u32,
    /// Matured people who replied after their window. They never count in the rate (E6).
    pub replies_late: u32,
    /// People whose follow-up became due and whose days for it are over.
    pub follow_ups_due: u32,
    /// Those of them who got it in time.
    pub follow_ups_on_time: u32,
}

impl Maturity {
    /// The reply rate; `None` while nobody is counted.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        share(self.replies_counted, self.matured)
    }

    /// The share of follow-ups on time; `None` while none was due.
    #[must_use]
    pub fn follow_up_rate(self) -> Option<f64> {
        share(self.follow_ups_on_time, self.follow_ups_due)
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// Counts people as of the day `today`.
///
/// Whether somebody counts is decided by the day of sending alone, never by whether a reply came:
/// counting early replies of people still inside their window shows 74 % on day 14 where the truth
/// is 20 %.
///
/// ```
/// use fortnight_engine::experiment::{Contact, Windows, maturity};
///
/// let contact = |sent, reply| Contact { sent, reply, follow_up: None, bounced: false };
/// let windows = Windows { reply: 9, follow_up_after: 3, follow_up_grace: 4 };
/// // Both replied; only the first one's window is over.
/// let seen = maturity(&[contact(1, Some(4)), contact(6, Some(7))], 10, windows);
/// assert_eq!((seen.matured, seen.waiting, seen.replies_counted), (1, 1, 1));
/// ```
#[must_use]
pub fn maturity(contacts: &[Contact], today: i64, windows: Windows) -> Maturity {
    let mut counts = Maturity::default();
    for contact in contacts {
        counts.sent += 1;
        if contact.bounced {
            counts.bounced += 1;
            continue;
        }
        counts.delivered += 1;
        let age = today.saturating_sub(contact.sent);
        let after = |day: Option<i64>| day.map(|day| day.saturating_sub(contact.sent));
        let reply = after(contact.reply);
        if age >= windows.reply {
            counts.matured += 1;
            match reply {
                Some(days) if days <= windows.reply => counts.replies_counted += 1,
                Some(_) => counts.replies_late += 1,
                None => {}
            }
        } else {
            counts.waiting += 1;
            counts.replies_early += u32::from(reply.is_some());
        }
        let limit = windows.follow_up_after.saturating_add(windows.follow_up_grace);
        let replied_before = reply.is_some_and(|days| days <= windows.follow_up_after);
        if age >= limit && !replied_before {
            counts.follow_ups_due += 1;
            let on_time = after(contact.follow_up).is_some_and(|days| days <= limit);
            counts.follow_ups_on_time += u32::from(on_time);
        }
    }
    counts
}
