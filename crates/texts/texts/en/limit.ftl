# Lengths of limits.

limit-working-day = 1 working day
limit-working-days = { $n } working days
limit-calendar-day = 1 calendar day
limit-calendar-days = { $n } calendar days
limit-working-hour = 1 working hour
limit-working-hours = { $n } working hours
limit-calendar-hour = 1 hour
limit-calendar-hours = { $n } hours
limit-working-minute = 1 working minute
limit-working-minutes = { $n } working minutes
limit-calendar-minute = 1 minute
limit-calendar-minutes = { $n } minutes
limit-working-half = 1 working half-day
limit-working-halves = { $n } working half-days
limit-week = 1 week
limit-weeks = { $n } weeks
limit-month = 1 month
limit-months = { $n } months
