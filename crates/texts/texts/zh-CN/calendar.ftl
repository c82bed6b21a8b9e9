# 时限的逐行说明。

calendar-month = { $number }月
calendar-weekday = { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
calendar-date = { $month }{ $day }日
calendar-date-year = { $year }年{ $month }{ $day }日
calendar-day = { $date }（{ $weekday }）
calendar-first-half = { $day }上半天
calendar-second-half = { $day }下半天
calendar-run-in-month = { $month }{ $first_day }日至{ $last_day }日
calendar-run-in-month-year = { $year }年{ $month }{ $first_day }日至{ $last_day }日
calendar-run = { $from }至{ $to }
calendar-moment = { $day }{ $time }

calendar-hours = { $n }小时
calendar-minutes = { $n }分
calendar-seconds = { $n }秒
calendar-between-units = {""}
calendar-times = { $from }–{ $to }
calendar-between-times = 、

calendar-receipt-day = { $moment }收到，当日不计入
calendar-receipt-half = { $moment }收到，所在半天不计入
calendar-receipt-counted = { $moment }起算
calendar-counted-day = { $days }，{ $reason }，计第{ $first }天
calendar-counted-days = { $days }，{ $reason }，计第{ $first }至{ $last }天
calendar-counted-half = { $days }，{ $reason }，计第{ $first }个半天
calendar-counted-halves = { $days }，{ $reason }，计第{ $first }至{ $last }个半天
calendar-half-left = { $day }，{ $reason }，上半天计半天，共{ $total }天
calendar-skipped = { $days }，{ $reason }，不计入
calendar-worked = { $day }{ $spans }，计{ $length }，累计{ $total }
calendar-elapsed = { $from }至{ $to }，计{ $length }，累计{ $total }
calendar-paused-for = { $from }至{ $to }，暂停计时
calendar-months-later = { $months }个月后为{ $day }
calendar-months-later-last = { $months }个月后无对应日期，取该月最后一日{ $day }
calendar-rolled = { $from }，{ $reason }，顺延至{ $to }
calendar-suspended = { $moment }起暂停，尚未恢复，暂无到期时间
calendar-due = { $moment }到期
calendar-provisional = 暂定结果：{ $year }年放假安排尚未公布，公布后重新计算

calendar-reason-working = 工作日
calendar-reason-makeup = 调休上班
calendar-reason-makeup-for = { $name }调休上班
calendar-reason-exception = 特别安排上班
calendar-reason-exception-for = 特别安排上班（{ $name }）
calendar-reason-calendar = 自然日
calendar-off-weekly = 休息日
calendar-off-holiday = 节假日
calendar-off-holiday-named = { $name }放假
calendar-off-exception = 特别安排休息
calendar-off-exception-for = 特别安排休息（{ $name }）
calendar-off-paused = 暂停计时

calendar-month-heading = { $month }，工作日 { $days } 天
