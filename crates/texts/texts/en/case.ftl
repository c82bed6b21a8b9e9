# Cases: commands, history, values of fields.

verb-open = Register
verb-dispatch = Dispatch
verb-transfer = Transfer
verb-accept = Accept
verb-refuse = Refuse
verb-close = Close
verb-reopen = Reopen
verb-archive = Archive
verb-withdraw = Withdrawn by the customer
verb-merge = merge
verb-link = { $link ->
    [recomplaint] Link as a re-complaint
    [same_matter] Link the same matter
    [incident] Make part of an incident
   *[merged] Merge into another case
}
verb-raise = open “{ $kind }”
verb-add-party = add: { $role }
verb-remove-party = remove: { $role }
verb-set-level = set { $scale }
verb-open-seal = Open the seal: { $seal }
verb-note = Add an internal note
verb-issue-receipt = Issue a new receipt code
verb-extend = Extend “{ $clock }”
verb-pause = Pause “{ $clock }”
verb-resume = Resume “{ $clock }”

rows-row = row { $row }
value-yes = yes
value-sealed = Sealed
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
entry-raised-ended = a case opened out of this one has ended
entry-raised-resumed = a case opened out of this one is open again
entry-numbered = Number { $number }
entry-step = Came to “{ $step }”
entry-holder = Someone else has to act
entry-level-chosen = { $scale }: “{ $level }” ({ $clause })
entry-level-set = { $how ->
    [set] { $scale } set to “{ $level }”
   *[lifted] { $scale }: what the system found counts again
}
entry-party-added = Added: { $role }
entry-seal-opened = The seal was opened: { $seal }
entry-party-removed = A party was removed
entry-settled = Settled
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
entry-clock-extended = “{ $clock }” extended by { $more }: due { $due } instead of { $before }
entry-clock-stopped = “{ $clock }” { $met ->
    [yes] met
   *[no] missed
}
entry-clock-withdrawn = “{ $clock }” withdrawn by a correction
entry-clock-untold = “{ $clock }” can't be measured: the old data do not say when it was done
entry-clock-fired = “{ $clock }” { $what ->
    [warning] is due soon
    [attempt] – the customer is to be tried again
   *[due] is overdue
}
entry-attempt-planned = { $contacts }: next attempt planned for { $next }
entry-attempts-over = { $contacts }: no further attempt is owed
attempt-before-start = Before the limit began
attempt-outside-window = At a time of day at which attempts don't count
attempt-too-soon = Too soon after the last one that counts; from { $earliest } it would have counted
entry-notice = { $people } told: { $notice }
entry-closed = Closed
entry-reopened = Reopened
entry-archived = Archived
entry-withdrawn = Withdrawn by the customer, as told by { $who }
entry-linked = { $link ->
    [repeats] Found to be a re-complaint of an earlier case
    [repeated_by] The customer complained again about the same matter
    [same_matter] Found to be about the same matter
    [part_of] Made part of an incident
    [concerns] The incident concerns another case
    [merged_into] Merged into another case; this one ends
   *[absorbed] Another case was merged into this one; its customer is told too
}
entry-link-taken-back = { $link ->
    [repeats] No longer a re-complaint of
    [repeated_by] No longer repeated by
    [same_matter] No longer about the same matter as
    [part_of] No longer part of
    [concerns] No longer concerns
    [merged_into] Merger taken back, handling goes on:
   *[absorbed] Merger taken back:
} { $case }
entry-migrated = Goes on under version { $to } of the policy instead of version { $from }
entry-clock-ruled-anew = “{ $clock }” by the new version: { $due ->
    [suspended] suspended
   *[other] due { $due }
 } instead of { $before ->
    [suspended] suspended
   *[other] { $before }
 }
entry-clock-recomputed = “{ $clock }” computed again by the new calendar: { $same ->
    [yes] still due { $due }, no longer provisional
   *[no] due { $due } instead of { $before }
 }
entry-hold-placed = Put on legal hold; nothing may be erased
entry-hold-lifted = Legal hold lifted
entry-customers-merged = Another record was found to be the same customer
entry-customers-parted = Customers parted again; both records stand for themselves
entry-clock-ended = “{ $clock }” withdrawn: the case ended without being handled
entry-imported = Historical case, imported from “{ $source }”
entry-imported-measured = It was handled elsewhere and is finished; here it is measured, not run. No acknowledgement or notice was sent.
entry-imported-unit = Lead unit: { $unit }
entry-imported-missing = Not in the old data: { $fields }
entry-imported-closing = The old data do not say when it was closed; it counts as closed with its last act.
entry-attached = Attached { $name }
entry-detached = Removed the attachment { $name }
entry-attached-sealed = Attached a file under a seal
entry-detached-sealed = Removed a file under a seal
entry-corrected = { $how ->
    [void] Entry { $entry } made void
   *[replaced] Entry { $entry } corrected
}

portal-reopen = It is not settled: take it up again
