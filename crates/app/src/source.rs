//! Files of the first start, read into trees whose values know file and line.

use huiyin_diagnostic::{Findings, Place, Sources};
use huiyin_policy::SourceFile;
use huiyin_policy::yaml::{Entry, Node, Shape, Tree, decode, read};

/// Something in a file that can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct Wrong {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct Source {
    sources: Sources,
    tree: Tree,
}

impl Source {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is no YAML within the budgets of a policy file.
    pub(crate) fn read(file: &SourceFile) -> Result<Self, Wrong> {
        let mut sources = Sources::new();
        let mut findings = Findings::new();
        let id = decode(&file.name, &file.bytes, &mut sources, &mut findings);
        let tree = id.and_then(|id| {
            let text = sources.text(id).to_owned();
            read(id, &text, &mut findings)
        });
        let first = findings.iter().next();
        match (tree, first) {
            (Some(tree), None) => Ok(Self { sources, tree }),
            (_, first) => Err(Wrong {
                file: file.name.clone(),
                line: first.map_or(1, |finding| line(&sources, finding.place)),
                what: first.map_or_else(
                    || "can't be read".to_owned(),
                    |finding| format!("can't be read: {}", finding.code),
                ),
            }),
        }
    }

    /// The outermost value.
    pub(crate) fn root(&self) -> Node<'_> {
        self.tree.root()
    }

    /// Says what is wrong at a place.
    pub(crate) fn wrong(&self, place: Place, what: impl Into<String>) -> Wrong {
        Wrong {
            file: self.sources.name(place.file).to_owned(),
            line: line(&self.sources, place),
            what: what.into(),
        }
    }

    /// What a word of a map stands for.
    ///
    /// # Errors
    /// When the map lacks it.
    pub(crate) fn need<'s>(&'s self, node: Node<'s>, key: &str) -> Result<Node<'s>, Wrong> {
        node.get(key)
            .ok_or_else(|| self.wrong(node.place(), format!("`{key}` is missing")))
    }

    /// A word or text.
    ///
    /// # Errors
    /// When it is none.
    pub(crate) fn text<'s>(&'s self, node: Node<'s>) -> Result<&'s str, Wrong> {
        node.scalar()
            .ok_or_else(|| self.wrong(node.place(), "a text is expected here"))
    }

    /// The lines of a map; none where nothing is written.
    ///
    /// # Errors
    /// When it is something else.
    pub(crate) fn entries<'s>(
        &'s self,
        node: Node<'s>,
    ) -> Result<impl Iterator<Item = Entry<'s>>, Wrong> {
        match node.shape() {
            Shape::Map | Shape::Nothing => Ok(node.entries()),
            _ => Err(self.wrong(node.place(), "a map is expected here")),
        }
    }

    /// The words of a list, or a single word; none where nothing is written.
    ///
    /// # Errors
    /// When one of them is no word.
    pub(crate) fn words<'s>(&'s self, node: Option<Node<'s>>) -> Result<Vec<&'s str>, Wrong> {
        let Some(node) = node else {
            return Ok(Vec::new());
        };
        match node.shape() {
            Shape::Nothing => Ok(Vec::new()),
            Shape::List => node.items().map(|item| self.text(item)).collect(),
            _ => self.text(node).map(|word| vec![word]),
        }
    }

    /// Refuses a line that is none of `known`.
    ///
    /// # Errors
    /// Names the first such line.
    pub(crate) fn only(&self, node: Node<'_>, known: &[&str]) -> Result<(), Wrong> {
        match node.entries().find(|entry| !known.contains(&entry.key)) {
            None => Ok(()),
            Some(entry) => {
                let what = format!("`{}` is none of {}", entry.key, known.join(", "));
                Err(self.wrong(entry.key_place, what))
            }
        }
    }
}

fn line(sources: &Sources, place: Place) -> usize {
    sources.position(place.file, place.span.start).line
}
