use huiyin_diagnostic::{FileId, Place, Span};

/// A file as a tree of values, each with its place. Kept in one list, so that neither walking nor
/// dropping it depends on the depth.
#[derive(Debug, Clone)]
pub struct Tree {
    pub(super) file: FileId,
    pub(super) values: Vec<Value>,
    pub(super) root: ValueId,
}

/// A value's place in the list of its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ValueId(pub(super) usize);

#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) span: Span,
    pub(super) content: Content,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    Scalar { text: String, plain: bool },
    List(Vec<ValueId>),
    Map(Vec<(ValueId, ValueId)>),
}

impl Content {
    pub(super) fn scalar(text: &str, plain: bool) -> Self {
        Self::Scalar {
            text: text.to_owned(),
            plain,
        }
    }
}

impl Tree {
    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        Node {
            tree: self,
            id: self.root,
        }
    }
}

/// One value of a [`Tree`].
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: ValueId,
}

/// One line of a map: a word and what it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'t> {
    /// The word before the colon.
    pub key: &'t str,
    /// Where it is written.
    pub key_place: Place,
    /// What follows the colon.
    pub value: Node<'t>,
}

/// What kind of value a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Nothing after the colon, `~` or `null`.
    Nothing,
    /// A word, figure or text.
    Scalar,
    /// A list.
    List,
    /// A map of words to values.
    Map,
}

impl Shape {
    /// The shape's name in findings.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Scalar => "scalar",
            Self::List => "list",
            Self::Map => "map",
        }
    }
}

impl<'t> Node<'t> {
    fn value(self) -> &'t Value {
        &self.tree.values[self.id.0]
    }

    fn at(self, id: ValueId) -> Self {
        Self {
            tree: self.tree,
            id,
        }
    }

    /// Where it is written.
    pub fn place(self) -> Place {
        Place {
            file: self.tree.file,
            span: self.value().span,
        }
    }

    /// What kind of value it is.
    pub fn shape(self) -> Shape {
        match &self.value().content {
            Content::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null") => {
                Shape::Nothing
            }
            Content::Scalar { .. } => Shape::Scalar,
            Content::List(_) => Shape::List,
            Content::Map(_) => Shape::Map,
        }
    }

    /// The text of a scalar, quotes and escapes resolved; `None` for all else, also for nothing.
    pub fn scalar(self) -> Option<&'t str> {
        match &self.value().content {
            Content::Scalar { text, .. } if self.shape() == Shape::Scalar => Some(text),
            _ => None,
        }
    }

    /// The text of a scalar written without quotes.
    pub fn plain_scalar(self) -> Option<&'t str> {
        match &self.value().content {
            Content::Scalar { plain: true, .. } => self.scalar(),
            _ => None,
        }
    }

    /// The items of a list; none for all else.
    pub fn items(self) -> impl Iterator<Item = Node<'t>> {
        let items: &[ValueId] = match &self.value().content {
            Content::List(items) => items,
            _ => &[],
        };
        items.iter().map(move |&id| self.at(id))
    }

    /// The lines of a map in the order of writing; none for all else.
    pub fn entries(self) -> impl Iterator<Item = Entry<'t>> {
        let entries: &[(ValueId, ValueId)] = match &self.value().content {
            Content::Map(entries) => entries,
            _ => &[],
        };
        entries.iter().map(move |&(key, value)| Entry {
            key: match &self.at(key).value().content {
                Content::Scalar { text, .. } => text,
                _ => "",
            },
            key_place: self.at(key).place(),
            value: self.at(value),
        })
    }

    /// What a word of a map stands for.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.entries()
            .find(|entry| entry.key == key)
            .map(|entry| entry.value)
    }
}
