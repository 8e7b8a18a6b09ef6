"""What pages say besides the story: wordings of boilerplate, credits, bylines, in the languages most often met.

General wordings only: each stands on thousands of sites. A line counts only when the whole of it is such a wording.
"""

# ruff: noqa: E501 - a wording is easier to check on one line
from __future__ import annotations

import re

AGENCIES = (
    r"AP|A\.P\.|Associated Press|The Associated Press|AFP|Agence France-Presse|Reuters|رويترز|أ ف ب|Xinhua|新华社|TASS|ТАСС|"
    r"EPA|EFE|EFE-EPA|EPA-EFE|DPA|dpa|ANSA|UPI|PA|PA Media|Press Association|PTI|ANI|APS|MAP|TAP|LANA|SPA|WAM|KUNA|"
    r"Anadolu(?: Agency)?|AA|Getty(?: Images)?|AFP/Getty Images|Bloomberg|Shutterstock|iStock|Alamy|Rex Features|Zuma|"
    r"SIPA(?: Press)?|NurPhoto|Kyodo|Yonhap|IANS|CNS|Efe|Interfax|RIA Novosti|Sputnik|IRNA|BNO|Wikimedia(?: Commons)?"
)
_NAME = r"[^\W\d_][\w.'’\-]*(?: [\w.'’\-]+){0,5}"
_PHOTO = (
    r"(?:(?:AP|AFP|Reuters|EPA|Xinhua|File|Courtesy|Handout|Staff) )?"
    r"(?:photo(?:graph)?s?|picture|image|pic|video|graphic|illustration|crédits? photo|photo d[’']archives|foto|imagen|"
    r"fotografía|фото|صورة|الصورة|图片)"
)

CREDIT_LINE = re.compile(
    rf"[(\[]?\s*(?:{AGENCIES})(?:(?:\s*[/,&|]\s*|\s+(?:and|via|-|–)\s+)(?>{_NAME})){{0,4}}\s*[)\]]?\.?"
    rf"|[(\[]\s*{_PHOTO}\s*(?:credit|by|:|/|courtesy)[^()\[\]]{{0,100}}[)\]]\.?"
    rf"|[(\[]\s*(?:AP|AFP|Reuters|EPA) (?:Photo|Images?|File)[^()\[\]]{{0,100}}[)\]]\.?"
    rf"|(?:{_PHOTO})(?: (?:credit|by|courtesy)(?: of)?)?\s*[:/]\s*.{{1,100}}"
    rf"|(?:image|photo|picture|video) (?:credit|courtesy|by|source)s?:? .{{1,100}}"
    rf"|(?:credits?|crédits?|créditos?|crédito|source|المصدر|источник)\s*:\s*.{{1,60}}"
    rf"|©\s*(?:{AGENCIES}|{_NAME})(?:\s*/\s*{_NAME})?",
    re.IGNORECASE,
)
"""A line that only says whose picture or report it is."""

PHOTO_CREDIT_TAIL = re.compile(
    r"[(\[](?:(?:AP|AFP|Reuters|EPA|Xinhua|File|Getty)[ /](?:Photo|Images?|File)|Photos?(?: by|:|/| credit| courtesy)|"
    r"Image:|Picture:|Credit:|Photographer:|Foto:|Crédit)[^()\[\]]{0,100}[)\]]\.?$"
    r"|(?:(?<=[.!?\"”’])|\s[/|—–-]) ?[(\[]?(?:Photo(?:graph)?|Picture|Image|Foto|Crédit(?: photo)?)\s*:\s*[^.()]{1,80}[)\]]?$"
    r"|(?:(?<=[.!?\"”’])|\s[/|]) ?(?:Getty Images|AFP/Getty Images|AP Photo|AFP Photo|Reuters/[^.]{1,40}|EPA-EFE)$",
    re.IGNORECASE,
)
"""The credit at the end of a picture's caption: no report ends so."""

AGENCY_TAIL = re.compile(rf"(?<=[.!?\"”’])\s+[(\[]?(?:{AGENCIES})[)\]]?\.?$")
"""An agency's name after the last full stop: a caption's credit, or the signature under a report."""

CAPTION_START = re.compile(
    r"(?:(?:file|handout|archive) ?(?:photo|picture|image)?\s*[-–—:]|caption:|pictured(?: above)?:|"
    r"in this (?:[\w,. ]{1,60} )?(?:file )?(?:photo|image|picture|handout|frame grab|screen ?grab|still)\b|"
    r"photo d[’']archives|foto de archivo|صورة أرشيفية)",
    re.IGNORECASE,
)
CAPTION_MARK = re.compile(
    r"\((?:L|R|C|left|right|centre|center|L-R|from left|2nd L|2nd R)\)|, (?:left|right|centre|center), "
)
FILE_PHOTO = re.compile(
    r"\bfile (?:photo|picture|image)\b|^file\b|archive (?:photo|picture)|d[’']archives|de archivo|أرشيفية",
    re.IGNORECASE,
)
"""Says that the picture is older than the story."""

BYLINE = re.compile(
    rf"(?:by|par|por|von|di|door|από|автор:?)[:\s]\s*{_NAME}(?:(?:,| and| et| y| und| e|;|\s*\||\s*/|\s*-|\s+in|\s+for) ?.{{1,90}})?"
    r"|(?:بقلم|كتب|كتبت|تقرير)\s*[:/]?\s+.{2,60}"
    rf"|(?:(?:additional |with )?(?:reporting|writing|editing|edited|compiled|written|text|story|words) by|reporting:|"
    rf"reporter:|author:|auteur\s*:|autor\s*:) .{{2,300}}"
    rf"|{_NAME}, (?:The )?(?:Associated Press|AP|Reuters|AFP)(?: (?:Writer|Staff|Correspondent))?"
    r"|(?:From|By) (?:our|a) (?:staff )?(?:correspondent|reporter)s?.{0,60}",
    re.IGNORECASE,
)

DATE_LINE = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|created|publié|mis à jour|publicado|actualizado|"
    r"veröffentlicht|pubblicato|نشر|опубликовано)\b[^.]{0,90}\d[^.]{0,40})",
    re.IGNORECASE,
)
"""``Published: 3 April 2014 10:20``."""

_BOILERPLATE = [
    # getting about the page
    r"(?:back to (?:the )?)top(?: button)?|return to top|skip to (?:main )?content|(?:main )?menu|search|home|next|previous",
    r"retour en haut|haut de page|aller au contenu|volver arriba|ir al contenido|nach oben|zum inhalt|torna su",
    r"العودة إلى الأعلى|العودة للأعلى|наверх|返回顶部",
    # sharing
    r"share(?: (?:this|it|on|via|with))?(?: (?:this|article|story|page|post|news|link|on|via|with|facebook|twitter|x|whatsapp|email|friends|linkedin|telegram|reddit|and))*:?",
    r"(?:(?:facebook|twitter|x|whatsapp|linkedin|telegram|instagram|youtube|tiktok|pinterest|reddit|email|e-mail|print|messenger|viber|tumblr|vkontakte|google\+?|copy link|copy url|rss|pocket|odnoklassniki|skype)[\s|,/·•]*){1,12}",
    r"(?:follow|like|find|join) us(?: on)? ?.{0,60}|tweet(?: this)?|click to share .{0,60}|copy link to clipboard",
    r"partager(?: (?:sur|cet article|l[’']article|par)(?: .{0,40})?)?|compartir(?: (?:en|este artículo|esta noticia)(?: .{0,40})?)?|teilen|condividi(?: .{0,30})?|suivez[- ]nous.{0,50}|síguenos.{0,50}",
    r"شارك(?: .{0,40})?|تابعنا .{0,40}|مشاركة|поделиться(?: .{0,30})?|分享(?:到)?",
    # newsletters, accounts, cookies
    r"(?:sign up|subscribe|register|log ?in|sign in)(?: (?:now|here|today))?(?: (?:to|for|with|up) .{0,80})?",
    r"(?:get|receive) (?:the|our|your) (?:latest|daily|weekly|free|best|top)? ?.{0,60}(?:newsletter|inbox|alerts?|email)s?.{0,40}",
    r"(?:our |the |your )?(?:free )?(?:daily|weekly|morning|evening|email|e-mail|free) newsletters?",
    r"(?:we|this (?:web)?site|our (?:web)?site|nous|ce site|este sitio|diese (?:web)?seite) .{0,60}\b(?:cookies?|galletas)\b.{0,160}",
    r"(?:accept|manage|allow|reject)(?: all)? cookies|cookie (?:policy|settings|notice|preferences)|privacy policy|terms (?:of (?:use|service)|and conditions|& conditions)|contact(?: us)?|about us",
    r"s[’']abonner.{0,50}|abonnez[- ]vous.{0,60}|inscrivez[- ]vous.{0,60}|suscr[ií]b(?:ete|ase).{0,60}|abonnieren.{0,40}|اشترك .{0,50}|подпис(?:ывайтесь|аться).{0,60}",
    # other stories
    r"(?:read|see|watch|listen|also)(?: (?:more|also|next|full story|the full .{0,40}|on|read|watch))(?:\s*[:|»>-].{0,160})?|read (?:this|our) .{0,60}:.{0,120}",
    r"related(?: (?:articles?|stor(?:y|ies)|topics?|news|content|posts?|links?|coverage|video|reading))?(?:\s*:.{0,160})?|recommended(?: (?:for you|stories|articles|reading))?|you (?:may|might) (?:also|be) .{0,40}",
    r"(?:most|trending|top|latest|more|popular) (?:read|popular|viewed|shared|stories|news|posts|articles|from .{1,40}|on this story)|trending(?: now)?|editor[’']?s[’']? (?:picks?|choice)|don[’']t miss.{0,40}",
    r"(?:lire|voir)(?: (?:aussi|la suite|également|plus))(?:\s*[:|»>-].{0,160})?|à lire (?:aussi|également).{0,160}|sur le même (?:sujet|thème).{0,30}|leer? (?:también|más|además)(?:\s*[:|»>-].{0,160})?|le puede interesar.{0,120}|te puede interesar.{0,120}|mehr zum thema.{0,60}|lesen sie auch.{0,160}|leggi anche.{0,160}",
    r"(?:اقرأ|إقرأ|شاهد|قد يعجبك|اقرأ أيضا|مواضيع ذات صلة)(?: .{0,120})?|читайте также.{0,160}|相关(?:新闻|阅读).{0,60}",
    # advertising, rights, notices
    r"(?:story continues(?: below)?|article continues).{0,40}|ad(?:vertise?ment)?s?(?: feedback| -? ?continue reading.{0,20})?|sponsored(?: (?:content|links?|by .{0,40}))?|publicité|publicidad|anzeige|werbung|إعلان|реклама|广告|loading\.{0,3}|please wait\.{0,3}",
    r"(?:powered|translated) by .{1,50}|(?:automated|automatic|machine) translation|this (?:article|story|text) (?:was|has been) (?:automatically |machine[- ])translated.{0,80}|traduction automatique.{0,40}|traducción automática.{0,40}|ترجمة آلية.{0,40}",
    r"(?:copyright|©|\(c\)|all rights reserved|tous droits réservés|todos los derechos reservados|alle rechte vorbehalten|جميع الحقوق محفوظة|все права защищены|版权所有)(?:.{0,160})?",
    r"(?:this (?:material|article|story|content) may not be (?:published|reproduced)).{0,160}|the views expressed .{0,200}|disclaimer:? .{0,200}",
    r"(?:\d+|no|leave a|post a|add a|view|show|write a) comments?(?: \(\d+\))?|comments?(?: (?:\(\d+\)|are closed\.?|section))?|\d+ (?:shares?|views?|likes?|min(?:ute)?s? read|retweets?)|(?:\d+ )?(?:commentaires?|comentarios?|kommentare?|تعليقات|комментари[ийев]+)(?: \(\d+\))?",
    r"(?:tags?|filed under|topics?|keywords|categor(?:y|ies)|mots[- ]clés|etiquetas|schlagwörter|الكلمات المفتاحية|теги|section)\s*:.{0,200}",
    r"(?:click|tap) (?:here|to|on|for) .{0,80}|(?:download|get) (?:the|our) .{0,30}\bapp\b.{0,40}|play(?: video| audio)?|listen(?: to (?:this )?(?:article|story))?|watch(?: (?:live|now|video))?|\d+ of \d+|(?:image|photo|slide|gallery|video) \d+ (?:of|/) \d+|view gallery|enlarge(?: (?:this )?image)?|hide caption|toggle caption|zoom",
    r"(?:print|email|save|text size|font size|listen)(?: (?:this|article|story|page))*|a[+-]|breaking(?: news)?|live(?: updates)?|exclusive|opinion|video",
]
BOILERPLATE_LINE = re.compile("(?:" + "|".join(f"(?:{p})" for p in _BOILERPLATE) + r")\s*[.!…»›>:↑→]*", re.IGNORECASE)
"""A line that is the page's furniture, whole."""

BOILERPLATE_TAIL = re.compile(
    r"(?:(?<=[.!?…\"”’»)])|(?<=\s))\s*(?:back to top(?: button)?|powered by automated translation|all rights reserved|"
    r"share this (?:article|story|post)|click here to (?:subscribe|share)[^.]{0,40}|read (?:more|the full (?:story|article))(?: here)?|"
    r"retour en haut|tous droits réservés|volver arriba|todos los derechos reservados|العودة إلى الأعلى|جميع الحقوق محفوظة)"
    r"\s*[.!…»›>↑→]*$",
    re.IGNORECASE,
)
"""Furniture stuck to the end of the last sentence."""

MORE_STORIES = re.compile(
    r"(?:related|recommended|more (?:from|on|stories|news)|most (?:read|popular|viewed)|read (?:more|next|also)|trending|"
    r"you (?:may|might) also|latest (?:news|stories)|à lire aussi|sur le même sujet|lire aussi|te puede interesar|"
    r"más noticias|noticias relacionadas|مواضيع ذات صلة|читайте также)\b",
    re.IGNORECASE,
)
"""Opens a list of other stories, which runs to the end of the page."""

_FILE_OR_LINK = re.compile(
    r"\S{1,200}\.(?:jpe?g|png|gif|webp|svg|mp4|pdf)|https?://\S+|www\.\S+|(?:[#@]\w+\s*)+|[^\w]+", re.IGNORECASE
)
_NAME_OF_FILE = re.compile(r"[\w.+%-]+")


def is_slug(line: str) -> bool:
    """A picture's file name, a link, hashtags, a line of punctuation."""
    if _FILE_OR_LINK.fullmatch(line):
        return True
    joined = "_" in line or "-" in line
    numbered = "_" in line or any(character.isdecimal() for character in line)
    return joined and numbered and _NAME_OF_FILE.fullmatch(line) is not None
