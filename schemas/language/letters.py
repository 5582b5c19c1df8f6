"""Labels as they are compared, whichever letters they are written in."""

from __future__ import annotations

import unicodedata

_TRADITIONAL = str.maketrans(
    "許證號碼電話聯繫絡戶負責營業點區鄉鎮類別備註錄時間範圍檔訂貨結線綫審覈論見變後內項處辦單頒發開終齊額質檢驗實級組舖鋪門體"
    "統會執圖紙詢資產規標題購買贈禮關懷員傳運輸維護費來緊報訪談記認確籤簽長態銷總計萬億個從過進選擇說參數據庫場車輛導師習親屬"
    "無為與於當應該對錯讀寫聽現權館編職設離崗務機構網樓縣價準復複際約優滿調問評誠續領隊衛舉稅銀賬帳異動節補遞郵轉讓歸還測試監"
    "術財獎罰齡臺兩擬潛種顧寬濟畫細練繳聲舊製視覽觀訊討訓託訴詳誌語誰請議貴賓賞賠輕連達適遲遠鄰釋錢閉闆陽陸隨險雙雜難響頁順須"
    "預頭頻顯風駐麗歲姓週羣鑑鑒籌紀絕給絲繼縮績罷聖腦興蓋藥蘇虛蟲衝裝貸貿賣賦贏趕跡載輔輩農遊違遺醫釐鈔鋼錶鍵鐘閱闊陣階靈靜飲"
    "飯馬驟鮮曆歷榮樣橋歡殘毀決沒況淨減溫滅漲潔烏煙菸燈爭牆狀獨獲瑣環畢盡盤眾礙祿稱穩積競筆築簡糧綜綱緣擔損擴攤敗斷晝暫書條東"
    "檯勞勢勵匯華協廠廳廢廣彙徵徹惡慣憑戰擊擾婦妝學孫寧寶將專尋屆層島幣帶幫幹幾儲償傷債傑側係倉俠們儀兒冊凍劃劉創劑剛剩則刪啟"
    "喪嘗嚴圓團塊壓壞壽夢夾奪奮",
    "许证号码电话联系络户负责营业点区乡镇类别备注录时间范围档订货结线线审核论见变后内项处办单颁发开终齐额质检验实级组铺铺门体"
    "统会执图纸询资产规标题购买赠礼关怀员传运输维护费来紧报访谈记认确签签长态销总计万亿个从过进选择说参数据库场车辆导师习亲属"
    "无为与于当应该对错读写听现权馆编职设离岗务机构网楼县价准复复际约优满调问评诚续领队卫举税银账账异动节补递邮转让归还测试监"
    "术财奖罚龄台两拟潜种顾宽济画细练缴声旧制视览观讯讨训托诉详志语谁请议贵宾赏赔轻连达适迟远邻释钱闭板阳陆随险双杂难响页顺须"
    "预头频显风驻丽岁姓周群鉴鉴筹纪绝给丝继缩绩罢圣脑兴盖药苏虚虫冲装贷贸卖赋赢赶迹载辅辈农游违遗医厘钞钢表键钟阅阔阵阶灵静饮"
    "饭马骤鲜历历荣样桥欢残毁决没况净减温灭涨洁乌烟烟灯争墙状独获琐环毕尽盘众碍禄称稳积竞笔筑简粮综纲缘担损扩摊败断昼暂书条东"
    "台劳势励汇华协厂厅废广汇征彻恶惯凭战击扰妇妆学孙宁宝将专寻届层岛币带帮干几储偿伤债杰侧系仓侠们仪儿册冻划刘创剂刚剩则删启"
    "丧尝严圆团块压坏寿梦夹夺奋",
)
"""Traditional characters of labels and the simplified ones."""
_INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
     *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF]
)  # fmt: skip


def plain_label(text: str) -> str:
    """Return *text* as labels are compared: half width, simplified characters, without white space and what is not seen."""
    if text.isascii():
        return "".join(text.casefold().split())
    bare = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_TRADITIONAL)
    return "".join(bare.casefold().split())
