# 案件按另一版制度会怎样。

simulate-estimate = 这是估算：假定各人做的事和时间不变，而换了规定，人的做法也会不同。
simulate-head = 制度 { $policy }：第 { $from } 版的案件按{ $to }计算，共 { $cases } 件{ $days }，其中 { $fitting } 件适用
simulate-since = （{ $since } 起受理）
simulate-until = （{ $until } 前受理，含当日）
simulate-between = （{ $since } 至 { $until } 受理）
simulate-kind = { $kind }（{ $cases } 件）
simulate-clock = { $clock }：{ $cases } 件，超时 { $before } → { $after }（新增 { $newly }，不再超时 { $no_longer }）
simulate-earlier = 到期提前 { $cases } 件，中位数 { $median }
simulate-later = 到期推后 { $cases } 件，中位数 { $median }
simulate-only-before = 不再计时 { $cases } 件
simulate-only-after = 原来不计时而要计时 { $cases } 件
simulate-deciders = 办理人或核决人会不同
simulate-decider = { $kind } · { $what }：{ $before } → { $after }（{ $cases } 件）
simulate-misfits = { $cases } 件不适用，未计入以上数字
simulate-misfit = { $kind } · { $what }：{ $cases } 件（{ $numbers }）
simulate-largest = 到期时间变化最大的
simulate-shift = { $number }  { $clock }：{ $before } → { $after }，{ $shift }
simulate-version = 第 { $version } 版
simulate-folder = “{ $folder }”
shift-earlier = 提前 { $span }
shift-later = 推后 { $span }
span-days = { $count } 天
span-hours = { $count } 小时
span-minutes = { $count } 分钟

misfit-kind = 没有这类案件
misfit-channel = 没有渠道“{ $name }”
misfit-step = 没有环节“{ $name }”
misfit-act = 没有办理动作“{ $name }”
misfit-field = 没有字段“{ $name }”
misfit-value = “{ $name }”填写的内容在那里不能填
misfit-party = 没有当事人“{ $name }”
misfit-level = 没有“{ $name }”中人工确定的级别
misfit-uncountable = 到期时间超出日历的年份
misfit-clock = 正在计时的“{ $name }”在那里没有
misfit-pause = “{ $name }”的暂停理由在那里没有
misfit-extension = “{ $name }”的延期在那里不能给，或者单位不同
misfit-protection = “{ $name }”受到的保护会减弱
misfit-sealed-file = 有文件封存在“{ $name }”之下，那里不封存文件
misfit-sight = 现在不能看、不能办的人会能看或者能办
misfit-holder = 接手的人在那里不能办这个环节，请先移交

migration-done = { $policy }：{ $migrated } 件在办案件改用第 { $to } 版，{ $left } 件保持不变
migration-would = 试算，没有保存。{ $policy }：{ $migrated } 件在办案件会改用第 { $to } 版，{ $left } 件会保持不变
migration-left = { $number }（第 { $version } 版）：{ $misfits }
