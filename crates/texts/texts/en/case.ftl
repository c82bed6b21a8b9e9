# Cases: commands, history, values of fields.

verb-open = Register
verb-dispatch = Dispatch
verb-transfer = Transfer
verb-accept = Accept
verb-refuse = Refuse
verb-close = Close
verb-reopen = Reopen
verb-archive = Archive
verb-raise = open “{ $kind }”
verb-note = Add an internal note
verb-issue-receipt = Issue a new receipt code
verb-pause = Pause “{ $clock }”
verb-resume = Resume “{ $clock }”

value-yes = yes
value-no = no
list-separator = {", "}

holder-awaited = Waiting for { $person } to accept
holder-person = With { $person }
holder-person-unit = With { $person } ({ $unit })
holder-nobody = With nobody
actor-for = { $person } (for { $represented })

entry-opened = { $kind } registered, channel: { $channel }
entry-follow-up = To be followed up
entry-duty = a duty fell due: { $duty }, to be done by { $due }
entry-sampled = { $count } cases were drawn
entry-consent-given = The customer agreed to what is done with personal data
entry-receipt-issued = A receipt code was issued; earlier ones are void
entry-raised-from = opened out of another case
entry-raised = “{ $kind }” was opened out of this case
entry-numbered = Number { $number }
entry-step = Came to “{ $step }”
entry-note = Internal note
entry-dispatched = Dispatched to { $unit }
entry-transferred = Transferred from { $from } to { $unit }
entry-accepted = Case accepted
entry-refused = Refused by the unit (no. { $count })
entry-handed-over = Handed over by { $from }, who left: { $holder }
entry-clock-started = “{ $clock }” started, due { $due }
entry-clock-moved = “{ $clock }” { $why ->
    [restarted] counted anew
    [resumed] runs again
    [calendar] computed again with the new holiday arrangement
   *[corrected] computed again after a correction
}{ $tail }
entry-clock-moved-tail = {", "}due { $due }
entry-clock-paused = “{ $clock }” paused
entry-clock-stopped = “{ $clock }” { $met ->
    [yes] met
   *[no] missed
}
entry-clock-withdrawn = “{ $clock }” withdrawn by a correction
entry-clock-untold = “{ $clock }” can't be measured: the old data do not say when it was done
entry-clock-fired = “{ $clock }” { $what ->
    [warning] is due soon
   *[due] is overdue
}
entry-notice = { $people } told: { $notice }
entry-closed = Closed
entry-reopened = Reopened
entry-archived = Archived
entry-imported = Historical case, imported from “{ $source }”
entry-imported-measured = It was handled elsewhere and is finished; here it is measured, not run. No acknowledgement or notice was sent.
entry-imported-unit = Lead unit: { $unit }
entry-imported-missing = Not in the old data: { $fields }
entry-imported-closing = The old data do not say when it was closed; it counts as closed with its last act.
entry-attached = Attached { $name }
entry-detached = Removed the attachment { $name }
entry-corrected = { $how ->
    [void] Entry { $entry } made void
   *[replaced] Entry { $entry } corrected
}

portal-reopen = It is not settled: take it up again
