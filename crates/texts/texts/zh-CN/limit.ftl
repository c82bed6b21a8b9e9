# 时限的长短。

limit-working-day = 1 个工作日
limit-working-days = { $n } 个工作日
limit-calendar-day = 1 个自然日
limit-calendar-days = { $n } 个自然日
limit-working-hour = 1 个工作小时
limit-working-hours = { $n } 个工作小时
limit-calendar-hour = 1 小时
limit-calendar-hours = { $n } 小时
limit-working-minute = 1 个工作分钟
limit-working-minutes = { $n } 个工作分钟
limit-calendar-minute = 1 分钟
limit-calendar-minutes = { $n } 分钟
limit-working-half = 1 个工作半日
limit-working-halves = { $n } 个工作半日
limit-week = 1 周
limit-weeks = { $n } 周
limit-month = 1 个月
limit-months = { $n } 个月
