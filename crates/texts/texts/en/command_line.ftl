# The command line.

serve-address = Huiyin runs at { $url } (data directory { $data })
serve-database = On the database { $database }, which other nodes may share
serve-setup = First administrator, open this link (it works once):
    { $link }

finding-error = error
finding-before-publishing = before publishing
finding-warning = warning
finding-help = help
finding-clause = clause

policy-clean = { $folder }: nothing found
policy-usable = { $folder }: usable, { $count } remarks
policy-wrong = { $folder }: { $count } findings, to be corrected before it can be used
policy-begun = { $folder }: put your own clauses, forms and flow in, then run `huiyin policy check { $folder }` and `huiyin policy test { $folder }`
policy-published = { $policy }: version { $version } is in force for new cases
policy-published-ahead = { $policy }: version { $version } is published; new cases are taken in under it from { $from } on
adoption-line = { $policy }: version { $version }, { $unit } adopts version { $base } from { $from } on ({ $standing ->
    [in-force] in force
    [to-come] to come
    [stopped] stopped
   *[earlier] superseded
}) { $values }
adoption-ended = { $policy }: version { $version }, the adoption by { $unit } ends on { $from }
adoptions-none = { $policy }: no unit has adopted it
policy-drafted = { $policy }: draft { $id } is put down; comments, consents and publishing go on on the desk
policy-stopped = { $policy }: version { $version } is stopped
policy-resumed = { $policy }: the stop of version { $version } is lifted
policy-taken-in = New cases are taken in under version { $now }; open cases go on
policy-not-taken-in = No new case is taken in; open cases go on

mark-rule = rule
mark-form = form
mark-clock = clock
mark-report = report
mark-guide = guide
mark-admin = admin

coverage-http = HTTP test { $test }
coverage-data = { $count } elements of the policy
coverage-bare = nothing shows it: { $marks }

verify-good = The log is whole: { $events } events of { $cases } cases, { $attachments } attachments; chains, checkpoints and bytes agree
verify-bad = The log has { $count } faults
rebuild-good = The tables derived from the log are the live ones ({ $cases } cases)
rebuild-bad = { $count } differences
reindex-done = The search index of { $cases } cases was built anew
migrate-done = The database has schema { $number }
erase-unconfirmed = What is erased never comes back: the customer of { $number } and the texts of all that customer's cases can't be read any more. Add --yes to go on
erase-done = Erased: { $records } record(s) of the customer and the texts of { $cases } case(s); the log and its proof are whole
erase-no-case = There is no case with this number{ $numbers }
erase-held = Under legal hold, nothing can be erased: { $numbers }
erase-open = Still being handled, so nothing is erased: { $numbers }
erase-vouchers = Vouchers are still to be handed over to the accounting system, so nothing is erased: { $numbers }
erase-charges = Something that these cases charge to people is still owed, or is to be given back, so nothing is erased: { $numbers }
erase-gone = It was erased before{ $numbers }
rebuild-difference = case { $case }: { $what }
rebuild-difference-totals = totals: { $what }
verify-changed = case { $case }: event { $seq } is not the one that was recorded
verify-gap = case { $case }: events are missing before { $seq }, or it stands in the wrong place
verify-added = case { $case }: event { $seq } was put in after sealing
verify-position = log position { $position } is missing or taken
verify-sealed = sealed entry { $seq } of { $stream } is gone or changed
verify-audit = audit entry { $position } was changed, removed or put in
verify-tree = the sealed tree does not fit the checkpoint of size { $size }
verify-attachment-missing = case { $case }: the bytes of the attachment of event { $seq } are missing
verify-attachment-changed = case { $case }: the bytes of the attachment of event { $seq } are not those that were kept
verify-checkpoint = a checkpoint is not one of this log
verify-cut-off = the log was cut off: { $expected } sealed entries expected, { $found } found

report-head = { $title } · { $policy }, version { $version } ({ $clause })
    { $first } to { $last }
report-duration = { $title }: median { $median }, nine in ten within { $p90 } { $unit ->
    [working_days] working days
    [days] days
   *[hours] hours
}, { $cases } cases{ $within }
report-within = ; within { $limit }: { $share }
report-rate = { $title }: { $share } ({ $cases } of { $among })
report-tally = { $title }: { $classes }
report-sum = { $title }: { $sum } in { $cases } cases{ $classes }
report-no-class = none on record
report-no-unit = no unit
policy-no-difference = Nothing differs.

vouchers-waiting = { $count } vouchers to hand over, { $total } yuan in all; nothing was put on record
vouchers-nothing = There is nothing to hand over
vouchers-handed-over = Run { $run }: { $count } vouchers handed over, { $total } yuan in all; content { $hash }
vouchers-written = The table of run { $run } is in `{ $path }`
vouchers-not-written = Run { $run } is on record, but `{ $path }` can't be written; `huiyin vouchers fetch { $run }` gives the table out again
vouchers-taken = Not handed over: `{ $identifier }` of { $number } is the identifier of another case's voucher; two policies number their cases alike
vouchers-more = There is more; hand over again
vouchers-run = { $run }  { $at }  { $by }  { $count } vouchers  { $hash }
no-such-login = nobody with an account signs in as `{ $login }`
deductions-charge = { $person }  { $case }  { $row }  { $amount } since { $from } ({ $clause }); { $before } taken, { $left } left
deductions-held = { $person }  { $case }  { $row }  { $amount } since { $from } ({ $clause }); held back until something open is settled
deductions-entered = Bonuses of { $count } people for { $month } entered, { $total } yuan in all
deductions-would-enter = Bonuses of { $count } people for { $month }, { $total } yuan in all; nothing was put on record
deductions-without = { $person } owes something and has no bonus: nothing is taken
deductions-person = { $person }: owes { $owed }, at most { $room }; { $taken } taken, { $rest } carried on
deductions-person-without = { $person }: owes { $owed }, no bonus was entered; nothing is taken, { $rest } carried on
deductions-would-close = { $month } would take { $taken } yuan of { $count } people and carry { $rest } on; nothing was put on record
deductions-closed = { $month } is closed: { $taken } yuan taken of { $count } people, { $rest } carried on; content { $hash }
deductions-written = The table of { $month } is in `{ $path }`
deductions-not-written = { $month } is closed, but `{ $path }` can't be written; `huiyin deductions fetch { $month }` gives the table out again
deductions-month = { $month }  { $at }  { $by }  { $count } people  { $taken } yuan  { $hash }
deductions-next = { $month } is to be closed next; { $count } people owe { $owed } yuan
deductions-nothing = Nothing is owed
deductions-no-account = no form charges the account `{ $account }`
deductions-no-accounts = no form of a published policy charges an account
deductions-which-account = say which account with --account: { $known }
