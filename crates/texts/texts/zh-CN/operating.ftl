# 运行维护：备份、恢复、升级、只读、诊断包。

backup-done = 已备份到 { $file }：{ $cases } 个案件、{ $events } 条记录，已核对完整
backup-key = { $key ->
    [with] 文件内含主密钥：得到这个文件的人能读出全部内容，请像保管密钥一样保管它。
   *[without] 文件内不含主密钥：没有密钥，任何人（包括您自己）都读不出其中内容。请另行、分开保管 master.key。
}
restore-done = 已恢复到 { $data }：{ $cases } 个案件、{ $events } 条记录，文件与日志已核对完整
    备份开始于 { $begun }，最后一条记录于 { $last }{ $schema ->
        [behind] 。数据库来自较早的版本，下次启动时升级
       *[current] { "" }
    }
upgrade-nothing = 数据库已是本版本的结构，无需升级
upgrade-tried = 在副本上试升级成功：从第 { $from } 步到第 { $to } 步，核对了 { $cases } 个案件，更正 { $corrected } 处；原数据库没有改变
upgrade-done = 数据库已升级：从第 { $from } 步到第 { $to } 步，核对了 { $cases } 个案件，更正 { $corrected } 处；升级前的备份在 { $kept }
upgrade-failed = 升级没有成功，数据库没有改变。可继续使用原来的版本；请用 huiyin support-bundle 收集信息后反馈
upgrade-uncorrected = 数据库已升级，但有些表未能更正。请停止服务，运行 huiyin rebuild --repair
bundle-done = 诊断包已生成：{ $file }（{ $parts }）。其中没有姓名、联系方式、案件内容、密钥和登录名；发出前仍可用 tar 打开查看
serve-read-only = { $why ->
    [upgrade_failed] 升级没有成功，系统以只读方式运行：可以查看和检索，不能登记和办理，时限不触发
   *[asked] 系统以只读方式运行：可以查看和检索，不能登记和办理，时限不触发
}

operate-no-database = { $path } 中没有数据库。请用 --data 指定数据目录
operate-nothing = 这里还没有数据。请用 --data 指定数据目录
operate-in-use = 数据库正由另一个进程使用。请先停止服务
operate-exists = { $path } 已存在，不会覆盖。请换一个文件名
operate-no-room = { $path } 所在的磁盘空间不足：需要 { $needed } MB，可用 { $free } MB。请腾出空间，或换一个位置
operate-full = 磁盘已满，没有留下文件。请腾出空间，或换一个位置
operate-not-copied = 数据库无法复制到目标位置，没有留下文件。请看下面的原因，检查两处磁盘
operate-key-unusable = 主密钥文件无法使用。请从密钥的备份中恢复 master.key，或用 --key 指定
operate-wrong-key = 主密钥不是这份数据的。请换成当初的 master.key
operate-newer = 数据来自更新的版本。请使用写入它的那个版本或更新的版本
operate-unreadable = 数据库无法打开或读取。请看下面的原因；必要时用最近一份备份恢复到另一个目录
operate-damaged = 数据库不完整：文件 { $faults } 处、日志 { $findings } 处不一致。请运行 huiyin verify 查看，并保留以前的备份，不要覆盖
operate-file = { $path } 无法读取或写入。请检查路径和权限
restore-not-empty = { $path } 不是空目录，不会覆盖其中的数据。请指定一个空的或尚不存在的目录
restore-no-key = 备份中没有主密钥。请用 --key 指定 master.key
restore-no-backup = { $path } 不是完整的备份：末尾没有清单。请检查文件是否传输完整
restore-stranger = 文件中含有不属于备份的内容：{ $name }。未写入任何内容
restore-changed = 备份中的 { $name } 与当初备份的不同，可能已损坏或被改动。未写入任何内容，请换一份备份
restore-sealed = 备份中的数据库无法解开，可能已损坏。请换一份备份
