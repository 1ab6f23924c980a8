//! Timers of systemd, launchd and cron that ask for a reminder each morning.

use fortnight_engine::calendar::show_time;
use fortnight_engine::words::Words;
use jiff::civil::Time;

/// What a timer does.
#[derive(Clone, Debug)]
pub(crate) struct Timer {
    /// The program's own file.
    pub(crate) program: String,
    /// When it asks, on the clock of the machine.
    pub(crate) at: Time,
    /// The calendar file that is written again.
    pub(crate) calendar: Option<String>,
}

/// A word as a POSIX shell takes it.
fn shell(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=@:+,%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl Timer {
    /// The script: the calendar first, then what `show` does with the words of the reminder.
    fn script(&self, show: &str) -> String {
        let program = shell(&self.program);
        let calendar = self.calendar.as_ref().map_or_else(String::new, |file| {
            format!("{program} --quiet calendar export --output {} --force; ", shell(file))
        });
        format!(r#"{calendar}text="$({program} remind)"; [ -z "$text" ] || {show}"#)
    }
}

/// A unit and a timer of the user's own systemd.
pub(crate) fn systemd(timer: &Timer) -> String {
    let script = timer.script(r#"notify-send --app-name=Fortnight Fortnight "$text""#);
    // systemd reads quotes, backslashes, dollars and percent signs of its own.
    let escaped =
        script.replace('\\', r"\\").replace('"', r#"\""#).replace('$', "$$").replace('%', "%%");
    format!(
        "# ~/.config/systemd/user/fortnight-remind.service\n\
         [Unit]\n\
         Description=What Fortnight has for today\n\n\
         [Service]\n\
         Type=oneshot\n\
         ExecStart=/bin/sh -c \"{escaped}\"\n\n\
         # ~/.config/systemd/user/fortnight-remind.timer\n\
         [Unit]\n\
         Description=Ask Fortnight each morning\n\n\
         [Timer]\n\
         OnCalendar=*-*-* {}:00\n\
         Persistent=true\n\n\
         [Install]\n\
         WantedBy=timers.target\n\n\
         # then: systemctl --user daemon-reload && systemctl --user enable --now fortnight-remind.timer\n",
        show_time(timer.at)
    )
}

/// A property list for launchd.
pub(crate) fn launchd(timer: &Timer) -> String {
    let show = "osascript -e 'on run argv' \
                -e 'display notification (item 1 of argv) with title \"Fortnight\"' \
                -e 'end run' \"$text\"";
    let script = Words::new(timer.script(show)).html_text();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <!-- ~/Library/LaunchAgents/fortnight.remind.plist, then:\n     \
         launchctl bootstrap gui/$(id -u) ~/Library/LaunchAgents/fortnight.remind.plist -->\n\
         <plist version=\"1.0\">\n\
         <dict>\n  \
         <key>Label</key><string>fortnight.remind</string>\n  \
         <key>ProgramArguments</key>\n  \
         <array>\n    \
         <string>/bin/sh</string>\n    \
         <string>-c</string>\n    \
         <string>{script}</string>\n  \
         </array>\n  \
         <key>StartCalendarInterval</key>\n  \
         <dict>\n    \
         <key>Hour</key><integer>{}</integer>\n    \
         <key>Minute</key><integer>{}</integer>\n  \
         </dict>\n\
         </dict>\n\
         </plist>\n",
        timer.at.hour(),
        timer.at.minute()
    )
}

/// A line for crontab. Cron mails what is printed; a percent sign would end its command.
pub(crate) fn cron(timer: &Timer) -> String {
    let program = shell(&timer.program);
    let calendar = timer.calendar.as_ref().map_or_else(String::new, |file| {
        format!("{program} --quiet calendar export --output {} --force; ", shell(file))
    });
    let command = format!("{calendar}{program} remind").replace('%', r"\%");
    format!("{} {} * * * {command}\n", timer.at.minute(), timer.at.hour())
}
