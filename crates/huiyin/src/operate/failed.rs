//! What went wrong, where, and what to do about it, in the reader's language; the causes follow as they came.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use huiyin_app::operate::archive::ArchiveError;
use huiyin_app::operate::backup::{BackupError, Damage};
use huiyin_app::operate::bundle::BundleError;
use huiyin_app::operate::data_dir::{FileError, NoRoom};
use huiyin_app::operate::restore::RestoreError;
use huiyin_app::operate::upgrade::UpgradeError;
use huiyin_app::start::StartError;
use huiyin_store::{CopyError, OpenError};
use huiyin_texts::{Args, Lang, render};

/// Bytes of a megabyte, as people count.
const MEGABYTE: u64 = 1_000_000;

/// A message with what stands in it.
type Words = (&'static str, Args<'static>);

pub(crate) fn backup(error: &BackupError, lang: Lang) -> ExitCode {
    tell(backup_words(error), error, lang)
}

pub(crate) fn restore(error: &RestoreError, lang: Lang) -> ExitCode {
    let words = match error {
        RestoreError::NotEmpty(path) => of("restore-not-empty", path),
        RestoreError::Archive(archive) => archive_words(archive),
        RestoreError::NoKey => plain("restore-no-key"),
        RestoreError::MasterKey(_) => plain("operate-key-unusable"),
        RestoreError::WrongKey => plain("operate-wrong-key"),
        RestoreError::Newer(_) => plain("operate-newer"),
        RestoreError::Room(room) => no_room(room),
        RestoreError::Sealed(_) => plain("restore-sealed"),
        RestoreError::Open(open) => open_words(open),
        RestoreError::Read(_) => plain("operate-unreadable"),
        RestoreError::Damaged(damage) => damaged(damage),
        RestoreError::File(file) => of_file(file),
    };
    tell(words, error, lang)
}

pub(crate) fn upgrade(error: &UpgradeError, lang: Lang) -> ExitCode {
    let words = match error {
        UpgradeError::Room(room) => no_room(room),
        UpgradeError::Backup(backup) => backup_words(backup),
        UpgradeError::Uncorrected(_) => plain("upgrade-uncorrected"),
        _ => plain("upgrade-failed"),
    };
    tell(words, error, lang)
}

pub(crate) fn bundle(error: &BundleError, lang: Lang) -> ExitCode {
    let words = match error {
        BundleError::Exists(path) => of("operate-exists", path),
        BundleError::Open(open) => return start(open, lang),
        BundleError::Read(_) => plain("operate-unreadable"),
        BundleError::File(file) => of_file(file),
    };
    tell(words, error, lang)
}

pub(crate) fn start(error: &StartError, lang: Lang) -> ExitCode {
    let words = match error {
        StartError::Upgrade(failed) => return upgrade(failed, lang),
        StartError::MasterKey(_) => plain("operate-key-unusable"),
        StartError::Open(open) => open_words(open),
        _ => plain("operate-unreadable"),
    };
    tell(words, error, lang)
}

fn backup_words(error: &BackupError) -> Words {
    match error {
        BackupError::NoDatabase(path) => of("operate-no-database", path),
        BackupError::Exists(path) => of("operate-exists", path),
        BackupError::Room(room) => no_room(room),
        BackupError::MasterKey(_) => plain("operate-key-unusable"),
        BackupError::Copy(CopyError::Full) => plain("operate-full"),
        BackupError::Copy(_) => plain("operate-not-copied"),
        BackupError::Read(_) => plain("operate-unreadable"),
        BackupError::Open(open) => open_words(open),
        BackupError::Damaged(damage) => damaged(damage),
        BackupError::File(file) => of_file(file),
    }
}

fn archive_words(error: &ArchiveError) -> Words {
    let named = |key, name: &str| (key, Args::new().with("name", name.to_owned()));
    match error {
        ArchiveError::File(file) => of_file(file),
        ArchiveError::NoManifest(path) => of("restore-no-backup", path),
        ArchiveError::NewerForm { .. } => plain("operate-newer"),
        ArchiveError::Stranger(name) => named("restore-stranger", name),
        ArchiveError::Changed(name) => named("restore-changed", name),
    }
}

fn open_words(error: &OpenError) -> Words {
    match error {
        OpenError::WrongMasterKey => plain("operate-wrong-key"),
        OpenError::Newer(_) => plain("operate-newer"),
        OpenError::Nothing => plain("operate-nothing"),
        OpenError::InUse => plain("operate-in-use"),
        _ => plain("operate-unreadable"),
    }
}

fn plain(key: &'static str) -> Words {
    (key, Args::new())
}

fn of(key: &'static str, path: &Path) -> Words {
    (key, Args::new().with("path", path.display().to_string()))
}

fn of_file(file: &FileError) -> Words {
    of("operate-file", &file.path)
}

fn no_room(room: &NoRoom) -> Words {
    let args = Args::new()
        .with("path", room.folder.display().to_string())
        .with("needed", room.needed_bytes.div_ceil(MEGABYTE).to_string())
        .with("free", (room.free_bytes / MEGABYTE).to_string());
    ("operate-no-room", args)
}

fn damaged(damage: &Damage) -> Words {
    let args = Args::new()
        .with("faults", damage.faults.to_string())
        .with("findings", damage.findings.to_string());
    ("operate-damaged", args)
}

fn tell((key, args): Words, error: &dyn Error, lang: Lang) -> ExitCode {
    eprintln!("{}", render(lang, key, &args));
    let mut cause = Some(error);
    while let Some(error) = cause {
        eprintln!("  {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}
