//! Contact files as programs and people really write them, and who is read out of each.

mod programs;

use fortnight_engine::{
    people::{
        Book, Contact, EntryId, Kind,
        import::{self, Format, Reading, Refusal},
        matching::plan_import,
    },
    words::Words,
};

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(fortnight_tests::root().join("tests/contacts").join(file))
        .expect("the sample can be read")
}

fn reading(file: &str) -> Reading {
    import::read(&bytes(file), Some(file), &[]).expect("it is a file of contacts")
}

/// A contact in one line; empty fields are left out.
fn told(contact: &Contact) -> String {
    let fields = ["first_name", "email", "company", "position", "connected_on", "profile", "note"];
    let mut told = format!("{}: {}", contact.line, contact.name.raw());
    for field in fields {
        if let Some(value) = contact.field(field) {
            told.push_str(" | ");
            told.push_str(value.raw());
        }
    }
    for email in &contact.other_emails {
        told.push_str(" | also ");
        told.push_str(email.raw());
    }
    if contact.kind == Kind::Company {
        told.push_str(" | a company");
    }
    told
}

#[track_caller]
fn check(file: &str, format: Format, people: &[&str], unreadable: &[&str]) {
    let reading = reading(file);
    let found: Vec<String> = reading.contacts.iter().map(told).collect();
    let rows: Vec<String> =
        reading.unreadable.iter().map(|row| format!("{}: {}", row.line, row.reason)).collect();
    assert_eq!(found, people, "{file}");
    assert_eq!(rows, unreadable, "{file}");
    assert_eq!(reading.format, format, "{file}");
}

#[test]
fn linkedin_in_english_with_mark_preamble_missing_mails_and_a_deleted_member() {
    check(
        "linkedin-english.csv",
        Format::LinkedIn,
        &[
            "5: Ana Silva | Ana | ana.silva@northwind.example | Northwind | Design lead | 2024-03-12 \
             | https://www.linkedin.com/in/ana-silva",
            "6: Ben Okafor | Ben | Miro, Inc. | Product designer \"UX\" | 2023-01-03 \
             | https://www.linkedin.com/in/benokafor",
            "8: Zoë Ångström 🎨 | Zoë | 2020-02-28 | https://www.linkedin.com/in/zo%C3%AB-%C3%A5",
            "9: 李小龍 | 小龍 | Golden Harvest | Founder | 2019-12-09 \
             | https://www.linkedin.com/in/lee",
        ],
        &["7: there is no name in this row"],
    );
}

#[test]
fn linkedin_in_german_french_and_spanish_with_other_orders_and_dates() {
    check(
        "linkedin-german.csv",
        Format::LinkedIn,
        &[
            "5: Jörg Müller | Jörg | Bäckerei Groß | Geschäftsführer | 2024-03-12 \
             | https://www.linkedin.com/in/joerg-mueller",
            "6: Änne Weiß | Änne | aenne@weiss.example | Miro | Designerin | 2022-12-03 \
             | https://www.linkedin.com/in/aenne-weiss",
        ],
        &[],
    );
    check(
        "linkedin-french.csv",
        Format::LinkedIn,
        &[
            "2: François Lefèvre | François | Société Générale | Responsable produit | 2024-03-12 \
             | https://fr.linkedin.com/in/francois-lefevre",
            "3: Zélie Noël | Zélie | zelie@noel.example | L’Atelier | Designeuse | 2021-08-03 \
             | https://fr.linkedin.com/in/zelie",
        ],
        &[],
    );
    // 25/12/2023 proves that 03/04/2023 is in April.
    check(
        "linkedin-spanish.csv",
        Format::LinkedIn,
        &[
            "6: Inés Núñez Peña | Inés | Ñandú S.A. | Diseñadora | 2024-03-12 \
             | https://es.linkedin.com/in/ines",
            "7: José Álvarez | José | jose@alvarez.example | Adyen | Jefe de datos | 2023-12-25 \
             | https://es.linkedin.com/in/jose",
            "8: Lucía Gil | Lucía | Adyen | Analista | 2023-04-03 | https://es.linkedin.com/in/lucia",
        ],
        &[],
    );
}

#[test]
fn linkedin_in_japanese_with_the_family_in_front() {
    check(
        "linkedin-japanese.csv",
        Format::LinkedIn,
        &[
            "5: 山田太郎 | 太郎 | 株式会社みらい | デザイナー | 2024-03-12 \
             | https://www.linkedin.com/in/taro-yamada",
            "6: 佐藤花子 | 花子 | hanako@sato.example | 北風 | 部長 | 2023-12-03 \
             | https://www.linkedin.com/in/hanako-sato",
        ],
        &[],
    );
}

#[test]
fn two_columns_of_one_name_and_titles_around_names() {
    check(
        "two-emails.csv",
        Format::Sheet,
        &[
            "2: Ana Silva | Ana | ana@work.example | also ana@home.example",
            "3: Dr. Ben Okafor, PhD | Ben | ben@home.example",
        ],
        &[],
    );
}

#[test]
fn google_today_and_as_it_was() {
    check(
        "google.csv",
        Format::Google,
        &[
            "2: Ana Silva | Ana | ana.silva@northwind.example | Northwind | Design lead \
             | https://www.linkedin.com/in/ana-silva | Met in Lyon\nat the meetup \
             | also ana@home.example",
            "4: Ben K. Okafor | Ben | ben@miro.example | Miro | also ben.okafor@miro.example",
            "5: The Bakery",
        ],
        &["6: there is no name in this row"],
    );
    check(
        "google-older.csv",
        Format::Google,
        &["2: Cleo Marsh | Cleo | cleo@marsh.example | Adyen | Data analyst", "3: Dana Wu | Dana"],
        &[],
    );
}

#[test]
fn outlook_with_titles_street_lines_and_inner_addresses() {
    check(
        "outlook.csv",
        Format::Outlook,
        &[
            "2: Ana Maria Silva | Ana | ana.silva@northwind.example | Northwind | Design lead \
             | also ana@home.example",
            "4: Ben Okafor | Ben | Miro | https://www.linkedin.com/in/benokafor | Likes \"tea\"",
        ],
        &["5: there is no name in this row"],
    );
}

#[test]
fn cards_of_apple_android_and_version_4() {
    check(
        "apple.vcf",
        Format::VCard,
        &[
            "1: Dr. Ana Maria Silva | Ana | ana.silva@northwind.example | Northwind, Inc. \
             | Design lead | https://www.linkedin.com/in/ana-silva | Met in Lyon\nat the meetup, \
             second row; asked for a long and interesting list | also ana@home.example",
            "18: Miro | a company",
        ],
        &[],
    );
    check(
        "android.vcf",
        Format::VCard,
        &[
            "1: Jörg Müller | Jörg | joerg@mueller.example | Bäckerei Groß",
            "10: Ben Okafor | Ben | ben@miro.example | Product designer",
        ],
        &["17: there is no name in this row"],
    );
    check(
        "version-4.vcf",
        Format::VCard,
        &[
            "1: 李小龍 | 小龍 | lee@golden.example | Golden Harvest | Founder \
             | https://www.linkedin.com/in/lee | also lee@home.example",
            "13: Northwind | a company",
        ],
        &[],
    );
}

#[test]
fn tables_made_by_hand() {
    check(
        "semicolons.csv",
        Format::Sheet,
        &[
            "4: Jörg Müller | Jörg | joerg@mueller.example | Bäckerei Groß | Messe; Halle 3",
            "5: Änne Weiß | Änne | Miro | kennt Ana",
        ],
        &[],
    );
    // 12/25/2023 proves that 03/12/2024 is in March.
    check(
        "tabs.tsv",
        Format::Sheet,
        &[
            "2: Ana Silva | Design lead | 2024-03-12 | linkedin.com/in/ana-silva",
            "3: Ben Okafor | Product designer | 2023-12-25 | linkedin.com/in/benokafor",
        ],
        &[],
    );
    let given = import::read(&bytes("tabs.tsv"), None, &[("company", "where")]).unwrap();
    assert_eq!(given.contacts[1].field("company").unwrap().raw(), "Miro");
}

#[test]
fn letters_of_other_encodings_are_recognised_or_refused() {
    check(
        "latin-1.csv",
        Format::Sheet,
        &[
            "2: François Lefèvre | François | francois@lefevre.example | Société Générale \
             | Responsable d'équipe",
            "3: Zoé Noël | Zoé | zoe@noel.example | L'Atelier | Ingénieure",
        ],
        &[],
    );
    check(
        "utf-16.txt",
        Format::Sheet,
        &[
            "2: Łukasz Błaszczyk | lukasz@zabka.example | Żabka | Analityk",
            "3: Владимир Иванов | Яндекс | Дизайнер",
        ],
        &[],
    );
    let refused = import::read(&bytes("cyrillic-1251.csv"), None, &[]);
    assert!(matches!(refused, Err(Refusal::Encoding(_))), "{refused:?}");
}

#[test]
fn an_unclosed_quote_and_an_unquoted_comma_cost_their_own_rows() {
    check(
        "unclosed-quote.csv",
        Format::LinkedIn,
        &[
            "2: Ana Silva | Ana | Northwind | Design lead | 2024-03-12 \
             | https://www.linkedin.com/in/ana-silva",
            "4: Cleo Marsh | Cleo | Adyen | Data analyst | 2023-01-04 \
             | https://www.linkedin.com/in/cleo",
            "5: Dana Wu | Dana | Wu, Sons & Co. | Founder | 2023-01-05 \
             | https://www.linkedin.com/in/dana-wu",
        ],
        &[
            "3: a quote is opened here and never closed",
            "6: it has 8 cells, the header has 7: is a cell with a comma not quoted?",
        ],
    );
}

/// M6, R21: hostile contacts are stored as data, byte for byte, and harmless in every place.
#[test]
fn hostile_contacts_are_kept_as_data_and_harmless_in_every_place() {
    let reading = reading("hostile.csv");
    let field = |at: usize, name: &str| {
        let value: Option<&Words> = reading.contacts[at].field(name);
        value.unwrap().clone()
    };
    assert_eq!(reading.contacts.len(), 5);
    assert_eq!(field(0, "name").raw(), "\u{1b}[2J\u{1b}[31mAna");
    assert_eq!(field(0, "company").csv(), "'=HYPERLINK(\"http://evil.example\")");
    assert_eq!(field(0, "note").raw(), "{{ inputs.secret }}{% for x in y %}");
    assert_eq!(field(1, "name").terminal(), "␛]8;;https://evil.example␇Ben␛]8;;␇");
    assert_eq!(field(1, "email").mail_address().as_deref(), Some("ben@x.example"));
    assert_eq!(field(1, "note").html_text(), "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    assert_eq!(field(2, "name").terminal(), "Cleo\u{fffd}oelC");
    assert_eq!(field(2, "company").csv(), "'@SUM(A1)");
    assert_eq!(field(3, "name").ical(), r"Dana\nEND:VCARD");
    assert_eq!(field(3, "company").csv(), "'-2+3");
    assert_eq!(field(3, "note").html_attribute(), "&quot;&#39; onload=&#39;alert(1)");
    assert_eq!(field(4, "name").raw().len(), 8192);
    assert_eq!(field(4, "note").file_name(), "etc-passwd");
    for contact in &reading.contacts {
        for words in contact.fields().map(|(_, words)| words).chain([&contact.name]) {
            let places = [
                words.terminal(),
                words.csv(),
                words.ical(),
                words.html_text(),
                words.html_attribute(),
                words.mail_header(),
                words.file_name(),
                words.json(),
            ];
            for made in places {
                let bad = |c: char| {
                    (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c)
                };
                assert!(!made.contains(bad), "{made:?}");
            }
        }
    }
}

/// L2: importing a file twice adds nobody, and files of several programs know each other's people.
#[test]
fn every_sample_imported_again_adds_nobody_and_samples_share_people() {
    let mut book = Book::new();
    let mut next = 1;
    let files = [
        "linkedin-english.csv",
        "linkedin-german.csv",
        "google.csv",
        "outlook.csv",
        "apple.vcf",
        "android.vcf",
    ];
    let mut new = Vec::new();
    for file in files {
        let plan = plan_import(&book, reading(file).contacts);
        new.push(plan.new.len());
        for contact in plan.new {
            book.insert(contact.into_entry(EntryId(next)));
            next += 1;
        }
        let again = plan_import(&book, reading(file).contacts);
        assert!(again.new.is_empty(), "{file}: {:?}", again.new);
    }
    // Ana is known by her address everywhere; Google's Ben has another name and address, Outlook's
    // has LinkedIn's profile; Android's Jörg works where LinkedIn's does and is proposed.
    assert_eq!(new, [4, 2, 2, 0, 1, 0]);
}
