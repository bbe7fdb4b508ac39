// The page's own words, in Chinese and in English, and dates as each writes them.

const WORDS = {
  en: {
    title: "Two phones", subtitle: "A sandbox: no message leaves this machine",
    clock: "Clock of the sandbox", plus_hour: "+1 h", plus_day: "+1 day", next_event: "Next event",
    language: "Language", places: "What to look at",
    tab_patient: "Patient", tab_nurse: "Nurse", tab_guide: "Guide",
    try_first: "What to try first", speak_as: "Speak as", new_phone: "A new phone",
    new_phone_name: "New phone", new_phone_hint: "Paste an invitation link, or start unlinked",
    into_clinic: "Into the clinic", password: "Password", one_time: "One-time code",
    seconds_left: "{n} s left",
    nurse: "Nurse", clinician: "Doctor", doctor: "Doctor", admin: "Administrator",
    faults: "Let something go wrong", f_service: "Service", f_kind: "What happens",
    faults_why: "The next calls to Telegram or Twilio fail as chosen. The product must cope.",
    f_times: "How often", f_status: "HTTP status", f_code: "Error code", f_retry: "Retry after, s",
    f_method: "Only this method", f_add: "Add", f_clear: "Clear all", f_none: "Nothing is set.",
    p_busy: "Telegram: slow down, 3 times", p_down: "Telegram: down, 3 times",
    p_blocked: "Telegram: the patient blocked the bot", p_repeat: "Telegram: an update comes twice",
    p_undelivered: "SMS: not delivered", p_sms_down: "SMS: provider down, 2 times",
    patient_phone: "Patient’s phone", nurse_phone: "Nurse’s phone", bot: "bot", typing: "typing…",
    chat_log: "Chat with the bot", to_end: "To the newest", commands: "Commands",
    message: "Message", send: "Send", start: "START", send_photo: "Send a sample photo of a rash",
    edited: "edited", photo: "Photo", file: "File", unread: "unread", not_heard: "sent",
    heard: "read by the bot", empty_chat: "What can this bot do? Press Start to find out.",
    nurses: "Whose phone", clinic_sms: "Text message", sms_log: "Text messages",
    sms_reply: "Reply, for example the code", empty_sms: "No messages yet.",
    queued: "On its way", accepted: "On its way", sending: "On its way", sent: "Sent",
    delivered: "Delivered", undelivered: "Not delivered", failed: "Not sent", received: "Sent",
    answer_call: "Answer and press 1", let_ring: "Do not answer", pressed: "Pressed {keys}",
    call: "Call from the clinic", initiated: "Dialling", ringing: "Ringing",
    "in-progress": "Speaking", completed: "Answered", "no-answer": "Not answered", busy: "Busy",
    moving: "Time moves; what falls due on the way is being done …",
    moved: "It is now {when}.", offline: "The sandbox does not answer. Trying again …",
    refused: "That did not work: {why}", no_reply: "The clinic answered the reply with {status}.",
  },
  zh: {
    title: "两部手机", subtitle: "演示环境：消息不会离开本机",
    clock: "演示时钟", plus_hour: "+1 小时", plus_day: "+1 天", next_event: "下一事件",
    language: "语言", places: "查看",
    tab_patient: "患者", tab_nurse: "护士", tab_guide: "指引",
    try_first: "先试这些", speak_as: "扮演患者", new_phone: "新手机",
    new_phone_name: "新手机", new_phone_hint: "粘贴邀请链接，或直接开始",
    into_clinic: "进入诊所", password: "密码", one_time: "动态验证码",
    seconds_left: "还剩 {n} 秒",
    nurse: "护士", clinician: "医生", doctor: "医生", admin: "管理员",
    faults: "制造故障", f_service: "服务", f_kind: "故障类型",
    faults_why: "接下来对 Telegram 或 Twilio 的调用会按所选方式失败，产品应能应对。",
    f_times: "次数", f_status: "HTTP 状态", f_code: "错误码", f_retry: "重试等待（秒）",
    f_method: "仅限此方法", f_add: "添加", f_clear: "全部清除", f_none: "未设置故障。",
    p_busy: "Telegram：限速 3 次", p_down: "Telegram：中断 3 次",
    p_blocked: "Telegram：患者屏蔽了机器人", p_repeat: "Telegram：更新重复到达",
    p_undelivered: "短信：未送达", p_sms_down: "短信：服务中断 2 次",
    patient_phone: "患者的手机", nurse_phone: "护士的手机", bot: "机器人", typing: "正在输入…",
    chat_log: "与机器人的对话", to_end: "到最新消息", commands: "命令",
    message: "输入消息", send: "发送", start: "开始", send_photo: "发送一张皮疹示例照片",
    edited: "已编辑", photo: "照片", file: "文件", unread: "条未读", not_heard: "已发送",
    heard: "机器人已读", empty_chat: "这个机器人能做什么？点“开始”看看。",
    nurses: "谁的手机", clinic_sms: "短信", sms_log: "短信记录",
    sms_reply: "回复，例如代码", empty_sms: "还没有短信。",
    queued: "发送中", accepted: "发送中", sending: "发送中", sent: "已发送",
    delivered: "已送达", undelivered: "未送达", failed: "发送失败", received: "已发送",
    answer_call: "接听并按 1", let_ring: "不接听", pressed: "已按 {keys}",
    call: "诊所来电", initiated: "拨号中", ringing: "响铃中",
    "in-progress": "通话中", completed: "已接听", "no-answer": "无人接听", busy: "占线",
    moving: "时间前进中，途中到期的事项正在处理……",
    moved: "现在是 {when}。", offline: "演示环境没有回应，正在重试……",
    refused: "未能完成：{why}", no_reply: "诊所对回复的应答为 {status}。",
  },
};

const LOCALES = { en: "en-GB", zh: "zh-CN" };
let language = "en";
let zone = "Asia/Shanghai";

export const speaks = () => language;

export function speak(wanted) {
  language = String(wanted).toLowerCase().startsWith("zh") ? "zh" : "en";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = `${t("title")} · GIST Companion`;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.matches("button.round, .to-end")) node.title = t(node.dataset.label);
  }
  for (const node of document.querySelectorAll("[data-hint]")) {
    node.placeholder = t(node.dataset.hint);
  }
}

export function t(key, values = {}) {
  const words = WORDS[language][key] ?? key;
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** One of two words of a row: `hint_en` and `hint_zh`, or `en` and `zh`. */
export function either(row, name = "") {
  const key = (code) => (name ? `${name}_${code}` : code);
  return row[key(language)] ?? row[key("en")] ?? row[key("zh")] ?? "";
}

export function liveIn(timeZone) {
  if (timeZone) zone = timeZone;
}

const formatted = (date, options) =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone: zone, ...options }).format(date);

export const hourMinute = (date) =>
  formatted(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const longDay = (date) =>
  formatted(date, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
export const shortDay = (date) => formatted(date, { day: "numeric", month: "long" });
export const dayKey = (date) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(date);
export const zoneName = () => zone.replace("_", " ");
