# Scenario tests: mistakes in a test file, and what came out otherwise.
hy-s001 = `{ $name }` means nothing here
hy-s001-help = known here: { $known }
hy-s002 = `{ $name }` is missing
hy-s002-help = add a line `{ $name }:`
hy-s003 = `{ $found }` is not what is asked for here
hy-s003-help = { $expected ->
    [text] write a text
    [yes-no] write yes or no
    [time] write a local time such as 2026-02-13T16:20
    [map] write a map of words to values
    [list] write a list
    [command] write a command such as `register KIND`, `record ACT` or `transfer UNIT`
    [whole] write a whole number
    [money] write an amount such as 100.00
    [percent] write a percentage such as 20%
    [quantity] write a quantity such as 3 or 2.5
    [date] write a date such as 2026-02-13
   *[standing] write running, overdue, suspended, met, missed, withdrawn or never
}
hy-s004 = unknown { $what ->
    [account] account
    [act] act
    [case] case (none of this name is opened so far)
    [channel] channel
    [choice] choice
    [clause] clause
    [clock] clock
    [column] filled cell
    [contacts] rules of contacts
    [field] field
    [form] form
    [kind] kind of case
    [level] level
    [measure] measure or count
    [milestone] milestone
    [notice] notice
    [offer] command in the list of what is offered
    [party] party
    [pause_reason] reason for a pause
    [person] person
    [relation] relation
    [role] role
    [rows] set of rows
    [rule] code of a refusal
    [scale] scale
    [seal] seal
    [sheet] sheet
    [step] step of this kind of case
    [unit] unit
   *[word] word
}: `{ $name }`
hy-s004-help = { $near ->
    [yes] did you mean `{ $meant }`? Known: { $known }
   *[no] known: { $known }
}
hy-s005 = this step lies before the one above it
hy-s005-help = steps stand in the order of time; what was entered late has `happened` and `late_because`
hy-s006 = too many { $what }: at most { $max }
hy-s006-help = divide the test
hy-s010 = the command was refused: { $rule } ({ $clause })
hy-s010-help = expect it with `refused: {"{"}rule: { $rule }, clause: { $clause }{"}"}`, or let the story lead to it differently
hy-s011 = the command was carried out, but should have been refused
hy-s011-help = the policy lacks the rule, or the story lacks what breaks it
hy-s012 = { $what } is `{ $found }`, not `{ $expected }`
hy-s012-help = the policy or the test is wrong
hy-s013 = the rows can't be settled: { $key } at `{ $path }`
hy-s013-help = mend the rows, or expect it with `problems: {"{"}"{ $path }": { $key }{"}"}`
