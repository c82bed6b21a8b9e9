# Problems the API answers with: what happened; -help says what to do.

problem-not-signed-in = you are not signed in
problem-not-signed-in-help = Sign in and try again.
problem-sign-in-failed = login name or password is wrong
problem-sign-in-failed-help = Check both; if you forgot the password ask an administrator.
problem-too-many-tries = too many tries
problem-too-many-tries-help = Wait a little and try again.
problem-link-unusable = the link no longer works
problem-link-unusable-help = It works once and for a limited time; ask an administrator for a new one.
problem-login-unusable = the login name can't be used
problem-login-unusable-help = A login name has 2 to 64 characters, no spaces, and must be free.
problem-password-unusable = the password can't be used
problem-password-unusable-help = { $why ->
    [too_short] Use at least { $min } characters.
    [too_long] Use at most { $max } characters.
   *[guessable] It is too easy to guess: leave out the login name and repeated characters.
}
problem-password-wrong = the current password is wrong
problem-password-wrong-help = Check it and try again.
problem-forbidden = your account does not allow this
problem-forbidden-help = If you need it ask an administrator.
problem-not-found = not found
problem-not-found-help = It may not exist, or you may not see it.
problem-conflict = someone else changed the case
problem-conflict-help = Load it again, see what changed, then go on.
problem-idempotency-key-missing = the request has no Idempotency-Key
problem-idempotency-key-missing-help = Send a unique key of at most 128 characters with every write, and the same one when you retry.
problem-idempotency-key-reused = this Idempotency-Key was used for another request
problem-idempotency-key-reused-help = Use a new key for a new request.
problem-if-match-missing = the request has no If-Match
problem-if-match-missing-help = Send the ETag of the case as you saw it, such as If-Match: "7".
problem-cross-origin = the request comes from another site and was refused
problem-cross-origin-help = Use the pages of this system.
problem-body-unreadable = the body can't be read
problem-body-unreadable-help = Follow the description of the interface.
problem-control-character = the request holds a control character that can't be kept
problem-control-character-help = Remove the invisible control character (U+0000) and send it again.
problem-fields-unreadable = some fields are not right
problem-fields-unreadable-help = Correct them and send again.
problem-field-unknown = the form has no field “{ $field }”
problem-field-type = “{ $field }” has the wrong form
problem-instant-unreadable = the time can't be read
problem-instant-unreadable-help = Use RFC 3339, such as 2026-02-13T16:20:00+08:00.
problem-late-reason-missing = an earlier time needs a reason
problem-late-reason-missing-help = Say why it is entered only now.
problem-days-unreadable = the days can't be read
problem-days-unreadable-help = Use dates such as 2026-02-01, the first no later than the last.
problem-month-unreadable = the month can't be read
problem-month-unreadable-help = Use the form 2026-02.
problem-view-unknown = there is no such view
problem-view-unknown-help = There are mine, unclaimed, due_soon, overdue, taken and all.
problem-cursor-unreadable = the cursor can't be read
problem-cursor-unreadable-help = Begin again with the first page.
problem-kind-unknown = the policies in force have no such kind of case
problem-kind-unknown-help = Load the page again and choose anew.
problem-unit-unknown = there is no such unit
problem-unit-unknown-help = Choose one from the list.
problem-person-unknown = there is no such person
problem-person-unknown-help = Choose one from the list.
problem-role-unknown = there is no such account role
problem-role-unknown-help = There are administrator, staff, supervisor and auditor.
problem-invalid = the request makes no sense
problem-invalid-help = { $what }
problem-storage-full = there is no room left; nothing was written
problem-storage-full-help = Everything on record can still be read; ask an administrator to free space.
problem-storage-failed = reading or writing failed for the moment
problem-storage-failed-help = Nothing is lost; try again later with the same key, and tell an administrator if it goes on.
problem-read-only = the server only reads for now; nothing was written
problem-read-only-help = Everything on record can still be read and searched; tell an administrator, and try again with the same key afterwards.
read-only-why = { $why ->
    [upgrade_failed] The upgrade of the database did not succeed, so the server only reads: look and search as usual, but nothing can be registered or handled for now. No data were changed; tell an administrator.
   *[asked] The server only reads: look and search as usual, but nothing can be registered or handled for now.
}
problem-erased = the texts of this case or its customer were erased
problem-erased-help = Nothing more can be put on record about it.
problem-internal = something went wrong
problem-internal-help = Try again later, and tell an administrator if it goes on.
problem-format-unknown = there is no such format
problem-format-unknown-help = There are csv, xlsx and jsonl.
problem-status-unknown = there is no such status
problem-status-unknown-help = There are open, closed, archived and all.
problem-columns-unknown = there is no such set of columns
problem-columns-unknown-help = There are list and full.
problem-columns-need-kind = the full set of columns is taken out of one kind of case
problem-columns-need-kind-help = Choose a kind first.
problem-days-too-many = these are too many days
problem-days-too-many-help = Ask for at most 800 days at a time.
problem-export-too-big = a sheet has no room for so many rows
problem-export-too-big-help = Use csv or jsonl, or narrow the filters and export in parts.
