//! The calendar of a policy, and the calendars that its folder brings along.

use huiyin_calendar::{Calendar, Problem};
use huiyin_diagnostic::{Place, Sources};

use super::SourceFile;
use super::lines::scalar;
use super::log::Log;
use super::names::{check_plain_name, is_plain_name};
use super::reading::Reading;
use crate::codes;
use crate::model::{CalendarId, Policy};
use crate::yaml::Node;

/// Where a policy's folder keeps the calendars that it brings along, each in a file of its own.
const FOLDER: &str = "calendars/";
/// What such a file's name ends with.
const ENDING: &str = ".json";
/// The name of the organisation's own calendar, which no policy brings along.
pub const OWN_CALENDAR: &str = "own";

/// The calendar that a file of a policy's folder holds, by the file's name.
pub fn calendar_of_file(name: &str) -> Option<CalendarId> {
    let name = name.strip_prefix(FOLDER)?.strip_suffix(ENDING)?;
    is_calendar_name(name).then(|| CalendarId::new(name))
}

/// Whether a calendar can be called that: a small letter, then small letters, digits and `_`.
pub fn is_calendar_name(name: &str) -> bool {
    name != OWN_CALENDAR && is_plain_name(name)
}

/// The calendar of this name among the files of a policy's folder, with the file's text; `None` without one, or if it is faulty.
pub fn brought_calendar<'f>(
    files: &'f [SourceFile],
    name: &CalendarId,
) -> Option<(Calendar, &'f str)> {
    let file = files
        .iter()
        .find(|file| calendar_of_file(&file.name).as_ref() == Some(name))?;
    let text = std::str::from_utf8(&file.bytes).ok()?;
    Some((Calendar::from_json(text).ok()?, text))
}

impl<'t> Reading<'t> {
    /// The `calendar` line, which may be left out.
    pub(super) fn calendar(&self, node: Option<Node<'t>>) -> Option<Option<CalendarId>> {
        let Some(node) = node else {
            return Some(None);
        };
        let name = scalar(node, self.log)?;
        check_plain_name(name, &[OWN_CALENDAR], node.place(), self.log);
        Some(Some(CalendarId::new(name)))
    }
}

/// Reports what is wrong in the calendars that a folder brings along.
pub(super) fn check_files(files: &[SourceFile], sources: &mut Sources, log: &Log) {
    for file in files {
        if calendar_of_file(&file.name).is_none() {
            continue;
        }
        let text = std::str::from_utf8(&file.bytes);
        let place = Place {
            file: sources.add(&file.name, text.unwrap_or_default()),
            span: Default::default(),
        };
        let Ok(text) = text else {
            log.push(codes::NOT_PLAIN_TEXT.at(place).with("what", "utf8").done());
            continue;
        };
        for problem in Calendar::from_json(text).err().into_iter().flatten() {
            let Problem { at, fault } = &problem;
            let at = if at.is_empty() { "none" } else { at };
            let finding = codes::CALENDAR_FILE.at(place).with("at", at);
            let finding = finding.with("fault", fault.name());
            log.push(finding.with("value", fault.value()).done());
        }
    }
}

/// Reports a calendar that the folder does not bring along: wherever the policy is published it must be known.
pub(super) fn check_brought(policy: &Policy, files: &[SourceFile], place: Place, log: &Log) {
    let Some(name) = &policy.calendar else {
        return;
    };
    let brought = files.iter().filter_map(|file| calendar_of_file(&file.name));
    if !brought.into_iter().any(|one| one == *name) {
        let finding = codes::CALENDAR_NOT_BROUGHT.at(place);
        log.push(finding.with("name", name.as_str()).done());
    }
}
