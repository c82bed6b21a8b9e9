# Why it can't be done: a sentence for each rule, with what is missing or what to do.

refusal-unknown-kind = the policy in force has no such kind of case
refusal-channel-not-open = this kind of case is not taken in by { $channel }; choose another channel
refusal-not-entitled = this step is not yours
refusal-not-deputy = you are not the deputy of this person today
refusal-not-accepted = accept the case first
refusal-held-by-another = someone else holds the case; accept it to take it over
refusal-not-held-by = the case is not held by whom it is to be handed over from
refusal-successor-not-possible = the successor may not handle the step the case is in
refusal-act-not-offered = “{ $act }” is not possible in this step
refusal-move-not-allowed = “{ $verb }” is not possible in this step
refusal-move-does-not-fit = “{ $verb }” is not possible as things stand: what the policy asks for does not hold
refusal-no-row-fits = “{ $act }” is not possible as things stand: what the policy asks for does not hold
refusal-nobody-to-act = nobody could act in “{ $step }”: nobody is named yet for whom it waits
refusal-case-ended = the case has ended
refusal-field-missing = fill in “{ $field }”
refusal-field-unknown = the form has no field “{ $field }”
refusal-field-invalid = “{ $field }” is not right: { $problem ->
    [too_long] the text is too long
    [not_a_choice] it is none of the choices
    [unknown_unit] there is no such unit
    [unknown_person] there is no such person
    [control_character] it holds an invisible control character; remove it
    [line_break] it may have one line only
    [negative] it may not be negative
    [not_in_sample] it is not in the sample
    [not_in_book] the book has no such entry
    [no_case_here] only where the system has it a case is named
    [not_compared] the book is not compared with cases of this kind
    [worked_out] it is worked out and can't be typed
   *[type] its form is wrong
}
refusal-not-settled = { $where }: { $what }
refusal-left-open = { $what }
refusal-control-character = the text holds an invisible control character; remove it
refusal-reason-missing = give a reason
refusal-needs-act = “{ $act }” must be done first
refusal-needs-field = “{ $field }” must be filled in first
refusal-needs-condition = { $what }
refusal-needs-each = “{ $act }” is missing for { $missing } of those that each need it
refusal-needs-raised = “{ $kind }” must be opened out of this case first
refusal-needs-raised-closed = every “{ $kind }” opened out of this case must be closed first
refusal-needs-copies = { $copy ->
    [all] all copies of “{ $form }” must be handed out first
   *[other] “{ $copy }” of “{ $form }” must be handed out first
}
refusal-link-not-allowed = The policy does not let such a case be { $link ->
    [recomplaint] found a re-complaint
    [same_matter] linked as the same matter
    [incident] made part of an incident
   *[merged] merged
}
refusal-link-not-possible = { $why ->
    [itself] A case is not linked to itself
    [kind] The policy does not link it so to a case of that kind
    [later] A re-complaint repeats a case that was taken in earlier
    [already] It is linked so to another case; take that back first
    [ended] Only cases that are both being handled can be merged
    [merged] The case was merged into another; take that back first
   *[absent] There is no such link, or it was taken back
}
refusal-same-customer = Both records are the same customer already
refusal-own-work = nobody checks or rates what he handled himself
refusal-too-late = the time that the policy gives for this is over: it was until { $date }
refusal-not-on-portal = cases of this kind can't be brought in or followed on the portal
refusal-consent-missing = agree first to what is done with your personal data
refusal-unit-not-possible = the case can't go to this unit: it does not exist, or has the case already
refusal-pause-not-allowed = no clause allows this clock to be paused
refusal-pause-reason-unknown = the policy does not allow this reason for a pause
refusal-extension-not-allowed = the policy does not allow this clock to be extended now
refusal-extensions-used-up = this clock may be extended { $max } time(s) at most, and was
refusal-extension-beyond-cap = { $most ->
    [none] the cap is reached: this clock ends on { $latest } at the latest
   *[other] beyond the cap: { $most } more at most, until { $latest } at the latest
}
refusal-clock-not-in-that-state = this clock can't be paused, resumed or extended now
refusal-occurs-in-future = the time of occurrence lies in the future
refusal-occurs-too-early = the time of occurrence lies before the case was taken in
refusal-entry-not-correctable = entry { $entry } can't be corrected
refusal-entry-rested-on = what followed rests on entry { $entry }; reopen the case first
refusal-above-band = the amount lies above your authority
refusal-history-unfinished = this historical case is not finished: no act and no closing is told; register it as a new case
refusal-has-no-place = it can't go on under that version: { $what }
refusal-not-newer = version { $version } is not newer than the one the case keeps, or the case has moved on
refusal-timer-outdated = this clock has changed; nothing is announced
refusal-condition-failed = a condition of the policy can't be computed: { $why }
refusal-limit-reached = { $limit ->
    [attachments] the case has as many attachments as it may have; remove one first
    [attachments_bytes] the attachments of the case are as big as they may be together; remove one first
    [customer_files] as many files as may be sent about this case are there already
    [attachment_bytes] the file is too big
    [attachment_name] the file's name is empty or too long
    [attachment_note] the remark is too long
   *[other] a limit of the system is reached ({ $limit })
}
refusal-attachment-not-there = there is no such attachment; it may have been removed already
refusal-reads-only = your unit only reads this case
refusal-excluded = you are kept out of this case
refusal-related = you are kept out of this case: the organisation knows of a relation between you and somebody it is about
refusal-out-of-sight = there is no such case for you
refusal-party-not-possible = cases of this kind have no “{ $role }”
refusal-too-many-parties = “{ $role }”: at most { $max }
refusal-party-absent = the case has no such party
refusal-party-employee = “{ $role }” is not right: { $problem ->
    [needed] choose one of the organisation's own people
    [not_allowed] it can't be one of the organisation's own people
    [unknown_person] there is no such person
    [already] this person is one already
   *[in_words] of one of the organisation's own people neither name nor contact is filled in
}
refusal-level-not-settable = “{ $scale }” can't be set so
refusal-not-declared = you declare yourself first: “{ $act }”
refusal-declares-for-himself = everybody declares for himself, not for somebody else
refusal-nothing-sealed = nothing is under the seal “{ $seal }” in this case
refusal-seal-takes-no-file = files of such a case can’t be put under the seal “{ $seal }”
refusal-seal-closed = the file is under the seal “{ $seal }”; it is given for a quarter of an hour to whoever has opened that
refusal-level-not-higher = “{ $scale }” can only be set higher than the system found
