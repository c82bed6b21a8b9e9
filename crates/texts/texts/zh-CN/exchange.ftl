# 导入与导出。

# 对照文件里的问题。
hy-m001 = “{ $name }”在这里没有意义
hy-m001-help = { $meant ->
    [none] 这里可以写：{ $known }
   *[other] 是不是“{ $meant }”？这里可以写：{ $known }
}
hy-m002 = 缺少“{ $name }”
hy-m002-help = 加上一行 `{ $name }:`
hy-m003 = “{ $found }”不是这里要的内容
hy-m003-help = { $expected ->
    [text] 请写一段文字
    [map] 请写“词: 值”的对照
    [list] 请写一个列表
    [column-or-fixed] 请写 column（取自哪一列）或 fixed（固定值），二者取一
    [true-false] 请写 true 或 false
    [format] 请写日期格式，如 "%d.%m.%Y %H:%M"
    [time-of-day] 请写时刻，如 "09:00"
    [zone] 请写时区，如 Asia/Shanghai
    [encoding] 请写 utf-8 或 gb18030
    [separator] 请写一个字符，或 tab
   *[source-name] 来源名称只用小写字母、数字和连字符，最长 64 个字符
}
hy-m004 = { $what ->
    [policy] 没有这项制度
    [kind] 制度里没有这种案件类型
    [channel] 制度里没有这个渠道
    [field] 这个部分没有这个字段
    [act] 这种案件没有这个办理动作
   *[choice] 这个字段没有这个选项
}：{ $name }
hy-m004-help = { $meant ->
    [none] 可以写：{ $known }
   *[other] 是不是“{ $meant }”？可以写：{ $known }
}
hy-m005 = 制度要求填写“{ $name }”，这里却没有对应的列
hy-m005-help = 写明它取自哪一列；旧数据里确实没有的，列入 missing，案件上会注明缺少
hy-m006 = 文件里没有“{ $name }”这一列
hy-m006-help = { $meant ->
    [none] 文件里的列：{ $known }
   *[other] 是不是“{ $meant }”？文件里的列：{ $known }
}
hy-m007 = 上面的规则已经适用于所有行，这一条用不到
hy-m007-help = 把没有 when 的规则放到最后

# 读不了的文件。
import-file-too-big = 文件太大：{ $what ->
    [bytes] 解压前后都不能超过 { $max } 字节
    [parts] 工作簿的部件不能超过 { $max } 个
    [rows] 不能超过 { $max } 行
   *[columns] 不能超过 { $max } 列
}；请拆成几个文件
import-file-damaged = 文件已损坏，或者不是它的扩展名所说的格式
import-file-unknown-sort = 认不出这种文件；请用 .csv、.tsv、.xlsx、.jsonl 或 .ndjson，也可以再加 .gz
import-file-no-heading = 文件里没有表头
import-file-column-twice = 有两列都叫“{ $column }”
import-file-no-sheet = 工作簿里没有工作表“{ $sheet }”

# 有问题的行。
import-row-too-wide = 这一行有 { $found } 格，表头只有 { $expected } 列
import-row-unreadable = 这一行读不出来
import-row-undecodable = 这一行有无法识别的字符，请核对文件编码
import-row-no-object = 这一行不是 JSON 对象
import-row-no-rule = 对照文件里没有适用于这一行的规则
import-row-no-channel = 没有渠道
import-row-id-twice = 文件里前面已有同一编号的行，内容却不同
import-row-other-content = 这个编号以前导入过，内容却不同；没有改动已有案件
import-row-erased = 这位客户的资料已按要求删除，不能再导入
import-cell-too-long = 内容太长，最多 { $max } 个字符
import-cell-nested = 这一格里还有结构，只能是文字、数字、是非或文字列表
import-cell-no-value = 对照表里没有“{ $found }”
import-cell-no-id = 没有编号
import-cell-no-date = “{ $found }”不是能识别的日期或时间
import-cell-no-time-of-day = “{ $found }”只有日期；请在对照文件里用 time 写明按几点计
import-cell-no-time-given = 没有受理时间
import-cell-act-without-time = 有内容却没有时间
import-cell-no-days = “{ $found }”不是天数
import-cell-no-number = “{ $found }”不是数字
import-cell-no-bool = “{ $found }”既不是“是”也不是“否”
import-cell-no-unit = 没有唯一一个叫“{ $found }”的部门
import-cell-no-person = 没有唯一一个叫“{ $found }”的人

# 导入的结果。
import-done = 新导入 { $new } 件，已有 { $known } 件，退回 { $rejected } 行
import-would-do = 试运行，没有写入：可导入 { $new } 件，已有 { $known } 件，会退回 { $rejected } 行
import-rejected = 退回的行和原因见 { $list }
import-list-row = 行
import-list-id = 编号
import-list-column = 列
import-list-reason = 原因
import-no-data = 没有数据目录“{ $path }”；请先启动一次服务
import-no-file = 读不了“{ $path }”
import-list-not-written = 写不了“{ $path }”

# 导出的列。
export-number = 编号
export-kind = 类型
export-status = 状态
export-status-open = 办理中
export-status-closed = 已结案
export-status-archived = 已归档
export-subject = 事由
export-content = 内容摘要
export-customer-name = 客户
export-channel = 渠道
export-opened-at = 受理时间
export-step = 环节
export-holder-unit = 承办部门
export-holder-role = 承办岗位
export-holder-person = 承办人
export-limit = 最近的时限
export-due-at = 到期时间
export-lead-unit = 主办单位
export-closed-at = 结案时间
export-clock-started-at = { $clock }：起算
export-clock-due-at = { $clock }：到期
export-clock-stopped-at = { $clock }：完成
export-clock-standing = { $clock }：结果
export-running = 计时中
export-overdue = 已超时
export-suspended = 已暂停
export-met = 按时完成
export-missed = 逾期完成
export-withdrawn = 已撤销
export-measure = 指标
export-class = 分类
export-cases = 件数
export-among = 总件数
export-share = 占比
export-sum = 合计
export-median = 中位数
export-p90 = 九成不超过
export-clause = 条款
export-all-units = 全部

# 传票表的各列。
export-voucher-identifier = 传票标识
export-voucher-kind = 传票
export-voucher-amount = 金额（元）
export-voucher-reverses = 冲销
export-voucher-case = 案件编号
export-voucher-policy = 制度
export-voucher-clause = 条款
export-voucher-settled-at = 核算时间
export-voucher-run = 导出批次
# 从文件录入的奖金。
bonuses-file-too-big = 文件超过 { $max } MiB
bonuses-no-json = 文件不是 JSON：{ $why }
bonuses-column-unknown = 没有“{ $column }”这一列；可以有的列：{ $known }
bonuses-column-twice = “{ $column }”这一列重复了
bonuses-column-missing = 缺少“{ $column }”这一列
bonuses-line = 第 { $line } 行
bonuses-at-line = 第 { $line } 行：{ $what }
bonuses-in-column = { $column }：{ $what }
# 扣款表的列。
export-deduction-person = 姓名
export-deduction-month = 月份
export-deduction-bonus = 当月奖金（元）
export-deduction-used = 已扣金额（元）
export-deduction-room = 上限（元）
export-deduction-owed = 应扣（元）
export-deduction-taken = 本月扣款（元）
export-deduction-rest = 顺延（元）
export-deduction-charges = 扣款明细
export-deduction-case = 案件编号
export-deduction-row = 事项
export-deduction-amount = 应扣金额（元）
export-deduction-before = 以前已扣（元）
export-deduction-charge-taken = 本月扣款（元）
export-deduction-charge-rest = 余额（元）
export-deduction-from = 起扣月份
export-deduction-clause = 条款
export-deduction-working = 计算
deduction-charge-brief = { $case } { $taken }（{ $clause }）
deduction-charges-more = 等 { $count } 项
