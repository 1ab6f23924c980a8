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
    ("I keep thinking about https://example.com/a?b=c. I work on it.", 2),
    ("It is at (https://example.com/e.g). Dana wrote it.", 2),
    ("It is at example.com/dr. Dana wrote it.", 2),
    ("She is with and/or Dr. Smith.", 1),
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
    // Written after the rule, to see how it does on texts it was not made for.
    ("Hi Ben, thanks for accepting. I lead design at Foo Ltd. and saw your post.", 2),
    ("Hello Ms. Lee, I'm a Ph.D. student. My topic is A.I. in schools.", 2),
    ("I have 10+ yrs. of experience. Could we talk?", 2),
    ("We spoke approx. 3 weeks ago. Any news?", 2),
    ("Hey!! Long time no see... How are you?", 3),
    ("I read your post (the one about AI). It was great.", 2),
    ("I read your post (the one about AI.) It was great.", 2),
    ("I work at St. Mary's Hospital. It is near Mt. Fuji.", 2),
    ("He said: 'No.' I agreed.", 2),
    ("The cost was $5.50. That is ok.", 2),
    ("Node.js and Vue.js are fine. I use both.", 2),
    ("My site: https://foo.bar/baz. Have a look!", 2),
    ("Thank you,\nAna", 1),
    ("Hi Ana,\n\nThank you.\n\nKind regards,\nBob Jones\nDesigner, Acme", 1),
    (
        "Dear Ana,\n\nI hope you are well.\nI saw that you moved to Acme.\nCongratulations!\n\nAll the best\nBob",
        3,
    ),
    ("Guten Tag Frau Dr. Müller, ich habe Ihren Vortrag gehört. Hätten Sie Zeit?", 2),
    ("Bonjour Mme Dupont, j'ai lu votre article, cf. p. 12. Merci !", 2),
    ("Bonjour Ana,\n\nSeriez-vous disponible ? Merci d'avance.\n\nCordialement,\nZoé", 2),
    ("Hola Ana: vi tu charla. ¿Podemos hablar?", 2),
    ("Ciao Ana, ho visto il tuo intervento... Complimenti!", 2),
    ("Olá Ana, o Sr. Silva falou de você. Podemos conversar?", 2),
    ("Cześć Ana, np. jutro? Dziękuję.", 2),
    ("Hej Ana, t.ex. på tisdag. Passar det?", 2),
    ("こんにちは。講演を見ました。お話しできますか？", 3),
    ("สวัสดีค่ะ ขอบคุณค่ะ", 1),
    ("안녕하세요. 강연 잘 봤습니다. 시간 있으세요?", 3),
    ("Здравствуйте, Анна. Видел ваш доклад. Можно поговорить?", 3),
    ("Γεια σου Άννα. Είδα την ομιλία σου. Μπορούμε να μιλήσουμε;", 3),
    ("I'd value 15 min. of your time. Is Tue. 3 March ok?", 2),
    ("It is 9 a.m. here. I start now.", 2),
    ("Nos. 3 and 4 are open; see Sec. 2.1. Good?", 2),
    ("Well, I did it!!! :) Thanks for the tip.", 2),
    ("What a talk 🙌 I learned so much 🎉", 1),
    ("Quick question: where next? 1) Berlin 2) Paris", 2),
    ("I am at Acme Co. now.", 1),
    ("We use C#. It works.", 2),
    ("I got a B. Then an A.", 2),
    ("Your team at J.P. Morgan is great. I like it.", 2),
    // What letters to two hundred people held.
    ("Tell me what the work at Yahoo! is like. Please.", 2),
    ("great talk! would love to hear more", 2),
    ("Hi 👩\u{200d}💻! Loved it.", 2),
    ("What a family 👨\u{200d}👩\u{200d}👧\u{200d}👦. See you!", 2),
    ("مرحبا! هل نتحدث؟ شكرا", 3),
    ("Wait... what?! No!!", 2),
    ("She has a Ph.D. Her topic is maps.", 2),
    ("A Ph.D. in hand helps. Then comes work.", 2),
    ("你好吗？！我很好。", 2),
    ("「どう？」と聞いた。", 1),
    ("- one\n- two\n- three", 3),
    ("I am interested in Amazon.com, Inc. May I ask?", 2),
    ("The work at S.A. Example S.p.A. is new.", 1),
    ("Is 3.5 more than 3? Yes.", 2),
    ("It takes 1.5 to 2 hrs. per week.", 1),
    ("Mail me at a.b@c.example! Thanks.", 2),
    // A second judge's texts, of which the rule before counted these wrong.
    ("a) one\nb) two", 2),
    ("Thanks a lot. Best, Ana", 1),
    ("Thanks a lot.\n\n– Ana", 1),
    ("We need:\n\n– Ana", 2),
    ("We need:\n- Ben\n- Ana", 3),
    ("Thanks a lot.\n\nBest wishes,\nBen\nProduct Designer, Acme Inc.", 1),
    ("I looked.\nAs promised,\nhere it is.", 2),
    ("Das ist z. B. gut.", 1),
    ("Das gilt u. a. hier, d. h. immer. Ja.", 2),
    ("The answer is no. Five people left.", 2),
    ("Hall no. 5 is open.", 1),
    ("I'm there at 10:30 a.m. EST. Works?", 2),
    ("We met at 5 p.m. IT was there.", 2),
    ("Γεια σου. Τι κάνεις;", 2),
    ("I am here; are you?", 1),
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
    check("Γεια σου. Τι κάνεις; Καλά;", 2);
    check("Was is das; gut.", 0);
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
