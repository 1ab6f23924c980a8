use super::tell;
use crate::Sandbox;

const STORY: &str = "\
# A story

```text file=a/b.txt
hello
```

```console
# now: 2026-03-05T09:00
$ fortnight --version
fortnight 0.1.0

$ fortnight help \\
    nothing-of-the-kind
something else
```

The end.
";

#[test]
fn a_story_that_differs_says_how_it_would_be_right() {
    let mut sandbox = Sandbox::new();
    let told = tell(STORY, &mut sandbox);
    assert_eq!(told.commands, 2);
    assert_eq!(std::fs::read_to_string(sandbox.home().join("a/b.txt")).unwrap(), "hello\n");
    let [(7, block)] = told.wrong.as_slice() else { panic!("{:?}", told.wrong) };
    assert!(block.contains("$ fortnight --version\nfortnight 0.1.0\n\n$"), "{block}");
    assert!(block.contains("[1]\n```\n"), "{block}");
    assert_eq!(told.right, STORY.replace(&block_of(STORY), block));
}

#[test]
fn a_story_that_was_set_right_stays_so() {
    let right = tell(STORY, &mut Sandbox::new()).right;
    let told = tell(&right, &mut Sandbox::new());
    assert_eq!(told.wrong, []);
    assert_eq!(told.right, right);
}

fn block_of(story: &str) -> String {
    let from = story.find("```console").unwrap();
    let to = story.find("\nThe end").unwrap();
    story[from..to].to_owned()
}
