use std::fmt::Write;

use crate::{Finding, LineColumn, Message, Place, Severity, Sources, display_width};

/// The longest part of a line that is drawn, in characters.
const LINE_CHARS_MAX: usize = 160;
/// How much of a long line is drawn before the place.
const LEAD_CHARS: usize = 40;

/// A place with what a reader or an editor needs to find it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedPlace {
    /// The file's name.
    pub file: String,
    /// The first byte.
    pub start_byte: usize,
    /// The byte after the last.
    pub end_byte: usize,
    /// The first character.
    pub start: LineColumn,
    /// The character after the last.
    pub end: LineColumn,
}

/// A second place, worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedLabel {
    /// Where to look.
    pub place: ReportedPlace,
    /// What is there.
    pub text: String,
    excerpt: Excerpt,
}

/// The fixed words around a finding, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// For [`Severity::Error`].
    pub error: String,
    /// For [`Severity::BeforePublishing`].
    pub before_publishing: String,
    /// For [`Severity::Warning`].
    pub warning: String,
    /// Before what to do.
    pub help: String,
    /// Before the clause.
    pub clause: String,
}

/// A finding joined with its sources and worded: the data for JSON, the text for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The stable code.
    pub code: &'static str,
    /// How much it stands in the way.
    pub severity: Severity,
    /// What is wrong.
    pub text: String,
    /// Where.
    pub place: ReportedPlace,
    /// Other places that belong to it.
    pub labels: Vec<ReportedLabel>,
    /// What to do.
    pub help: Option<String>,
    /// The clause the wrong text belongs to.
    pub clause: Option<String>,
    excerpt: Excerpt,
}

impl Report {
    /// Joins a finding with the files it points into; `wording` turns a message into a sentence.
    #[must_use]
    pub fn new(finding: &Finding, sources: &Sources, wording: &dyn Fn(&Message) -> String) -> Self {
        let labels = finding.labels.iter().map(|label| ReportedLabel {
            place: reported(label.place, sources),
            text: wording(&label.message),
            excerpt: Excerpt::of(label.place, sources),
        });
        Self {
            code: finding.code.as_str(),
            severity: finding.severity,
            text: wording(&finding.message),
            place: reported(finding.place, sources),
            labels: labels.collect(),
            help: finding.help.as_ref().map(wording),
            clause: finding.clause.clone(),
            excerpt: Excerpt::of(finding.place, sources),
        }
    }

    /// The line the finding is about, shortened around its place.
    #[must_use]
    pub fn excerpt_line(&self) -> &str {
        &self.excerpt.line
    }

    /// Draws the finding: heading, place, the line with a caret under it, labels, help.
    #[must_use]
    pub fn to_text(&self, headings: &Headings) -> String {
        let severity = match self.severity {
            Severity::Error => &headings.error,
            Severity::BeforePublishing => &headings.before_publishing,
            Severity::Warning => &headings.warning,
        };
        let last_line = self
            .labels
            .iter()
            .map(|label| label.place.start.line)
            .chain([self.place.start.line])
            .max();
        let gutter = last_line.unwrap_or(1).to_string().len();
        let mut text = format!("{severity}[{}]: {}\n", self.code, self.text);
        draw(
            &mut text,
            gutter,
            "-->",
            &self.place,
            &self.excerpt,
            '^',
            "",
        );
        for label in &self.labels {
            draw(
                &mut text,
                gutter,
                ":::",
                &label.place,
                &label.excerpt,
                '-',
                &label.text,
            );
        }
        let notes = [
            (&headings.help, &self.help),
            (&headings.clause, &self.clause),
        ];
        for (heading, note) in notes {
            if let Some(note) = note {
                let _ = writeln!(text, "{:gutter$} = {heading}: {note}", "");
            }
        }
        text
    }
}

fn draw(
    text: &mut String,
    gutter: usize,
    arrow: &str,
    place: &ReportedPlace,
    excerpt: &Excerpt,
    mark: char,
    note: &str,
) {
    let LineColumn { line, column } = place.start;
    let blank = " ".repeat(excerpt.blank_columns);
    let marks = mark.to_string().repeat(excerpt.marked_columns);
    let under = format!("{blank}{marks} {note}");
    let _ = writeln!(text, "{:gutter$}{arrow} {}:{line}:{column}", "", place.file);
    let _ = writeln!(text, "{:gutter$} |", "");
    let _ = writeln!(text, "{line:gutter$} | {}", excerpt.line);
    let _ = writeln!(text, "{:gutter$} | {}", "", under.trim_end());
}

fn reported(place: Place, sources: &Sources) -> ReportedPlace {
    ReportedPlace {
        file: sources.name(place.file).to_owned(),
        start_byte: place.span.start,
        end_byte: place.span.end,
        start: sources.position(place.file, place.span.start),
        end: sources.position(place.file, place.span.end),
    }
}

/// The first line of a place, with the columns to leave blank and to mark under it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    line: String,
    blank_columns: usize,
    marked_columns: usize,
}

impl Excerpt {
    fn of(place: Place, sources: &Sources) -> Self {
        let start = sources.position(place.file, place.span.start);
        let end = sources.position(place.file, place.span.end);
        let line: Vec<char> = sources.line(place.file, start.line).chars().collect();
        let first = (start.column - 1).min(line.len());
        let last = if end.line == start.line {
            (end.column - 1).clamp(first, line.len())
        } else {
            line.len()
        };
        let shown_from = if line.len() > LINE_CHARS_MAX {
            first.saturating_sub(LEAD_CHARS)
        } else {
            0
        };
        let shown_to = line.len().min(shown_from + LINE_CHARS_MAX);
        let plain = |from: usize, to: usize| -> String {
            let shown = line.get(from..to.min(shown_to)).unwrap_or_default();
            shown.iter().map(|&c| printable(c)).collect()
        };
        let cut_before = if shown_from > 0 { "…" } else { "" };
        let cut_after = if shown_to < line.len() { "…" } else { "" };
        Self {
            line: format!("{cut_before}{}{cut_after}", plain(shown_from, shown_to)),
            blank_columns: display_width(cut_before) + display_width(&plain(shown_from, first)),
            marked_columns: display_width(&plain(first, last)).max(1),
        }
    }
}

/// A tab becomes one blank and a control character a sign, so that the caret stays under its
/// place and a file can't steer the reader's terminal.
fn printable(character: char) -> char {
    match character {
        '\t' => ' ',
        control if control.is_control() => '\u{FFFD}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Span};

    fn headings() -> Headings {
        Headings {
            error: "error".to_owned(),
            before_publishing: "before publishing".to_owned(),
            warning: "warning".to_owned(),
            help: "help".to_owned(),
            clause: "clause".to_owned(),
        }
    }

    fn check(text: &str, marked: &str, expected: &str) {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", text);
        let start = text.find(marked).unwrap();
        let place = Place {
            file,
            span: Span::new(start, start + marked.len()),
        };
        let finding = Finding::error(Code::new("HY-T001"), place, Message::new("wrong"));
        let report = Report::new(&finding, &sources, &|message| message.key().to_owned());
        assert_eq!(report.to_text(&headings()), expected);
    }

    #[test]
    fn the_caret_stands_under_its_place_after_chinese_characters() {
        check(
            "a: 1\nname: {zh-CN: 客户投诉, colour: red}\n",
            "colour",
            "error[HY-T001]: wrong\n\
             \x20--> policy.yaml:2:21\n\
             \x20 |\n\
             2 | name: {zh-CN: 客户投诉, colour: red}\n\
             \x20 |                         ^^^^^^\n",
        );
    }

    #[test]
    fn chinese_characters_are_marked_at_their_full_width() {
        check(
            "to: 客服部\n",
            "客服部",
            "error[HY-T001]: wrong\n\
             \x20--> policy.yaml:1:5\n\
             \x20 |\n\
             1 | to: 客服部\n\
             \x20 |     ^^^^^^\n",
        );
    }

    #[test]
    fn labels_help_and_clause_follow_the_excerpt() {
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", "a: 1\na: 2\n");
        let at = |start, end| Place {
            file,
            span: Span::new(start, end),
        };
        let finding = Finding::error(Code::new("HY-T002"), at(5, 6), Message::new("twice"))
            .label(at(0, 1), Message::new("first here"))
            .help(Message::new("delete one"))
            .clause("P1.8");
        let report = Report::new(&finding, &sources, &|message| message.key().to_owned());
        let expected = "error[HY-T002]: twice\n\
             \x20--> policy.yaml:2:1\n\
             \x20 |\n\
             2 | a: 2\n\
             \x20 | ^\n\
             \x20::: policy.yaml:1:1\n\
             \x20 |\n\
             1 | a: 1\n\
             \x20 | - first here\n\
             \x20 = help: delete one\n\
             \x20 = clause: P1.8\n";
        assert_eq!(report.to_text(&headings()), expected);
    }

    #[test]
    fn a_megabyte_on_one_line_is_cut_around_the_place() {
        let text = format!("{}x{}", "字".repeat(300_000), "b".repeat(100));
        let mut sources = Sources::new();
        let file = sources.add("policy.yaml", text.clone());
        let start = text.find('x').unwrap();
        let place = Place {
            file,
            span: Span::new(start, start + 1),
        };
        let finding = Finding::error(Code::new("HY-T001"), place, Message::new("wrong"));
        let report = Report::new(&finding, &sources, &|message| message.key().to_owned());
        assert!(report.to_text(&headings()).chars().count() < 500);
        assert_eq!(report.excerpt.blank_columns, 1 + 2 * LEAD_CHARS);
    }

    #[test]
    fn control_characters_of_a_file_do_not_reach_the_terminal() {
        check(
            "a: \u{1b}[31m x\n",
            "x",
            "error[HY-T001]: wrong\n\
             \x20--> policy.yaml:1:10\n\
             \x20 |\n\
             1 | a: \u{FFFD}[31m x\n\
             \x20 |          ^\n",
        );
    }
}
