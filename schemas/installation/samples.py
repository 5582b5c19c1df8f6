"""One installation up to the preparation by four departments."""

from __future__ import annotations

from datetime import date

from schemas.language.sample import Cells, Filled, Returned, Scene
from schemas.roster.samples import staff

# fmt: off

STAFF = staff("安装人员.xlsx", ("AZ01", "冯市", "市场部"), ("AZ02", "严总", "运行总监"), ("AZ03", "蒋工", "工程部"), ("AZ04", "沈技", "技术部"), ("AZ05", "韩监", "监控中心"), ("AZ06", "采姐", "采购部"))
CONTRACT = Filled(
    "安装合同登记表.xlsx",
    "install_contract",
    ({"contract_no": "AZ2026001", "install_site": "惠民超市", "site_place": "周窝镇周窝村12号", "notice_no": "TZ2026001", "contract_signed": "2026-11-02", "market_by": "冯市"},),
)
_APPROVED: dict[str, Cells] = {"AZ2026001": {"install_answer": "同意", "director_signed": "严总"}}
_PAPERS = ("paper_profile", "paper_plan", "paper_alarm", "paper_control", "paper_codes")
_COLLECTED: dict[str, Cells] = {"AZ2026001": {**dict.fromkeys(_PAPERS, "是"), "papers_by": "冯市"}}
SCENES = (
    Scene(date(2026, 11, 2), "合同登记", (STAFF, CONTRACT)),
    Scene(date(2026, 11, 3), "审批", (Returned("任务表-严总.xlsx", "AZ02", _APPROVED),)),
    Scene(date(2026, 11, 4), "收齐资料", (Returned("任务表-冯市.xlsx", "AZ01", _COLLECTED),)),
)
