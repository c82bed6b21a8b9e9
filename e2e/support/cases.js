/** Matters of different kinds and lengths, as they come in on a morning. */
const MATTERS = [
  ['complaint', 'phone', '新装空调漏水泡坏地板，要求退货并赔偿', '客户称已联系安装公司两次均无人上门，要求今日内给出处理方案。'],
  ['complaint', 'visit', '营业厅排队两小时，工作人员态度生硬', '现场有三个窗口只开一个，询问原因时工作人员未予解释。'],
  ['inquiry', 'web', '咨询跨省办理销户需要哪些材料', '本人已迁居外省，想知道能否委托家人代办，需要带哪些证件。'],
  ['complaint', 'email', '套餐被擅自变更，连续三个月多扣费', '系统记录显示 9 月 3 日由外呼渠道办理，客户否认同意过变更。'],
  ['inquiry', 'phone', '建议在小程序里增加语音输入', '老人打字不方便，希望能直接说话。'],
]

const FIELDS = {
  complaint: { about: 'service' },
  inquiry: { nature: 'question', other_unit: false },
}

/** Registers some cases as the person signed in on `page`. */
export function registerCases(page) {
  const bodies = MATTERS.map(([kind, channel, subject, content]) => ({
    policy: 'general',
    kind,
    channel,
    fields: { ...FIELDS[kind], subject, content, customer_name: '王秀兰', contact: '13800132207' },
  }))
  return page.evaluate(async (bodies) => {
    const written = []
    for (const body of bodies) {
      const response = await fetch('/api/v1/cases', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(await response.text())
      written.push(await response.json())
    }
    return written
  }, bodies)
}
