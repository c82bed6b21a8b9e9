# Settling money: what is wrong with the rows, at `path`, and what to do.
settle-no-sheets = this policy has no sheets
settle-no-sheets-help = name a policy that settles money after --policy
settle-unknown-name = nothing is filled in under `{ $name }`
settle-unknown-name-help = what is filled in here: { $known }
settle-computed = this column is worked out and can't be filled in
settle-computed-help = leave it out
settle-bad-value = `{ $found }` is not { $expected ->
    [map] an object
    [list] a list of rows
    [name] a name
    [money] an amount
    [quantity] a quantity
    [percent] a percentage
    [bool] yes or no
    [date] a date
    [month] a month
    [one_of] a choice
    [many_of] a list of choices
   *[quoted] written so that no digit can get lost
}
settle-bad-value-help = { $expected ->
    [map] write the names of columns with their values
    [list] write a list of rows, each an object
    [name] write a text of at most 100 characters, without `/`, `·` or spaces at its ends
    [money] write digits with at most two decimal places in quotes, such as "1234.50"
    [quantity] write digits with at most six decimal places, such as "1000" or "2.5"
    [percent] write a number with a percent sign in quotes, such as "33.33%"
    [bool] write true or false
    [date] write a date such as "2026-03-15"
    [month] write a month such as "2026-03"
    [one_of] write one of the column's choices
    [many_of] write a list of the column's choices
   *[quoted] write the number in quotes, such as "12.50"
}
settle-unknown-choice = there is no choice `{ $name }`
settle-unknown-choice-help = the choices are: { $known }
settle-missing = { $for ->
    [none] this must be filled in
   *[other] this must be filled in, because { $for } is worked out of it
}
settle-missing-help = fill it in
settle-twice = `{ $name }` stands here a second time, first at { $first }
settle-twice-help = join both rows, or give them different keys
settle-too-many = there are more than { $max } rows
settle-too-many-help = settle them in several files
settle-weights-sum = the shares add up to { $sum }, not to { $wanted }
settle-weights-sum-help = change the shares until they add up to exactly { $wanted }
settle-no-weight = { $total } can't be divided: the weights add up to nothing, or have too many digits
settle-no-weight-help = fill in the weights
settle-no-match = no row of { $sheet } has { $wanted }
settle-no-match-help = add the row to { $sheet }, or correct the name
settle-negative = { $amount } is below zero, and { $for } can't be worked out of it
settle-negative-help = look at the amounts it follows from
settle-out-of-bounds = { $for } becomes too large, or too fine to be kept exactly
settle-out-of-bounds-help = amounts go up to 1,000,000,000,000,000, results have at most 12 decimal places
settle-off-ladder = no grade stands so far from { $grade }
settle-off-ladder-help = the policy moves a grade off its ladder: have it corrected
settle-month-gap = the month { $month } is missing before this one
settle-month-gap-help = add the row for { $month }
settle-other-month = this row is of another month than { $month }
settle-other-month-help = leave the month out, or enter the rows of each month by themselves
settle-unset-param = the parameter { $name } has no value
settle-unset-param-help = set it in the policy
settle-problems = Nothing was settled: { $count } { $count ->
    [one] place
   *[other] places
} to be mended.
