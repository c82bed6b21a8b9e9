# How a limit was counted, line by line.

calendar-month = { $number ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
calendar-weekday = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
calendar-date = { $day } { $month }
calendar-date-year = { $day } { $month } { $year }
calendar-day = { $weekday } { $date }
calendar-first-half = { $day }, first half
calendar-second-half = { $day }, second half
calendar-run-in-month = { $first_day }–{ $last_day } { $month }
calendar-run-in-month-year = { $first_day }–{ $last_day } { $month } { $year }
calendar-run = { $from } to { $to }
calendar-moment = { $day }, { $time }

calendar-hours = { $n } h
calendar-minutes = { $n } min
calendar-seconds = { $n } s
calendar-between-units = {" "}
calendar-times = { $from }–{ $to }
calendar-between-times = {", "}

calendar-receipt-day = { $moment }: day of receipt, not counted
calendar-receipt-half = { $moment }: half-day of receipt, not counted
calendar-receipt-counted = { $moment }: counting begins
calendar-counted-day = { $days }: { $reason }, counts as { $first }
calendar-counted-days = { $days }: { $reason }, counts as { $first } to { $last }
calendar-counted-half = { $days }: { $reason }, counts as half-day { $first }
calendar-counted-halves = { $days }: { $reason }, counts as half-days { $first } to { $last }
calendar-half-left = { $day }: { $reason }, its first half counts, { $total } in all
calendar-skipped = { $days }: { $reason }, not counted
calendar-worked = { $day }, { $spans }: { $length }, { $total } in all
calendar-elapsed = { $from } to { $to }: { $length }, { $total } in all
calendar-paused-for = { $from } to { $to }: paused
calendar-months-later = { $day }: { $months ->
    [one] one month later
   *[other] { $months } months later
}
calendar-months-later-last = { $day }: last day of the month { $months ->
    [one] one month later
   *[other] { $months } months later
}
calendar-rolled = { $from }: { $reason }, moved to { $to }
calendar-suspended = { $moment }: paused and not resumed, no due time yet
calendar-due = { $moment }: due
calendar-provisional = Provisional: the holidays of { $year } are not published yet; computed again when they are

calendar-reason-working = working day
calendar-reason-makeup = make-up day
calendar-reason-makeup-for = make-up day for { $name }
calendar-reason-exception = worked by exception
calendar-reason-exception-for = worked by exception ({ $name })
calendar-reason-calendar = calendar day
calendar-off-weekly = day off
calendar-off-holiday = holiday
calendar-off-holiday-named = { $name }
calendar-off-exception = off by exception
calendar-off-exception-for = off by exception ({ $name })
calendar-off-paused = paused

calendar-month-heading = { $month }, { $days } working days
