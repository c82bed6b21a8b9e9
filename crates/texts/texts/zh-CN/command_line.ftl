# 命令行。

serve-address = 回音已启动：{ $url }（数据目录 { $data }）
serve-database = 使用数据库 { $database }，可由多个节点共用
serve-setup = 首位管理员请打开（链接只能用一次）：
    { $link }

finding-error = 错误
finding-before-publishing = 上线前须改
finding-warning = 提醒
finding-help = 办法
finding-clause = 条款

policy-clean = { $folder }：没有发现问题
policy-usable = { $folder }：可以使用，有 { $count } 处提醒
policy-wrong = { $folder }：有 { $count } 处问题，改正后才能使用
policy-begun = { $folder }：换成自己的条款、表单和流程，再运行 huiyin policy check { $folder } 和 huiyin policy test { $folder }
policy-published = { $policy }：第 { $version } 版已施行，新案件按此办理
policy-published-ahead = { $policy }：第 { $version } 版已发布，自 { $from } 起受理新案件
adoption-line = { $policy }：第 { $version } 版，{ $unit } 采用第 { $base } 版，自 { $from } 起（{ $standing ->
    [in-force] 现行
    [to-come] 尚未施行
    [stopped] 紧急停用
   *[earlier] 已被取代
}）{ $values }
adoption-ended = { $policy }：第 { $version } 版，{ $unit } 自 { $from } 起停止采用
adoptions-none = { $policy }：没有部门采用过
policy-drafted = { $policy }：草案 { $id } 已保存，请在工作台征求意见、会签并发布
policy-stopped = { $policy }：第 { $version } 版已紧急停用
policy-resumed = { $policy }：第 { $version } 版已恢复
policy-taken-in = 新案件按第 { $now } 版受理；在办案件照常办理
policy-not-taken-in = 暂不受理新案件；在办案件照常办理

mark-rule = 规则
mark-form = 表单
mark-clock = 时限
mark-report = 报表
mark-guide = 指引
mark-admin = 管理

coverage-http = HTTP 测试 { $test }
coverage-data = 制度数据 { $count } 处
coverage-bare = 缺少验证：{ $marks }

verify-good = 日志完整：{ $events } 条记录、{ $cases } 个案件、{ $attachments } 个附件，链、检查点与附件内容全部一致
verify-bad = 日志有 { $count } 处不一致
rebuild-good = 由日志重新推导的表与现有的表完全一致（{ $cases } 个案件）
rebuild-bad = 有 { $count } 处不一致
reindex-done = 已重建 { $cases } 个案件的检索
migrate-done = 数据库结构已是第 { $number } 版
erase-unconfirmed = 删除后无法恢复：{ $number } 的客户及其全部案件的内容都会永久不可读。确定要删除请加 --yes
erase-done = 已删除：客户记录 { $records } 份、案件 { $cases } 件的内容不可再读；日志和证明保持完整
erase-no-case = 没有这个编号的案件{ $numbers }
erase-held = 法律保全期间不得删除：{ $numbers }
erase-open = 还有在办案件，不能删除：{ $numbers }
erase-vouchers = 还有待导出的传票，不能删除：{ $numbers }
erase-charges = 这些案件的扣款还没有扣完或退清，不能删除：{ $numbers }
erase-gone = 以前已经删除{ $numbers }
rebuild-difference = 案件 { $case }：{ $what }
rebuild-difference-totals = 统计：{ $what }
verify-changed = 案件 { $case } 第 { $seq } 条记录与当初不同
verify-gap = 案件 { $case } 第 { $seq } 条之前有缺失，或它的位置不对
verify-added = 案件 { $case } 第 { $seq } 条是封存之后插入的
verify-position = 日志位置 { $position } 缺失或被占用
verify-sealed = 已封存的记录不见了或被改动：{ $stream } 第 { $seq } 条
verify-audit = 访问记录第 { $position } 条被改动、删除或插入
verify-tree = 封存树与大小为 { $size } 的检查点不符
verify-attachment-missing = 案件 { $case }：第 { $seq } 条记录的附件内容缺失
verify-attachment-changed = 案件 { $case }：第 { $seq } 条记录的附件内容被改动
verify-checkpoint = 有一个检查点不属于这份日志
verify-cut-off = 日志被截断：应有 { $expected } 个封存项，只有 { $found } 个

report-head = { $title } · { $policy }（第 { $version } 版，{ $clause }）
    { $first } 至 { $last }
report-duration = { $title }：中位数 { $median }，九成不超过 { $p90 } { $unit ->
    [working_days] 个工作日
    [days] 天
   *[hours] 小时
}，共 { $cases } 件{ $within }
report-within = ；{ $limit } 以内 { $share }
report-rate = { $title }：{ $share }（{ $among } 件中 { $cases } 件）
report-tally = { $title }：{ $classes }
report-sum = { $title }：{ $sum }（{ $cases } 件）{ $classes }
report-no-class = 未填
report-no-unit = 未转给部门
policy-no-difference = 没有差异。

vouchers-waiting = 待导出传票 { $count } 张，合计 { $total } 元；未作任何登记
vouchers-nothing = 没有待导出的传票
vouchers-handed-over = 批次 { $run }：导出传票 { $count } 张，合计 { $total } 元；内容 { $hash }
vouchers-written = 批次 { $run } 的传票表在“{ $path }”
vouchers-not-written = 批次 { $run } 已登记，但“{ $path }”写不了；用 `huiyin vouchers fetch { $run }` 重新取得同一份表
vouchers-taken = 未导出：{ $number } 的“{ $identifier }”已是另一案件的传票标识；两个制度的案件编号相同
vouchers-more = 还有待导出的，请再导出一次
vouchers-run = { $run }  { $at }  { $by }  { $count } 张  { $hash }
no-such-login = 没有登录名为“{ $login }”的账号
deductions-charge = { $person }  { $case }  { $row }  { $from } 起 { $amount }（{ $clause }），已扣 { $before }，余 { $left }
deductions-held = { $person }  { $case }  { $row }  { $from } 起 { $amount }（{ $clause }），有未了事项，暂不扣
deductions-entered = 已录入 { $month } 的奖金 { $count } 人，合计 { $total } 元
deductions-would-enter = { $month } 的奖金 { $count } 人，合计 { $total } 元；未作任何登记
deductions-without = { $person } 有应扣款项而没有奖金：不扣
deductions-person = { $person }：应扣 { $owed }，上限 { $room }，扣 { $taken }，顺延 { $rest }
deductions-person-without = { $person }：应扣 { $owed }，没有录入奖金，不扣，顺延 { $rest }
deductions-would-close = { $month } 将扣 { $count } 人 { $taken } 元，顺延 { $rest } 元；未作任何登记
deductions-closed = { $month } 已月结：扣 { $count } 人 { $taken } 元，顺延 { $rest } 元；内容 { $hash }
deductions-written = { $month } 的扣款表在“{ $path }”
deductions-not-written = { $month } 已月结，但“{ $path }”写不了；用 `huiyin deductions fetch { $month }` 重新取得同一份表
deductions-month = { $month }  { $at }  { $by }  { $count } 人  { $taken } 元  { $hash }
deductions-next = 下一个月结 { $month }；{ $count } 人应扣 { $owed } 元
deductions-nothing = 没有待扣的款项
deductions-no-account = 没有表单记入账户“{ $account }”
deductions-no-accounts = 已发布的制度没有表单记入账户
deductions-which-account = 用 --account 写明哪个账户：{ $known }
