"""The words of labels, once for all forms: which concepts each stands for, and the order in which it is taken apart.

A label tells whose (店主) and what (手机号). Both are concepts, each with every word that offices have for it. A word that
stands nowhere here makes a label that is not understood: it is never guessed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

HEADS = {
    # what is asked
    "name": "名称 全称",
    "person": "人 人员 姓名 名字 人姓名 人员姓名 人名 员工姓名 员",
    "phone": "电话 电话号码 电话号 联系电话 联系电话号码 联系方式 联系号码 联络电话 联络方式 通讯方式 通讯电话 电话联系方式",
    "identity": "身份证 身份证号 身份证号码 身份证编号 身份证件号 身份证件号码 居民身份证 居民身份证号 居民身份证号码 居民身份证编号 "
    "公民身份号码 公民身份证号 公民身份证号码 身份号码 身份证明号码 居民身份号码",
    "licence": "许可证 许可证号 许可证号码 许可证编号 许可证件号 许可证件号码 许可证证号 许可号 烟草证 烟草证号 烟草证号码 烟草证件号 烟草证编号 烟证 烟证号 "
    "烟证号码 专卖证 专卖证号 专卖证号码 专卖许可证 专卖许可证号 专卖许可证号码 零售证 零售证号 零售证号码 零售许可证 零售许可证号 "
    "零售许可证号码 零售许可证编号 专卖零售许可证 专卖零售许可证号 专卖零售许可证号码 烟草许可证 烟草许可证号 烟草许可证号码 烟草专卖证 烟草专卖证号",
    "credit": "统一社会信用代码 社会信用代码 信用代码 统一信用代码 社会统一信用代码 统一代码 统一社会信用号 信用代码号 营业执照号 营业执照号码 营业执照编号 "
    "营业执照注册号 工商注册号 执照注册号 执照号 执照号码 执照编号",
    "paper": "证件 证号 证件号 证件号码 证件编号 证照号 证照号码 证照编号",
    "address": "地址 详细地址 具体地址 所在地址 地点 场所 所在地 位置 详细位置 门牌 门牌号 门牌号码 地理位置",
    "area": "区域 片区 辖区 乡镇 镇 街道 镇街 乡镇街道 街道乡镇 乡 网格 管区 镇区名 乡镇名 乡镇名称 区域名称 片区名称 辖区名称 街道名称 行政区域",
    "date": "日期 时间 日 年月日 时日 之日",
    "term": "期限 期间",
    "month": "月份 月度 年月 所属月份",
    "number": "编号 单号 号 号码 序列号 流水号 代码 编码 代号",
    "account_code": "客户编码 客户代码 客户编号 零售户编码 商户编码 商户编号",
    "kind": "类型 类别 种类 分类 类",
    "quality_of": "性质",
    "group": "组别 分组",
    "tier": "级别 等级 星级",
    "grade": "档位 档次 档级",
    "trade": "业态 业态类型 业态类别 业态分类 零售业态 经营业态 零售业态类型 经营业态类型",
    "district": "商圈 商圈类型 商圈类别 商圈属性",
    "scale": "规模 规模大小",
    "way": "方式 形式 途径 渠道",
    "route": "线路 路线 线 线路名称 路线名称 线路号",
    "weekday": "订货日 订货周期 访销日 订货星期 订货周次",
    "content": "内容 详情 具体内容 详细内容 事项内容",
    "item": "项目 事项 栏目 项",
    "talk": "宣传 讲解 介绍 说明会",
    "result": "结果 结论",
    "opinion": "意见",
    "reason": "原因 理由 事由 缘由",
    "cause": "成因",
    "remark": "备注 附注 备注信息 备注说明 备注栏",
    "note": "说明 情况说明",
    "finding": "情况 状况",
    "state": "状态 现状",
    "quantity": "数量 件数 数",
    "count": "次数 总次数",
    "amount": "金额 款额 数额",
    "total": "合计 总计 总额",
    "expense": "费用 经费 费",
    "income": "收入 营收",
    "budget": "预算 预算金额",
    "score": "评分 得分 分数 打分",
    "demand": "要求 诉求 需求",
    "scheme": "方案 计划",
    "measure": "措施 办法",
    "effect": "效果 成效",
    "department": "部门 科室",
    "source": "来源",
    "purpose": "目的 用途",
    "model": "型号 规格型号 产品型号 规格 产品规格 产品规格型号",
    "email": "邮箱 电子邮箱 邮件地址 电子邮件 邮箱地址 电子邮箱地址 电邮 电邮地址 邮件",
    "role": "角色 岗位 职务 岗位名称 职位 岗位角色",
    "staff_no": "工号 员工编号 人员编号 员工工号 人员工号 职工编号 职工号 员工号 职工工号 员工代码 人员代码",
    "alias": "别名 别称 曾用名 又名",
    "subject": "标题 主题",
    "sign": "签字 签名 签章 签署",
    "duration": "时长",
    "document": "复印件 扫描件 原件",
    "photo": "照片 图片 相片",
    "level": "程度",
    "step": "步骤",
    "unit": "单位",
}
"""What is asked: each concept and its words. Before another head, it only says whose or which."""

OWNERS = {
    # whose it is; standing alone, its name is asked
    "customer": ("name", "客户 店 店铺 门店 商店 店面 铺面 店家 商户 零售户 零售客户 经营户 零售商 商家 卷烟零售户 卷烟零售客户 户 网点 零售店 铺 门市 终端 烟户"),
    "company": ("name", "企业 公司 法人单位 市场主体 经营主体 主体"),
    "principal": ("person", "负责人 法人 法定代表人 法人代表 法定代表 法人代表人 店主 业主 经营者 经营人 户主 老板 店老板 持证人 持证者 经营负责人 法定负责人 "
                  "主要负责人 店铺负责人 企业负责人 门店负责人 零售户负责人 客户负责人 许可证持证人 商户负责人 单位负责人 老板娘"),
    "contact": ("person", "联系人 联络人"),
}  # fmt: skip
"""Whose: each concept, what is asked where it stands alone, and its words."""

MODIFIERS = {
    # of which act, or which of several
    "start": "起始 开始 自 起 启始 始",
    "end": "迄 截止 终止 到期 届满 结束 至 止 期满 失效 截至 截止到",
    "valid": "有效",
    "mobile": "移动 个人",
    "landline": "固定 座机 固话 办公",
    "spare": "备用 其他 第二 紧急",
    "tobacco": "烟草 烟草专卖 专卖 零售 卷烟 烟草零售 烟 烟草专卖零售",
    "operate": "经营 营业",
    "business_licence": "营业执照 执照 工商",
    "register": "登记 录入 录 登记录入",
    "fill": "填表 填报 填写 制表 填单 报表 填",
    "accept": "受理 接收",
    "record": "记录",
    "list": "统计",
    "report": "上报 报送 提交 报告 反馈",
    "issue": "发证 核发 签发 颁发 颁证 发放",
    "handle": "经办 办理 经手 承办",
    "deal": "处理 处置",
    "process": "过程 经过",
    "responsible": "责任",
    "complain": "投诉 客诉",
    "take_complaint": "接诉",
    "be_there": "所属 所在 归属",
    "market": "市场",
    "order": "订货 订烟",
    "sales_order": "订单",
    "deliver": "送货 配送",
    "settle": "结算",
    "pay": "付款 支付",
    "pay_back": "退款",
    "send_back": "退货",
    "hand_out": "交货",
    "faulty": "不良 不合格 不良品",
    "verify": "核实",
    "check": "核对",
    "review": "审核 审查",
    "approve": "审批 批准",
    "again": "复核 复查",
    "confirm": "确认",
    "prove": "验证",
    "change": "变更 变动",
    "after": "变更后 更改后 修改后 变动后",
    "before": "变更前 更改前 修改前 变动前",
    "effective": "生效 执行",
    "suspend": "停业 歇业",
    "open": "开业 开店 开张",
    "cancel": "注销 销户",
    "in_use": "启用 在用",
    "off_use": "停用",
    "on_duty": "到岗 上岗",
    "off_duty": "离岗 下岗",
    "hire": "聘用 聘任 录用",
    "join": "入职 入网",
    "leave": "离职",
    "apply": "申请",
    "declare": "申报",
    "plan": "计划 拟 预计",
    "budgeted": "预支",
    "visit": "拜访 走访 访问 上门",
    "tour": "巡访",
    "patrol": "巡检 巡查",
    "call_back": "回访",
    "survey": "调查",
    "interview": "受访",
    "care": "关怀",
    "give": "赠送",
    "campaign": "活动",
    "invite": "邀请 受邀",
    "file": "建档",
    "archive": "档案",
    "borrow": "借阅",
    "lend": "借出",
    "return": "归还",
    "due": "应",
    "update": "更新",
    "loan_keep": "保管",
    "answer": "答复 回复",
    "tell": "告知",
    "asked": "提问",
    "dispatch": "派发",
    "information": "信息来源",
    "install": "安装",
    "contract": "合同 协议",
    "contract_sign": "签订 签约",
    "test": "测试",
    "hand_over": "交接",
    "asset": "资产",
    "device": "设备",
    "store_at": "存放",
    "user": "使用",
    "buy": "购置 采购",
    "buyer": "购买",
    "warranty": "质保",
    "repair": "报修 维修",
    "respond": "响应",
    "solve": "解决",
    "arrive": "到货",
    "pick_up": "提货",
    "store": "入库",
    "ship": "出库",
    "received": "实收",
    "shipped": "实发",
    "actual": "实际",
    "product": "产品 货物 商品",
    "phone_call": "来电",
    "come": "来访",
    "prospect": "潜在",
    "concern": "涉及",
    "publish": "发布",
    "notice": "通知",
    "question": "问题",
    "project": "项目名",
    "maintain": "维护",
    "settle_off": "核销",
    "sum_up": "汇总",
    "birth": "出生",
    "account_manager": "客户经理",
    "market_manager": "市场经理",
    "household": "家庭 户籍 住宅",
    "spouse": "配偶",
    "clerk": "店员 营业员 店长",
    "legal": "注册",
    "sell": "销售 收货 售货",
    "emergency": "急报",
    "diary": "日志",
    "talk_over": "洽谈",
    "supply": "货源 进货",
    "policy": "政策",
    "score_low": "低分",
    "promote": "宣传品",
    "number_of_people": "人数",
    "satisfied": "满意",
    "unhappy": "不满意 不认可",
}
"""Which of several: acts and qualities. They answer no question by themselves."""

ALONE = (
    "兼任 兼职 装载 差异 提出 分析 纠正 预防 完成 制定 提醒 物品 策划 修改 总结 到场 补充 验收 收档 首接 反映 反应 补正 房产 租赁 施工 点位 一致 不一致 联合 "
    "监控 材料 编制 勘查 图纸 技术 书面 运维 故障 请求 关联 初步 判断 知识 恢复 未恢复 回退 风险 修订 实施 审定 现象 发现 备份 账号 疑似 重复 依据 组建 撤消 交房 "
    "销售组 争议 收集 主管 网上 入会 到达 下次 跟进 放弃 财务 问卷 质量 服务 价格 形象 忠诚度 改进 分级 核定 升降 紧急 批示 重要 优先 内部 外部 将达 应列 上月 "
    "销售收入 系统 用户 客服 主任 分类 归档 验证 督办 抄送 检查 处罚 罚款 违规 合作 保证金 押金 欠款 应收 未收 实付 应付 已付 退款 报价 折扣 库存 进货 送达 签收 发货 "
    "到店 离店 成立 创建 修订 创办 出生 毕业 转正 试用 考核 晋升 调动 培训 体检 换证 延续 补办 年检 首次 末次 上次 最近 最后 第一 第二 第三 原 旧 曾 前任 现任 代理 "
    "联系 代办 委托 授权 担保 见证 邻居 家属 亲属 紧急联系 房东 租金 面积 仓库 收货 发票 开票 纳税 税务 银行 开户 账户 消防 卫生 食品 监督 举报 中队 稽查 专管"
)
"""Words of which each is a concept of its own. Most belong to no form: they are known so that they are not taken for another."""

PHRASES = {
    # one word that holds several concepts
    "店名": ("customer", "name"), "户名": ("customer", "name"), "字号": ("customer", "name"), "店号": ("customer", "name"),
    "招牌": ("customer", "name"), "招牌名称": ("customer", "name"), "店招": ("customer", "name"), "字号名称": ("customer", "name"),
    "店铺字号": ("customer", "name"), "名称字号": ("customer", "name"), "店招名称": ("customer", "name"), "商号": ("customer", "name"),
    "门头名称": ("customer", "name"), "单位名称": ("company", "name"), "店牌": ("customer", "name"),
    "店铺名": ("customer", "name"), "门店名": ("customer", "name"), "客户名": ("customer", "name"), "商户名": ("customer", "name"),
    "零售户名": ("customer", "name"), "店铺全称": ("customer", "name"), "企业字号": ("customer", "name"), "店面名": ("customer", "name"),
    "执照名称": ("company", "name"), "营业执照名称": ("company", "name"),
    "店址": ("customer", "address"), "铺址": ("customer", "address"), "店铺所在地": ("customer", "address"),
    "手机": ("mobile", "phone"), "手机号": ("mobile", "phone"), "手机号码": ("mobile", "phone"), "联系手机": ("mobile", "phone"),
    "移动电话": ("mobile", "phone"), "手机电话": ("mobile", "phone"), "联系手机号": ("mobile", "phone"), "联系手机号码": ("mobile", "phone"),
    "本人手机": ("mobile", "phone"), "本人电话": ("phone",), "来电号码": ("phone_call", "phone"), "移动电话号码": ("mobile", "phone"),
    "固定电话": ("landline", "phone"), "座机": ("landline", "phone"), "固话": ("landline", "phone"), "座机号": ("landline", "phone"),
    "订货电话": ("phone",), "订货手机": ("mobile", "phone"), "联系电话手机": ("mobile", "phone"),
    "有效期": ("valid", "term"), "有效期限": ("valid", "term"), "有效期间": ("valid", "term"), "有效时间": ("valid", "term"),
    "期限起": ("start", "date"), "期限止": ("end", "date"),
    "起": ("start", "date"), "自": ("start", "date"), "始": ("start", "date"), "起日": ("start", "date"), "止": ("end", "date"), "迄": ("end", "date"),
    "至": ("end", "date"), "止日": ("end", "date"), "开始": ("start", "date"), "起始": ("start", "date"), "截止": ("end", "date"),
    "终止": ("end", "date"), "到期": ("end", "date"), "结束": ("end", "date"), "届满": ("end", "date"), "截止日": ("end", "date"),
    "到期日": ("end", "date"), "起始日": ("start", "date"), "终止日": ("end", "date"), "截至": ("end", "date"), "从": ("start", "date"),
    "期满": ("end", "date"), "期至": ("end", "date"), "起算": ("start", "date"), "满期": ("end", "date"),
    "城乡": ("market", "kind"), "起时间": ("start", "date"), "止时间": ("end", "date"),
}  # fmt: skip
"""Words that hold several concepts at once, in the order in which a longer label would say them."""

SILENT = "的 之 所 及其 该 信息 基本 资料 基础 基本信息 栏 填写人填 本 现 相关 详细 具体 当前 最新 目前 实际经营 新入网 本次 此次 以及 等 数据 主要"
"""Words that tell nothing."""

BOTH = "和 及 与 以及 并 、 / | + ＋ & ＆ \\ \n"
"""What stands between two things that are asked in one cell."""

_TRADITIONAL = str.maketrans(
    "許證號碼電話聯繫絡戶負責營業點區鄉鎮類別備註錄時間範圍檔訂貨結線審覈論見變後內項處辦單頒發開終齊額質檢驗實級組舖鋪門體統會執統圖紙詢資產規標題購買贈禮關懷員"
    "傳貨運輸維護費來源緊急報訪談記認確認籤簽長態銷總計萬億個從過進選擇說參數據庫醫東廣場車輛導師學習親屬婚無為與於當應該對錯讀寫聽現場產權屬圖書館",
    "许证号码电话联系络户负责营业点区乡镇类别备注录时间范围档订货结线审核论见变后内项处办单颁发开终齐额质检验实级组铺铺门体统会执统图纸询资产规标题购买赠礼关怀员"
    "传货运输维护费来源紧急报访谈记认确认签签长态销总计万亿个从过进选择说参数据库医东广场车辆导师学习亲属婚无为与于当应该对错读写听现场产权属图书馆",
)
_INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF]
)  # fmt: skip


def plain(text: str) -> str:
    """Return *text* as labels are compared: half width, simplified characters, without white space and what is not seen."""
    if text.isascii():
        return "".join(text.casefold().split())
    bare = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_TRADITIONAL)
    return "".join(bare.casefold().split())


@dataclass(frozen=True, slots=True)
class Reference:
    """What a label asks (``head``), and whose or which (``which``)."""

    head: str
    which: frozenset[str]


_UNSAID = frozenset({"person", "name", "date", "term", "phone"})
"""Heads that tell nothing before another head: 有效期截止日期, 店主姓名, 联系电话号码."""
_PAPERS = (
    ("business_licence", "credit"), ("tobacco", "licence"), ("licence", "licence"),
    ("principal", "identity"), ("person", "identity"), ("contact", "identity"),
)  # fmt: skip
"""Whose paper is meant, told by what stands before it."""
_OWN_HEAD = {concept: head for concept, (head, _) in OWNERS.items()}


def _words() -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    words |= {word: (word,) for word in ALONE.split()}
    for concept, those in MODIFIERS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    for concept, (_, those) in OWNERS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    for concept, those in HEADS.items():
        words |= dict.fromkeys(those.split(), (concept,))
    words |= dict.fromkeys(SILENT.split(), ())
    return words | PHRASES


WORDS = _words()
"""Every word: its concepts in the order in which they are said."""
LONGEST = max(map(len, WORDS))
_LONGEST_LABEL = 24
_LETTERS = frozenset("".join(WORDS))


@lru_cache(maxsize=1 << 14)
def take_apart(label: str) -> Reference | None:
    """Return what *label*, written as ``plain`` gives it, refers to; None when a part of it is no word, or nothing is asked.

    The fewest words are meant, then those of which the first are longest.
    """
    if not label or len(label) > _LONGEST_LABEL or not _LETTERS.issuperset(label) or label.endswith(_GROUP[:3]):
        return None
    words = _segment(label)
    return _refer([concept for word in words for concept in WORDS[word]]) if words else None


def _segment(label: str) -> tuple[str, ...]:
    best: list[tuple[str, ...] | None] = [None] * len(label) + [()]
    for start in range(len(label) - 1, -1, -1):
        for end in range(min(len(label), start + LONGEST), start, -1):
            rest = best[end]
            word = label[start:end]
            if rest is not None and word in WORDS:
                found = (word, *rest)
                if best[start] is None or len(found) < len(best[start] or ()):
                    best[start] = found
    return best[0] or ()


def _refer(concepts: list[str]) -> Reference | None:
    if not concepts:
        return None
    last = concepts[-1]
    before = [each for each in concepts[:-1] if each not in _UNSAID]
    last = next((meant for whose, meant in _PAPERS if last == "paper" and whose in concepts), last)
    if last in _OWN_HEAD:
        return Reference(_OWN_HEAD[last], frozenset([*before, last]))
    if last not in HEADS:
        return None
    return Reference(last, frozenset(before) - {last})


_PEOPLE = ("人", "员", "者", "方", "户", "属", "友", "商", "公司", "单位")
_GROUP = ("基本信息", "信息", "资料", "情况")


def names_somebody(text: str) -> bool:
    """Tell whether *text*, as it may stand over several labels, is a person or an organisation: 送货员信息."""
    bare = plain(text)
    bare = next((bare.removesuffix(tail) for tail in _GROUP if bare.endswith(tail) and bare != tail), bare)
    reference = take_apart(bare)
    return reference.head in ("person", "name", "unit") if reference else bare.endswith(_PEOPLE)


def is_word(text: str) -> bool:
    """Tell whether *text* is made of words of the vocabulary, whether or not it asks something."""
    return _LETTERS.issuperset(text) and bool(_segment(text))
