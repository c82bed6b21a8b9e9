# 为什么不能这样做：每条规则一句话，说清缺什么、该怎么办。

refusal-unknown-kind = 现行制度中没有这种案件类型
refusal-channel-not-open = 这种案件不能通过“{ $channel }”受理，请换一个渠道
refusal-not-entitled = 这一步不由您办理
refusal-not-deputy = 您今天不是这个人的代理人
refusal-not-accepted = 请先接收案件，再办理
refusal-held-by-another = 案件正由他人办理；如需接手，请先接收
refusal-not-held-by = 案件不在移交人手里
refusal-successor-not-possible = 接办人不能办理案件现在的环节
refusal-act-not-offered = 当前环节不能“{ $act }”
refusal-move-not-allowed = 当前环节不能{ $verb }
refusal-move-does-not-fit = 现在不能{ $verb }：制度要求的条件不满足
refusal-no-row-fits = 现在不能“{ $act }”：制度要求的条件不满足
refusal-nobody-to-act = “{ $step }”还没有人可以承办：该由谁办理尚未确定
refusal-case-ended = 案件已经结束，不能再办理
refusal-field-missing = 请填写“{ $field }”
refusal-field-unknown = 表单中没有“{ $field }”
refusal-field-invalid = “{ $field }”填写有误：{ $problem ->
    [too_long] 内容太长
    [not_a_choice] 不在可选范围内
    [unknown_unit] 没有这个部门
    [unknown_person] 没有这个人
    [control_character] 含有看不见的控制字符，请删去
    [line_break] 不能换行
    [negative] 不能是负数
    [not_in_sample] 不在本次抽查范围内
    [not_in_book] 簿上没有这一条
    [no_case_here] 系统里有的才填案件
    [not_compared] 簿子不与这类案件核对
    [worked_out] 由系统算出，不能填写
   *[type] 格式不对
}
refusal-not-settled = { $where }：{ $what }
refusal-left-open = { $what }
refusal-control-character = 文字中含有看不见的控制字符，请删去
refusal-reason-missing = 请写明原因
refusal-needs-act = 请先完成“{ $act }”
refusal-needs-field = 请先填写“{ $field }”
refusal-needs-condition = { $what }
refusal-needs-each = 还有 { $missing } 项没有“{ $act }”，都办完才能继续
refusal-needs-raised = 请先由本案件立“{ $kind }”
refusal-needs-raised-closed = 由本案件立的“{ $kind }”须先结案
refusal-needs-copies = { $copy ->
    [all] 请先分送“{ $form }”的全部各联
   *[other] 请先分送“{ $form }”的“{ $copy }”
}
refusal-link-not-allowed = 制度没有规定这种案件可以{ $link ->
    [recomplaint] 认定为二次投诉
    [same_matter] 关联为同一事项
    [incident] 归入事件
   *[merged] 合并
}
refusal-link-not-possible = { $why ->
    [itself] 案件不能与自己关联
    [kind] 制度没有规定与这类案件这样关联
    [later] 二次投诉只能关联到更早受理的案件
    [already] 已经这样关联了另一案件，请先撤销
    [ended] 两案都在办理中才能合并
    [merged] 案件已合并到另一案；请先撤销合并
   *[absent] 没有这个关联，或已经撤销
}
refusal-same-customer = 两份记录已经是同一客户
refusal-own-work = 自己办理的，不能由自己检查或评价
refusal-too-late = 制度规定的时间已过：应在 { $date } 前
refusal-not-on-portal = 这类案件不能在客户门户上提交或查看
refusal-consent-missing = 请先同意个人信息的收集和使用
refusal-unit-not-possible = 不能交给这个部门：部门不存在，或案件已在该部门
refusal-pause-not-allowed = 制度没有允许暂停这项时限
refusal-pause-reason-unknown = 这不是制度允许的暂停理由
refusal-extension-not-allowed = 按制度，这项时限现在不能延期
refusal-extensions-used-up = 这项时限最多延期 { $max } 次，已经用完
refusal-extension-beyond-cap = { $most ->
    [none] 已到上限：这项时限最迟到 { $latest }，不能再延期
   *[other] 超过上限：最多还能延长 { $most }，最迟到 { $latest }
}
refusal-clock-not-in-that-state = 这项时限现在不能暂停、恢复或延期
refusal-occurs-in-future = 发生时间不能晚于现在
refusal-occurs-too-early = 发生时间早于案件受理，请核对
refusal-entry-not-correctable = 第 { $entry } 条记录不能更正
refusal-entry-rested-on = 第 { $entry } 条记录之后的办理以它为依据，不能直接更正；请先重新受理
refusal-above-band = 金额超出您的审批权限
refusal-history-unfinished = 历史案件还没有办完：既没有办理记录，也没有结案时间；请作为新案件登记
refusal-has-no-place = 不能改用该版：{ $what }
refusal-not-newer = 第 { $version } 版不比案件现用的版本新，或者案件已有变动
refusal-timer-outdated = 这项时限已经变动，不再提醒
refusal-condition-failed = 制度中的条件无法计算：{ $why }
refusal-limit-reached = { $limit ->
    [attachments] 案件的附件数量已达上限，请先移除一个
    [attachments_bytes] 案件附件的总大小已达上限，请先移除一个
    [customer_files] 这件事可以添加的文件已满
    [attachment_bytes] 文件太大
    [attachment_name] 文件名为空或太长
    [attachment_note] 说明太长
   *[other] 已达到系统上限（{ $limit }）
}
refusal-attachment-not-there = 没有这个附件，可能已被移除
refusal-reads-only = 你所在的部门只能查看这件案件
refusal-excluded = 按回避规定，您不能办理这件案件
refusal-related = 按回避规定，您不能办理这件案件：单位登记有您与案件所涉人员或部门的关系
refusal-out-of-sight = 您看不到这件案件
refusal-party-not-possible = 这类案件没有“{ $role }”
refusal-too-many-parties = “{ $role }”最多 { $max } 人
refusal-party-absent = 案件没有这名当事人
refusal-party-employee = “{ $role }”填写有误：{ $problem ->
    [needed] 须从人员里选
    [not_allowed] 不能是本单位员工
    [unknown_person] 没有这个人
    [already] 这个人已经登记
   *[in_words] 是本单位员工的，不再填写姓名和联系方式
}
refusal-level-not-settable = “{ $scale }”不能这样调整
refusal-not-declared = 须先声明：“{ $act }”
refusal-declares-for-himself = 声明只能由本人作出，不能代作
refusal-nothing-sealed = 本案没有封存“{ $seal }”
refusal-seal-takes-no-file = 这类案件的文件不能放入“{ $seal }”的封存
refusal-seal-closed = 文件封存在“{ $seal }”之下；只有启封的人在启封后一刻钟内可以取得
refusal-level-not-higher = “{ $scale }”只能调到比系统判定更高的级别
