# 核算：哪里有问题，怎么办。
settle-no-sheets = 这个制度没有核算表
settle-no-sheets-help = 用 --policy 指定有核算表的制度
settle-unknown-name = 这里没有要填的“{ $name }”
settle-unknown-name-help = 这里可以填：{ $known }
settle-computed = 这一列由系统算出，不能填
settle-computed-help = 去掉它
settle-bad-value = “{ $found }”不是{ $expected ->
    [map] 一组“名称: 值”
    [list] 各行的列表
    [name] 名称
    [money] 金额
    [quantity] 数量
    [percent] 百分比
    [bool] 是否
    [date] 日期
    [month] 月份
    [one_of] 选项
    [many_of] 选项的列表
   *[quoted] 不会丢失位数的写法
}
settle-bad-value-help = { $expected ->
    [map] 写列名和值
    [list] 写一个列表，每行一组“列名: 值”
    [name] 写至多 100 个字，不含 / 和 ·，前后没有空格
    [money] 写带引号的数字，最多两位小数，如 "1234.50"
    [quantity] 写数字，最多六位小数，如 "1000" 或 "2.5"
    [percent] 写带引号的百分数，如 "33.33%"
    [bool] 写 true 或 false
    [date] 写日期，如 "2026-03-15"
    [month] 写月份，如 "2026-03"
    [one_of] 写这一列的一个选项
    [many_of] 写这一列的选项的列表
   *[quoted] 给数字加上引号，如 "12.50"
}
settle-unknown-choice = 没有选项“{ $name }”
settle-unknown-choice-help = 可选的有：{ $known }
settle-missing = { $for ->
    [none] 这一项必须填写
   *[other] 这一项必须填写，{ $for } 要用它来算
}
settle-missing-help = 补上它
settle-twice = “{ $name }”重复了，第一次在 { $first }
settle-twice-help = 合并两行，或用不同的名称
settle-too-many = 超过 { $max } 行
settle-too-many-help = 分成几个文件核算
settle-weights-sum = 比例合计 { $sum }，不是 { $wanted }
settle-weights-sum-help = 调整比例，使合计正好是 { $wanted }
settle-no-weight = { $total } 无法分摊：权数合计为零，或位数太多
settle-no-weight-help = 填写权数
settle-no-match = { $sheet } 里没有 { $wanted } 的行
settle-no-match-help = 在 { $sheet } 里补上，或改正名称
settle-negative = { $amount } 小于零，不能用来算 { $for }
settle-negative-help = 检查它由哪些金额得出
settle-out-of-bounds = { $for } 太大，或位数太多而不能精确保存
settle-out-of-bounds-help = 金额最大 1,000,000,000,000,000，结果最多 12 位小数
settle-off-ladder = 从 { $grade } 移动不了那么多级
settle-off-ladder-help = 制度把等级移到了等级表之外，请改正制度
settle-month-gap = 前面缺少 { $month } 这个月
settle-month-gap-help = 补上 { $month } 的一行
settle-other-month = 这一行不是 { $month } 的
settle-other-month-help = 去掉月份一列，或每个月分开录入
settle-unset-param = 参数 { $name } 没有数值
settle-unset-param-help = 在制度里设定它
settle-problems = 没有核算：有 { $count } 处要改正。
