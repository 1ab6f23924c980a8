//! Rendering 10,000 five-sentence messages, checks included, against a bare minijinja loop.
//!
//! The target is at most three times the bare loop. Run with
//! `cargo bench -p fortnight-engine --bench message`. On a noisy machine count instructions instead: with
//! `bare`, `render` or `check` behind `--` only that is done, once, so that
//! `valgrind --tool=none` or `callgrind` may count it.

use std::hint::black_box;
use std::sync::Arc;

use fortnight_engine::message::{
    Bounds, Channel, Names, Rules, Template, characters, repeats, sentences,
};
use minijinja::{Environment, context};

const PEOPLE: usize = 10_000;
const TEXT: &str = "\
Hi {{ person.first_name }},

{{ person.context }} stayed with me since the design week in Lyon. It made me rethink how we keep \
our notes, because we lose most of them. I am moving towards {{ inputs.target_role }} roles in \
small teams. Would you have fifteen minutes next week to tell me how {{ person.company }} works? \
Thank you for reading this far, whatever you decide.

Best,
Marie
";

fn person(number: usize) -> (String, String, String) {
    let first_name = ["Ana", "Ben", "Zoë", "Dr. Chidi"][number % 4];
    (
        format!("{first_name} {number}"),
        format!("Your talk no. {number} on research debt"),
        format!("Acme {} Inc.", number % 97),
    )
}

fn by_minijinja() -> usize {
    let mut environment = Environment::empty();
    environment.add_template("intro", TEXT).expect("a sound template");
    let template = environment.get_template("intro").expect("just added");
    let inputs = &context! { target_role => "senior product designer" };
    let mut length = 0;
    for number in 0..PEOPLE {
        let (first_name, talk, company) = person(number);
        let person = context! { first_name, company, context => talk };
        let text = template.render(context! { person, inputs }).expect("a text");
        length += black_box(text).len();
    }
    length
}

fn shared() -> Arc<Names> {
    let mut shared = Names::default();
    shared.set("inputs.target_role", "senior product designer");
    Arc::new(shared)
}

fn names(shared: &Arc<Names>, number: usize) -> Names {
    let (first_name, talk, company) = person(number);
    let mut names = Names::over(Arc::clone(shared));
    names.set("person.first_name", first_name.as_str());
    names.set("person.context", talk.as_str());
    names.set("person.company", company.as_str());
    names
}

fn rendered_only() -> usize {
    let template = Template::compile(TEXT).expect("a sound template");
    let shared = shared();
    (0..PEOPLE)
        .map(|number| black_box(template.render(&names(&shared, number)).expect("a text")).len())
        .sum()
}

fn rendered_and_checked() -> usize {
    let template = Template::compile(TEXT).expect("a sound template");
    let bounds = |text| Some(Bounds::parse(text).expect("a range"));
    let rules = Rules {
        sentences: bounds("3 to 5"),
        characters: bounds("at most 600"),
        questions: bounds("1"),
        avoid: vec!["pick your brain".to_owned(), "quick chat".to_owned()],
        require: vec!["thank you".to_owned()],
        adds_to: None,
    };
    let shared = shared();
    let mut length = 0;
    for number in 0..PEOPLE {
        let text = template.render(&names(&shared, number)).expect("a text");
        let breaches = rules.check(&text);
        assert!(breaches.is_empty(), "{breaches:?}");
        assert!(Channel::LinkedIn.check(&text, None, Some(true)).is_empty());
        length += black_box(text).len();
    }
    length
}

#[divan::bench]
fn bare_minijinja_loop() -> usize {
    by_minijinja()
}

#[divan::bench]
fn render() -> usize {
    rendered_only()
}

#[divan::bench]
fn render_and_check() -> usize {
    rendered_and_checked()
}

#[divan::bench]
fn compile() -> Template {
    Template::compile(black_box(TEXT)).expect("a sound template")
}

/// As many filters as the largest template holds, over the longest text a filter changes (R19).
#[divan::bench]
fn dearest_template(bencher: divan::Bencher<'_, '_>) {
    let tag = "{% if a|upper|lower|title|upper|lower|title|upper|lower == b %}{% endif %}";
    let template = Template::compile(&tag.repeat(32 * 1024 / tag.len())).expect("sound");
    let mut names = Names::default();
    names.set("a", "é".repeat(256));
    names.set("b", "x");
    bencher.bench(|| template.render(&names));
}

/// The refusal of a long chain, which would overflow a parser's stack (R19).
#[divan::bench]
fn refused_chain() -> bool {
    let chain = format!("{{{{ a{} }}}}", " and a".repeat(4_000));
    Template::compile(black_box(&chain)).is_err()
}

#[divan::bench]
fn count_sentences() -> usize {
    sentences(black_box(TEXT)).len()
}

#[divan::bench]
fn count_characters() -> usize {
    characters(black_box(TEXT))
}

#[divan::bench]
fn find_phrases(bencher: divan::Bencher<'_, '_>) {
    let avoid = ["pick your brain", "quick chat"].map(str::to_owned).to_vec();
    let rules = Rules { avoid, ..Rules::default() };
    bencher.bench(|| rules.check(black_box(TEXT)));
}

#[divan::bench]
fn compare_two_messages() -> bool {
    repeats(black_box(TEXT), black_box(TEXT)).is_some()
}

/// The median of nine runs, in seconds.
#[expect(clippy::disallowed_types, reason = "a benchmark measures time")]
fn seconds(work: fn() -> usize) -> f64 {
    let mut runs: Vec<f64> = (0..9)
        .map(|_| {
            let start = std::time::Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    runs[4]
}

#[expect(clippy::print_stdout, reason = "a benchmark shows its ratio")]
fn main() {
    let once = std::env::args().nth(1);
    let once: Option<fn() -> usize> = match once.as_deref() {
        Some("bare") => Some(by_minijinja),
        Some("render") => Some(rendered_only),
        Some("check") => Some(rendered_and_checked),
        Some(_) | None => None,
    };
    if let Some(work) = once {
        println!("{} bytes", work());
        return;
    }
    let bare = seconds(by_minijinja);
    let render = seconds(rendered_only);
    let checked = seconds(rendered_and_checked);
    println!("{PEOPLE} messages: bare minijinja {:.1} ms", bare * 1e3);
    println!("rendered {:.1} ms, {:.2} times the bare loop", render * 1e3, render / bare);
    println!(
        "rendered and checked {:.1} ms, {:.2} times (target 3)",
        checked * 1e3,
        checked / bare
    );
    divan::main();
}
