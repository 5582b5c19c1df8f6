"""What offices call their columns, by form and field: each name alone among ordinary labels, and what must not be taken."""

from __future__ import annotations

import pytest

from pipeline.read.recognise.headers import Head
from pipeline.read.recognise.labels import Labels
from pipeline.read.recognise.locate_fields import Columns, assign_columns
from pipeline.settings.known_forms import known_forms
from schemas.language import Form, Kind
from schemas.language.catalogue import load_catalogue

LABELS = Labels(known_forms(load_catalogue()))

NAMES = """
registration licence_no: 许可证号码 烟草证 烟草证号 烟草专卖证号码 专卖许可证号 零售许可证编号 证号 許可證號碼 License_No 烟草专卖许可证号（12位）
registration customer_name: 店名 店铺名称 门店名称 商店名称 字号 招牌 店招 户名 零售户名 商户名称 單位名稱 客户全称
registration principal: 法人 法人代表 法人姓名 店主 店主姓名 业主 老板 户主 经营者姓名 姓名 实际经营人 持证人 負責人姓名
registration resident_id: 身份证 身份证件号码 居民身份证号码 店主身份证号 法人身份证 经营者证件号码 身份證號碼
registration contact_phone: 手机 手机号 手机号码 电话号码 联系手机 联系方式 移动电话 店主电话 负责人联系电话 电话/手机 固定电话 聯繫電話
registration shop_address: 地址 店址 详细地址 经营地点 店铺位置 门店地址 营业地址 经营场所地址 門店地址
registration area_of_shop: 乡镇 所在乡镇 所属片区 镇 街道 辖区 乡镇（街道）
registration market_type: 市场分类 城乡类型 城镇/乡村
registration trade_type: 业态类型 经营业态类型 零售业态分类
registration valid_from: 有效期起始日期 有效期开始日期 起始日期 发证时间 核发日期 许可证起始日 有效期（起）
registration valid_until: 截止日期 有效期截止日期 有效期终止日期 到期日 到期时间 许可证到期日期 失效日期 有效期限止 有效期（止） 证件有效期至
registration registered_on: 登记时间 录入日期 填写日期 制表日期
registration filled_by: 填写人 录入人 登记员 制单人 填报人姓名
staff_list staff_no: 员工工号 人员代码 职工编号
staff_list staff_name: 名字 人员姓名 职工姓名
staff_list staff_role: 岗位名称 职位 工作岗位 职務
staff_list staff_also: 兼岗 兼任职务 其他岗位
staff_list staff_mobile: 电话 联系电话 手机号码 移动电话 本人手机号
staff_list staff_email: 电子邮箱地址 电子邮件 Email
staff_list serves_from: 启用时间 上岗日期 生效日期
staff_list serves_to: 停用时间 离岗时间 截止日期
area_list area_name: 片区名称 辖区 区域
area_list area_code: 区域编码 片区编号
area_list account_manager_no: 客户经理编号 客户经理（工号） 负责客户经理工号
area_list in_force_from: 启用时间 生效时间 开始日期
complaint complained_on: 投诉时间 投诉日
complaint complainant: 客户名称 投诉客户名称 投诉人 投诉人姓名 店名 投诉单位
complaint complainant_phone: 联系电话 投诉人手机 客户电话 电话
complaint complaint_cause: 投诉类型 投诉种类
complaint complaint_text: 投诉事项 投诉描述 具体内容
complaint demand: 客户诉求 诉求 处理要求
complaint delivered_on: 送货日期 交货时间
complaint faulty_quantity: 破损数量 次品数量
complaint taken_by: 登记人 填表人 受理人
verification verdict: 核实结论 核查结果 核实情况
verification verified_on: 核实时间 核查日期
verification verified_by: 核查人 核实人员 核实人姓名
verification customer_grade: 档级 客户档次
verification delivery_route: 送货路线 线路名称
verification order_way: 订货渠道 订烟方式
verification pay_way: 结款方式 付款方式
change_sheet change_kind: 变更种类 更改类型
change_sheet changed_to: 变更后的内容 更改后
change_sheet effective_on: 生效时间 起效日期
change_sheet change_reason: 更改原因 变更理由
visit_diary visited_customer: 客户名称 走访客户 被访客户
visit_diary visit_talk: 走访内容 沟通内容
visit_diary visited_by: 走访人 拜访人员
expense_request requested_amount: 申请额 申请费用金额
expense_request requested_on: 申请时间
expense_request requested_by: 申请人
expense_request expense_customer: 客户名称 客户
expense_line purchases: 采购额 进货金额
expense_line line_customer: 客户名称 采购单位
it_ticket reported_at: 报修时间 申报日期
it_asset asset_no: 设备编号 资产号
it_asset asset_serial: 序列号 出厂编号
it_asset asset_model: 型号 规格
customer_file file_phone: 联系电话 手机号
customer_file file_contact: 联系人 建档联系人姓名
customer_file file_no: 档案编号
prospect prospect_name: 客户名称 意向客户名称
prospect prospect_phone: 联系电话 客户手机
arrival_order arrival_quantity: 到货件数
pick_order pick_on: 提货时间
care_contact opened_on: 开业时间 开店日期
registration licence_no: 许可证代码 许可证的编号 许可证编号（专卖）
registration principal: 客户姓名 零售户姓名
registration resident_id: 身份证（负责人） 身份证号码(负责人)
registration credit_code: 执照代码 统一社会信用代码证号 信用代码号
registration contact_phone: 固定电话/手机 手机或电话 通信方式
registration shop_address: 经营地址（详细到门牌号） 店铺坐落
registration valid_from: 有效期（起）
registration remarks: 备注/说明 补充说明 需要说明的情况 Comments
registration registered_on: 采集日期 Date_of_registration
staff_list staff_no: 职工代码 人员号码
staff_list staff_role: 职位名称 岗位类型
staff_list staff_also: 兼任的岗位 其它职务
staff_list serves_from: 任职起 任现职时间 到职日期
staff_list serves_to: 任职止
area_list area_name: 行政区划名称 街道名称
area_list area_aliases: 下辖村庄 行政村 旧称
area_list account_manager_no: 管片客户经理 责任客户经理工号 客户经理
complaint complaint_cause: 投诉事项类别 投诉问题类型 问题分类
complaint complaint_text: 投诉内容摘要 投诉记录 投诉情况描述
complaint demand: 期望解决方式 诉求事项
complaint complained_on: 受理日期 来电日期
verification policy_told: 是否宣传政策 政策是否宣传 政策解读
verification ordering_told: 订货流程 讲解订货流程
verification shop_scale: 规模等级 店铺大小
change_sheet changed_to: 变更后的信息 调整后
change_sheet change_reason: 申请变更原因 异动原因
visit_diary visit_talk: 走访记录 访问记录
visit_plan planned_hours: 计划工时 计划用时
survey_answers score_quality: 质量得分 质量 产品品质
survey_answers score_service: 服务质量评分 服务态度
survey_answers survey_opinion: 您的意见 反馈
arrival_order by_phone: 是否通过电话通知 电话通知否 有无电话通知 是不是电话通知
arrival_order expected_on: 到货日期（预计） 预期到货时间
arrival_order arrival_product: 产品名称 商品名称
expense_request expense_customer: 申请客户
expense_line payment_received: 货款收到（是/否） 是否已收款 货款到帐否
it_asset bought_on: 採購日期 购置年月
it_asset warranty_end: 质保期止 过保日期
customer_file file_customer: 档案客户 单位名称
customer_file file_licence: 营业执照
"""
_VALUES = {Kind.DATE: "2026-11-02", Kind.PHONE: "13932810018"}
FOREIGN = """
staff_list: 地址 家庭地址
customer_file: 存放地点
arrival_order: 已电话通知人 电话通知时间
change_sheet: 事项类型
registration: 区域类型 投诉对象
registration: 登记人电话 户籍地址 家庭地址 配偶姓名 配偶电话 邻居电话 送货员电话 开业日期 停业日期 成立日期 注册日期 营业执照有效期至 身份证有效期 发票号码 银行账号
registration: 客户编码 门牌照片 退货数量 联系人 店员姓名 客户经理 市场经理 经营面积 备用电话 电话（配偶） 登记地址 首次登记日期 上次换证日期 许可证状态 经营年限 存款金额
staff_list: 聘用日期 入职日期 出生日期 离职原因 部门 紧急联系人 身份证号 培训日期 合同截止日期 固定电话
area_list: 区域面积 人口数量 撤销原因 客户数量
complaint: 退货数量 处理日期 处理人 接诉人电话 赔偿金额 客户级别 送货员 库存数量
revenue: 客户级别 客户经理 退货金额 应收金额 收入类型
care_contact: 停业日期 客户级别 结婚日期 联系人电话
expense_line: 退款金额 应收金额 赠送数量
"""


def _cases(table: str) -> list[tuple[str, str, str]]:
    lines = [line.partition(": ") for line in table.strip().splitlines()]
    return [(head.split()[0], head.split()[-1], name) for head, _, names in lines for name in names.split()]


def _columns(form: Form, name: str, besides: list[str], values: list[str]) -> Columns:
    """Return what becomes of a header with the label *name*, and the labels of *besides* in their own words."""
    texts = [name.replace("_", " "), *(form.field(code).label.zh for code in besides)]
    below = [values, *([form.field(code).example] * 3 for code in besides)]
    heads = [Head(at, 0, text, LABELS.lookup(text)) for at, text in enumerate(texts)]
    return assign_columns(heads, LABELS, LABELS.number(form.code), lambda column: below[column])


@pytest.mark.parametrize(("code", "field", "name"), _cases(NAMES))
def test_a_name_is_understood(code: str, field: str, name: str) -> None:
    form = LABELS.forms[LABELS.number(code)]
    others = [each.code for each in form.fields if each.code != field]
    asked = form.field(field)
    answer = asked.options[0].words.zh if asked.options else ""
    columns = _columns(form, name, others, [answer or asked.example or _VALUES.get(asked.kind, "惠民超市")] * 3)
    assert columns.fields[field].column == 0
    assert not columns.unknown and not columns.ambiguous and not columns.twice


@pytest.mark.parametrize(("code", "field", "name"), _cases(FOREIGN))
@pytest.mark.parametrize("value", ["13932810018", "2026-11-02", "12", "张三"])
def test_what_only_resembles_is_never_taken(code: str, field: str, name: str, value: str) -> None:
    form = LABELS.forms[LABELS.number(code)]
    columns = _columns(form, name, [form.key.code], [value] * 3)
    assert [code for code, head in columns.fields.items() if head.column == 0] == []


def test_the_tables_are_as_large_as_they_say() -> None:
    assert len(_cases(NAMES)) >= 150 and len({form for form, *_ in _cases(NAMES)}) >= 10
    assert len(_cases(FOREIGN)) >= 40
