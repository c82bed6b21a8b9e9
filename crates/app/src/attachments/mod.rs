//! Attachments: taking files in, giving them out, taking them away.
//!
//! A file comes in three steps, so that whoever receives it, over HTTP or from elsewhere, never holds more than a piece of it:
//! [`App::begin_attachment`] (or [`App::begin_attachment_of_customer`]), [`App::take_bytes`] as often as bytes come, and
//! [`App::finish_attachment`], which puts it on record. What is not finished is swept. An attachment may be added by
//! whoever may add a note; it is decided on the case as it is by then, whatever others did meanwhile.

pub mod media;
mod name;
mod output;

use huiyin_case::Actor;
use huiyin_case::attachment::Attachment;
use huiyin_case::command::{Act, Command};
use huiyin_case::decide::decide;
use huiyin_case::id::{CaseId, FileId};
use huiyin_case::limits::ATTACHMENT_BYTES_MAX;
use huiyin_case::state::CaseState;
use huiyin_policy::model::SealId;
use huiyin_store::{FileUpload, Staged, WriteError};
use jiff::SignedDuration;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::commands::{Done, Key, Start, refused};
use crate::error::Error;
use crate::ids;
use crate::once::request_hash;
use crate::principal::Principal;
use crate::shelf::Version;

pub use media::{FILE_TYPES, FileSort, FileType};
pub use output::Download;

use media::HEAD_BYTES;

/// How long an upload may take; what is not on record by then is swept.
const UPLOAD_MAX: SignedDuration = SignedDuration::from_hours(1);
/// How often an attachment is decided anew when someone else was faster.
const TRIES_MAX: usize = 8;

/// A file to attach.
#[derive(Debug, Clone)]
pub struct AttachRequest {
    /// The case.
    pub case: CaseId,
    /// The file's name as sent.
    pub name: String,
    /// What it shows.
    pub note: Option<String>,
    /// The seal to put it under; what a customer sends comes under the one that the policy has for it.
    pub seal: Option<SealId>,
    /// The caller's key.
    pub key: Key,
}

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileProblem {
    /// Nothing is left of its name.
    #[error("the file has no usable name")]
    Name,
    /// Files with this extension are not taken.
    #[error("files of type `{0}` are not taken")]
    TypeNotTaken(String),
    /// Its first bytes are not those of its extension.
    #[error("the file is not what its extension `{0}` says")]
    TypeUntrue(String),
    /// It has more bytes than a file may have.
    #[error("the file is too big")]
    TooBig,
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It took longer than an upload may take.
    #[error("the upload took too long")]
    TooSlow,
}

/// A file on its way in.
#[derive(Debug)]
pub struct Incoming {
    from: Sender,
    request: AttachRequest,
    /// The name as it is kept.
    name: String,
    extension: String,
    file_type: &'static FileType,
    upload: FileUpload,
    /// The first bytes, until they are enough to tell the type; `None` once it is told.
    head: Option<Vec<u8>>,
    bytes: u64,
}

/// Who attaches.
#[derive(Debug, Clone)]
enum Sender {
    Person(Principal),
    Customer,
}

impl Sender {
    const fn actor(&self) -> Actor {
        match self {
            Self::Person(principal) => Actor::Person(principal.person),
            Self::Customer => Actor::Customer,
        }
    }
}

/// An attachment that is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentDone {
    /// The case after it.
    pub done: Done,
    /// The event that added it.
    pub entry: u32,
}

impl App {
    /// Begins to take a file in for a case.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the caller may not see the case; [`Error::Refused`] if nothing can be attached to it;
    /// [`Error::File`] for its name or type.
    pub async fn begin_attachment(
        &self,
        principal: &Principal,
        request: AttachRequest,
    ) -> Result<Incoming, Error> {
        let (state, version) = self.load(request.case).await?;
        self.require_sight(principal, Action::Handle, request.case, &state)
            .await?;
        let from = Sender::Person(principal.clone());
        self.begin(from, request, &state, &version).await
    }

    /// Begins to take in a file that the customer sends. The caller has made sure that it is the customer of this very case,
    /// by a receipt code or the like; nobody's rights are asked.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such case; otherwise as [`App::begin_attachment`].
    pub async fn begin_attachment_of_customer(
        &self,
        request: AttachRequest,
    ) -> Result<Incoming, Error> {
        let (state, version) = self.load(request.case).await?;
        self.begin(Sender::Customer, request, &state, &version)
            .await
    }

    async fn begin(
        &self,
        from: Sender,
        request: AttachRequest,
        state: &CaseState,
        version: &Version,
    ) -> Result<Incoming, Error> {
        if self.read_only().is_some() {
            return Err(Error::ReadOnly);
        }
        let clean = name::clean(&request.name).ok_or(FileProblem::Name)?;
        let file_type = FileType::of_extension(&clean.extension)
            .ok_or_else(|| FileProblem::TypeNotTaken(clean.extension.clone()))?;
        // Refused now is better than after twenty megabytes; it is decided again once the bytes are there.
        let trial = attachment(&clean.name, &request, file_type, None);
        let command = Command {
            actor: from.actor(),
            acting_for: None,
            occurred: None,
            act: Act::Attach(Box::new(trial)),
        };
        let directory = self.directory();
        decide(
            Some(state),
            &self.context(version, &directory.organisation),
            &command,
        )
        .map_err(|refusal| refused(refusal, version))?;
        let file = FileId::new(ids::new());
        let upload = self
            .store()
            .stage_file(request.case, file, self.now())
            .await?;
        Ok(Incoming {
            from,
            request,
            name: clean.name,
            extension: clean.extension,
            file_type,
            upload,
            head: Some(Vec::new()),
            bytes: 0,
        })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Error::File`] once it is seen that the file is too big or not of its type; it is of no use then.
    pub async fn take_bytes(&self, incoming: &mut Incoming, bytes: &[u8]) -> Result<(), Error> {
        incoming.bytes += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if incoming.bytes > ATTACHMENT_BYTES_MAX {
            return Err(FileProblem::TooBig.into());
        }
        let Some(head) = &mut incoming.head else {
            incoming.upload.write(bytes).await?;
            return Ok(());
        };
        head.extend_from_slice(bytes);
        if head.len() >= HEAD_BYTES {
            incoming.tell_type().await?;
        }
        Ok(())
    }

    /// Deletes what came of a file that is not to be attached.
    pub async fn abandon_attachment(&self, incoming: Incoming) {
        self.discard(incoming.upload.file()).await;
    }

    /// Puts a file on record that has come in whole. The same request sent again has one effect and gets one answer.
    ///
    /// # Errors
    /// [`Error::File`] if it is empty or not of its type; [`Error::KeyReused`]; otherwise as [`App::begin_attachment`].
    pub async fn finish_attachment(&self, mut incoming: Incoming) -> Result<AttachmentDone, Error> {
        let file = incoming.upload.file();
        let told = match incoming.bytes {
            0 => Err(FileProblem::Empty.into()),
            _ => incoming.tell_type().await,
        };
        let finished = match told {
            Ok(()) => self.put_on_record(incoming).await,
            Err(failed) => Err(failed),
        };
        // What was put on record is kept, whatever is said here; anything else is not needed any more.
        self.discard(file).await;
        finished
    }

    async fn put_on_record(&self, incoming: Incoming) -> Result<AttachmentDone, Error> {
        let Incoming {
            from,
            request,
            name,
            file_type,
            upload,
            ..
        } = incoming;
        let staged = upload.finish().await?;
        let what = attachment(&name, &request, file_type, Some(staged));
        for _ in 1..TRIES_MAX {
            match self.try_to_attach(&from, &request, &what, &staged).await {
                Err(Error::Conflict { .. }) => {}
                done => return done,
            }
        }
        self.try_to_attach(&from, &request, &what, &staged).await
    }

    async fn try_to_attach(
        &self,
        from: &Sender,
        request: &AttachRequest,
        what: &Attachment,
        staged: &Staged,
    ) -> Result<AttachmentDone, Error> {
        let case = request.case;
        let (state, version) = self.load(case).await?;
        if let Sender::Person(principal) = from {
            self.require_sight(principal, Action::Handle, case, &state)
                .await?;
        }
        let caller = match from {
            Sender::Person(principal) => principal.person.to_string(),
            Sender::Customer => format!("customer of {case}"),
        };
        let hash = request_hash(&(
            "attach",
            case,
            (&what.name, &what.note),
            what.seal.as_ref().map(SealId::as_str),
            staged.address,
        ));
        let once = self.once(caller, request.key.clone(), hash);
        // Looked for after the case was read: a file that is dropped later makes this attempt a conflict.
        let kept = self.store().same_file(staged).await?.unwrap_or(*staged);
        let command = Command {
            actor: from.actor(),
            acting_for: None,
            occurred: None,
            act: Act::Attach(Box::new(Attachment {
                file: kept.file,
                hash: kept.hash,
                ..what.clone()
            })),
        };
        let done = self
            .carry_out(case, &version, Start::at(state), &command, Some(once))
            .await?;
        // Nothing follows from an attachment: its event is the last.
        Ok(AttachmentDone {
            entry: done.seq,
            done,
        })
    }

    async fn discard(&self, file: FileId) {
        if let Err(error) = self.store().discard_file(file).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "bytes that are not needed could not be deleted; they will be swept"
            );
        }
    }

    /// Deletes the bytes of uploads that were broken off; gives their number.
    ///
    /// # Errors
    /// When it can't be written.
    pub async fn sweep_uploads(&self) -> Result<u64, WriteError> {
        self.store().sweep_files(self.now() - UPLOAD_MAX).await
    }
}

impl Incoming {
    /// Looks at the first bytes, and lets them through if the file is of its type.
    async fn tell_type(&mut self) -> Result<(), Error> {
        let Some(head) = self.head.take() else {
            return Ok(());
        };
        if !self.file_type.begins(&head[..head.len().min(HEAD_BYTES)]) {
            return Err(FileProblem::TypeUntrue(self.extension.clone()).into());
        }
        self.upload.write(&head).await?;
        Ok(())
    }
}

/// What is put on record; as long as nothing is kept, what stands for it.
fn attachment(
    name: &str,
    request: &AttachRequest,
    file_type: &FileType,
    kept: Option<Staged>,
) -> Attachment {
    Attachment {
        file: kept.map_or(FileId::new(Uuid::nil()), |kept| kept.file),
        name: name.to_owned(),
        note: request.note.clone(),
        media: file_type.media.to_owned(),
        bytes: kept.map_or(1, |kept| kept.bytes),
        hash: kept.map_or([0; 32], |kept| kept.hash),
        seal: request.seal.clone(),
    }
}
