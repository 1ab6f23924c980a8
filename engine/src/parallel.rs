//! Two pieces of work at once.
//!
//! Knows threads. It must not know what the work is. Whoever uses it comes to the same result
//! whichever of the two is done first, so nothing above depends on how many cores there are.

use std::panic::resume_unwind;
use std::thread::{self, Builder};

/// Does `here`, and `beside` in a thread of its own; where the system has no thread to give, one
/// after the other. `beside` is done once.
pub(crate) fn join<H, B: Send>(
    here: impl FnOnce() -> H,
    mut beside: impl FnMut() -> B + Send,
) -> (H, B) {
    let (done, told) = thread::scope(|scope| {
        let thread = Builder::new().spawn_scoped(scope, &mut beside);
        let done = here();
        (done, thread.ok().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))))
    });
    (done, told.unwrap_or_else(beside))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn both_are_done_and_each_answer_stands_in_its_place() {
        let mut counted = 0;
        let text = String::from("here");
        let (here, beside) = join(
            || text.len(),
            || {
                counted += 1;
                "beside"
            },
        );
        assert_eq!((here, beside, counted), (4, "beside", 1));
    }

    #[test]
    #[should_panic(expected = "an assertion of the work")]
    fn a_panic_of_the_other_thread_is_one_of_this() {
        join(|| (), || panic!("an assertion of the work"));
    }
}
