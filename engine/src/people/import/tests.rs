use proptest::prelude::*;

use super::{LONGEST_CELL, MOST_CONTACTS, Reading, Reason, Refusal, read};

fn reading(file: &str) -> Reading {
    read(file.as_bytes(), None, &[]).unwrap()
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.contacts.iter().map(|contact| contact.name.raw()).collect()
}

#[track_caller]
fn check(file: &str, expected: &[&str]) {
    assert_eq!(names(&reading(file)), expected);
}

#[track_caller]
fn dates(cells: &[&str], expected: &[&str]) {
    let rows: Vec<String> = cells.iter().map(|cell| format!("Ana,{cell}\n")).collect();
    let reading = reading(&format!("Name,Connected On\n{}", rows.concat()));
    let found: Vec<&str> =
        reading.contacts.iter().filter_map(|c| Some(c.field("connected_on")?.raw())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_header_is_found_below_a_preamble_of_any_length() {
    for lines in [0, 1, 7, 300] {
        let preamble = "Some words, with commas; and \"quotes\", more.\n".repeat(lines);
        check(&format!("{preamble}\n\nFirst Name,Last Name\nAna,Silva\n"), &["Ana Silva"]);
    }
}

#[test]
fn rows_that_cannot_be_read_have_a_line_and_a_reason_and_stop_nobody() {
    let long = "x".repeat(LONGEST_CELL + 1);
    let file = format!(
        "Name,Company,Note\nAna,Northwind,\n,Miro,\nBen,Foo, Inc,x\nCleo,\"Open,\n{long},x,\n,,\nDana,Wu,\n"
    );
    let reading = reading(&file);
    assert_eq!(names(&reading), ["Ana", "Dana"]);
    let reasons: Vec<_> = reading.unreadable.iter().map(|row| (row.line, row.reason)).collect();
    assert_eq!(
        reasons,
        [
            (3, Reason::NoName),
            (4, Reason::TooManyCells { expected: 3, found: 4 }),
            (5, Reason::OpenQuote),
            (6, Reason::LongCell),
        ]
    );
    assert_eq!(reading.unreadable[2].text.raw(), "Cleo,\"Open,");
    assert_eq!(reading.unreadable[3].text.raw().len(), 200);
}

#[test]
fn a_column_of_dates_settles_which_number_is_the_day() {
    dates(&["03/04/2024", "25/12/2023"], &["2024-04-03", "2023-12-25"]);
    dates(&["03/04/2024", "12/25/2023"], &["2024-03-04", "2023-12-25"]);
    dates(&["03/04/2024", "12 Mar 2024"], &["03/04/2024", "2024-03-12"]);
    dates(&["25/12/2023", "12/25/2023"], &["2023-12-25", "2023-12-25"]);
}

/// The header and the day of 12 March 2024 as one language has them.
#[track_caller]
fn linkedin(header: &str, day: &str) {
    let file = format!(
        "{header}\nAna,Silva,https://www.linkedin.com/in/ana-silva,ana@x.example,Northwind,Lead,{day}\n\
         Ben,Okafor,https://www.linkedin.com/in/ben,,Miro,,{day}\n"
    );
    let reading = reading(&file);
    assert_eq!(reading.format, super::Format::LinkedIn, "{header}");
    let ana = &reading.contacts[0];
    let found = ["name", "first_name", "email", "company", "position", "connected_on", "profile"]
        .map(|field| ana.field(field).map(|value| value.raw().to_owned()).unwrap_or_default());
    let profile = "https://www.linkedin.com/in/ana-silva";
    let expected =
        ["Ana Silva", "Ana", "ana@x.example", "Northwind", "Lead", "2024-03-12", profile];
    assert_eq!(found, expected, "{header}");
    assert!(reading.notes.is_empty(), "{header}: {:?}", reading.notes);
}

#[test]
fn linkedin_is_read_in_the_languages_it_speaks() {
    linkedin("First Name,Last Name,URL,Email Address,Company,Position,Connected On", "12 Mar 2024");
    linkedin(
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verknüpft am",
        "12. März 2024",
    );
    linkedin(
        "Prénom,Nom de famille,URL,Adresse e-mail,Entreprise,Poste,Date de connexion",
        "12 mars 2024",
    );
    linkedin(
        "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el",
        "12 de mar. de 2024",
    );
    linkedin(
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "12 de mar. de 2024",
    );
    linkedin("Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il", "12 mar 2024");
    linkedin("Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op", "12 mrt. 2024");
    linkedin("名,姓,URL,メールアドレス,会社,役職,接続日", "2024年3月12日");
    linkedin("名字,姓氏,网址,电子邮件地址,公司,职位,连接日期", "2024年3月12日");
    linkedin("이름,성,URL,이메일 주소,회사,직책,연결일", "2024년 3월 12일");
    linkedin("Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Data połączenia", "12 mar 2024");
    linkedin("Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten den", "12 mars 2024");
    linkedin("Ad,Soyad,URL,E-posta Adresi,Şirket,Pozisyon,Bağlantı tarihi", "12 Mar 2024");
    linkedin(
        "Имя,Фамилия,URL,Адрес электронной почты,Компания,Должность,Дата контакта",
        "12 мар. 2024 г.",
    );
}

#[test]
fn headers_that_nobody_here_reads_are_told_by_their_cells_where_that_is_safe() {
    // Every header but those of names, and then all of them: the order and the cells are LinkedIn's.
    linkedin("First Name,Last Name,Aa,Bb,Company,Position,Cc", "12 Mar 2024");
    linkedin("Etunimi,Sukunimi,Osoite,Posti,Yritys,Asema,Päivä", "12.3.2024");
    linkedin("Aa,Bb,Cc,Dd,Ee,Ff,Gg", "12 Mar 2024");
    linkedin("Huomaa\n\"x, y\"\n\nAa,Bb,Cc,Dd,Ee,Ff,Gg", "2024-03-12");
    // Nothing is guessed of a birthday or of two columns that fit alike.
    let columns = |file: &str| {
        let mapping = reading(file).mapping;
        mapping.into_iter().map(|(field, _)| field).collect::<Vec<_>>()
    };
    let member = "https://www.linkedin.com/in/ana";
    assert_eq!(columns(&format!("Name,Wo,Xy\nAna,{member},1980-03-12\n")), ["name", "profile"]);
    assert_eq!(columns("Name,Wo,Xy\nAna,a@x.example,b@x.example\n"), ["name"]);
    assert_eq!(columns("Name,Wo,Xy\nAna,a@x.example,or b\n"), ["name", "email"]);
}

#[test]
fn columns_that_are_not_read_are_told_if_they_hold_anything() {
    let reading = reading("Name,Phone,Fax,,Born\nAna,+351,,x,\n");
    assert_eq!(
        reading.notes,
        ["Not read: Phone, column 4. `people import` reads one with --map FIELD=COLUMN."]
    );
    let twice = read(b"Name,Note,Note\nAna,x,y\n", None, &[]).unwrap();
    assert!(twice.notes[0].starts_with("Not read: Note (column 3)."), "{:?}", twice.notes);
    let nobody = read(b"Name,Note\n", None, &[]).unwrap();
    assert_eq!(nobody.notes, ["Nobody is in it: there is a header, and no row below it."]);
}

#[test]
fn files_that_were_put_together_and_tables_that_were_drawn_add_nobody() {
    check("Name,Company\nAna,Miro\n\u{feff}Name,Company\nBen,\u{feff}Miro\n", &["Ana", "Ben"]);
    let drawn = reading("| Name | Company |\n|------|:-------:|\n| Ana | Miro |\n");
    assert_eq!((names(&drawn), drawn.unreadable_in_all), (vec!["Ana"], 1));
}

#[test]
fn cards_of_an_export_give_the_fields_that_are_asked_for_and_name_the_others() {
    let card = b"BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nX-FORTNIGHT-IN-COMMON:Porto\nX-FORTNIGHT-CONTEXT:a\\, b\n\
        X-FORTNIGHT-DO-NOT-CONTACT:yes\nEND:VCARD\n";
    let reading = super::read_fields(card, None, &[], &["in_common"]).unwrap();
    let ana = &reading.contacts[0];
    assert_eq!(ana.field("in_common").unwrap().raw(), "Porto");
    assert!(ana.do_not_contact && ana.field("context").is_none());
    assert_eq!(reading.notes, ["Not read, for this playbook has no such fields: context."]);
}

#[test]
fn contacts_that_linkedin_keeps_beside_connections() {
    let reading = reading(
        "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Sites,FullName,Profiles\n\
         MOBILE,Ana,Silva,Northwind,Lead,\"a@x.example,b@x.example\",+351,1/31/17,,Ana Silva,https://www.linkedin.com/in/ana\n",
    );
    let ana = &reading.contacts[0];
    let found = ["name", "company", "position", "email", "profile"]
        .map(|field| ana.field(field).map(|value| value.raw().to_owned()).unwrap_or_default());
    let profile = "https://www.linkedin.com/in/ana";
    assert_eq!(found, ["Ana Silva", "Northwind", "Lead", "a@x.example", profile]);
    assert_eq!(ana.other_emails.len(), 1);
}

#[test]
fn a_blank_before_a_quote_is_no_part_of_a_cell() {
    let reading =
        reading("Name, Company, Note\n\"Ana\", \"Miro\", \"\"\"so\"\"\"\nBen, 5\" disk,\n");
    let company = |at: usize| reading.contacts[at].field("company").map(|c| c.raw().to_owned());
    assert_eq!((names(&reading), company(0)), (vec!["Ana", "Ben"], Some("Miro".to_owned())));
    assert_eq!(company(1).as_deref(), Some("5\" disk"));
}

#[test]
fn cards_of_old_programs_end_lines_and_fold_letters_as_they_like() {
    check(
        "BEGIN:VCARD\rVERSION:3.0\rFN:Ana\rEND:VCARD\rBEGIN:VCARD\rFN:Ben\rEND:VCARD\r",
        &["Ana", "Ben"],
    );
    let folded =
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J\xc3\r\n \xb6rg \xe5\n \xb1\xb1\r\nEND:VCARD\r\n";
    let reading = read(folded, None, &[]).unwrap();
    assert_eq!(names(&reading), ["Jörg 山"]);
}

#[test]
fn a_cell_of_many_lines_is_one_cell_and_nobody_in_it_is_a_person() {
    let mail = "Hello Ana,\nthank you for the call.\nBest regards\nRui Costa\n".repeat(1_400);
    let read = reading(&format!("Name,Company,Notes\nAna,Acme,\"{mail}\"\nBen,Miro,x\n"));
    assert_eq!(read.contacts.len(), 1);
    assert_eq!(read.contacts[0].name.raw(), "Ben");
    assert_eq!(read.unreadable_in_all, 1);
    assert_eq!(read.unreadable[0].reason, Reason::LongCell);
}

#[test]
fn a_table_of_ten_thousand_columns_is_read_and_a_row_beyond_measure_is_told() {
    let columns = ",column".repeat(10_000);
    check(&format!("Name{columns}\nAna{}\n", ",x".repeat(10_000)), &["Ana"]);
    let long = reading(&format!("Name,Note\nAna,\"{}\"\nBen,x\n", "x".repeat(super::LONGEST_ROW)));
    assert_eq!(names(&long), ["Ben"]);
    assert_eq!((long.unreadable[0].line, long.unreadable[0].reason), (2, Reason::LongRow));
}

#[test]
fn addresses_and_titles_of_outlook_abroad() {
    let file = "Titre,Prénom,Nom,Titre professionnel,Adresse de messagerie,Type de messagerie,\
        Nom complet de l'adresse de messagerie,Adresse de messagerie 2\n\
        M.,François,Lefèvre,Directeur,f@x.example,SMTP,François (g@x.example),h@x.example\n";
    let reading = reading(file);
    let person = &reading.contacts[0];
    assert_eq!(person.field("position").unwrap().raw(), "Directeur");
    let emails: Vec<_> = person.emails().map(crate::words::Words::raw).collect();
    assert_eq!(emails, ["f@x.example", "h@x.example"]);
}

#[test]
fn other_kinds_of_files_are_refused_by_their_names() {
    let refused = |text: &str| read(text.as_bytes(), None, &[]).unwrap_err();
    for (text, kind) in [
        ("[{\"name\": \"Ana\"}]", "JSON"),
        ("dn: cn=Ana Silva,mail=a@x.example\nsn: Silva\n", "LDIF"),
        ("<html><table></table></html>", "a web page (HTML)"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
    ] {
        assert_eq!(refused(text), Refusal::OtherKind(kind));
    }
}

#[test]
fn every_address_of_a_person_is_kept() {
    let emails = |file: &str| -> Vec<String> {
        let reading = reading(file);
        reading.contacts[0].emails().map(|email| email.raw().to_owned()).collect()
    };
    assert_eq!(
        emails("Name,Email,Email\nAna,a@x.example,b@x.example\n"),
        ["a@x.example", "b@x.example"]
    );
    assert_eq!(emails("Name,Email,Email\nAna,,b@x.example\n"), ["b@x.example"]);
    assert_eq!(
        emails(
            "Name,E-mail 1 - Value,E-mail 2 - Value,E-mail 7 - Value\nAna,a@x.example,b@x.example ::: c@x.example,d@x.example\n"
        ),
        ["a@x.example", "b@x.example", "c@x.example", "d@x.example"]
    );
    assert_eq!(
        emails("Name,Email,E-mail Display Name\nAna,Ana <a@x.example>,Ana (z@x.example)\n"),
        ["a@x.example"]
    );
    assert_eq!(
        emails(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Ana\nEMAIL:a@x.example\nitem1.EMAIL:b@x.example\nEMAIL;TYPE=home:c@x.example\nEND:VCARD\n"
        ),
        ["a@x.example", "b@x.example", "c@x.example"]
    );
    let known = reading("Name,Email,Email\nAna,a@x.example,b@x.example\n").contacts.remove(0);
    let known = known.into_entry(crate::people::EntryId(1));
    assert_eq!(known.emails().collect::<Vec<_>>(), ["a@x.example", "b@x.example"]);
}

#[test]
fn first_names_are_greetings_and_whole_names_stay_as_they_are() {
    let reading = reading(
        "First Name,Last Name,URL\nDr. Ana (she/her),\"Silva, PhD\",\nana,silva,\n🚀,Wu,\n",
    );
    assert_eq!(names(&reading), ["Dr. Ana (she/her) Silva, PhD", "ana silva", "🚀 Wu"]);
    let first: Vec<_> = reading
        .contacts
        .iter()
        .map(|c| c.field("first_name").map(crate::words::Words::raw))
        .collect();
    assert_eq!(first, [Some("Ana"), Some("Ana"), None]);
    // In a sheet that was exported stands what somebody chose.
    let own = b"name,first_name,do_not_contact\nDr. Ana Silva,Dr. Silva,\n";
    let own = read(own, None, &[]).unwrap();
    assert_eq!(own.contacts[0].field("first_name").unwrap().raw(), "Dr. Silva");
}

/// Every column of names may hold more, or less, than its header says.
#[test]
fn names_are_put_together_once() {
    check("First Name,Last Name\nBen Okafor,Okafor\nAna Silva,\n", &["Ben Okafor", "Ana Silva"]);
    check("Name,First Name\nAna Silva,Ana\nMüller,Jörg\n", &["Ana Silva", "Jörg Müller"]);
    check(
        "Nombre;Primer apellido;Segundo apellido\nInés;Núñez;Peña\nJosé;Gil;\n",
        &["Inés Núñez Peña", "José Gil"],
    );
    check("Имя;Отчество;Фамилия\nАнна;Петровна;Иванова\n", &["Анна Петровна Иванова"]);
    let given = read(b"A,B\nJennifer,Null\n", None, &[("first_name", "A"), ("last_name", "B")]);
    assert_eq!(names(&given.unwrap()), ["Jennifer Null"]);
}

#[test]
fn what_was_given_beats_what_was_guessed() {
    let file = b"Name,Who,Topic\nNorthwind,Ana Silva,research debt\n";
    let given = [("name", "who"), ("company", "NAME"), ("context", "3")];
    let reading = read(file, None, &given).unwrap();
    assert_eq!(names(&reading), ["Ana Silva"]);
    let fields: Vec<_> = reading.contacts[0].fields().map(|(f, v)| (f, v.raw())).collect();
    assert_eq!(fields, [("company", "Northwind"), ("context", "research debt")]);
    let mapping: Vec<_> = reading.mapping.iter().map(|(f, c)| (f.as_str(), c.raw())).collect();
    assert_eq!(mapping, [("company", "Name"), ("name", "Who"), ("context", "Topic")]);
}

#[test]
fn a_table_without_a_header_is_read_by_numbers_or_refused_with_its_first_row() {
    let file = b"Ana Silva;Northwind\nBen Okafor;Miro\n";
    let by_number = read(file, None, &[("name", "1"), ("company", "2")]).unwrap();
    assert_eq!(names(&by_number), ["Ana Silva", "Ben Okafor"]);
    let refusal = read(file, None, &[]).unwrap_err();
    assert_eq!(refusal, Refusal::NoNames(vec!["Ana Silva".into(), "Northwind".into()]));
    assert!(
        refusal.to_string().ends_with("--map name=COLUMN. Its first row: Ana Silva, Northwind")
    );
}

#[test]
fn a_column_that_is_not_there_is_refused_with_those_that_are() {
    let refusal = read(b"Name,Firm\nAna,X\n", None, &[("company", "Firma")]).unwrap_err();
    assert_eq!(refusal.to_string(), "There is no column `Firma`. The columns are: Name, Firm");
}

#[test]
fn one_column_of_names_may_hold_commas_and_east_asian_names_have_the_family_first() {
    check("Name\nSilva, Ana\nBen Okafor\n", &["Silva, Ana", "Ben Okafor"]);
    check(
        "First Name,Last Name\n小龍,李\n민수,김\nBruce,Lee\n",
        &["李小龍", "김민수", "Bruce Lee"],
    );
}

#[test]
fn several_addresses_in_a_cell_are_one_e_mail_and_others_and_inner_names_are_none() {
    let reading = reading(
        "Name,E-mail Address\nAna,ana@a.example ::: ana@b.example\nBen,/o=ExchangeLabs/cn=ben\n",
    );
    let emails: Vec<Vec<_>> = reading
        .contacts
        .iter()
        .map(|c| c.emails().map(crate::words::Words::raw).collect())
        .collect();
    assert_eq!(emails, [vec!["ana@a.example", "ana@b.example"], vec![]]);
}

#[test]
fn a_web_page_is_a_profile_only_where_it_is_surely_a_persons() {
    let reading = reading(
        "Name,Website\nAna,https://www.linkedin.com/in/ana\nBen,https://northwind.example/team\n",
    );
    let profile = |at: usize| reading.contacts[at].field("profile").map(|p| p.raw().to_owned());
    assert_eq!(profile(0).as_deref(), Some("https://www.linkedin.com/in/ana"));
    assert_eq!(profile(1), None);
}

#[test]
fn hostile_cells_are_kept_byte_for_byte() {
    let name = format!("{}\u{1b}]52;c;x\u{7}\u{202e}{{{{ inputs.x }}}}<b>", "n".repeat(8000));
    let reading = reading(&format!("Name,Note\n{name},'=1+1\nAna,\"a\r\nBcc: b\"\n"));
    assert_eq!(reading.contacts[0].name.raw(), name);
    assert_eq!(reading.contacts[0].field("note").unwrap().raw(), "=1+1");
    assert_eq!(reading.contacts[1].field("note").unwrap().raw(), "a\r\nBcc: b");
}

#[test]
fn an_address_for_a_name_is_one_only_on_a_card_of_our_own() {
    let card = "BEGIN:VCARD\nVERSION:4.0\nFN:ana@northwind.example\nEND:VCARD\n";
    let unreadable = reading(card).unreadable;
    assert_eq!(unreadable.first().map(|row| row.reason), Some(Reason::AddressForName));
    let own = card.replace("FN:", &format!("PRODID:{}\nFN:", super::OWN_CARD));
    check(&own, &["ana@northwind.example"]);
}

#[test]
fn cards_that_are_broken_or_never_end_cost_themselves_only() {
    let file = "BEGIN:VCARD\nFN:Ana Silva\nBEGIN:VCARD\nVERSION:3.0\nEND:VCARD\nnoise\n\
        BEGIN:VCARD\nVERSION:4.0\nN:Okafor;Ben;;;\nEMAIL:b@x.example\nEMAIL;PREF=1:ben@x.example\n\
        END:VCARD\nBEGIN:VCARD\nFN:Cleo\n";
    let reading = reading(file);
    assert_eq!(names(&reading), ["Ana Silva", "Ben Okafor", "Cleo"]);
    assert_eq!(reading.contacts[1].field("email").unwrap().raw(), "ben@x.example");
    let reasons: Vec<_> = reading.unreadable.iter().map(|row| (row.line, row.reason)).collect();
    assert_eq!(reasons, [(3, Reason::NoName)]);
    assert_eq!(read(b"FN:Ana", Some("a.VCF"), &[]), Err(Refusal::NoCards));
}

#[test]
fn quoted_printable_without_a_charset_is_read_as_what_it_is() {
    let card = |name: &str| {
        format!("BEGIN:VCARD\nVERSION:2.1\nN;ENCODING=QUOTED-PRINTABLE:{name}\nEND:VCARD\n")
    };
    check(&card(";J=C3=B6rg;;;"), &["Jörg"]);
    check(&card(";J=F6rg;;;"), &["Jörg"]);
    check(&card("M=C3=BC=\nller;J=C3=B6rg;;;"), &["Jörg Müller"]);
}

#[test]
fn a_file_beyond_the_limits_is_refused_whole() {
    assert_eq!(read(b" \n\n", None, &[]), Err(Refusal::Empty));
    let many = "Name\n".to_owned() + &"A\n".repeat(MOST_CONTACTS + 1);
    assert_eq!(read(many.as_bytes(), None, &[]), Err(Refusal::TooManyRows));
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        start in prop::sample::select(vec!["", "Name,Note\n", "\u{feff}", "BEGIN:VCARD\n", "Nom;Prénom\n"]),
    ) {
        let all = [start.as_bytes(), &bytes].concat();
        let _ = read(&all, None, &[]);
        let _ = read(&all, Some("x.vcf"), &[("name", "1")]);
    }

    #[test]
    fn no_card_makes_reading_panic(
        lines in prop::collection::vec("(item1\\.)?(FN|N|EMAIL|ORG|BDAY|ADR|REV|TZ|GEO|URL|KIND|GENDER|PHOTO|X-A|BEGIN|END)(;(TYPE|ENCODING|CHARSET|VALUE|PREF)(=(QUOTED-PRINTABLE|BASE64|UTF-8|UTF-16|date|uri|\"?[a-zé,]{0,3}\"?))?){0,2}:[a-z0-9é;,:=\\\\+T \u{1b}-]{0,14}(=C3|=)?(\n )?", 0..8),
    ) {
        let card = format!("BEGIN:VCARD\nVERSION:2.1\n{}\nEND:VCARD\n", lines.join("\n"));
        let _ = read(card.as_bytes(), None, &[]);
    }

    #[test]
    fn every_row_of_any_table_is_a_contact_or_told(rows in prop::collection::vec("[a\", é]{0,12}", 0..12)) {
        let reading = reading(&format!("Name,Note\n{}", rows.join("\n")));
        let lines: Vec<usize> = reading.contacts.iter().map(|contact| contact.line).collect();
        prop_assert!(lines.is_sorted());
        prop_assert!(lines.iter().all(|line| (2..rows.len() + 2).contains(line)));
        prop_assert_eq!(reading.unreadable.len(), reading.unreadable_in_all);
    }
}
