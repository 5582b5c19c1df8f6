"""The five items of a survey: 000 客户服务与管理作业指导书 2.2."""

from __future__ import annotations

from schemas.language import Localized

QUALITY = ("score_quality", Localized("产品质量", "Quality"))
SERVICE = ("score_service", Localized("服务水平", "Service"))
PRICE = ("score_price", Localized("价格", "Price"))
IMAGE = ("score_image", Localized("企业形象", "Image"))
LOYALTY = ("score_loyalty", Localized("忠诚度", "Loyalty"))
SCORES = dict((QUALITY, SERVICE, PRICE, IMAGE, LOYALTY))
"""What is asked, by field code."""
