//! What `docs/calendar.md` shows is what the calendar says.

use huiyin_calendar::{Calendar, answer_line};

const DOCUMENT: &str = include_str!("../../../docs/calendar.md");

/// The text of every code block in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    let parts = DOCUMENT.split(&fence).skip(1);
    parts.filter_map(|part| part.split("```").next()).collect()
}

#[test]
fn every_request_shown_has_the_answer_shown() {
    let mut shown = 0;
    for block in blocks("sh") {
        let lines: Vec<&str> = block.lines().filter(|line| !line.is_empty()).collect();
        for pair in lines.chunks(2) {
            let request = pair[0].trim_start_matches("$ echo '");
            let request = request.trim_end_matches("' | huiyin calendar due");
            assert_eq!(answer_line(&Calendar::china(), request), pair[1]);
            shown += 1;
        }
    }
    assert_eq!(shown, 4);
}

#[test]
fn the_file_shown_is_a_calendar() {
    let files = blocks("json");
    assert_eq!(files.len(), 1);
    assert_eq!(Calendar::from_json(files[0]).err(), None);
}
