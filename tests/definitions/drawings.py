"""The workbooks of ``schemas/drawn`` as they are described: rows as somebody would type them, a line a row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import schemas.drawn
from pipeline.definitions.definition_workbook import PlainRows, RowCells, definition_workbook
from pipeline.definitions.sheets import SHEETS


def rows_of(text: str) -> PlainRows:
    """Return the rows that *text* describes: ``# sheet``, a line of headings, then lines of cells, parted by ``|``."""
    found: dict[str, list[RowCells]] = {}
    columns: Sequence[str] = ()
    current: list[RowCells] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("# "):
            sheet = next(each for each in SHEETS if each.title.zh == line[2:])
            current, columns = found.setdefault(sheet.code, []), ()
        elif not columns:
            by_title = {column.title.zh: column.code for column in sheet.columns}
            columns = [by_title[title.strip()] for title in line.split("|")]
        else:
            cells = [cell.strip().replace("\\n", "\n") for cell in line.split("|")]
            assert len(cells) <= len(columns), line
            current.append({code: cell for code, cell in zip(columns, cells, strict=False) if cell})
    return found


VEHICLES = """
# 流程
项目|内容|英文|代码
名称|车辆使用|Use of cars|vehicle_use
用途|用车先申请后批准，还车登记里程|Cars are asked for, granted, and given back with their mileage
岗位|车辆管理员|Keeper of the cars|car_keeper
岗位|用车审批人|Grants cars|car_granter
# 栏目
表单|栏目|英文|代码|类型|主编号|必填|何时必填|选项|示例|规则|含义
用车申请单|用车单号|Trip No|trip_no|编号|是||||YC2611001
|用车人|Who asks|car_user|||是|||王建国||填表人
|车牌号|Plate|car_plate|选项||是||冀TA1021、冀TA2266
|用车事由|What for|trip_purpose|||是|||送货到龙店||名称
|计划出车时间|Leaves at|trip_from|时刻||是|||2026-11-03 08:30
|计划还车时间|Due back at|trip_until|时刻||是|||2026-11-03 17:30|晚于 计划出车时间
用车审批单|用车审批意见|Answer|trip_answer|选项||是||同意、退回
|不批原因|Why not|trip_refused||||用车审批意见=退回||车已派出||意见
|用车审批日期|Granted on|trip_granted_on|日期||是|||2026-11-02|不晚于今天|办理日期
|用车审批人签字|Granted by|trip_granted_by|||是|||李敏||办理人
还车登记表|出车里程|Mileage before|mileage_out|整数||是|||35210|≥ 0
|还车里程|Mileage after|mileage_back|整数||是|||35290|≥ 出车里程
|实际还车时间|Back at|car_back_at|时刻||是|||2026-11-03 17:00|不晚于今天|办理日期
|还车接收人|Taken back by|car_taken_by|||是|||赵伟||办理人
# 台账
台账|英文|代码|编号规则|同一记录|编号日期|负责岗位|按栏计数
用车|Trips|vehicle_trips|YC{年2}{月}{序号3}|用车人、计划出车时间|计划出车时间|车辆管理员|车牌号
# 环节
环节|英文|代码|表单|岗位|从状态|答复|到状态|退回|期限|本人不得办|任务|英文任务
用车申请|Ask for a car|ask_for_car|用车申请单|车辆管理员|||待批准
用车审批|Grant a car|grant_car|用车审批单|用车审批人|待批准|同意|待还车||1 天|用车人|批准或退回，退回写明原因|Grant it, or say why not
||||||退回|未批准
还车登记|Take it back|take_car_back|还车登记表|车辆管理员|待还车||已还车||按 计划还车时间||还车时登记里程|Note the mileage when it comes back
# 统计
统计表|英文|代码|按栏|周期|日期栏目
用车按月|Trips by month|trips_by_month|车牌号|每月|计划出车时间
# 表单
表单|英文|代码
用车申请单|Request for a car|trip_request
用车审批单|Grant of a car|trip_grant
还车登记表|Car given back|trip_return
# 状态
状态|英文|代码|性质
待批准|To be granted|trip_to_grant
待还车|Out|trip_out
未批准|Refused|trip_not_granted|办结
已还车|Back|trip_back|办结
"""
CONTRACTS = """
# 流程
项目|内容|英文|代码
名称|合同到期|Contracts that end|contract_ends
用途|合同登记在册，到期前提醒，续签或终止|Contracts are on record; before they end they are renewed or let go
岗位|合同管理员|Keeper of contracts|contract_keeper
岗位|合同负责人|Head of contracts|contract_head
# 参数
参数|英文|代码|值|最小|最大
合同提醒天数|Days of warning|contract_warning_days|60|1|365
# 栏目
表单|栏目|英文|代码|类型|主编号|必填|何时必填|选项|示例|规则|含义
合同登记表|合同编号|Contract No|contract_no|编号|是|是|||HT2026-018
|合同名称|Contract|contract_title|||是|||仓库租赁合同||名称
|对方单位|With whom|contract_partner|||是|||惠民物业公司
|合同类别|Kind|contract_kind|选项||是||租赁、采购、服务
|合同金额|Amount|contract_amount|金额||是|||36000
|合同开始日期|Begins|contract_from|日期||是|||2026-01-01
|合同到期日期|Ends|contract_until|日期||是|||2026-12-31|晚于 合同开始日期|到期日
|合同登记人|Listed by|contract_listed_by|||是|||文静||填表人
合同续签终止单|处理结果|Result|contract_result|选项||是||续签、终止
|合同到期日期|Ends|contract_until|日期|||处理结果=续签||2027-12-31
|终止原因|Why it ends|contract_end_reason||||处理结果=终止||业务停办||意见
|处理日期|Settled on|contract_settled_on|日期||是|||2026-11-03|不晚于今天|办理日期
|处理人|Settled by|contract_settled_by|||是|||裴文||办理人
# 台账
台账|英文|代码|负责岗位|按栏计数
合同|Contracts|contracts|合同负责人|合同类别
# 环节
环节|英文|代码|表单|岗位|从状态|答复|已有|到状态|期限|重定|核对|任务|英文任务|其他
合同登记|List a contract|enter_contract|合同登记表|合同管理员||||履行中
等待到期|Wait for its end|await_contract_end||合同负责人|履行中||合同到期日期前 {合同提醒天数} 天|待续签
续签或终止|Renew or end|settle_contract|合同续签终止单|合同负责人|待续签|续签||履行中|合同到期日期前 10 天|合同到期日期|合同到期日期 晚于 合同到期日期|和对方商定：续签写新的到期日期，终止写明原因|Agree with the other side: the new end, or why it ends|前一日提醒
||||||终止||已终止
# 统计
统计表|英文|代码|按栏|周期|日期栏目
合同到期按年|Ends by year|contracts_by_year|合同类别|每年|合同到期日期
# 表单
表单|英文|代码
合同登记表|Contract|contract_entry
合同续签终止单|Renewal or end|contract_settled
# 状态
状态|英文|代码|性质
履行中|In force|contract_in_force
待续签|To be settled|contract_to_settle
已终止|Ended|contract_is_ended|办结
"""

EVERY_SHEET = (
    VEHICLES
    + """
# 参数
参数|英文|代码|值|最小|最大
用车提前天数|Days ahead|trip_days_ahead|2|0|30
# 选项
表单|栏目|选项|英文|代码|别名
用车申请单|车牌号|冀TA1021|The black car|plate_black|黑车
# 定期
频次|岗位|期限栏目|编号规则|填好|每几期|第几个工作日|提前天数|第几个月|所指期|未做状态|说明|英文说明
每月|车辆管理员|计划出车时间|XJ{期间}|用车事由=巡检|1|1|0|0|0|未批准|每月一次|Once a month
# 程序部分
部分|名称|英文|代码|类型|选项
派生栏|已用次数|Times used|times_used|整数
"""
)
"""A right definition with a row on every sheet that there is."""

SHIPPED = {"车辆使用.xlsx": VEHICLES, "合同到期.xlsx": CONTRACTS}
FOLDER = Path(schemas.drawn.__path__[0])


def drawn(text: str) -> bytes:
    """The workbook of what *text* describes."""
    return definition_workbook(rows_of(text), "zh")


if __name__ == "__main__":
    for name, text in SHIPPED.items():
        (FOLDER / name).write_bytes(drawn(text))
