use proptest::prelude::*;

use super::{By, Candidate, Doubt, ImportPlan, Said, Unsettled, plan_import};
use crate::{
    people::{Book, Contact, Entry, EntryId, Kind},
    words::Words,
};

fn book() -> Book {
    let person = |id, name: &str| Entry::person(EntryId(id), name);
    let mut gone =
        person(4, "Dora Weiss").with("company", "Miro").with("email", "dora@miro.example");
    gone.do_not_contact = true;
    [
        person(1, "Ana Silva")
            .with("email", "ana@northwind.example")
            .with("company", "Northwind")
            .with("profile", "https://www.linkedin.com/in/ana-silva"),
        person(2, "Ben Okafor").with("company", "Miro"),
        person(3, "Office of Miro").with("email", "office@miro.example"),
        gone,
        Entry::company(EntryId(5), "Northwind GmbH"),
    ]
    .into_iter()
    .collect()
}

/// The plan in short: what became of each line.
fn told(plan: &ImportPlan) -> Vec<(usize, String)> {
    let mut told: Vec<(usize, String)> = Vec::new();
    told.extend(plan.new.iter().map(|c| (c.line, "new".to_owned())));
    told.extend(
        plan.matched.iter().map(|m| (m.contact.line, format!("is {} by {:?}", m.entry, m.by))),
    );
    told.extend(
        plan.repeated.iter().map(|r| (r.line, format!("repeats {} by {:?}", r.first, r.by))),
    );
    told.extend(plan.proposed.iter().map(|p| {
        let candidates: Vec<String> = p
            .candidates
            .iter()
            .map(|candidate| match candidate {
                Candidate::Entry(id) => format!("entry {id}"),
                Candidate::Line(line) => format!("line {line}"),
            })
            .collect();
        (p.contact.line, format!("perhaps {}: {:?}", candidates.join(", "), p.doubt))
    }));
    told.sort();
    told
}

#[track_caller]
fn check(contacts: Vec<Contact>, expected: &[&str]) {
    let told: Vec<String> =
        told(&plan_import(&book(), contacts)).into_iter().map(|(_, told)| told).collect();
    assert_eq!(told, expected);
}

#[test]
fn addresses_are_certain_and_compared_as_people_mean_them() {
    check(
        vec![
            Contact::new(2, "A. Silva").with("email", "ANA@Northwind.example"),
            Contact::new(3, "Anna S.").with("profile", "http://de.linkedin.com/in/Ana-Silva/?x=1"),
        ],
        &["is 1 by Email", "repeats 2 by Profile"],
    );
}

#[test]
fn a_name_and_a_company_are_proposed_and_not_assumed() {
    check(
        vec![
            Contact::new(2, "SILVA, Ana").with("company", "Northwind, Inc."),
            Contact::new(3, "Ana Silva").with("company", "Adyen"),
            Contact::new(4, "Ben Okafor").with("email", "ben@miro.example"),
        ],
        &["perhaps entry 1: NameAndCompany", "new", "perhaps entry 2: NameAndCompany"],
    );
}

#[test]
fn a_shared_office_address_does_not_make_two_people_one() {
    check(
        vec![
            Contact::new(2, "Cleo Marsh").with("email", "office@miro.example"),
            Contact::new(3, "Dana Wu").with("email", "desk@x.example"),
            Contact::new(4, "Eve Adams").with("email", "desk@x.example"),
        ],
        &["perhaps entry 3: SharedEmail", "new", "perhaps line 3: SharedEmail"],
    );
}

#[test]
fn an_address_of_one_and_a_profile_of_another_is_a_doubt() {
    check(
        vec![
            Contact::new(2, "Dora Silva")
                .with("email", "dora@miro.example")
                .with("profile", "linkedin.com/in/ana-silva"),
        ],
        &["perhaps entry 1, entry 4: TwoEntries"],
    );
}

#[test]
fn rows_of_one_file_repeat_each_other_by_address_and_merge() {
    let plan = plan_import(
        &Book::new(),
        vec![
            Contact::new(2, "Dana Wu").with("email", "d@x.example"),
            Contact::new(3, "Dana Wu").with("email", "D@X.example").with("position", "Lead"),
            Contact::new(4, "Fay Li"),
            Contact::new(5, "fay li"),
            Contact::new(6, "Fay Li").with("note", "met in Lyon"),
        ],
    );
    let expected = [
        (2, "new"),
        (3, "repeats 2 by Email"),
        (4, "new"),
        (5, "repeats 4 by Everything"),
        (6, "perhaps line 4: NameAndCompany"),
    ];
    assert_eq!(told(&plan), expected.map(|(line, told)| (line, told.to_owned())));
    assert_eq!(plan.new[0].field("position"), Some(&Words::new("Lead")));
}

#[test]
fn namesakes_with_two_profiles_in_one_file_are_two_people() {
    let namesake = |line, profile: &str| {
        Contact::new(line, "Ana Silva").with("company", "Northwind").with("profile", profile)
    };
    check(
        vec![
            namesake(2, "linkedin.com/in/ana-silva-2"),
            namesake(3, "linkedin.com/in/ana-silva"),
            namesake(4, "linkedin.com/in/ana-silva-3"),
        ],
        &["new", "is 1 by Profile", "new"],
    );
    // Alone, a new profile may be an old friend's new address.
    check(vec![namesake(2, "linkedin.com/in/ana-silva-2")], &["perhaps entry 1: NameAndCompany"]);
}

#[test]
fn nobody_who_wants_no_contact_comes_back_by_an_import() {
    let plan = plan_import(
        &book(),
        vec![
            Contact::new(2, "Dora Weiss").with("email", "dora@miro.example"),
            Contact::new(3, "Dora Weiss").with("company", "Miro").with("note", "new"),
        ],
    );
    assert_eq!((plan.matched[0].entry, plan.matched[0].do_not_contact), (EntryId(4), true));
    assert_eq!(plan.proposed[0].candidates, [Candidate::Entry(EntryId(4))]);
    assert!(plan.proposed[0].do_not_contact && plan.new.is_empty());
}

#[test]
fn companies_are_known_by_their_names() {
    let mut northwind = Contact::new(2, "NORTHWIND");
    northwind.kind = Kind::Company;
    check(vec![northwind, Contact::new(3, "Northwind")], &["is 5 by Everything", "new"]);
}

#[test]
fn a_match_says_what_the_file_adds_and_what_it_has_otherwise() {
    let contact = Contact::new(2, "Ana Silva-Marsh")
        .with("email", "ana@northwind.example")
        .with("company", "Adyen")
        .with("profile", "linkedin.com/in/ana-silva/")
        .with("position", "Lead");
    let plan = plan_import(&book(), vec![contact]);
    let field = |(name, value): &(String, Words)| (name.clone(), value.raw().to_owned());
    let fills: Vec<_> = plan.matched[0].fills.iter().map(field).collect();
    let differs: Vec<_> = plan.matched[0].differs.iter().map(field).collect();
    assert_eq!(fills, [("position".to_owned(), "Lead".to_owned())]);
    let otherwise = [("company", "Adyen"), ("name", "Ana Silva-Marsh")];
    assert_eq!(differs, otherwise.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(plan.matched[0].by, By::Profile);
}

#[test]
fn many_rows_under_few_names_are_planned_without_comparing_all_with_all() {
    let rows = |from: usize| -> Vec<Contact> {
        (from..from + 20_000)
            .map(|n| {
                Contact::new(n, format!("Name {}", n % 7)).with("email", format!("{n}@x.example"))
            })
            .collect()
    };
    let book: Book =
        rows(0).into_iter().zip(0..).map(|(contact, id)| contact.into_entry(EntryId(id))).collect();
    let plan = plan_import(&book, rows(10_000));
    assert_eq!((plan.matched.len(), plan.new.len()), (10_000, 0));
    assert_eq!(plan.proposed.len(), 10_000);
    assert_eq!(plan.proposed[0].doubt, Doubt::NameAndCompany);
}

fn any_contact() -> impl Strategy<Value = Contact> {
    let pick = |from: &'static [&'static str]| prop::sample::select(from);
    (
        pick(&["Ana Silva", "Silva, Ana", "ána silva", "Ben", "Ben Li", "Cleo Marsh"]),
        pick(&["", "", "x@a.example", "X@A.example", "y@a.example", "z@a.example"]),
        pick(&["", "", "linkedin.com/in/1", "de.linkedin.com/in/1/", "linkedin.com/in/2"]),
        pick(&["", "Miro", "Miro Inc", "Adyen"]),
        pick(&["", "n"]),
        prop::collection::vec(pick(&["x@a.example", "w@a.example"]), 0..2),
    )
        .prop_map(|(name, email, profile, company, note, others)| {
            // One page is one person's: pages shared under different names are no honest file.
            let family = if name.contains('B') { "b" } else { name.get(..1).unwrap_or("a") };
            let profile = profile.replace("/in/", &format!("/in/{}", family.to_lowercase()));
            let profile = profile.replace("/in/á", "/in/a").replace("/in/s", "/in/a");
            let mut contact = Contact::new(0, name)
                .with("email", email)
                .with("profile", profile)
                .with("company", company)
                .with("note", note);
            contact.other_emails = others.into_iter().map(Words::new).collect();
            contact
        })
}

proptest! {
    #[test]
    fn importing_a_file_twice_adds_nobody(
        mut contacts in prop::collection::vec(any_contact(), 0..12),
        doubts_are_new in any::<bool>(),
    ) {
        for (line, contact) in contacts.iter_mut().enumerate() {
            contact.line = line;
        }
        let first = plan_import(&Book::new(), contacts.clone());
        let total = first.new.len() + first.matched.len() + first.proposed.len() + first.repeated.len();
        prop_assert_eq!(total, contacts.len());
        let doubtful = first.proposed.into_iter().map(|p| p.contact).filter(|_| doubts_are_new);
        let book: Book = first
            .new
            .into_iter()
            .chain(doubtful)
            .zip(1..)
            .map(|(contact, id)| contact.into_entry(EntryId(id)))
            .collect();
        let again = plan_import(&book, contacts);
        prop_assert!(again.new.is_empty(), "{:?}", again.new);
    }
}

#[test]
fn a_row_that_is_the_same_as_another_one_of_the_file_is_laid_over_it() {
    let book = Book::new();
    let rows = || {
        vec![
            Contact::new(2, "Ana Silva").with("email", "ana@a.example"),
            Contact::new(3, "Ana Silva").with("position", "Lead"),
            Contact::new(4, "Ana Silva").with("position", "Engineer").with("note", "met in Lyon"),
        ]
    };
    let same =
        |line, plan: &mut ImportPlan| plan.settle(&book, line, Said::Same(Candidate::Line(2)));
    let mut plan = plan_import(&book, rows());
    assert_eq!(plan.proposed.len(), 2);
    assert_eq!(same(2, &mut plan), Err(Unsettled::NotInDoubt));
    assert_eq!(
        plan.settle(&book, 3, Said::Same(Candidate::Entry(EntryId(1)))),
        Err(Unsettled::NotThisOne)
    );
    assert_eq!((same(3, &mut plan), same(4, &mut plan)), (Ok(()), Ok(())));
    let [ana] = plan.new.as_slice() else { panic!("{:?}", plan.new) };
    let value = |field| ana.field(field).map(Words::raw);
    // What stands already is kept.
    assert_eq!((value("position"), value("note")), (Some("Lead"), Some("met in Lyon")));
    assert_eq!((plan.proposed.len(), plan.repeated.len()), (0, 2));
}

#[test]
fn two_rows_of_one_person_fill_a_field_once_and_new_ones_keep_the_order_of_the_file() {
    let book: Book = [Entry::person(EntryId(1), "Ana Silva")].into_iter().collect();
    let row = |line, position: &str| Contact::new(line, "Ana Silva").with("position", position);
    let rows = vec![row(2, "Lead"), row(3, "Engineer"), row(4, "Baker"), Contact::new(5, "Ben")];
    let mut plan = plan_import(&book, rows);
    let ana = Said::Same(Candidate::Entry(EntryId(1)));
    assert_eq!((plan.settle(&book, 2, ana), plan.settle(&book, 3, ana)), (Ok(()), Ok(())));
    assert_eq!(plan.settle(&book, 4, Said::New), Ok(()));
    let fills: Vec<_> = plan.matched.iter().flat_map(|matched| &matched.fills).collect();
    assert_eq!(fills, [&("position".to_owned(), Words::new("Lead"))]);
    let lines: Vec<usize> = plan.new.iter().map(|contact| contact.line).collect();
    assert_eq!(lines, [4, 5]);
}

#[test]
fn any_of_several_addresses_tells_who_somebody_is_and_new_ones_are_kept() {
    let ana = Entry::person(EntryId(1), "Ana Silva")
        .with("email", "ana@work.example")
        .with("other_emails", "ana@home.example");
    let book: Book = [ana].into_iter().collect();
    let mut contact = Contact::new(2, "Ana Silva").with("email", "ANA@home.example");
    contact.add_email(Words::new("ana@new.example"));
    let plan = plan_import(&book, vec![contact]);
    assert_eq!((plan.matched[0].entry, plan.matched[0].by), (EntryId(1), By::Email));
    let kept = ("other_emails".to_owned(), Words::new("ana@home.example ana@new.example"));
    assert_eq!(
        (plan.matched[0].fills.as_slice(), plan.matched[0].differs.len()),
        ([kept].as_slice(), 0)
    );
}
