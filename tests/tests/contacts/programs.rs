//! Exports of one program after the other, as they come out of it or out of a spreadsheet.

use fortnight_engine::people::import::{self, Format, Refusal, Request};

use super::{bytes, check, reading};

#[test]
fn linkedin_of_2018_and_as_spreadsheets_write_it_anew() {
    check(
        "linkedin-2018.csv",
        Format::Sheet,
        &[
            "2: Ana Silva | Ana | ana@northwind.example | Northwind | Lead | 2018-01-31",
            "3: Ben Okafor | Ben | Miro | Designer | 2017-12-05",
        ],
        &[],
    );
    // Excel in German: semicolons, short years, and a day as a number.
    check(
        "linkedin-from-excel.csv",
        Format::LinkedIn,
        &[
            "5: Jörg Müller | Jörg | Bäckerei, Groß | Chef | 2024-03-12 \
             | https://www.linkedin.com/in/joerg",
            "6: Ana Silva | Ana | Northwind | Lead | 2024-03-12 | https://www.linkedin.com/in/ana",
            "7: Ben Okafor | Ben | Miro | 2024-03-12 | https://www.linkedin.com/in/ben",
        ],
        &[],
    );
    // 3/25/24 proves that 3/4/24 is in March, and that no year stands in front.
    check(
        "linkedin-utf-16.csv",
        Format::LinkedIn,
        &[
            "5: Łukasz Żak | Łukasz | Żabka | Analityk | 2024-03-04 \
             | https://www.linkedin.com/in/zak",
            "6: Ana Silva | Ana | Northwind | Lead | 2024-03-25 | https://www.linkedin.com/in/ana",
        ],
        &[],
    );
    // Headers that nobody here reads: the columns stand where LinkedIn puts them.
    check(
        "linkedin-hebrew.csv",
        Format::LinkedIn,
        &["2: דנה לוי | דנה | מירו | מעצבת | 2024-03-12 | https://www.linkedin.com/in/dana"],
        &[],
    );
}

#[test]
fn google_with_labels_and_nicknames() {
    check(
        "google-labels.csv",
        Format::Google,
        &[
            "2: Ana Silva | Ana | ana@northwind.example | Northwind | Lead \
             | https://www.linkedin.com/in/ana | met\nin Lyon | also ana@home.example \
             | also ana@old.example",
            "4: Mum",
        ],
        &["5: there is no name in this row"],
    );
}

/// Of two columns called "Titre" the first is "M."; who has no name is called what the program shows
/// for the address.
#[test]
fn outlook_abroad() {
    check(
        "outlook-french.csv",
        Format::Outlook,
        &[
            "2: François Lefèvre | François | f@lefevre.example | Société Générale | Directeur \
             | https://fr.linkedin.com/in/lefevre | été | also f2@lefevre.example",
            "3: Zoé Noël | zoe@noel.example",
        ],
        &[],
    );
    check(
        "outlook-portuguese.csv",
        Format::Outlook,
        &[
            "2: João Conceição | João | joao@c.example | Padaria | Gerente | olá | also j2@c.example",
        ],
        &[],
    );
}

#[test]
fn thunderbird_salesforce_notion_and_pipedrive() {
    check(
        "thunderbird-german.csv",
        Format::Sheet,
        &[
            "2: Jörg Müller | Jörg | joerg@mueller.example | Groß | Chef | gut \
             | also j2@mueller.example",
            "3: Anna | anna@weiss.example",
        ],
        &["4: there is no name in this row"],
    );
    check(
        "salesforce.csv",
        Format::Sheet,
        &["2: Ana Silva | Ana | ana@northwind.example | Northwind | Lead"],
        &["4: there is no name in this row", "5: there is no name in this row"],
    );
    check(
        "notion.csv",
        Format::Sheet,
        &[
            "2: Ana Silva | ana@northwind.example | Northwind | Lead | https://www.linkedin.com/in/ana",
        ],
        &[],
    );
    check(
        "pipedrive.csv",
        Format::Sheet,
        &["2: Ana Silva | Ana | ana@northwind.example | Northwind | Lead | also ana@home.example"],
        &[],
    );
}

#[test]
fn sheets_with_titles_above_and_cells_that_say_nothing() {
    check(
        "title-rows.csv",
        Format::Sheet,
        &["5: Silva, Ana | ana@northwind.example | Northwind", "6: BEN OKAFOR | Miro"],
        &["7: there is no name in this row"],
    );
    // Null is a name; what a database writes is none.
    check(
        "nothing-said.csv",
        Format::Sheet,
        &["2: Ana Silva | Ana", "3: Jennifer Null | Jennifer", "4: Ben | Ben | Miro | 0049"],
        &["5: there is no name in this row", "6: a mail address stands where the name should"],
    );
    assert_eq!(reading("nothing-said.csv").notes, ["9 cells such as #N/A were read as empty."]);
}

#[test]
fn letters_are_told_by_themselves_or_by_somebody() {
    check("iso-2022-jp.csv", Format::Sheet, &["2: 山田太郎 | 株式会社みらい"], &[]);
    let read = |file: &str, encoding: Option<&str>| {
        let request = Request { encoding, ..Request::default() };
        import::read_as(&bytes(file), &request, &mut |_, _| {})
    };
    for (file, encoding, name) in
        [("shift-jis.csv", "shift_jis", "山田太郎"), ("macintosh.csv", "macintosh", "Jörg Müller")]
    {
        assert!(matches!(read(file, None), Err(Refusal::Encoding(_))), "{file}");
        let said = read(file, Some(encoding)).unwrap();
        assert_eq!(said.contacts[0].name.raw(), name);
    }
    assert_eq!(read("shift-jis.csv", Some("big5")), Err(Refusal::NotIn("Big5")));
    let marked = read("linkedin-utf-16.csv", Some("latin1"));
    assert_eq!(marked, Err(Refusal::OtherEncoding("windows-1252", "UTF-16BE")));
}

#[test]
fn cards_of_lists_and_places_are_nobody_and_letters_of_phones_are_told_or_refused() {
    check(
        "icloud.vcf",
        Format::VCard,
        &["9: Ana Silva | Ana | ana@northwind.example | https://www.linkedin.com/in/ana-silva"],
        &[
            "1: this card is a list of people, or a place, and no person",
            "17: a mail address stands where the name should",
        ],
    );
    check(
        "phones-abroad.vcf",
        Format::VCard,
        &[
            "1: 山田太郎 | 太郎 | taro@yamada.example | みらい株式会社",
            "8: Анна Иванова | Анна",
            "12: Jörg Müller | Jörg",
        ],
        &["16: the letters of this card are in an encoding that cannot be told for certain"],
    );
    check(
        "version-4-languages.vcf",
        Format::VCard,
        &["1: Taro Yamada | Taro | t@yamada.example | みらい | https://www.linkedin.com/in/taro \
             | also t2@yamada.example"],
        &[
            "12: this card is a list of people, or a place, and no person",
            "18: this card is a list of people, or a place, and no person",
        ],
    );
}

/// How much is read is told on the way, and all of it in the end at most.
#[test]
fn reading_tells_how_far_it_is() {
    let rows = "Ana Silva,Northwind\n".repeat(5_000);
    let file = format!("Name,Company\n{rows}");
    let mut heard = Vec::new();
    let told = &mut |done: usize, all: usize| heard.push((done, all));
    import::read_as(file.as_bytes(), &Request::default(), told).unwrap();
    assert!(heard.len() >= 5 && heard.is_sorted(), "{heard:?}");
    assert!(heard.iter().all(|(done, all)| done <= all && *all == file.len()), "{heard:?}");
}
