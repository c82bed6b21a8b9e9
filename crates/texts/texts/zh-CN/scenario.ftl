# 场景测试：测试文件里的错误，以及与预期不同之处。
hy-s001 = 这里不能写“{ $name }”
hy-s001-help = 这里可以写：{ $known }
hy-s002 = 缺少“{ $name }”
hy-s002-help = 加一行“{ $name }:”
hy-s003 = “{ $found }”不是这里要填的内容
hy-s003-help = { $expected ->
    [text] 请写一段文字
    [yes-no] 请写 yes 或 no
    [time] 请写当地时间，如 2026-02-13T16:20
    [map] 请写“名称: 值”的映射
    [list] 请写列表
    [command] 请写一个动作，如 register KIND、record ACT 或 transfer UNIT
    [whole] 请写整数
    [money] 请写金额，如 100.00
    [percent] 请写百分比，如 20%
    [quantity] 请写数量，如 3 或 2.5
    [date] 请写日期，如 2026-02-13
   *[standing] 请写 running、overdue、suspended、met、missed、withdrawn 或 never
}
hy-s004 = 未知的{ $what ->
    [account] 逐月账户
    [act] 办理动作
    [case] 案件（到这一步还没有立这个名称的案件）
    [channel] 渠道
    [choice] 选项
    [clause] 条款
    [clock] 时限
    [column] 有值的列
    [contacts] 联系客户规则
    [field] 字段
    [form] 表单
    [kind] 案件类型
    [level] 级别
    [measure] 统计指标
    [milestone] 进度节点
    [notice] 通知
    [offer] 可办事项
    [party] 当事人
    [pause_reason] 暂停理由
    [person] 人员
    [relation] 关系
    [role] 角色
    [rows] 预填的行
    [rule] 拒绝代码
    [scale] 分级
    [seal] 封存
    [sheet] 核算表
    [step] 环节（这个案件类型没有）
    [unit] 部门
   *[word] 词
}：“{ $name }”
hy-s004-help = { $near ->
    [yes] 是不是“{ $meant }”？已有：{ $known }
   *[no] 已有：{ $known }
}
hy-s005 = 这一步早于上一步
hy-s005-help = 各步按时间先后排列；补记的用 happened 和 late_because
hy-s006 = { $what }过多，最多 { $max }
hy-s006-help = 把测试拆开
hy-s010 = 动作被拒绝：{ $rule }（{ $clause }）
hy-s010-help = 如果本该拒绝，写上 refused: {"{"}rule: { $rule }, clause: { $clause }{"}"}；否则调整前面的步骤
hy-s011 = 动作本该被拒绝，却办成了
hy-s011-help = 制度里少了这条规则，或者前面的步骤没有触犯它
hy-s012 = { $what }是“{ $found }”，不是“{ $expected }”
hy-s012-help = 制度或测试有一个不对
hy-s013 = 这些行核算不了：“{ $path }”处 { $key }
hy-s013-help = 改正这些行；如果本该如此，写上 problems: {"{"}"{ $path }": { $key }{"}"}
