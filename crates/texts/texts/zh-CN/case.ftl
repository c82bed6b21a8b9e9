# 案件：办理动作、办理记录、字段的值。

verb-open = 登记
verb-dispatch = 派单
verb-transfer = 转办
verb-accept = 接收
verb-refuse = 退单
verb-close = 结案
verb-reopen = 重新受理
verb-archive = 归档
verb-withdraw = 客户撤回
verb-merge = 合并
verb-link = { $link ->
    [recomplaint] 关联为二次投诉
    [same_matter] 关联同一事项
    [incident] 归入事件
   *[merged] 合并到另一案
}
verb-raise = 立“{ $kind }”
verb-add-party = 登记{ $role }
verb-remove-party = 撤除{ $role }
verb-set-level = 调整{ $scale }
verb-open-seal = 启封{ $seal }
verb-note = 添加内部备注
verb-issue-receipt = 补发查询码
verb-extend = 延长“{ $clock }”
verb-pause = 暂停“{ $clock }”
verb-resume = 恢复“{ $clock }”

rows-row = 第 { $row } 行
value-yes = 是
value-sealed = 已封存
value-no = 否
list-separator = 、

holder-awaited = 等待{ $person }接收
holder-person = 由{ $person }办理
holder-person-unit = 由{ $person }（{ $unit }）办理
holder-nobody = 无待办人
actor-for = { $person }（代{ $represented }）

entry-opened = 登记{ $kind }，渠道：{ $channel }
entry-follow-up = 结案后待回访
entry-duty = 定期事项到期：{ $duty }，应于 { $due } 前完成
entry-sampled = 抽取 { $count } 件案件
entry-consent-given = 客户同意了个人信息的收集和使用
entry-receipt-issued = 发出查询码，以前的查询码作废
entry-raised-from = 由另一案件立案
entry-raised = 由本案件立“{ $kind }”
entry-raised-ended = 由本案件立的案件已办结
entry-raised-resumed = 由本案件立的案件重新办理
entry-numbered = 编号 { $number }
entry-step = 进入“{ $step }”
entry-holder = 改由他人承办
entry-level-chosen = { $scale }判定为“{ $level }”（{ $clause }）
entry-level-set = { $how ->
    [set] { $scale }调整为“{ $level }”
   *[lifted] { $scale }恢复为系统判定的结果
}
entry-party-added = 登记{ $role }
entry-seal-opened = 启封：{ $seal }
entry-party-removed = 撤除一名当事人
entry-settled = 核算结果
entry-note = 内部备注
entry-dispatched = 派单给{ $unit }
entry-transferred = 由{ $from }转给{ $unit }
entry-accepted = 接收案件
entry-refused = 退单（第 { $count } 次）
entry-handed-over = { $from }离职移交，{ $holder }
entry-clock-started = “{ $clock }”开始计时，{ $due } 到期
entry-clock-moved = “{ $clock }”{ $why ->
    [restarted] 重新起算
    [resumed] 恢复计时
    [calendar] 按新的节假日安排重算
   *[corrected] 因更正重算
}{ $tail }
entry-clock-moved-tail = ，{ $due } 到期
entry-clock-paused = “{ $clock }”暂停
entry-clock-extended = “{ $clock }”延期 { $more }：原 { $before } 到期，改为 { $due } 到期
entry-clock-stopped = “{ $clock }”{ $met ->
    [yes] 按时完成
   *[no] 超时完成
}
entry-clock-withdrawn = “{ $clock }”因更正而取消
entry-clock-untold = “{ $clock }”无法统计：原有数据没有说明何时完成
entry-clock-fired = “{ $clock }”{ $what ->
    [warning] 临近到期
    [attempt] 内该再联系客户了
   *[due] 已超时
}
entry-attempt-planned = { $contacts }：下一次计划在 { $next }
entry-attempts-over = { $contacts }：不必再联系
attempt-before-start = 在时限开始之前
attempt-outside-window = 不在可以联系的时段
attempt-too-soon = 距上一次有效联系太近，{ $earliest } 起才计次数
entry-notice = 通知{ $people }：{ $notice }
entry-closed = 结案
entry-reopened = 重新受理
entry-archived = 归档
entry-withdrawn = 客户撤回，由{ $who }提出
entry-linked = { $link ->
    [repeats] 认定为二次投诉，此前的案件
    [repeated_by] 客户就同一事项再次投诉
    [same_matter] 认定为同一事项
    [part_of] 归入事件
    [concerns] 事件涉及另一案件
    [merged_into] 合并到另一案，本案了结
   *[absorbed] 另一案并入本案，该客户也须告知
}
entry-link-taken-back = { $link ->
    [repeats] 撤销二次投诉的关联
    [repeated_by] 撤销二次投诉的关联
    [same_matter] 撤销同一事项的关联
    [part_of] 不再归入事件
    [concerns] 不再属于本事件
    [merged_into] 撤销合并，继续办理
   *[absorbed] 撤销并入
}：{ $case }
entry-migrated = 改用制度第 { $to } 版（原第 { $from } 版）
entry-clock-ruled-anew = “{ $clock }”按新版计算：原{ $before ->
    [suspended] 暂停计时
   *[other]  { $before } 到期
 }，改为{ $due ->
    [suspended] 暂停计时
   *[other]  { $due } 到期
 }
entry-clock-recomputed = “{ $clock }”按新的日历重算：{ $same ->
    [yes] 仍为 { $due } 到期，不再是暂定
   *[no] 原 { $before } 到期，改为 { $due } 到期
 }
entry-hold-placed = 法律保全，不得删除
entry-hold-lifted = 解除法律保全
entry-customers-merged = 认定另一客户记录与本客户为同一人
entry-customers-parted = 撤销客户合并，两份记录各自独立
entry-clock-ended = “{ $clock }”撤销：案件未经办理而了结
entry-imported = 历史案件，从“{ $source }”导入
entry-imported-measured = 案件在别处已经办完，这里只统计、不再办理；没有发出任何回执或通知。
entry-imported-unit = 主办单位：{ $unit }
entry-imported-missing = 原有数据没有：{ $fields }
entry-imported-closing = 原有数据没有结案时间，按最后一次办理的时间计。
entry-attached = 添加附件：{ $name }
entry-detached = 移除附件：{ $name }
entry-attached-sealed = 添加一个封存的文件
entry-detached-sealed = 移除一个封存的文件
entry-corrected = { $how ->
    [void] 作废第 { $entry } 条记录
   *[replaced] 更正第 { $entry } 条记录
}

portal-reopen = 仍未解决，请再办理
