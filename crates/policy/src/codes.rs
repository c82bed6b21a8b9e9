//! Every kind of finding a policy can have. Each has a page in `docs/findings` and texts in the
//! catalogue: `hy-p010` for the message and `hy-p010-help` for what to do.

use huiyin_diagnostic::{Code, Finding, Message, Place, Severity};

/// A kind of finding: its code and how much it stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The stable code.
    pub code: Code,
    /// How much it stands in the way.
    pub severity: Severity,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $severity:ident $code:literal;)*) => {
        $(
            $(#[$doc])*
            pub const $name: Kind = Kind {
                code: Code::new($code),
                severity: Severity::$severity,
            };
        )*

        /// All kinds, in the order of their codes.
        pub const ALL: &[Kind] = &[$($name),*];
    };
}

kinds! {
    /// Not UTF-8, or with a byte order mark, a tab or another control character.
    NOT_PLAIN_TEXT = Error "HY-P001";
    /// Larger, deeper or longer than the budgets allow.
    TOO_BIG = Error "HY-P002";
    /// Not YAML.
    YAML_SYNTAX = Error "HY-P003";
    /// The same word twice in one map, or the same element in two files.
    TWICE = Error "HY-P004";
    /// A feature of YAML that policies don't use: anchors, aliases, merge keys, tags.
    UNWANTED_YAML = Error "HY-P005";
    /// A file without a document, or with more than one.
    NOT_ONE_DOCUMENT = Error "HY-P006";

    /// A word that means nothing here.
    UNKNOWN_KEY = Error "HY-P010";
    /// A word that must be here.
    MISSING_KEY = Error "HY-P011";
    /// A list, map or text where something else is asked.
    WRONG_SHAPE = Error "HY-P012";
    /// A name that isn't formed like one, or is taken by the language.
    BAD_NAME = Error "HY-P013";
    /// Not one of the words that may stand here.
    UNKNOWN_WORD = Error "HY-P014";
    /// Not a figure, an amount or a limit.
    BAD_FIGURE = Error "HY-P015";
    /// A text that is missing in one of the two languages.
    MISSING_LANGUAGE = Error "HY-P016";

    /// A name that is declared nowhere.
    UNKNOWN_NAME = Error "HY-P020";
    /// A clause that is declared nowhere.
    UNKNOWN_CLAUSE = Error "HY-P021";
    /// Something declared that nothing uses.
    UNUSED = Warning "HY-P022";

    /// A condition that is no expression.
    CONDITION_SYNTAX = Error "HY-P030";
    /// A condition over its limits.
    CONDITION_TOO_BIG = Error "HY-P031";
    /// A fact no part declares.
    UNKNOWN_FACT = Error "HY-P032";
    /// A choice the field doesn't have.
    UNKNOWN_CHOICE = Error "HY-P033";
    /// Two sides that can't be compared, or no yes or no.
    CONDITION_TYPE = Error "HY-P034";
    /// Something conditions can't do.
    CONDITION_UNSUPPORTED = Error "HY-P035";

    /// A step no case can come to.
    UNREACHABLE_STEP = Error "HY-P040";
    /// A step from which no case can be closed.
    ENDLESS_STEP = Error "HY-P041";
    /// A step that may be passed over with no step after it.
    NOTHING_AFTER_STEP = Error "HY-P042";
    /// A move that an earlier one always hides.
    HIDDEN_MOVE = Error "HY-P043";
    /// A move, start, stop or need that waits for what can't happen in this kind.
    CANNOT_HAPPEN = Error "HY-P044";
    /// A clock that nothing stops on some way through the flow.
    CLOCK_WITHOUT_STOP = Error "HY-P045";
    /// A warning that comes before its clock starts.
    WARNING_TOO_EARLY = Error "HY-P046";
    /// A table of lengths that leaves a case open or hides a row.
    LENGTHS_INCOMPLETE = Error "HY-P047";
    /// A cap on extensions that lies below the length it caps.
    CAP_BELOW_LENGTH = Error "HY-P048";
    /// An outcome for which a step has no row, though its rows wait for other outcomes of the act.
    OUTCOME_WITHOUT_ROW = Warning "HY-P049";
    /// Shares that don't add up to the whole.
    SHARES_SUM = Error "HY-P050";
    /// Shares that overlap or don't follow the flow.
    SHARES_ORDER = Error "HY-P051";
    /// Shares that add up but can end after the whole, because each ends with a day.
    SHARES_OVERRUN = Warning "HY-P052";
    /// Bands with a gap, an overlap or in the wrong order.
    BANDS = Error "HY-P053";
    /// A table of amounts over a field that is no amount.
    NOT_AN_AMOUNT = Error "HY-P054";
    /// An outcome that isn't a choice of the act's part.
    BAD_OUTCOME = Error "HY-P055";
    /// A share of something that can't be shared out so.
    NOT_A_RATE = Error "HY-P056";
    /// A duty that can't open the case it asks for.
    DUTY_CANNOT_OPEN = Error "HY-P057";
    /// A duty for which others answer than those who may act in its case.
    DUTY_OF_OTHERS = Warning "HY-P058";
    /// A kind that nobody can register.
    NOBODY_CAN_OPEN = Error "HY-P059";
    /// A parameter that must be set before the policy goes live.
    UNSET_PARAMETER = BeforePublishing "HY-P060";
    /// Personal data where they could leave the organisation or be read by the wrong people.
    PERSONAL_DATA = Error "HY-P061";
    /// A blank in a text that nothing fills.
    UNKNOWN_BLANK = Error "HY-P062";
    /// A form that reaches somebody who must never get it.
    FORM_KEPT_FROM = Error "HY-P063";
    /// A value that a unit may not set of its own.
    OWN_VALUE = Error "HY-P064";
    /// A parameter left to units that the organisation's duties go by.
    DUTY_OF_UNITS = Error "HY-P065";

    /// A step that its own people can't bring a case out of.
    STEP_KEPT_FROM_ITS_PEOPLE = Warning "HY-P066";

    /// A formula whose units don't go together.
    FORMULA_UNITS = Error "HY-P070";
    /// A column that a row doesn't reach.
    UNKNOWN_COLUMN = Error "HY-P071";
    /// A column that holds something else than is asked for.
    COLUMN_TYPE = Error "HY-P072";
    /// A table of formulas that leaves a row without one, or never comes to one.
    CASES_INCOMPLETE = Error "HY-P073";
    /// Grades that aren't on their ladder, or not in its order.
    GRADES = Error "HY-P074";
    /// A sheet that uses one below it.
    SHEET_ORDER = Error "HY-P075";
    /// A formula over its limit.
    FORMULA_TOO_BIG = Error "HY-P076";
    /// A form that can't be settled by the sheets it names.
    FORM_SETTLES = Error "HY-P077";

    /// A kind on the portal that a customer can't open, or that nobody would take over from him.
    PORTAL_CANNOT_OPEN = Error "HY-P080";
    /// A form on the portal that a customer can't or mustn't be asked to fill in so.
    PORTAL_FORM = Error "HY-P081";
    /// Milestones of the portal that leave a step without words, or have no end.
    PORTAL_MILESTONES = Error "HY-P082";
    /// A table of levels that leaves a case open, hides a row or reads what is found after it.
    LEVELS_INCOMPLETE = Error "HY-P090";
    /// An exclusion that the record of a case alone does not decide.
    EXCLUSION_UNDECIDED = Error "HY-P091";
    /// Attempts to reach a customer that a kind's cases can't have.
    CONTACTS_UNFIT = Error "HY-P092";
    /// A kind that some people alone are to see, but that others would learn of.
    SIGHT_UNFIT = Error "HY-P093";
    /// A declaration of which an outcome neither lets in nor keeps out.
    DECLARATION_OPEN = Error "HY-P094";
    /// A calendar file that can't be read.
    CALENDAR_FILE = Error "HY-P095";
    /// A calendar that the policy names and its folder doesn't bring along.
    CALENDAR_NOT_BROUGHT = Warning "HY-P096";
    /// A book that a kind's cases can't compare with the system.
    RECONCILIATION_UNFIT = Error "HY-P097";
}

impl Kind {
    /// Begins a finding of this kind.
    pub(crate) fn at(self, place: Place) -> Draft {
        Draft {
            kind: self,
            place,
            args: Vec::new(),
            labels: Vec::new(),
            meant: None,
            clause: None,
        }
    }
}

/// The argument that lists what may be written.
const KNOWN: &str = "known";

/// A finding in the making: message and help get the same arguments.
pub(crate) struct Draft {
    kind: Kind,
    place: Place,
    args: Vec<(&'static str, String)>,
    labels: Vec<(Place, Message)>,
    meant: Option<String>,
    clause: Option<String>,
}

impl Draft {
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// That one of these words is missing, whichever of them.
    pub(crate) fn any_of(self, words: &[&str]) -> Self {
        self.with("name", words.join(" / ")).with("any", "yes")
    }

    pub(crate) fn label(mut self, place: Place, message: Message) -> Self {
        self.labels.push((place, message));
        self
    }

    /// The name that was probably meant; the help then asks for it.
    pub(crate) fn meant(mut self, name: Option<&str>) -> Self {
        self.meant = name.map(str::to_owned);
        self
    }

    pub(crate) fn clause(mut self, clause: &str) -> Self {
        self.clause = Some(clause.to_owned());
        self
    }

    pub(crate) fn done(mut self) -> Finding {
        if self.kind == MISSING_KEY && !self.args.iter().any(|(name, _)| *name == "any") {
            self.args.push(("any", "no".to_owned()));
        }
        let key = self.kind.code.as_str().to_lowercase();
        let message = |key: String| {
            let args = self.args.iter();
            args.fold(Message::new(key), |message, (name, value)| match *name {
                KNOWN => message.with_list(name, value),
                _ => message.with(name, value),
            })
        };
        let help = match &self.meant {
            Some(name) => Message::new("did-you-mean").with("name", name),
            None => message(format!("{key}-help")),
        };
        let (kind, place) = (self.kind, self.place);
        let finding = Finding::new(kind.code, kind.severity, place, message(key)).help(help);
        let finding = match self.clause {
            Some(clause) => finding.clause(clause),
            None => finding,
        };
        let labels = self.labels.into_iter();
        labels.fold(finding, |finding, (place, message)| {
            finding.label(place, message)
        })
    }
}
