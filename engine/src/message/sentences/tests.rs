use proptest::prelude::*;

use super::*;

/// Texts and how many sentences a reader finds in them.
const CASES: &[(&str, usize)] = &[
    ("", 0),
    ("…", 0),
    ("😊", 0),
    ("Hello", 1),
    ("One. Two. Three.", 3),
    ("I met Dr. Smith at the clinic.", 1),
    ("Prof. Dr. Meyer and Mrs. Jones spoke. It was good.", 2),
    ("I like small tools, e.g. Excel, i.e. tables.", 1),
    ("It grew by 3.5 percent. Why?", 2),
    ("Version 2.0.1 is out.", 1),
    ("She works at Acme Inc. in Berlin.", 1),
    ("She works at Acme Inc. Your talk was about it.", 2),
    ("I read J. R. R. Tolkien. And J.K. Rowling.", 2),
    ("George W. Bush said so.", 1),
    ("It was you and I. Then we left.", 2),
    ("Well… I think so.", 2),
    ("Well... maybe so.", 1),
    ("Really?! Yes!!", 2),
    ("Look at https://example.com/a.b?c=d.e and tell me.", 1),
    ("See www.example.com. Then write.", 2),
    ("Mail ana@example.org. Thanks!", 2),
    ("We met at 5 p.m. We spoke for long.", 2),
    ("We met at 5 p.m. on Monday.", 1),
    ("In the U.S. market it works.", 1),
    ("I live in the U.S. My work is there.", 2),
    ("See No. 5 and Fig. 3 on p. 12.", 1),
    ("I moved in 2024. It was cold.", 2),
    ("She said \"Why now?\" and left.", 1),
    ("She said \"Go.\" Then she left.", 2),
    ("(I was there.) It was good.", 2),
    ("Is it you? is it me?", 2),
    ("hi there. how are you? i am fine.", 3),
    ("Tools, books, etc. are welcome.", 1),
    ("Bring tools, books, etc. We pay.", 2),
    ("Sales vs. marketing is old.", 1),
    ("Let's meet on 12 Mar. 2026 at noon.", 1),
    ("Thank you! 😊 Would Monday suit you?", 2),
    ("Great talk!😊 Shall we speak?", 2),
    ("**Do it.** Then rest.", 2),
    ("A first line\nthat goes on here.", 1),
    ("Hi Ana,\n\nI saw your talk. Could we speak?", 2),
    ("Hi Ana,\nI saw your talk. Could we speak?", 2),
    ("Hi Ana!\n\nI saw your talk.", 1),
    ("Hi Ana, I saw your talk.", 1),
    ("Hi Ana\n\nI saw your talk.", 1),
    ("Dear Dr. Smith,\n\nthank you.", 1),
    ("I saw your talk.\n\nBest,\nMarie", 1),
    ("I saw your talk.\n\nBest regards,\n\nMarie Curie", 1),
    ("I saw your talk.\nBest, Marie", 1),
    ("I saw your talk.\n\nThank you!\nMarie", 2),
    ("I saw your talk.\n\nLooking forward to hearing from you,\nMarie", 1),
    ("I saw your talk. Could we speak", 2),
    ("I saw your talk.\n\nBest,\nMarie\n\nP.S. It was fun.", 2),
    ("Three things matter:\n\n- be kind\n- be short\n- be true", 4),
    ("Two things:\n1. Be kind.\n2. Be short.", 3),
    ("你好。我看了你的演讲！可以聊聊吗？", 3),
    ("「はい。」と言った。", 1),
    ("मैंने आपका भाषण देखा। क्या हम बात करें?", 2),
    ("شاهدت حديثك. هل نتحدث؟", 2),
    ("میں نے دیکھا۔ کیا ہم بات کریں؟", 2),
    ("Ես տեսա։ Շատ լավ էր։", 2),
    ("Ich komme am 3. März. Passt das?", 2),
    ("Das gilt z.B. für Berlin bzw. Wien.", 1),
    ("Wir sehen uns am 12. Ich freue mich.", 2),
    ("¿Hablamos? ¡Gracias!", 2),
    ("La Sra. García y el Dr. Ruiz vienen.", 1),
    ("J'ai vu M. Dupont. Merci.", 2),
    ("« Oui ! » dit-elle. Bien.", 2),
    ("Je suis là ; et toi ? Moi aussi.", 2),
    ("Работал с т. Ивановым. Хорошо.", 2),
];

#[test]
fn sentences_are_counted_as_a_reader_would() {
    let wrong: Vec<_> = CASES
        .iter()
        .map(|(text, expected)| (text, sentences(text).len(), expected))
        .filter(|(_, found, expected)| found != *expected)
        .collect();
    assert_eq!(wrong, []);
}

#[test]
fn questions_are_sentences_that_end_with_a_question_mark() {
    #[track_caller]
    fn check(text: &str, expected: usize) {
        assert_eq!(sentences(text).iter().filter(|one| one.is_question).count(), expected);
    }
    check("Could we speak? Would Monday suit you?", 2);
    check("Really?! Yes.", 1);
    check("See https://a.example/?b. It is good.", 0);
    check("可以聊聊吗？هل نتحدث؟", 2);
    check("She said \"Why now?\" and left.", 0);
    check("She asked \"Why now?\"", 1);
}

#[test]
fn the_parts_are_the_sentences_themselves() {
    let text = "  Hi Ana,\n\n Dr. Smith was there. \"Why?\"  ";
    let parts: Vec<&str> = sentences(text).iter().map(|one| &text[one.range.clone()]).collect();
    assert_eq!(parts, ["Dr. Smith was there.", "\"Why?\""]);
}

proptest! {
    #[test]
    fn sentences_lie_in_order_on_character_boundaries(
        text in "([ -~]|\\n|\\r|[.!?…。।؟]|Dr|etc|é|😊|「|」|\\PC){0,60}"
    ) {
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert!(sentence.range.start >= end && sentence.range.end > sentence.range.start);
            prop_assert!(text.get(sentence.range.clone()).is_some());
            end = sentence.range.end;
        }
    }
}
