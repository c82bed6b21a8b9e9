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

# 日历文件里的错误。
calendar-problem = { $fault ->
    [too_large] 文件超过 { $value } 字节
    [not_one_object] 整个文件应为一个对象
    [not_json] 不是合规的 JSON：{ $value }
    [unknown_key] 没有这一项；可以写的有：{ $value }
    [not_an_object] 应为对象
    [not_a_list] 应为列表
    [not_a_text] 应为文字
    [not_a_date] “{ $value }”不是日期；请写成 YYYY-MM-DD
    [date_outside] { $value } 不在日历的年份内（1970 至 2199 年）
    [not_a_year] 应为 1970 至 2199 之间的年份
    [not_a_pair] 应为一对时刻
    [not_a_time] “{ $value }”不是时刻；请写成 HH:MM，00:00 至 24:00
    [interval_empty] 时段 { $value } 结束不晚于开始
    [intervals_disordered] 时段 { $value } 与前一个重叠，或早于前一个
    [no_zone] 缺少时区；例如 Asia/Shanghai
    [unknown_zone] 没有“{ $value }”这个时区
    [no_weekly] 缺少每周的工作时间；请按星期 1（周一）至 7 填写
    [not_a_weekday] 应为星期 1（周一）至 7（周日）
    [not_years] 应为一对年份：已公布的第一年和最后一年
    [years_reversed] 第一年晚于最后一年
    [not_days] 应为日期，或带有 date，或 from 和 to 的对象
    [neither_date_nor_run] 请写 date，或者 from 和 to
    [run_reversed] to 早于 from
   *[run_too_long] 一项最多 { $value } 天
}
calendar-problem-at = { $at }：{ calendar-problem }

calendar-day-worked = 上班
calendar-day-off = 休息
calendar-day-hours = { $why }，{ $hours }
problem-calendar-faulty = 日历文件有 { $count } 处错误
problem-calendar-faulty-help = 什么都没有改动。请改正后重新选择文件。
problem-calendar-new = 还没有这个日历
problem-calendar-new-help = 新的日历要用完整的文件（有 tz 和 weekly），并且对所有日期生效。
problem-calendar-zone = 这个日历的时区仍为 { $zone }
problem-calendar-zone-help = 已有案件的日期按它计算。请换一个名称载入，并在制度里写明用哪个日历。
problem-calendar-years = { $first } 至 { $last } 年与已公布的年份不相接
problem-calendar-years-help = 请先载入中间的年份，或改正 published_years。
problem-calendar-unchanged = 文件没有带来变化
problem-calendar-unchanged-help = 文件里写的都已生效。
problem-calendar-name-unusable = 日历不能用这个名称
problem-calendar-name-unusable-help = 以小写字母开头，只用小写字母、数字和“_”，最多 64 个字符。
problem-calendar-unknown = 制度按日历 { $name } 计算，这里没有这个日历
problem-calendar-unknown-help = 把它放进制度文件夹的 calendars/{ $name }.json，或者先载入。
problem-day-unreadable = 日期无法识别
problem-day-unreadable-help = 请写成 2027-01-01。

calendar-change = { $date }：{ $before } → { $after }
calendar-changes = { $days } 天有变化；在办时限：{ $earlier } 个提前，{ $later } 个推后，{ $settled } 个不再暂定{ $more ->
    [yes] （只看了前面一部分案件）
   *[no] {""}
}
calendar-loaded = { $name }：第 { $version } 版已载入，{ $cases } 件案件的到期时间已重新计算
calendar-year-missed = 日历 { $name } 还没有 { $year } 年的安排：跨入该年的时限都是暂定的。请用 huiyin calendar load 载入。
calendar-kept = { $name }：第 { $version } 版，{ $zone }，年份 { $years }
calendar-kept-version = { "  " }第 { $version } 版：{ $by }，{ $at }{ $from ->
    [none] {""}
   *[other] ，自 { $from } 起
}{ $policy ->
    [none] {""}
   *[other] ，随制度 { $policy }
}
