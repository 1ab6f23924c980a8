//! Every message of every shipped playbook, for two hundred people as address books have them: it
//! renders, keeps its rules, and reads as if somebody had written it to one person (M1–M3).

use fortnight_engine::calendar::{Hours, WeekdaySet};
use fortnight_engine::message::BreachKind;
use fortnight_engine::people::{Book, Entry, EntryId};
use fortnight_engine::plan::{
    Compared, Elsewhere, Fact, FactKind, Hindrance, Member, Now, Place, PlanState, Situation, draft,
};
use fortnight_engine::playbook::{Id, Loaded, Playbook, load};
use fortnight_engine::source::SourceFile;
use fortnight_engine::words::Words;
use fortnight_tests::root;
use jiff::civil::date;
use jiff::tz::TimeZone;

const SHIPPED: [&str; 5] =
    ["networking", "product-designer", "product-manager", "company-first", "ux-researcher"];

/// So many people get every message.
const PEOPLE: u64 = 200;

/// A company or a note beyond this length may pass the limit of a text; the task then asks for a
/// shorter one.
const LONG: usize = 40;

const NAMES: &[&str] = &[
    "Ana Silva",
    "Ben Okafor",
    "Zoë Ångström",
    "李小龍",
    "محمد الأمين",
    "Владимир Петров",
    "क्षितिज शर्मा",
    "Cher",
    "Dr. Jane Smith",
    "Prof. Dr. Karl-Heinz Müller",
    "Jean-Luc Picard",
    "Siobhán O’Brien",
    "Seán O'Casey",
    "ANNA MARIA SCHMIDT",
    "bell hooks",
    "J. R. R. Tolkien",
    "Nguyễn Thị Ánh",
    "María José Carreño Quiñones",
    "Ana Silva, PhD",
    "Martin King Jr.",
    "Silva, Ana Maria",
    "Dana 🚀 Wu",
    "Sam (they/them) Lee",
    "Ludwig van Beethoven",
    "Øystein Sørensen",
    "Ève",
    "Mary Ann St. John",
    "Wolfeschlegelsteinhausenbergerdorff Hubert",
    "X Æ A-12",
    "ana silva",
];

const COMPANIES: &[&str] = &[
    "Northwind",
    "Acme Inc.",
    "Yahoo!",
    "Müller & Söhne GmbH & Co. KG",
    "株式会社サンプル",
    "3M",
    "H&M",
    "S.A. Example S.p.A.",
    "ACME",
    "O'Reilly Media",
    "Amazon.com, Inc.",
    "the Home Office",
    "Ltd.",
    "Federal Institute for Research on Building, Urban Affairs and Spatial Development",
];

const NOTES: &[&str] = &[
    "your talk on research debt",
    "your post on v2.0 of the design system.",
    "your book “Less”",
    "your work with Dr. Levi at MIT",
    "your question about who decides",
    "your article e.g. on tables",
    "Your talk!",
    "your 3.5-hour workshop",
    "your podcast (episode 12)",
    "your thread…",
];

/// A person out of the lists, the `number`-th of them.
fn person(number: u64, fields: &[&str]) -> Entry {
    let pick = |list: &'static [&'static str], step: u64| {
        let at = usize::try_from(number * step % list.len() as u64).unwrap_or(0);
        list[at]
    };
    let mut entry = Entry::person(EntryId(number + 1), pick(NAMES, 1))
        .with("company", pick(COMPANIES, 3))
        .with("position", "Product designer");
    for (at, field) in fields.iter().enumerate() {
        let value = match *field {
            "role_there" => "a data analyst",
            "mutual" => pick(NAMES, 7),
            "common_ground" | "shared_interest" => "trail running",
            _ => pick(NOTES, at as u64 + 1),
        };
        entry.set(field, Words::new(value));
    }
    // Everybody lacks something else, now and then nothing.
    if number.is_multiple_of(5) {
        let missing = usize::try_from(number / 5).unwrap_or(0) % (fields.len() + 1);
        if let Some(field) = fields.get(missing) {
            entry.set(field, Words::new(""));
        }
    }
    // Half of them are connected: the others' first text is a note with a request.
    if number.is_multiple_of(2) { entry.with("connected_on", "2024-03-12") } else { entry }
}

fn shipped(name: &str, _from: &str) -> Option<SourceFile> {
    let name = format!("{name}.yaml");
    let bytes = std::fs::read(root().join("playbooks").join(&name)).ok()?;
    Some(SourceFile::from_bytes(name, &bytes))
}

/// A plan of a playbook on its first day, with the examples as answers.
fn begun(playbook: &Playbook, compared: Option<Compared>) -> PlanState {
    let on = date(2026, 3, 2);
    let start = FactKind::PlanStarted {
        playbook: playbook.hash.clone(),
        zone: "Europe/Paris".to_owned(),
        weekdays: WeekdaySet::MONDAY_TO_FRIDAY,
        hours: Hours::default(),
        seed: 7,
    };
    let inputs = playbook.inputs.iter().filter_map(|input| {
        let value = Words::new(input.example.as_deref()?);
        Some(FactKind::InputSet { input: input.id.clone(), value })
    });
    let cycle = FactKind::CycleStarted { cycle: 1, start: on, compared };
    let facts = std::iter::once(start).chain(inputs).chain([cycle]);
    PlanState::fold(facts.map(|kind| Fact::on(on, kind))).expect("a plan that began")
}

/// What makes a text read as if nobody had looked at it.
fn oddity(text: &str) -> Option<&'static str> {
    let pairs = ["{{", "}}", "..", " .", " ,", ",,", "!.", "?.", ".,.", "  ", " ?", "None", "( "];
    pairs.into_iter().find(|pair| text.replace("...", "").contains(pair)).or_else(|| {
        let ends = text.ends_with(['.', '?', '!', '…']);
        (!ends).then_some("no end")
    })
}

#[test]
fn every_message_of_every_shipped_playbook_reads_well_for_two_hundred_people() {
    let mut texts = 0;
    for name in SHIPPED {
        let Loaded { playbook, .. } = load(shipped(name, "").expect("it is there"), &shipped);
        let playbook = playbook.expect("it has no error");
        let fields: Vec<&str> = playbook.people.fields.iter().map(|field| &*field.id).collect();
        let mut book = Book::new();
        for number in 0..PEOPLE {
            book.insert(person(number, &fields));
        }
        let choice = playbook.choices.first().expect("a choice");
        let baseline = choice.options.first().expect("an option").id.clone();
        for option in &choice.options {
            let compared = Compared {
                choice: choice.id.clone(),
                option: option.id.clone(),
                baseline: baseline.clone(),
                split: true,
                looks: None,
            };
            let state = begun(&playbook, Some(compared));
            let zone = TimeZone::get("Europe/Paris").expect("a zone");
            let instant = date(2026, 3, 2).at(9, 0, 0, 0).to_zoned(zone.clone()).expect("a moment");
            let now = Now::new(instant.timestamp(), &zone);
            let elsewhere = Elsewhere::default();
            let situation = Situation::new(&playbook, &state, &book, &elsewhere, now);
            texts += every_letter(&situation, &option.id);
        }
    }
    assert!(texts > 10_000, "{texts}");
}

/// Writes every message to everybody; gives back how many texts were ready.
fn every_letter(situation: &Situation<'_>, option: &Id) -> usize {
    let cycle = situation.running().expect("a cycle");
    let mut ready = 0;
    for entry in situation.book.iter() {
        let rank = u32::try_from(entry.id.0).expect("a small number");
        let member = Member {
            entry: entry.id,
            rank,
            listed: situation.today(),
            option: Some(option.clone()),
            counts: true,
        };
        let member: &Member = Box::leak(Box::new(member));
        for message in &situation.playbook.messages {
            let place = Place::of(cycle, member);
            let who = || format!("{}, {option}, {}", situation.playbook.id, entry.name.raw());
            match draft(situation, place, &message.id) {
                Ok(letter) => {
                    let text = letter.text.raw();
                    assert_eq!(oddity(text), None, "{}: {}: {text}", who(), message.id);
                    let first = entry.field("first_name").expect("everybody has one");
                    assert!(text.contains(first.raw()), "{}: {text}", who());
                    ready += 1;
                }
                // What is empty is asked for, and is the only thing that is.
                Err(Hindrance::Missing(names)) => {
                    for name in names {
                        let field = name.strip_prefix("person.").expect("a field of the person");
                        assert_eq!(entry.field(field), None, "{}: {name}", who());
                    }
                }
                // What is long may pass a limit, and nothing else is broken.
                Err(Hindrance::Rules(broken)) => {
                    let long = entry.fields.values().chain([&entry.name]);
                    let long = { long }.any(|value| value.raw().chars().count() > LONG);
                    let length =
                        |kind| matches!(kind, BreachKind::Characters | BreachKind::ChannelLength);
                    let only_length = broken.iter().all(|breach| length(breach.kind));
                    assert!(long && only_length, "{}: {}: {broken:?}", who(), message.id);
                }
                Err(Hindrance::TooLong) => assert_eq!(who(), "", "too long"),
            }
        }
    }
    ready
}
