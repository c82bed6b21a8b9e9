# Import and export.

# What is wrong in a mapping file.
hy-m001 = `{ $name }` means nothing here
hy-m001-help = { $meant ->
    [none] known here: { $known }
   *[other] perhaps `{ $meant }`? known here: { $known }
}
hy-m002 = `{ $name }` is missing
hy-m002-help = add a line `{ $name }:`
hy-m003 = `{ $found }` is not what is asked for here
hy-m003-help = { $expected ->
    [text] write a text
    [map] write a map of words to values
    [list] write a list
    [column-or-fixed] write either column (where it comes from) or fixed (always the same)
    [true-false] write true or false
    [format] write a format such as "%d.%m.%Y %H:%M"
    [time-of-day] write a time of day such as "09:00"
    [zone] write a time zone such as Asia/Shanghai
    [encoding] write utf-8 or gb18030
    [separator] write one character, or tab
   *[source-name] a source is named by lower-case letters, digits and hyphens, at most 64
}
hy-m004 = there is no { $what ->
    [policy] policy
    [kind] kind of case
    [channel] channel
    [field] field in this part
    [act] act for this kind of case
   *[choice] choice in this field
} `{ $name }`
hy-m004-help = { $meant ->
    [none] known: { $known }
   *[other] perhaps `{ $meant }`? known: { $known }
}
hy-m005 = the policy asks for `{ $name }`, and no column leads to it
hy-m005-help = say which column it comes from; if the old data don't have it, list it under missing, and the cases will say so
hy-m006 = the file has no column `{ $name }`
hy-m006-help = { $meant ->
    [none] columns of the file: { $known }
   *[other] perhaps `{ $meant }`? columns of the file: { $known }
}
hy-m007 = the rule above fits every row, so that none reaches this one
hy-m007-help = put the rule without `when` last

# Files that can't be read.
import-file-too-big = the file is too big: { $what ->
    [bytes] at most { $max } bytes, packed or not
    [parts] at most { $max } parts in a workbook
    [rows] at most { $max } rows
   *[columns] at most { $max } columns
}; divide it into several
import-file-damaged = the file is damaged, or is not what its ending says
import-file-unknown-sort = files of this sort can't be read; use .csv, .tsv, .xlsx, .jsonl or .ndjson, each also as .gz
import-file-no-heading = the file has no heading
import-file-column-twice = two columns are called `{ $column }`
import-file-no-sheet = the workbook has no sheet `{ $sheet }`

# Rows that are wrong.
import-row-too-wide = the row has { $found } cells, the heading { $expected } columns
import-row-unreadable = the row can't be read
import-row-undecodable = the row holds characters that can't be read; check the encoding of the file
import-row-no-object = the line is no JSON object
import-row-no-rule = no rule of the mapping fits this row
import-row-no-channel = there is no channel
import-row-id-twice = an earlier row of the file has the same id and another content
import-row-other-content = this id came in before with another content; the case was left as it is
import-row-erased = this customer's data were erased on demand; nothing about him comes in again
import-cell-too-long = too long: at most { $max } characters
import-cell-nested = the cell holds a structure; it must be a text, a number, true or false, or a list of texts
import-cell-no-value = the value map has no `{ $found }`
import-cell-no-id = there is no id
import-cell-no-date = `{ $found }` is no date or time that is understood
import-cell-no-time-of-day = `{ $found }` is only a date; say with `time` in the mapping which time of day counts
import-cell-no-time-given = it does not say when the matter was taken in
import-cell-act-without-time = there are words but no time
import-cell-no-days = `{ $found }` is no number of days
import-cell-no-number = `{ $found }` is no number
import-cell-no-bool = `{ $found }` is neither true nor false
import-cell-no-unit = there is no unit, or more than one, called `{ $found }`
import-cell-no-person = there is no person, or more than one, called `{ $found }`

# How it went.
import-done = { $new } cases came in, { $known } were here already, { $rejected } rows were rejected
import-would-do = trial run, nothing was stored: { $new } cases would come in, { $known } are here already, { $rejected } rows would be rejected
import-rejected = rejected rows with their reasons: { $list }
import-list-row = Row
import-list-id = Id
import-list-column = Column
import-list-reason = Reason
import-no-data = there is no data directory `{ $path }`; start the server once
import-no-file = `{ $path }` can't be read
import-list-not-written = `{ $path }` can't be written

# Columns of an export.
export-number = Number
export-kind = Kind
export-status = Status
export-status-open = Being handled
export-status-closed = Closed
export-status-archived = Archived
export-subject = Subject
export-content = Beginning of the content
export-customer-name = Customer
export-channel = Channel
export-opened-at = Taken in
export-step = Step
export-holder-unit = Unit
export-holder-role = Role
export-holder-person = Person
export-limit = Tightest limit
export-due-at = Due
export-lead-unit = Lead unit
export-closed-at = Closed
export-clock-started-at = { $clock }: from
export-clock-due-at = { $clock }: due
export-clock-stopped-at = { $clock }: done
export-clock-standing = { $clock }: result
export-running = Running
export-overdue = Late
export-suspended = Paused
export-met = In time
export-missed = Too late
export-withdrawn = Taken back
export-measure = Measure
export-class = Class
export-cases = Cases
export-among = Among
export-share = Share
export-sum = Sum
export-median = Median
export-p90 = Nine in ten within
export-clause = Clause
export-all-units = All

# Columns of a table of vouchers.
export-voucher-identifier = Identifier
export-voucher-kind = Voucher
export-voucher-amount = Amount (yuan)
export-voucher-reverses = Reverses
export-voucher-case = Case
export-voucher-policy = Policy
export-voucher-clause = Clause
export-voucher-settled-at = Settled
export-voucher-run = Run
# Bonuses that are entered from a file.
bonuses-file-too-big = the file is larger than { $max } MiB
bonuses-no-json = the file is no JSON: { $why }
bonuses-column-unknown = there is no column `{ $column }`; the columns are: { $known }
bonuses-column-twice = the column `{ $column }` stands here a second time
bonuses-column-missing = the column `{ $column }` is missing
bonuses-line = line { $line }
bonuses-at-line = Line { $line }: { $what }
bonuses-in-column = { $column }: { $what }
# Columns of a table of deductions.
export-deduction-person = Person
export-deduction-month = Month
export-deduction-bonus = Bonus (yuan)
export-deduction-used = Deducted already (yuan)
export-deduction-room = At most (yuan)
export-deduction-owed = Owed (yuan)
export-deduction-taken = Taken this month (yuan)
export-deduction-rest = Carried on (yuan)
export-deduction-charges = Charges
export-deduction-case = Case
export-deduction-row = What for
export-deduction-amount = Charged (yuan)
export-deduction-before = Taken before (yuan)
export-deduction-charge-taken = Taken this month (yuan)
export-deduction-charge-rest = Still owed (yuan)
export-deduction-from = Since
export-deduction-clause = Clause
export-deduction-working = Worked out
deduction-charge-brief = { $case } { $taken } ({ $clause })
deduction-charges-more = and { $count } more
