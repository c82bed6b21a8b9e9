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

# What is wrong in a calendar file.
calendar-problem = { $fault ->
    [too_large] the file is larger than { $value } bytes
    [not_one_object] the file must hold one object
    [not_json] not valid JSON: { $value }
    [unknown_key] unknown; known are { $value }
    [not_an_object] must be an object
    [not_a_list] must be a list
    [not_a_text] must be a text
    [not_a_date] “{ $value }” is not a date; write YYYY-MM-DD
    [date_outside] { $value } lies outside the years of the calendar, 1970 to 2199
    [not_a_year] must be a year, 1970 to 2199
    [not_a_pair] must be a pair of times
    [not_a_time] “{ $value }” is not a time of day; write HH:MM, 00:00 to 24:00
    [interval_empty] the interval { $value } ends before it begins
    [intervals_disordered] the interval { $value } overlaps or precedes the one before it
    [no_zone] missing; name a zone such as Asia/Shanghai
    [unknown_zone] “{ $value }” is not a known zone
    [no_weekly] missing; give the hours of weekdays 1 (Monday) to 7
    [not_a_weekday] must be a weekday, 1 (Monday) to 7 (Sunday)
    [not_years] must be a pair: the first and the last published year
    [years_reversed] the first year is after the last one
    [not_days] must be a date, or an object with `date`, or `from` and `to`
    [neither_date_nor_run] needs either `date`, or `from` and `to`
    [run_reversed] `to` is before `from`
   *[run_too_long] more than { $value } days in one entry
}
calendar-problem-at = { $at }: { calendar-problem }

calendar-day-worked = working day
calendar-day-off = day off
calendar-day-hours = { $why }, { $hours }
problem-calendar-faulty = The calendar file is not right: { $count } { $count ->
    [one] problem
   *[other] problems
}
problem-calendar-faulty-help = Nothing was changed. Correct what is listed and choose the file again.
problem-calendar-new = There is no calendar of this name yet
problem-calendar-new-help = A new calendar needs a whole file, with tz and weekly, and counts for all days.
problem-calendar-zone = The zone of this calendar stays { $zone }
problem-calendar-zone-help = Days of cases on record were counted in it. Load the file under another name, and have the policy name that calendar.
problem-calendar-years = The years { $first } to { $last } don’t lie next to those known
problem-calendar-years-help = Load the years between them first, or correct published_years.
problem-calendar-unchanged = The file changes nothing
problem-calendar-unchanged-help = What it says counts already.
problem-calendar-name-unusable = A calendar can’t be called that
problem-calendar-name-unusable-help = A small letter, then small letters, digits and “_”, up to 64 characters.
problem-calendar-unknown = The policy counts by the calendar { $name }, which is not known here
problem-calendar-unknown-help = Put it into the policy’s folder as calendars/{ $name }.json, or load it first.
problem-day-unreadable = The day can’t be read
problem-day-unreadable-help = Write it as 2027-01-01.

calendar-change = { $date }: { $before } → { $after }
calendar-changes = { $days } days change; running clocks: { $earlier } due earlier, { $later } due later, { $settled } no longer provisional{ $more ->
    [yes] , of the first cases that were looked at
   *[no] {""}
}
calendar-loaded = { $name }: version { $version } is loaded; due times were computed again in { $cases } cases
calendar-year-missed = The arrangement of { $year } is not in the calendar { $name } yet: limits that reach into it are provisional. Load it with `huiyin calendar load`.
calendar-kept = { $name }: version { $version }, { $zone }, years { $years }
calendar-kept-version = { "  " }version { $version }: { $by }, { $at }{ $from ->
    [none] {""}
   *[other] , from { $from } on
}{ $policy ->
    [none] {""}
   *[other] , with the policy { $policy }
}
