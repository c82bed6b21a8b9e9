# 接口返回的问题：发生了什么；-help 是该怎么办。

problem-not-signed-in = 尚未登录
problem-not-signed-in-help = 请登录后再试。
problem-sign-in-failed = 登录名或密码不对
problem-sign-in-failed-help = 请核对后再试；忘记密码请联系管理员。
problem-too-many-tries = 尝试次数太多
problem-too-many-tries-help = 请稍后再试。
problem-link-unusable = 链接已失效
problem-link-unusable-help = 链接只能使用一次，并有有效期；请向管理员要一个新的。
problem-login-unusable = 登录名不可用
problem-login-unusable-help = 登录名为 2 至 64 个字符，不含空格，且未被占用。
problem-password-unusable = 密码不可用
problem-password-unusable-help = { $why ->
    [too_short] 密码至少 { $min } 个字符。
    [too_long] 密码最多 { $max } 个字符。
   *[guessable] 密码太容易猜到，请不要用登录名或重复的字符。
}
problem-password-wrong = 当前密码不对
problem-password-wrong-help = 请核对后再试。
problem-forbidden = 您的账号没有这项权限
problem-forbidden-help = 如确有需要，请联系管理员。
problem-not-found = 没有找到
problem-not-found-help = 它可能不存在，或您无权查看。
problem-conflict = 案件已被他人更新
problem-conflict-help = 请刷新后核对最新情况，再继续办理。
problem-idempotency-key-missing = 请求缺少 Idempotency-Key
problem-idempotency-key-missing-help = 每次写入请带一个不超过 128 个字符的唯一键，重试时沿用同一个键。
problem-idempotency-key-reused = 这个 Idempotency-Key 已用于另一个请求
problem-idempotency-key-reused-help = 新的请求请换一个新的键。
problem-if-match-missing = 请求缺少 If-Match
problem-if-match-missing-help = 请带上所见案件的 ETag，例如 If-Match: "7"。
problem-cross-origin = 请求来自其他网站，已拒绝
problem-cross-origin-help = 请在本系统的页面中操作。
problem-body-unreadable = 请求内容无法读取
problem-body-unreadable-help = 请按接口说明填写。
problem-control-character = 请求中含有不能保存的控制字符
problem-control-character-help = 请删去看不见的控制字符（U+0000）再提交。
problem-fields-unreadable = 有字段填写有误
problem-fields-unreadable-help = 请按提示修改后再提交。
problem-field-unknown = 表单中没有“{ $field }”
problem-field-type = “{ $field }”的格式不对
problem-instant-unreadable = 时间无法读取
problem-instant-unreadable-help = 请用 RFC 3339 格式，例如 2026-02-13T16:20:00+08:00。
problem-late-reason-missing = 补记较早的时间需要写明原因
problem-late-reason-missing-help = 请填写补记原因。
problem-days-unreadable = 日期无法读取
problem-days-unreadable-help = 请用 2026-02-01 这样的格式，开始日不晚于结束日。
problem-month-unreadable = 月份无法读取
problem-month-unreadable-help = 请用 2026-02 这样的格式。
problem-view-unknown = 没有这个视图
problem-view-unknown-help = 可用：mine、unclaimed、due_soon、overdue、taken、all。
problem-cursor-unreadable = 翻页位置无法读取
problem-cursor-unreadable-help = 请从第一页重新开始。
problem-kind-unknown = 现行制度中没有这种案件类型
problem-kind-unknown-help = 请刷新页面，重新选择。
problem-unit-unknown = 没有这个部门
problem-unit-unknown-help = 请从列表中选择。
problem-person-unknown = 没有这个人
problem-person-unknown-help = 请从列表中选择。
problem-role-unknown = 没有这个账号角色
problem-role-unknown-help = 可用：administrator、staff、supervisor、auditor。
problem-invalid = 请求不成立
problem-invalid-help = { $what }
problem-storage-full = 存储空间已满，未写入任何内容
problem-storage-full-help = 已有内容仍可查看；请联系管理员腾出空间后再试。
problem-storage-failed = 暂时无法写入或读取
problem-storage-failed-help = 内容未丢失；请稍后用同一个键重试，若仍不行请联系管理员。
problem-read-only = 系统处于只读状态，未写入任何内容
problem-read-only-help = 已有内容仍可查看和检索；请联系管理员，恢复后用同一个键重试。
read-only-why = { $why ->
    [upgrade_failed] 数据库升级没有成功，系统处于只读状态：可以查看和检索，暂时不能登记和办理。数据没有改变，请联系管理员。
   *[asked] 系统处于只读状态：可以查看和检索，暂时不能登记和办理。
}
problem-erased = 案件或客户的内容已被删除
problem-erased-help = 不能再为它添加记录。
problem-internal = 系统出错了
problem-internal-help = 请稍后重试；若仍不行请联系管理员。
problem-format-unknown = 没有这种格式
problem-format-unknown-help = 可用：csv、xlsx、jsonl。
problem-status-unknown = 没有这种状态
problem-status-unknown-help = 可用：open、closed、archived、all。
problem-columns-unknown = 没有这组列
problem-columns-unknown-help = 可用：list、full。
problem-columns-need-kind = 完整内容要按一种案件类型导出
problem-columns-need-kind-help = 请先选定案件类型。
problem-days-too-many = 时间范围太长
problem-days-too-many-help = 一次最多看 800 天。
problem-export-too-big = 工作表放不下这么多行
problem-export-too-big-help = 请改用 csv 或 jsonl，或用筛选条件分几次导出。
