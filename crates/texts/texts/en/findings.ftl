# Findings of the policy checker; -help says what to do.

did-you-mean = Did you mean `{ $name }`?
first-here = first here
always-taken-first = always taken first
the-shares = the shares

hy-p001 = the file has { $what ->
    [byte_order_mark] a byte order mark
    [nul] a NUL character
    [tab] a tab
    [encoding] bytes that are not UTF-8
   *[control] a control character
}
hy-p001-help = Save it as UTF-8 without a byte order mark, and indent with blanks, not tabs.
hy-p002 = { $what ->
    [bytes] the file is too large; at most { $max } bytes are read
    [depth] lists and maps are nested too deeply; at most { $max } levels are read
    [values] the file has too many values; at most { $max } are read
    [entries] this list or map is too long; at most { $max } entries are read
    [text] this text is too long; at most { $max } characters are read
   *[files] there are too many files; at most { $max } are read
}
hy-p002-help = No policy needs that much. Check whether this is the right file, or divide it.
hy-p003 = from here on this is not YAML: { $what ->
    [flow] in {"{"} {"}"} or [ ] a comma is missing, or one has no partner
    [quoted] a text in quotes is not written right, or a quote has no partner
    [colon] no `name: value` can stand here
    [indent] the indentation is not right, or another item is missing
    [end] it ends before it is complete
   *[other] { $reason }
}
hy-p003-help = { $blank ->
    [yes] A text with a figure like {"{"}number{"}"} in it takes quotes: '…{"{"}number{"}"}…'.
   *[no] Look at this line and the one before: indentation, the blank after a colon, quotes and brackets in pairs.
}
hy-p004 = `{ $name }` stands here a second time
hy-p004-help = Delete one of them, or give it another name.
hy-p005 = policy files have no { $what ->
    [anchor] anchors (&)
    [alias] aliases (*)
    [merge] merge keys (<<)
    [key] lists or maps as keys
   *[tag] tags (!)
}
hy-p005-help = Write it out, so that what one reads is what the policy says; put quotes around a text that begins with & * or !.
hy-p006 = { $what ->
    [none] the file is empty
   *[more] the file has more than one document (---)
}
hy-p006-help = Keep one document in a file; use several files instead.
hy-p010 = there is no `{ $name }` here
hy-p010-help = What can stand here: { $known }.
hy-p011 = { $any ->
    [yes] one of these is missing here: `{ $name }`
   *[no] `{ $name }` is missing here
}
hy-p011-help = { $any ->
    [yes] Add one of them.
   *[no] Add it.
}
hy-p012 = this should be { $expected ->
    [map] a map
    [list] a list
   *[scalar] a word, figure or text
} but is { $found ->
    [map] a map
    [list] a list
    [nothing] empty
   *[scalar] a word, figure or text
}
hy-p012-help = A map is written `name: value`, a list `- value` or `[value, value]`.
hy-p013 = `{ $name }` cannot be a name: { $why ->
    [reserved] the language uses it itself
    [act] an act has it already
    [long] it is too long
    [prefix] a prefix has at most 16 letters, digits or -
   *[letters] use small letters, digits and _, a letter first
}
hy-p013-help = Choose another name; what people read stands under `title`, in any script.
hy-p014 = `{ $name }` is not one of the words that may stand here
hy-p014-help = What can stand here: { $known }.
hy-p015 = `{ $found }` is not { $expected ->
    [whole] a whole number in range
    [money] an amount
    [percent] a percentage
    [elapsed] a span of time
    [day_period] a part of the day
    [period] a period
    [figure] a figure
   *[limit] a limit
}
hy-p015-help = { $expected ->
    [whole] Write a whole number.
    [money] Write digits and at most two decimals, without commas, such as 100000.00.
    [percent] Write a number and a percent sign, such as 20%.
    [elapsed] Write 30 minutes, 4 hours or 2 days.
    [day_period] Write two times of day, such as 22:00-08:30 or 12:00-13:30.
    [figure] Write 20%, 200 yuan, or a number such as 3 or 0.5.
    [period] Write once a month, 2 times a quarter, every 7 days, by day 10 or by working day 5.
   *[limit] Write 3 working days, 24 hours, 30 minutes, 7 days, 2 half working days, 1 month or the like.
}
hy-p016 = the { $language } text is missing
hy-p016-help = Write both zh-CN and en.
hy-p020 = there is no { $kind ->
    [param] parameter
    [role] role
    [channel] channel
    [series] series
    [part] part
    [act] act
    [copy] form with copies, or copy,
    [notice] notice
    [band] band
    [ladder] ladder
    [sheet] sheet
    [account] account
    [voucher] voucher
    [kind] kind
    [step] step
    [clock] clock
    [measure] measure
    [report] report
    [levels] scale
    [categories] tree of categories
    [party] party
   *[moment] moment or act
} called `{ $name }`
hy-p020-help = Declare it under `{ $section }`, or use a name that is declared.
hy-p021 = clause `{ $name }` is not declared
hy-p021-help = Declare it under `clauses`, or cite one that is.
hy-p022 = nothing uses `{ $name }`
hy-p022-help = Delete it, or see whether the place meant for it names something else.
hy-p030 = the condition cannot be read beyond this point
hy-p030-help = Look at quotes, brackets and signs such as && || ! ==; texts take single quotes.
hy-p031 = the condition is too long or nested too deeply
hy-p031-help = At most { $bytes } bytes and { $depth } levels; several rules are easier to read.
hy-p032 = no part has a field `{ $name }`
hy-p032-help = { $what ->
    [engine] What is known here: { $known }.
   *[field] Write part.field, with the names declared under `parts`.
}
hy-p033 = `{ $fact }` has no choice `{ $name }`
hy-p033-help = Its choices are: { $known }.
hy-p034 = { $what ->
    [compare] { $left ->
        [bool] yes or no
        [number] a number
        [date] a date
        [instant] a moment
        [one_of] a choice
        [many_of] a set of choices
        [category] a category
        [unit] a unit
        [person] a person
        [text] a text
       *[other] { $left }
    } cannot be compared with { $right ->
        [bool] yes or no
        [number] a number
        [date] a date
        [instant] a moment
        [one_of] a choice
        [many_of] a set of choices
        [category] a category
        [unit] a unit
        [person] a person
        [text] a text
       *[other] { $right }
    }
    [yes_no] this must be yes or no but is { $left ->
        [bool] yes or no
        [number] a number
        [date] a date
        [instant] a moment
        [one_of] a choice
        [many_of] a set of choices
        [category] a category
        [unit] a unit
        [person] a person
        [text] a text
       *[other] { $left }
    }
   *[fact] this must be a field of type { $right } but is { $left ->
        [bool] yes or no
        [number] a number
        [date] a date
        [instant] a moment
        [one_of] a choice
        [many_of] a set of choices
        [category] a category
        [unit] a unit
        [person] a person
        [text] a text
       *[other] { $left }
    }
}
hy-p034-help = { $choices ->
    [yes] Choices have no order: they can be asked with ==, != and in, by name in quotes. What is to be higher or lower is a scale under `levels`: its table says where a case stands, and `raise_only` keeps it from being set lower.
   *[no] Types are those of the fields; only numbers and dates have an order, and a set of choices is asked with `in` and `size()`.
}
hy-p035 = conditions have no `{ $sign }`
hy-p035-help = Conditions only compare: == != < <= > >=, && || !, in, has(), size(), within(); figures come from tables.
hy-p040 = no case can come to the step `{ $step }`
hy-p040-help = Add a move that leads to it, or delete it.
hy-p041 = a case in the step `{ $step }` can never be closed
hy-p041-help = Add a move that leads to `closed`, directly or through other steps.
hy-p042 = the step `{ $step }` may be passed over, but no step follows it
hy-p042-help = Add a step after it, or take away `when` and `skip_if_actor`.
hy-p043 = an earlier move is always taken before this one
hy-p043-help = Put the more special one first, or give the earlier one a condition.
hy-p044 = { $what ->
    [not_offered] the act `{ $name }` is not offered in this step
    [not_here] `{ $name }` does not happen in a step
    [other_step] `{ $name }` happens in another step
    [automatic] a move waits for what people do, not for `{ $name }`
    [accepted] this step must be accepted first but has no move on `accepted`
    [after_close] after closing there are only `reopened` and `archived`
    [need] nothing in this kind gives `{ $name }`
    [above] only a case that can do nothing but object to a decision has a `{ $name }`
    [party] cases of this kind have no party `{ $name }`
    [measure] `{ $name }` does not come to be in every kind that is measured
   *[clock] `{ $name }` cannot happen in this kind
}
hy-p044-help = Let it happen, by an act offered in a step or by a move, or wait for something else.
hy-p045 = nothing stops the clock `{ $clock }`
hy-p045-help = Say what stops it.
hy-p046 = the warning comes as early as the clock starts
hy-p046-help = Warn less early.
hy-p047 = { $what ->
    [choice] there is no limit for the choice `{ $name }`
    [empty] there is no limit
    [last] the last row may have no condition, or some cases have no limit
   *[hidden] this row has no condition, so those after it are never used
}
hy-p047-help = Every case needs a limit: rows with a condition first, one without at the end.
hy-p048 = the cap on extensions lies below the length itself
hy-p048-help = Counted alike, the cap can be no lower than any row of the length; change one of them.
hy-p049 = rows wait for some outcomes of `{ $act }`, and for `{ $outcomes }` none does: it would be on record and lead nowhere
hy-p049-help = Give each a row; what is to stay here gets `then: stay`.
hy-p050 = { $what ->
    [sum] { $column ->
        [all] the shares add up to { $sum } days, the whole is { $whole }
       *[other] in column `{ $column }` the shares add up to { $sum } days, the whole is { $whole }
    }
    [unit] shares and whole are counted in different units
    [columns] the shares depend on different fields
   *[whole] the whole has no certain figure in column `{ $column }`
}
hy-p050-help = Change shares or whole until they are equal in every column; half a day is 12 hours, or 0.5 working days. Where a part of the whole is nobody's, write rest: nobody; what is given on by of_which can't be more than its share.
hy-p051 = { $what ->
    [backwards] `{ $name }` ends before it begins
    [outside] the steps of `{ $name }` are not within the share it is part of
   *[overlap] the share `{ $name }` overlaps the one before, or comes too early
}
hy-p051-help = Write the shares in the order of the steps, each step in one share only; shares in of_which take their steps from the share they are part of.
hy-p052 = the shares add up to { $whole } days, but as each ends with a day the last one can end on day { $latest }
hy-p052-help = The whole decides; to avoid it join the shares of less than a day with their neighbours.
hy-p053 = { $what ->
    [gap] the row before ends at { $end } and this one begins above { $above }: there is a gap
    [overlap] the row before ends at { $end } and this one begins above { $above }: they overlap
    [order] the upper end of this row is not above its lower one
    [open_end] the last row may have no upper end, or larger amounts belong to no row
    [empty] there are no rows
   *[after_last] the row before has no upper end, so nothing is left for this one
}
hy-p053-help = The `above` of a row is the `up_to` of the row before; `up_to` belongs to the row; the last one has none.
hy-p054 = `{ $name }` is not a field for money
hy-p054-help = Name a field of type `money`.
hy-p055 = { $what ->
    [field] the outcome `{ $name }` is no one_of field of the act's part
   *[unknown] the act `{ $act }` has no outcome `{ $name }`
}
hy-p055-help = { $what ->
    [field] Name a field of type one_of in the part of the act.
   *[unknown] Its outcomes are: { $known }.
}
hy-p056 = { $what ->
    [tally] a rate is a share of a tally, and `{ $name }` is none
   *[among] `{ $name }` is counted but is not among those it is a share of
}
hy-p056-help = { $what ->
    [tally] Name a measure with `tally` after `of`.
   *[among] Put it under `among` as well, or leave `among` out.
}
hy-p057 = { $what ->
    [internal] a duty opens cases of the organisation's own work, and `{ $name }` is not `internal`
    [itself] a sample cannot be drawn from the cases it is for, `{ $name }`
    [ahead] a duty about the period to come has no cases yet of which to draw a `{ $name }`
   *[field] the system does not know what to fill in at `{ $name }`
}
hy-p057-help = { $what ->
    [internal] Write `internal: true` in the kind, or let the duty open another one.
    [itself] Draw from other kinds.
    [ahead] Leave out `covers: next`, or the sample.
   *[field] Let the field be optional, or give it the meaning subject, period_from, period_to or due_on.
}
hy-p058 = `{ $by }` answers for this, but may not act in `{ $step }`, where its case begins
hy-p058-help = Let the step's `by` include whoever answers, or write `taker` there.
hy-p059 = nobody can register a case of `{ $kind }`: whom this names only a case has
hy-p059-help = Write a role, a position or `anyone`, or `nobody` if a duty or another case opens it.
hy-p060 = the parameter `{ $name }` has no value; it must be set before the policy goes live
hy-p060-help = Set it when the policy is adopted, or write a `default` here.
hy-p061 = { $what ->
    [notice] a notice may not carry what is on record: `{ $name }`
    [number] a number may not carry what is on record: `{ $name }`
    [subject] a subject is shown in lists and notices and may not be personal: `{ $name }`
    [sum] an amount of `class: personal` is in no statistics: `{ $name }`
    [sealed] only a text of `class: personal` can be sealed: `{ $name }`
   *[unprotected] `{ $name }` is the customer's name or contact and must be kept as personal
}
hy-p061-help = Notices may use `number`, `clock`, `due` and `step`; names and contacts take `class: personal`; only such a text can be sealed.
hy-p062 = nothing fills the blank `{ $name }`
hy-p062-help = { $what ->
    [number] The prefix of a number is fixed text.
    [about] What can be used: the parameters of the policy.
   *[notice] What can be used: { $known }.
}
hy-p063 = { $what ->
    [copy] the copy `{ $name }` goes to somebody who must never get the form
    [portal] on the portal `{ $name }` shows the customer a form that he must never get
   *[act] the act `{ $name }` shows the customer a form that he must never get
}
hy-p063-help = Put what he may see into a form of its own, or say otherwise under `never_to`.
hy-p064 = { $why ->
    [fixed] the policy does not let units set `{ $name }` of their own
    [at_most] a unit may set `{ $name }` to no more than the organisation's { $bound }
    [at_least] a unit may set `{ $name }` to no less than the organisation's { $bound }
   *[unlike] `{ $name }` must be counted in the unit of the organisation's { $bound }, as the two are compared
}
hy-p064-help = Leave it as the organisation has it, or have the policy say under `units` what units may set.
hy-p065 = `{ $name }` is left to units, but this goes by the organisation's figure alone
hy-p065-help = Leave out its `units`, or give the units' figure a parameter of its own.
hy-p066 = whoever may act in `{ $step }` is kept from all that leads on from it: { $acts }
hy-p066-help = Let others act here too, or have `not_by` of the act keep fewer out.
hy-p070 = { $what ->
    [product] { $left ->
        [money] an amount cannot be multiplied by an amount
       *[other] these cannot be multiplied
    }
    [sum] { $left ->
        [money] an amount
        [quantity] a quantity
        [percent] a percentage
       *[other] { $left }
    } and { $right ->
        [money] an amount
        [quantity] a quantity
        [percent] a percentage
       *[other] { $right }
    } cannot be added up or compared
   *[cases] the formulas of this column give different things: { $left } and { $right }
}
hy-p070-help = { $what ->
    [product] Multiply an amount by quantities and percentages only.
    [sum] Let all of them be of one kind; a plain number is a quantity, money is written `200 yuan`.
   *[cases] Let every formula of a column give the same: an amount, a quantity or a percentage.
}
hy-p071 = no column `{ $name }` can be reached from here
hy-p071-help = What can be reached: { $known }.
hy-p072 = `{ $name }` holds { $found }, and { $expected } is asked for here
hy-p072-help = Name a column, or write a formula, of type { $expected }.
hy-p073 = { $what ->
    [missing] nothing is said for { $name }
    [unknown] there is no choice `{ $name }`
    [last] the last row may not have a condition, or some rows would get nothing
   *[hidden] this row has no condition, so that the rows after it are never reached
}
hy-p073-help = { $what ->
    [missing] Write a line for every choice.
    [unknown] The choices are: { $known }.
    [last] Leave `when` out of the last row.
   *[hidden] Give it a condition, or move it to the end.
}
hy-p074 = { $what ->
    [unknown] the ladder has no grade `{ $name }`
   *[order] `{ $name }` does not stand above the grade of the row before
}
hy-p074-help = { $what ->
    [unknown] Its grades are: { $known }.
   *[order] Larger amounts have higher grades; the ladder goes { $known }.
}
hy-p075 = the sheet `{ $name }` stands below the one that uses it
hy-p075-help = Move it up: a sheet uses only those above it, so that nothing goes round in circles.
hy-p076 = the formula is too big
hy-p076-help = At most { $max } columns, figures and operations; work it out in several columns.
hy-p077 = { $what ->
    [derived] the rows of `{ $name }` follow from others and are not filled in
    [alone] `{ $name }` is given by a sheet, but this form has no `settles`
    [not_settled] the sheet `{ $name }` is not among those that this form settles
    [no_rows] the sheet `{ $name }` is filled in, and nothing says where its rows come from
    [many_rows] the sheet `{ $name }` can have several rows, so there is no one cell to take
    [type] `{ $name }` and `{ $other }` are of different types
    [no_charges] the form charges the account `{ $name }` and settles none of the sheets that it is of
    [limit] what limits the account `{ $name }` can't be entered month by month: the sheet `{ $other }` must be filled in, with one row for each person and month
    [opening] the form `{ $name }` opens cases and can't be settled: there is no number and nothing on record yet
    [party] the form `{ $name }` names parties and can't be settled
   *[customer] the form `{ $name }` is filled in by customers and can't be settled
}
hy-p077-help = { $what ->
    [derived] Name a sheet that is filled in.
    [alone] Give the form `settles` with the sheets to work out.
    [not_settled] Add it under `settles.sheets`, or leave this line out.
    [no_rows] Give the form a field with `type: rows` and `of` this sheet, or say under `settles.rows` where they come from.
    [many_rows] Take its `total`, or `count` its rows.
    [no_charges] Add one of them under `settles.sheets`.
    [limit] Give the sheet a key of the columns with person and month, and amounts that are filled in.
    [type] An amount goes with an amount, a quantity with a quantity, a share with a share; choices must all be there.
   *[opening] Settle on the form of an act of its own.
}
hy-p080 = { $what ->
    [internal] an internal kind has no customer and can't be on the portal
    [channel] the channel `{ $channel }` is not open for this kind
   *[taker] nobody can take over what a customer brings in: the first step, `{ $step }`, waits for a taker or lead unit, and there is none yet
}
hy-p080-help = { $what ->
    [internal] Leave out `portal`.
    [channel] Open it in `open.channels`, or name a channel that is open.
   *[taker] Put a step by some role before it, with `when: case.by_customer`.
}
hy-p081 = { $what ->
    [type] `{ $name }` is a unit, a person or a case, which a customer can't fill in
    [files] customers are asked for files and may send none
    [required] `{ $name }` must be filled in, and the portal doesn't ask for it
   *[consent] the portal asks for personal data without a text to agree to
}
hy-p081-help = { $what ->
    [type] Leave it out of `fields`.
    [files] Say how many, or leave out `files`.
    [required] Put it into `fields`, or write `required: "!case.by_customer"`.
   *[consent] Add `consent`: what is collected, and what for.
}
hy-p082 = { $what ->
    [none] the step `{ $name }` belongs to no milestone
    [twice] the step `{ $name }` belongs to several milestones
   *[end] the milestone `{ $name }` can't stand so: the last one is the end and has no `steps`, all others have some
}
hy-p082-help = { $what ->
    [none] Put it into the `steps` of a milestone.
    [twice] Leave it in one of them.
   *[end] Let the last milestone have only title and text, and give the others their `steps`.
}
hy-p090 = { $what ->
    [last] the last row has a condition, so that some cases have no level
    [order] this row reads a level that is found only after it
   *[hidden] this row has no condition, so that the rows after it never fit
}
hy-p090-help = { $what ->
    [order] Move the table it reads up; a table can't read itself.
   *[other] Every case needs a level: rows with a condition first, one without at the end.
}
hy-p091 = the record of a case alone doesn't say who is meant here
hy-p091-help = Name a party, person_in, did, taker, first_contact or dispatcher, under related_to also lead_unit and unit_in: lists leave the case out by it, which must not change with the organisation.
hy-p092 = { $what ->
    [window] the closed times leave no time of day at which an attempt could count
    [act] cases of `{ $name }` never have this act on record
   *[clock] `{ $name }` has no such clock
}
hy-p092-help = { $what ->
    [window] Leave some part of the day open.
    [act] Offer the act in a step of that kind, or take the kind away.
   *[clock] Name a clock that every one of these kinds has.
}
hy-p093 = { $what ->
    [who] roles with a position, positions, `taker` and `first_contact` alone can say who sees a kind of case
    [series] the numbers of `{ $name }` are also given to cases that others see
    [sample] the sample of `{ $name }` would show such cases to others
   *[link] cases of `{ $name }`, which others see, would show the link
}
hy-p093-help = { $what ->
    [who] Lists leave these cases out by it: name who is meant, and not everybody.
    [series] Give the kind a series of its own: a gap would tell that there is such a case.
    [sample] Take the kind out of the sample, or let only some people see the duty's cases too.
   *[link] Take the link away.
}
hy-p094 = declaring `{ $outcome }` with `{ $act }` neither lets in nor keeps out
hy-p094-help = Put it under `clear`, or write an exclusion with `who: {"{"}did: { $act }.{ $outcome }{"}"}` for every kind of the declaration.

hy-p095 = { $at ->
        [none] the calendar file
       *[other] the calendar file, `{ $at }`
    }: { calendar-problem }
hy-p095-help = Correct the file; `docs/calendar.md` says what it holds.

hy-p096 = the calendar `{ $name }` does not come with the policy
hy-p096-help = Put it into the folder as `calendars/{ $name }.json`. Without it the policy can be published only where a calendar of this name is known, and its tests can't be run.

hy-p097 = { $what ->
    [act] cases of `{ $name }` never have the act `{ $act }` on record
    [outcomes] `{ $name }` cannot mean that the system has it and that it doesn't
   *[form] cases of `{ $name }` are not opened with `{ $act }`
}
hy-p097-help = { $what ->
    [act] Offer the act in a step of that kind, or take the kind away.
    [outcomes] Name another outcome of the act `{ $act }`.
   *[form] Name a field of the form with which these kinds are opened.
}
