# 制度文件检查发现的问题；-help 是该怎么办。

did-you-mean = 是不是想写“{ $name }”？
first-here = 第一次在这里
always-taken-first = 总是先走这一条
the-shares = 各个分段

hy-p001 = 文件里有{ $what ->
    [byte_order_mark] 字节顺序标记（BOM）
    [nul] 空字符
    [tab] 制表符
    [encoding] 不是 UTF-8 的内容
   *[control] 控制字符
}
hy-p001-help = 另存为“UTF-8（无 BOM）”；缩进用空格，不用制表符。
hy-p002 = { $what ->
    [bytes] 文件太大，最多 { $max } 字节
    [depth] 嵌套太深，最多 { $max } 层
    [values] 内容太多，最多 { $max } 个值
    [entries] 一个列表或键值表太长，最多 { $max } 项
    [text] 一段文字太长，最多 { $max } 个字符
   *[files] 文件太多，最多 { $max } 个
}
hy-p002-help = 一份制度用不到这么多。请检查是否误放了别的文件，或把内容拆开。
hy-p003 = 从这里起不是合法的 YAML：{ $what ->
    [flow] 花括号或方括号里少了逗号，或没有配对
    [quoted] 引号里的文字写得不对，或引号没有配对
    [colon] 这里不能再写“名称: 值”
    [indent] 缩进不对，或这里该是下一项
    [end] 还没写完就结束了
   *[other] 写法不对（{ $reason }）
}
hy-p003-help = { $blank ->
    [yes] 文字里有 {"{"}number{"}"} 这样的空格时，整段文字要加引号：'…{"{"}number{"}"}…'。
   *[no] 检查这一行和上一行的缩进、冒号后的空格、引号和括号是否成对。
}
hy-p004 = “{ $name }”出现了两次
hy-p004-help = 删掉一个，或改一个名字。
hy-p005 = 制度文件里不用{ $what ->
    [anchor] 锚点（&）
    [alias] 引用（*）
    [merge] 合并键（<<）
    [key] 列表或键值表作键
   *[tag] 类型标记（!）
}
hy-p005-help = 把内容直接写出来，让读的人看到什么就是什么；文字以 & * ! 开头时加引号。
hy-p006 = { $what ->
    [none] 文件是空的
   *[more] 文件里有不止一份内容（---）
}
hy-p006-help = 一个文件只放一份内容；要分开就分成几个文件。
hy-p010 = 这里没有“{ $name }”这一项
hy-p010-help = 可以写的有：{ $known }。
hy-p011 = { $any ->
    [yes] 这里缺少其中一项：“{ $name }”
   *[no] 这里缺少“{ $name }”
}
hy-p011-help = { $any ->
    [yes] 补上其中一项。
   *[no] 补上这一项。
}
hy-p012 = 这里应该是{ $expected ->
    [map] 键值表
    [list] 列表
   *[scalar] 一个词、数或文字
}，写的却是{ $found ->
    [map] 键值表
    [list] 列表
    [nothing] 空
   *[scalar] 一个词、数或文字
}
hy-p012-help = 键值表写成 `名称: 值`，列表写成 `- 值` 或 `[值, 值]`。
hy-p013 = “{ $name }”不能作名称：{ $why ->
    [reserved] 这是语言自己的词
    [act] 已有同名的办理动作
    [long] 太长
    [prefix] 编号前缀最多 16 个字母、数字或 -
   *[letters] 只能用小写字母、数字和 _，以字母开头
}
hy-p013-help = 换一个名称；给人看的文字写在 title 里，可以用中文。
hy-p014 = “{ $name }”不是可选的词
hy-p014-help = 可以写的有：{ $known }。
hy-p015 = “{ $found }”不是{ $expected ->
    [whole] 整数（或超出范围）
    [money] 金额
    [percent] 百分数
    [elapsed] 一段时间
    [day_period] 一天中的时段
    [period] 周期
    [figure] 数值
   *[limit] 时限
}
hy-p015-help = { $expected ->
    [whole] 写一个整数。
    [money] 写数字，最多两位小数，不要逗号，如 100000.00。
    [percent] 写数字和百分号，如 20%。
    [elapsed] 写成 30 minutes、4 hours 或 2 days。
    [day_period] 写两个时刻，如 22:00-08:30 或 12:00-13:30。
    [figure] 写成 20%、200 yuan，或 3、0.5 这样的数。
    [period] 写成 once a month、2 times a quarter、every 7 days、by day 10 或 by working day 5。
   *[limit] 写成 3 working days、24 hours、30 minutes、7 days、2 half working days、1 month 等。
}
hy-p016 = 缺少 { $language } 文字
hy-p016-help = 中文（zh-CN）和英文（en）都要写。
hy-p020 = 没有叫“{ $name }”的{ $kind ->
    [param] 参数
    [role] 角色
    [channel] 渠道
    [series] 编号
    [part] 表单
    [act] 办理动作
    [copy] 有分联的表单或联
    [notice] 通知
    [band] 审批权限表
    [ladder] 等级表
    [sheet] 核算表
    [account] 逐月账户
    [voucher] 传票
    [kind] 案件类型
    [step] 环节
    [clock] 时限
    [measure] 统计指标
    [report] 报表
    [levels] 分级
    [categories] 类别树
    [party] 当事人
   *[moment] 时刻或办理动作
}
hy-p020-help = 在 { $section } 里声明它，或改成已有的名称。
hy-p021 = 没有声明条款“{ $name }”
hy-p021-help = 在 clauses 里声明它，或改成已有的条款号。
hy-p022 = 没有任何地方用到“{ $name }”
hy-p022-help = 删掉它，或检查本该用到它的地方是否写了别的名称。
hy-p030 = 条件在这里读不下去
hy-p030-help = 检查引号、括号和 && || ! == 等符号；文字用单引号。
hy-p031 = 条件太长或括号太深
hy-p031-help = 最多 { $bytes } 字节、{ $depth } 层；拆成几条规则会更好读。
hy-p032 = 没有字段“{ $name }”
hy-p032-help = { $what ->
    [engine] 这里可以问的有：{ $known }。
   *[field] 写成 表单.字段，两个名称都按 parts 里声明的写。
}
hy-p033 = { $fact } 没有选项“{ $name }”
hy-p033-help = 可选的有：{ $known }。
hy-p034 = { $what ->
    [compare] 不能比较：一边是{ $left ->
        [bool] 是否
        [number] 数
        [date] 日期
        [instant] 时刻
        [one_of] 单选
        [many_of] 多选
        [category] 类别
        [unit] 部门
        [person] 人员
        [text] 文字
       *[other] { $left }
    }，另一边是{ $right ->
        [bool] 是否
        [number] 数
        [date] 日期
        [instant] 时刻
        [one_of] 单选
        [many_of] 多选
        [category] 类别
        [unit] 部门
        [person] 人员
        [text] 文字
       *[other] { $right }
    }
    [yes_no] 这里要能回答是或否，写的却是{ $left ->
        [bool] 是否
        [number] 数
        [date] 日期
        [instant] 时刻
        [one_of] 单选
        [many_of] 多选
        [category] 类别
        [unit] 部门
        [person] 人员
        [text] 文字
       *[other] { $left }
    }
   *[fact] 这里要类型为 { $right } 的字段，写的却是{ $left ->
        [bool] 是否
        [number] 数
        [date] 日期
        [instant] 时刻
        [one_of] 单选
        [many_of] 多选
        [category] 类别
        [unit] 部门
        [person] 人员
        [text] 文字
       *[other] { $left }
    }
}
hy-p034-help = { $choices ->
    [yes] 选项没有大小，只能用 ==、!= 和 in 来问，名称加引号。要分高低的，写成 levels 里的分级：由它的表定级，raise_only 让人只能往高调。
   *[no] 类型以字段的 type 为准；只有数和日期能比大小，多选用 in 和 size()。
}
hy-p035 = 条件里不能用“{ $sign }”
hy-p035-help = 条件只做比较：== != < <= > >=、&& || !、in、has()、size()、within()；计算用表格表达。
hy-p040 = 没有案件能到达环节“{ $step }”
hy-p040-help = 加一条通向它的流转，或删掉它。
hy-p041 = 案件到了环节“{ $step }”就再也不能结案
hy-p041-help = 加一条流转，直接或经过别的环节通向 closed。
hy-p042 = 环节“{ $step }”可能被跳过，它后面却没有环节
hy-p042-help = 在它后面加一个环节，或去掉 when 和 skip_if_actor。
hy-p043 = 前面的流转总是先成立，轮不到这一条
hy-p043-help = 把更特殊的一条移到前面，或给前面的一条加上条件。
hy-p044 = { $what ->
    [not_offered] 这个环节没有办理动作“{ $name }”
    [not_here] “{ $name }”不会在环节里发生
    [other_step] “{ $name }”发生在别的环节
    [automatic] 流转要由人的动作引起，不能由“{ $name }”引起
    [accepted] 这个环节须先接收，却没有 accepted 流转
    [after_close] 结案后只有 reopened 和 archived
    [above] 只有专为异议而立的案件才有“{ $name }”
    [need] 这类案件里得不到“{ $name }”
    [party] 这类案件没有当事人“{ $name }”
    [measure] 要统计的案件类型里，并不都会有“{ $name }”
   *[clock] 这类案件里不会发生“{ $name }”
}
hy-p044-help = 让它能够发生（在环节里提供动作或加流转），或改等另一件事。
hy-p045 = 没有什么事能停住时限“{ $clock }”
hy-p045-help = 写明哪件事做了就停。
hy-p046 = 提前量不小于时限本身，提醒会早于起算
hy-p046-help = 缩短提前量。
hy-p047 = { $what ->
    [choice] 没有写选项“{ $name }”的时限
    [empty] 没有写时限
    [last] 最后一行不能有条件，否则有的案件没有时限
   *[hidden] 这一行没有条件，后面的行永远轮不到
}
hy-p047-help = 每种情况都要有时限：带条件的行在前，不带条件的一行在最后。
hy-p048 = 延期的上限比时限本身还短
hy-p048-help = 上限按同样的算法不能低于任何一行时限；改上限，或改时限。
hy-p049 = 流转只等“{ $act }”的某些结果，“{ $outcomes }”没有下文：记录在案后案件原地不动
hy-p049-help = 给每个结果写一条流转；留在原地的写 then: stay。
hy-p050 = { $what ->
    [sum] { $column ->
        [all] 分段合计 { $sum } 天，总时限 { $whole } 天
       *[other] “{ $column }”一列分段合计 { $sum } 天，总时限 { $whole } 天
    }
    [unit] 分段和总时限的单位不同，加不起来
    [columns] 分段按不同的字段取值，对不上
   *[whole] “{ $column }”一列的总时限没有确定的数
}
hy-p050-help = 改分段或总时限，使每一列都正好相等；半天写 12 hours（自然日）或 0.5 working days。总时限有一部分不归任何人时写 rest: nobody；of_which 里的合计不能超过它所在的一段。
hy-p051 = { $what ->
    [backwards] “{ $name }”的后一个环节在前一个之前
    [outside] “{ $name }”的环节不在它所属的那一段里
   *[overlap] 分段“{ $name }”与前一段重叠或次序颠倒
}
hy-p051-help = 分段按环节的次序写，同一环节只属于一段；of_which 里的分段只用所属那一段的环节。
hy-p052 = 分段合计正好 { $whole } 天，但每段按日终止，最后一段可能到第 { $latest } 天才结束
hy-p052-help = 以总时限为准；如要避免，把不足一天的分段并入相邻的一段。
hy-p053 = { $what ->
    [gap] 上一档到 { $end } 为止，这一档从 { $above } 开始，中间有缺口
    [overlap] 上一档到 { $end } 为止，这一档从 { $above } 开始，有重叠
    [order] 这一档的上限不高于下限
    [open_end] 最后一档不能有上限，否则更大的金额没有档
    [empty] 没有分档
   *[after_last] 上一档已经没有上限，轮不到这一档
}
hy-p053-help = 每一档的 above 等于上一档的 up_to；up_to 含本数；最后一档不写 up_to。
hy-p054 = “{ $name }”不是金额字段
hy-p054-help = 改用类型为 money 的字段。
hy-p055 = { $what ->
    [field] 办理动作的结果“{ $name }”不是其表单里的单选字段
   *[unknown] 办理动作“{ $act }”没有结果“{ $name }”
}
hy-p055-help = { $what ->
    [field] 结果必须是该动作表单里类型为 one_of 的字段。
   *[unknown] 可以写的结果有：{ $known }。
}
hy-p056 = { $what ->
    [tally] 比率要取自一项分类统计（tally），“{ $name }”不是
   *[among] “{ $name }”算在分子里，却不在分母里
}
hy-p056-help = { $what ->
    [tally] of 后面写一项有 tally 的统计指标。
   *[among] 把它也写进 among，或者不写 among。
}
hy-p057 = { $what ->
    [internal] 定期事项立的是内部事务案件，而“{ $name }”没有写 internal
    [itself] 抽查不能从它自己的案件“{ $name }”里抽
    [ahead] 为下一期做准备的定期事项还没有案件可抽（{ $name }）
   *[field] 系统不知道“{ $name }”填什么
}
hy-p057-help = { $what ->
    [internal] 在这类案件里写 internal: true，或改为立另一类案件。
    [itself] 从别的案件类型里抽。
    [ahead] 去掉 covers: next，或去掉抽查。
   *[field] 改为选填，或写上含义 subject、period_from、period_to、due_on 之一。
}
hy-p058 = 由“{ $by }”负责，案件却从“{ $step }”开始，那里不由其办理
hy-p058-help = 让这个环节的 by 包括负责的人，或写成 taker。
hy-p059 = 没有人能立“{ $kind }”案件：这里说的人要等案件立了才有
hy-p059-help = 写角色、岗位或 anyone；由定期事项或另一案件立的写 nobody。
hy-p060 = 参数“{ $name }”没有数值，上线前必须设定
hy-p060-help = 采用制度时设定它，或在这里写上 default。
hy-p061 = { $what ->
    [notice] 通知里不能带案件内容“{ $name }”
    [number] 编号里不能带案件内容“{ $name }”
    [subject] 事由会出现在列表和通知里，不能是个人信息“{ $name }”
    [sum] 属于个人信息的金额不进统计：“{ $name }”
    [sealed] 只有 class: personal 的文字才能封存：“{ $name }”
   *[unprotected] “{ $name }”是客户的姓名或联系方式，必须按个人信息保护
}
hy-p061-help = 通知只用 number、clock、due、step；姓名和联系方式写 class: personal；能封存的只有这样的文字。
hy-p062 = 没有什么能填“{ $name }”
hy-p062-help = { $what ->
    [number] 编号前缀是固定的文字。
    [about] 可以用制度的参数。
   *[notice] 可以用：{ $known }。
}
hy-p063 = { $what ->
    [copy] 联“{ $name }”送给了不得收到此表的人
    [portal] “{ $name }”在客户门户上让客户看到不得给他的表单
   *[act] 动作“{ $name }”让客户看到不得给他的表单
}
hy-p063-help = 把可以给他看的内容另立一份表单，或修改 never_to。
hy-p064 = { $why ->
    [fixed] 制度不允许部门自定参数“{ $name }”
    [at_most] 部门自定的“{ $name }”不得多于整个单位的“{ $bound }”
    [at_least] 部门自定的“{ $name }”不得少于整个单位的“{ $bound }”
   *[unlike] 部门自定的“{ $name }”须与整个单位的“{ $bound }”用同一单位，才能比较
}
hy-p064-help = 沿用整个单位的数值，或在制度里用 units 写明部门可以怎样自定。
hy-p065 = 参数“{ $name }”允许部门自定，这里却只按整个单位的数值
hy-p065-help = 去掉这个参数的 units，或给部门另立一个参数。
hy-p066 = “{ $step }”环节的承办人不许办其中任何能往下走的动作：{ $acts }
hy-p066-help = 让另外的人也能在这里办，或缩小动作的 not_by。
hy-p070 = { $what ->
    [product] { $left ->
        [money] 金额不能乘金额
       *[other] 这些不能相乘
    }
    [sum] { $left ->
        [money] 金额
        [quantity] 数量
        [percent] 百分比
       *[other] { $left }
    }和{ $right ->
        [money] 金额
        [quantity] 数量
        [percent] 百分比
       *[other] { $right }
    }不能相加减或比大小
   *[cases] 这一列的各个公式得出的东西不同：{ $left } 和 { $right }
}
hy-p070-help = { $what ->
    [product] 金额只能乘数量和百分比。
    [sum] 各项要是同一种；单写的数是数量，金额写成 200 yuan。
   *[cases] 同一列的公式都要得出同一种：金额、数量或百分比。
}
hy-p071 = 这里取不到列“{ $name }”
hy-p071-help = 可以取的有：{ $known }。
hy-p072 = “{ $name }”的类型是 { $found }，这里要的是 { $expected }
hy-p072-help = 改用类型为 { $expected } 的列或公式。
hy-p073 = { $what ->
    [missing] 没有写 { $name } 怎样算
    [unknown] 没有选项“{ $name }”
    [last] 最后一行不能带条件，否则有的行什么也得不到
   *[hidden] 这一行没有条件，后面的行永远轮不到
}
hy-p073-help = { $what ->
    [missing] 每个选项都要写一行。
    [unknown] 可选的有：{ $known }。
    [last] 去掉最后一行的 when。
   *[hidden] 给它写上条件，或移到最后。
}
hy-p074 = { $what ->
    [unknown] 等级表里没有“{ $name }”
   *[order] “{ $name }”不高于上一档的等级
}
hy-p074-help = { $what ->
    [unknown] 等级有：{ $known }。
   *[order] 金额越大等级越高；等级表从低到高是 { $known }。
}
hy-p075 = 核算表“{ $name }”在用到它的表下面
hy-p075-help = 把它移到上面：一张表只用它上面的表，这样不会循环。
hy-p076 = 公式太长
hy-p076-help = 最多 { $max } 个列、数和运算；分成几列来算。
hy-p077 = { $what ->
    [derived] “{ $name }”的行由系统推出，不是填写的
    [alone] “{ $name }”由核算表给出，而这张表单没有 settles
    [not_settled] 核算表“{ $name }”不在这张表单核算的范围内
    [no_rows] 核算表“{ $name }”要填写，而这里没有说明行从哪里来
    [many_rows] 核算表“{ $name }”可有多行，取不出一个格子
    [type] “{ $name }”与“{ $other }”的类型不合
    [no_charges] 表单记入账户“{ $name }”，却不核算账户所据的任何一张表
    [limit] 账户“{ $name }”的上限无法逐月录入：核算表“{ $other }”须是填写的，每人每月一行
    [opening] 登记用的表单“{ $name }”不能核算：那时还没有编号和案情
    [party] 当事人的表单“{ $name }”不能核算
   *[customer] 客户填写的表单“{ $name }”不能核算
}
hy-p077-help = { $what ->
    [derived] 写一个填写的核算表。
    [alone] 给表单加上 settles，写明核算哪些表。
    [not_settled] 在 settles.sheets 里加上它，或去掉这一行。
    [no_rows] 给表单加一个 type: rows、of 这个核算表的字段，或在 settles.rows 里写明来源。
    [many_rows] 用 total 取合计，或用 count 取行数。
    [no_charges] 在 settles.sheets 里加上其中一张。
    [limit] 用人员和月份两列作这张表的 key，金额由人填写。
    [type] 金额对金额、数量对数量、比例对比例；选项要一样齐。
   *[opening] 核算放到单独的动作的表单上。
}
hy-p080 = { $what ->
    [internal] 内部事务没有客户，不能放到客户门户上
    [channel] 渠道“{ $channel }”对这类案件没有开放
   *[taker] 客户提交后没有人能接：第一个环节“{ $step }”要等受理人或主办单位，而这时还没有
}
hy-p080-help = { $what ->
    [internal] 去掉 portal。
    [channel] 在 open.channels 里开放它，或者换一个已开放的渠道。
   *[taker] 在它前面加一个由某个角色办理的环节，条件写 when: case.by_customer。
}
hy-p081 = { $what ->
    [type] “{ $name }”是部门、人员或案件，客户填不了
    [files] 让客户添加文件，却一个也不收
    [required] “{ $name }”必填，门户上却没有让客户填
   *[consent] 门户上要填个人信息，却没有写明征求同意的文字
}
hy-p081-help = { $what ->
    [type] 从 fields 里去掉它。
    [files] 写明最多几个，或者去掉 files。
    [required] 写进 fields，或者改为 required: "!case.by_customer"。
   *[consent] 加上 consent：收集什么、用来做什么。
}
hy-p082 = { $what ->
    [none] 环节“{ $name }”不在任何进度节点里
    [twice] 环节“{ $name }”在几个进度节点里
   *[end] 进度节点“{ $name }”不对：最后一个是办结，不写 steps，其余的都要写
}
hy-p082-help = { $what ->
    [none] 把它写进某个节点的 steps。
    [twice] 只留在一个节点里。
   *[end] 最后加一个只有 title 和 text 的节点，其余的写上 steps。
}
hy-p090 = { $what ->
    [last] 最后一行不能有条件，否则有的案件没有级别
    [order] 这一行要看的级别排在它后面，还没有判定
   *[hidden] 这一行没有条件，后面的行永远轮不到
}
hy-p090-help = { $what ->
    [order] 把要看的那张表移到前面；一张表不能看它自己。
   *[other] 每种情况都要有级别：带条件的行在前，不带条件的一行在最后。
}
hy-p091 = 单凭案件记录，说不清这里指的是谁
hy-p091-help = 写 party、person_in、did、taker、first_contact 或 dispatcher，related_to 里还可以写 lead_unit 和 unit_in：列表要靠它把案件隐去，不能随组织变动而变。
hy-p092 = { $what ->
    [window] 除去不联系的时段，一天里没有时间可以联系客户
    [act] “{ $name }”的案件不会有这个办理动作
   *[clock] “{ $name }”没有这个时限
}
hy-p092-help = { $what ->
    [window] 一天里至少留出一段时间。
    [act] 在该类案件的某个环节列出这个办理动作，或去掉这类案件。
   *[clock] 写这些案件类型都有的时限。
}
hy-p093 = { $what ->
    [who] 谁看得到一类案件，只能由有岗位的角色、岗位、taker 和 first_contact 来定
    [series] 编号“{ $name }”也用在别人看得到的案件上
    [sample] “{ $name }”的抽样会让别人看到这类案件
   *[link] 别人看得到的“{ $name }”会显示这个关联
}
hy-p093-help = { $what ->
    [who] 列表要靠它把案件隐去：写明是谁，不能是所有人。
    [series] 给这类案件单独的编号：编号断了，别人就知道有这样的案件。
    [sample] 抽样里去掉这类案件，或让该事项的案件也只给部分人看。
   *[link] 去掉这个关联。
}
hy-p094 = 以“{ $act }”声明“{ $outcome }”以后，既不能经办，也没有回避
hy-p094-help = 写进 clear；或者为声明的每种案件写一条回避：who: {"{"}did: { $act }.{ $outcome }{"}"}。

hy-p095 = 日历文件{ $at ->
        [none] {""}
       *[other] 的 `{ $at }`
    }：{ calendar-problem }
hy-p095-help = 请改正文件；docs/calendar.md 写明了日历文件的内容。

hy-p096 = 制度没有带上日历 `{ $name }`
hy-p096-help = 把它放进制度文件夹的 calendars/{ $name }.json。不带的话，只有已有这个日历的单位才能发布，测试也无法运行。

hy-p097 = { $what ->
    [act] “{ $name }”的案件不会有办理动作“{ $act }”
    [outcomes] “{ $name }”不能既表示系统里有、又表示系统里没有
   *[form] “{ $name }”的案件登记时没有“{ $act }”
}
hy-p097-help = { $what ->
    [act] 在该类案件的某个环节列出这个办理动作，或去掉这类案件。
    [outcomes] 写动作“{ $act }”的另一种结果。
   *[form] 写这类案件登记表单里的字段。
}
