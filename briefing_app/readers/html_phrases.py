"""What lines that are no part of an article say, in the languages of the library, as patterns over folded text.

Folded: in lower case, with straight apostrophes, without colons, dots and arrows at its ends.
"""

from __future__ import annotations

import re

_NETWORKS = "twitter|facebook|instagram|telegram|whatsapp|youtube|linkedin|google news|телеграм"
_LETTER = r"newsletter|inbox|alerts?|updates|e-?mails?|podcast|channel|digest"


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases))


# The whole line: advertisement labels, buttons, counters, what a player or a picture says of itself.
ALONE = _any(
    r"(?:story continues below )?(?:advertisements?|ad)(?: continue reading the main story)?|sponsored(?: content)?",
    r"promoted|article continues below|continue reading(?: the main story)?|scroll to continue|back to top",
    r"share(?: this)?(?: article| story| post| page)?|(?:share|tweet|post|pin) (?:on|to|via|this)(?: \w+)?",
    rf"{_NETWORKS}|e-?mail|print|tweet|copy(?: the)? link|link copied|save|close|feedback|image|photo|gallery",
    r"(?:\d+ )?comments?|no comments(?: yet)?|leave a (?:comment|reply)|(?:read|show|see|view|learn) (?:more|all|less)",
    r"(?:play|watch|now playing|video)(?: video)?|media playback is unsupported on your device|loading",
    r"view (?:gallery|comments|full image|this post on instagram)|enlarge(?: this image)?|(?:toggle|hide) caption",
    r"skip (?:past )?(?:ad|advert|advertisement|newsletter promotion)|you(?: ha|')ve reached your .{0,40}limit",
    r"related(?: (?:stories|articles|topics|content|links|posts))?|found this helpful",
    r"реклама|поделиться|комментарии|подробнее|загрузка|наверх|поділитися|коментарі|детальніше",
    r"anzeige|werbung|teilen|drucken|kommentare|mehr(?: lesen)?|publicité|partager|imprimer|commentaires",
    r"publicidade?|compartir|compartilhar|pubblicità|condividi|reklama?|udostępnij|paylaş",
    r"إعلان|اعلان|شارك|مشاركة|广告|廣告|分享|評論|评论",
)
# The beginning of a line that leads to other pages.
ELSEWHERE = _any(
    r"(?:also )?(?:read|see|watch|listen)(?: more| also| next| full| now| it)?\s*[:|>»–—-]|also read|see also",
    r"click here|read (?:more|also|next)",
    r"more (?:on|from|about|stories|coverage|news)\b.{0,60}$|more:|related\b|recommended\b",
    r"don.t miss|you (?:may|might) (?:also )?like|what to read next|most (?:read|popular)|trending",
    r"чита(?:йте|ть) (?:также|ещё|еще|по теме|далее)|смотрите (?:также|ещё)|см\. также|(?:также |ещё )?по теме\b",
    r"другие новости|чита(?:йте|ти) (?:також|ще)|дивіться також",
    r"lesen sie (?:auch|mehr|hier)|mehr (?:zum thema|dazu|lesen)|auch interessant|weitere artikel|siehe auch",
    r"(?:à )?lire (?:aussi|également)|à lire\b|voir aussi|lire la suite",
    r"le(?:a|e|er) (?:también|además|más)|te puede interesar|más información|vea también",
    r"leia (?:também|mais)|veja também|leggi anche|czytaj (?:też|także|również)|zobacz też|ayrıca okuyun",
    r"اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|شاهد أيضا|مواضيع ذات صلة|اقرا ايضا",
    r"相关阅读|相关新闻|延伸阅读|延伸閱讀|推荐阅读|阅读更多|更多新闻|関連記事|あわせて読みたい|관련 ?기사",
)
# The beginning of a line that asks for something: to subscribe, to follow, to pay.
CALL = _any(
    rf"(?:please )?(?:sign up|subscribe|register)\b.{{0,160}}\b(?:{_LETTER})",
    r"(?:please )?subscribe (?:to|now|today|here)\b|get (?:the|our|all)\b.{0,120}\b(?:newsletter|inbox)",
    r"download (?:the|our)\b.{0,60}\bapp\b|follow @\w+",
    rf"(?:and )?(?:follow|like|find|join) (?:us|me|him|her|them|@\w+|\w+ \w+)\b.{{0,60}}\b(?:{_NETWORKS})",
    r"join the (?:conversation|discussion)|support (?:our|independent) journalism",
    r"подпи(?:сывайтесь|шитесь|саться)\b|следите за (?:нами|нашими|новостями|событиями)|присоединяйтесь к нам",
    r"підпи(?:суйтесь|суйтеся|шіться)\b|стежте за|наш(?:и|і)? (?:телеграм|telegram)",
    r"abonnieren sie|folgen sie uns|abonnez-vous|suivez-nous|inscrivez-vous|suscríb(?:e|a)te|síguenos|síganos",
    r"iscriviti|seguici|assine (?:a|o|já)|siga-nos|تابعونا|تابعنا|اشترك|للاشتراك|扫码|扫一扫|关注我们",
)
# The whole line: whose the text is.
RIGHTS = _any(
    r"(?:©|\(c\)\s|copyright\s+(?:©|\(c\)|by\b|\d{4})).{0,160}|.{0,160}\ball rights reserved\b.{0,60}",
    r"все права защищены.{0,80}|усі права захищен.{0,80}|alle rechte vorbehalten.{0,60}|tous droits réservés.{0,60}",
    r"todos (?:los derechos|os direitos) reservados.{0,60}|tutti i diritti riservati.{0,60}|جميع الحقوق محفوظة.{0,60}",
)
# The beginning of a line of keywords.
TOPICS = re.compile(
    r"(?:(?:filed|posted|published) (?:under|in)|tags?|topics?|more about|categor(?:y|ies)|теги?|метки|мітки|рубрики?"
    r"|schlagwörter|themen|mots-clés|etiquetas|temas|الوسوم|标签)\s*[:：]?(?:\s|$)"
)
# The whole line, at the beginning of an article: by whom and when.
SIGNED = _any(
    r"(?:by|von|par|por|автор(?:ы)?|текст|بقلم|作者|记者)[:：︱|]?\s+[^\W\d_].{2,60}",
    r"(?:first |last )?(?:published|updated|posted|modified)\b.{0,60}\d.{0,30}",
    r"(?:опубликован\w*|обновлен\w*|оновлено|veröffentlicht|aktualisiert|publié|mis à jour)\b.{0,60}\d.{0,30}",
    r"(?:publicado|actualizado|pubblicato|نشر|发布时间|更新)\b.{0,60}\d.{0,30}",
    r"\d+\s*(?:-| )?(?:min(?:ute)?s?\.?(?: read)?|мин(?:\.|уты?)?(?: чтения)?)|время чтения.{0,30}",
    r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?",
)
# The whole line, at the end: who edited it.
EDITED = re.compile(r"[\[［(（【]?\s*(?:责任?编辑|編集|责编|编辑|редактор)\s*[:：].{0,60}")  # fmt: skip
