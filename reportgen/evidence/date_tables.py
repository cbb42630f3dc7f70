from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class DateTable:
    months: dict[str, int] = field(default_factory=dict)
    month_endings: str = ""
    month_word: str = "(?!)"
    modal: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    lower_case: bool = False
    month_before: re.Pattern[str] = re.compile("(?!)")
    month_mark: re.Pattern[str] = re.compile("(?!)")
    month_not_day: re.Pattern[str] = re.compile("(?!)")
    day_after_month: re.Pattern[str] | None = None
    ordinals: tuple[tuple[str, int], ...] = ()
    ordinal_suffix: str = ""
    seasons: tuple[tuple[str, int], ...] = ()
    spans: tuple[str, ...] = (r"(?<!\w)q ?(?P<quarter1>[1-4])(?!\w)",)
    voids: tuple[str, ...] = ()
    year_suffix: str = "(?!)"
    decade: str = r"(?:'?s|er|-х|-е)(?!\w)"
    day_suffix: str = r"(?:st|nd|rd|th|er|e|º|ª)(?!\w)|[º°ª]"
    year_before: str = ""
    weak_before: str = ""
    count_before: str = ""
    counted: str = r"%|[kmgt]w|[kmgt]wh|usd|eur|euros?|kzt"
    labels: str = r"№|no\.|nr\.|n°|§"
    glued_before: str = "mid|late|early|end|start"
    grammar: str = ""
    joins: str = "(?!)"
    join_more: str = "(?!)"
    join_glued: str = "(?!)"
    join_plain: str = "(?!)"
    glue: tuple[tuple[tuple[str, str], str], ...] = ()
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    negated_before: str = "(?!)"
    negated_after: str = "(?!)"
    doubtful_with_year: bool = True
    day_words: tuple[tuple[str, int], ...] = ()
    bare_years: bool = True


_EN_DAYS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
_RU_DAYS = [
    "перво",
    "второ",
    "третье",
    "четверто",
    "пято",
    "шесто",
    "седьмо",
    "восьмо",
    "девято",
    "десято",
    "одиннадцато",
    "двенадцато",
    "тринадцато",
    "четырнадцато",
    "пятнадцато",
    "шестнадцато",
    "семнадцато",
    "восемнадцато",
    "девятнадцато",
    "двадцато",
]
_RU_DAYS += [f"двадцать {day}" for day in _RU_DAYS[:9]] + ["тридцато", "тридцать перво"]


_EN_GRAMMAR = (
    "a|an|the|and|or|but|nor|to|in|on|at|by|of|for|with|as|it|its|was|is|were|are|has|had|have|will|would|when|which|"
    "who|that|this|these|from|until|till|through|since|after|before|during|about|over|under|into|than|then|there|"
    "they|he|she|we|i|his|her|their|our|be|been|being|not|no|also|only|while|where|if|because|so|per|via|against|"
    "between|according|compared|up|down|said|says|may|can|could|should|must|might|did|does|do|began|saw|amid|"
    "alone|onwards?|onward|came|brought|marked|ended|started|alike|both|all|some|despite|following|due|thanks|like"
)
_RU_MONTHS = {
    stem + ending: number
    for number, stem, endings in (
        (1, "январ", "ь я ю ем е"),
        (2, "феврал", "ь я ю ем е"),
        (4, "апрел", "ь я ю ем е"),
        (6, "июн", "ь я ю ем е"),
        (7, "июл", "ь я ю ем е"),
        (9, "сентябр", "ь я ю ем е"),
        (10, "октябр", "ь я ю ем е"),
        (11, "ноябр", "ь я ю ем е"),
        (12, "декабр", "ь я ю ем е"),
        (3, "март", "_ а у ом е"),
        (8, "август", "_ а у ом е"),
        (5, "ма", "й я ю ем е"),
    )
    for ending in endings.replace("_", "").split(" ")
}
_KK_CASE = (
    "(?:ы|і|сы|сі)?(?:ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|на|не|ды|ді|ты|ті|ны|ні|да|де|та|те|нда|нде|дан|ден|тан|тен|"
    "нан|нен|н|мен|бен|пен)?(?:ғы|гі)?"
)
_KK_MONTHS = dict.fromkeys(("қыркүйег",), 9)

TABLES: dict[str, DateTable] = {
    "en": DateTable(
        months={"sept": 9},
        modal=frozenset(("may", "march", "mar", "dec", "jan", "jun", "sep", "oct", "nov", "apr", "feb", "jul", "aug")),
        doubtful=frozenset(("may", "march", "april", "june", "august", "sept")),
        negated_before=r"(?:not|never|rather than|instead of|neither|nor)(?: in| on| by| during| the)?",
        day_words=tuple((word, number) for number, word in enumerate(_EN_DAYS, start=1)),
        month_before=re.compile(
            r"(?<!\w)(?:in|since|by|until|till|through|throughout|during|from|of|between|last|this|next|early|late|mid|"
            r"before|after|to|and|or|for|each|every|end|start|beginning)[ -]$|[/-]$"
        ),
        month_not_day=re.compile(r"(?<!\w)(?:in|during|of) $"),
        ordinals=(
            ("first", 1),
            ("second", 2),
            ("third", 3),
            ("fourth", 4),
            ("last", 4),
            ("final", 4),
            ("latter", 2),
            ("opening", 1),
            ("closing", 4),
            ("one", 1),
            ("two", 2),
            ("three", 3),
            ("four", 4),
            ("five", 5),
            ("six", 6),
            ("seven", 7),
            ("eight", 8),
            ("nine", 9),
            ("ten", 10),
            ("eleven", 11),
        ),
        ordinal_suffix="st|nd|rd|th",
        seasons=(("spring", 21), ("summer", 22), ("autumn", 23), ("fall", 23), ("winter", 24)),
        spans=(
            r"(?<!\w)q ?(?P<quarter1>[1-4])(?!\w)",
            r"(?<!\w)(?P<quarter2>[1-4]) ?q(?!\w)",
            r"(?<!\w)(?P<quarter3>ORD)[ -]quarter(?!\w)",
            r"(?<!\w)h ?(?P<half1>[12])(?!\w)",
            r"(?<!\w)(?P<half2>[12]) ?h(?!\w)",
            r"(?<!\w)(?P<half3>ORD)[ -]half(?!\w)",
            r"(?<!\w)first (?P<months1>ORD) months(?!\w)",
            r"(?<!\w)(?P<season1>spring|summer|autumn|winter)(?!\w)",
            r"(?<=(?:the|his|its) )(?P<season2>fall)(?= of (?:1[5-9]|20)\d\d(?!\d))"
            r"|(?<!\w)(?P<season3>fall)(?=,? (?:1[5-9]|20)\d\d(?!\d))",
        ),
        voids=(
            r"(?<!\w)(?:fy ?'?\d{2,4}(?:[-/]\d{2,4})?|(?:fiscal|financial|tax|academic|school|marketing|crop|budget)"
            r"(?: years?)?(?: of)? \d{4}(?:[-/]\d{2,4})?)(?!\w)",
            r"(?<!\w)\d{4}(?:[-/]\d{2,4})? (?:fiscal|financial|tax|academic|school|marketing|crop|budget)(?: years?| season)(?!\w)",
            r"(?<!\w)\d{4}-\d{2,4} (?:[a-z]+ )?season(?!\w)",
            r"(?<!\w)(?:pre|post)-\d{4}(?!\w)",
            r"(?<!\w)[qh][1-4] ?'?\d\d(?!\w)|(?<!\w)[1-4][qh]'?\d\d(?!\w)",
        ),
        year_suffix=r"'s(?!\w)",
        decade=r"'?s(?!\w)",
        day_suffix=r"(?:st|nd|rd|th)(?!\w)",
        year_before=r"in|since|until|till|during|throughout|years?|early|late|circa|dated|(?:end|start|beginning|middle|"
        r"course|half|quarter) of|mid-|end-|spring|summer|autumn|winter|as of|back in|year-end|spring of|summer of",
        weak_before=r"by|from|to|of|after|for|around|about|over|between|and|through|the|its|their|this|that|his|on|or|into",
        count_before=r"total of|some|nearly|almost|about|around|approximately|roughly|over|above|under|below|"
        r"more than|less than|fewer than|at least|at most|up to|only|just|another|additional|all|these|those|exactly|"
        r"seized|sold|bought|installed|counted|of the|hold|holds|held|had|has|have|with|other|further",
        counted=r"%|percent|per cent|[kmgt]w|[kmgt]wh|mw/h|usd|eur|euros?|kzt|tenge|dollars?|people|persons?|workers|jobs|rigs|"
        r"farms|shops|miners|machines|tons?|tonnes|kilometres|kilometers|km|metres|meters|million|billion|thousand|"
        r"hundred|years|months|weeks|days|hours|minutes",
        labels=r"№|no\.|nos\.|number|article|section|chapter|table|figure|decree|order|room|page|p\.|pp\.|agenda|vision|"
        r"strategy|model|resolution|directive|law no\.",
        grammar=_EN_GRAMMAR,
        joins="to|and|or|until|till|through|thru|up to",
        join_more="in|on|by|the|from|again|then|late|early|end of|start of|mid",
        join_glued="mid-|end-|late-|early-",
        glue=(
            (("day", "month"), r"(?: |-)(?:of (?:the month of )?)?(?:early |late )?"),
            (("month", "day"), r" (?:the )?"),
            (("month", "year"), r"(?:,? |-)(?:of )?(?:the year )?"),
            (("day", "year"), r",? (?:of )?(?:the year )?"),
            (("year", "month"), "(?!)"),
            (("year", "day"), "(?!)"),
            (("span", "year"), r"(?:,? |-)(?:of |in )?(?:the )?(?:year )?"),
            (("year", "span"), r" |-"),
            (("span", "month"), r" of "),
        ),
        before=(
            ("mid", r"mid[ -]|middle of (?:the )?(?:year |month of )?"),
            ("early", r"early (?:in |part of )?"),
            ("late", r"later? (?:in )?(?:the )?"),
            ("start", r"(?:beginning|start|outset) of (?:the )?(?:year |month of )?|start-"),
            ("end", r"(?:end|close) of (?:the )?(?:year |month of )?|end[ -]|year-end(?: of)? "),
        ),
    ),
    "ru": DateTable(
        months=_RU_MONTHS,
        lower_case=True,
        negated_before=r"(?:не|ни|вместо)(?: в| с| на| к)?",
        day_words=tuple((stem + end, number) for number, stem in enumerate(_RU_DAYS, start=1) for end in ("го", "е")),
        month_before=re.compile(r"(?<!\w)(?:в|во|с|со|к|по|до|за|от|на|и|месяца) $|[-/]$"),
        ordinals=(
            ("перв", 1),
            ("втор", 2),
            ("трет", 3),
            ("четверт", 4),
            ("последн", 4),
            ("дв", 2),
            ("три", 3),
            ("трех", 3),
            ("четыр", 4),
            ("пят", 5),
            ("шест", 6),
            ("сем", 7),
            ("восем", 8),
            ("восьм", 8),
            ("девят", 9),
            ("десят", 10),
            ("одиннадцат", 11),
        ),
        ordinal_suffix="-?(?:й|я|е|го|м|му|ом)",
        seasons=(("весн", 21), ("лет", 22), ("осен", 23), ("зим", 24)),
        spans=(
            r"(?<!\w)(?P<quarter1>ORD) ?(?:квартал[а-я]*|кв\.)(?!\w)",
            r"(?<!\w)(?P<half1>ORD) ?(?:полугоди[а-я]*|половин[а-я]*)(?!\w)",
            r"(?<!\w)перв[а-я]+ (?P<months1>ORD) месяц[а-я]*(?!\w)",
            r"(?<!\w)(?P<months2>\d{1,2}) (?:месяц[а-я]*|мес\.)(?= \d{4})",
            r"(?<!\w)(?P<season1>весн(?:а|ы|е|у|ой|ою)|лет(?:о|а|у|ом|е)|осен(?:ь|и|ью)|зим(?:а|ы|е|у|ой|ою))(?!\w)",
        ),
        voids=(
            r"(?<!\w)\d{4}(?:[-/]\d{2,4})?(?:-?(?:го|й|м|му|ом))? (?:финансов|бюджетн|учебн|налогов|хозяйственн|маркетингов)[а-я]+ год[а-я]*(?!\w)",
            r"(?<!\w)(?:финансов|бюджетн|учебн|налогов|хозяйственн|маркетингов)[а-я]+ (?:год[а-я]* )?\d{4}(?:[-/]\d{2,4})?(?: год[а-я]*)?(?!\w)",
        ),
        year_suffix=r"(?:-?(?:го|й|м|му|ом))? ?(?:гг?(?!\w)\.?|год(?:а|у|ом|е|ы|ов|ам|ами|ах)?(?!\w))|-(?:го|й|м|му|ом)(?!\w)",
        decade=r"-?(?:х|е|ые|ых|ми)(?!\w)(?: ?(?:гг?\.|год[а-я]*))?",
        day_suffix=r"-?(?:го|е|ое|му|м|ого)(?!\w)",
        counted=r"%|процент[а-я]*|[мгткк]?вт(?:ч|·ч|-ч)?|тенге|доллар[а-я]*|рубл[а-я]*|млн|млрд|тыс|человек[а-я]*",
        labels=r"№|номер|ст\.|стать[а-я]+|пункт[а-я]*|п\.|таблиц[а-я]+|рис\.|закон №|стратеги[а-я]+|с\.|стр\.",
        glued_before="(?!)",
        grammar="и|или|по|до|в|во|на|с|со|к|от|за|для|о|об|при|а|но|что|как|из|у|под|над|между|был|была|было|были|не",
        joins="и|или|по|до|-",
        join_more="в|во|с|на|конца|начала|середины|конец|начало",
        glue=(
            (("day", "month"), r" |-"),
            (("month", "year"), r",? "),
            (("year", "month"), r",? (?:в )?"),
            (("year", "day"), r",? "),
            (("month", "day"), "(?!)"),
            (("span", "year"), r",? (?:в )?"),
            (("year", "span"), r",? (?:в |во |на )?"),
            (("span", "month"), r" "),
        ),
        before=(
            ("early", r"начал(?:е|о|у|а|ом) |ранн[а-я]+ "),
            ("mid", r"середин(?:а|е|ы|у|ой) "),
            ("end", r"кон(?:це|ец|цу|ца|цом) |под занавес |исход(?:е|у|а) "),
        ),
        bare_years=False,
    ),
    "kk": DateTable(
        months=_KK_MONTHS,
        negated_after=" ?емес",
        doubtful_with_year=False,
        month_endings=_KK_CASE,
        month_word=r" ай(?:ы|дың|ында|ының|ына|ынан|ы?ндағы|да|дан|ға)?(?![^\W\d_])",
        doubtful=frozenset(("маусым", "қазан", "қараша", "наурыз", "желтоқсан")),
        lower_case=True,
        month_before=re.compile(r"(?<!\w)(?:жыл(?:ғы|дың|ы)|ж\.) $|-$|(?<!\w)(?:және|мен|бен|пен) $"),
        month_mark=re.compile(r" ай"),
        day_after_month=re.compile(r"\d-[^\W\d]|\d күн"),
        ordinals=(
            ("бірінші", 1),
            ("алғашқы", 1),
            ("екінші", 2),
            ("үшінші", 3),
            ("төртінші", 4),
            ("соңғы", 4),
            ("екі", 2),
            ("үш", 3),
            ("төрт", 4),
            ("бес", 5),
            ("алты", 6),
            ("жеті", 7),
            ("сегіз", 8),
            ("тоғыз", 9),
            ("он бір", 11),
            ("он", 10),
        ),
        ordinal_suffix="-?(?:ші|шы|інші|ыншы)",
        seasons=(("көктем", 21), ("жаз", 22), ("күз", 23), ("қыс", 24)),
        spans=(
            r"(?<!\w)(?P<quarter1>ORD)[ -]?тоқсан[^\W\d]*(?!\w)",
            r"(?<!\w)(?P<half1>ORD)[ -]?(?:жартыжылды[^\W\d]*|жарты жылды[^\W\d]*|жартысы[^\W\d]*)(?!\w)",
            r"(?<!\w)алғашқы (?P<months1>ORD) ай[^\W\d]*(?!\w)",
            r"(?<!\w)(?P<months2>\d{1,2}) ай(?:ы|ында|ының|да|дың)(?!\w)",
            r"(?:(?<=[иығы.ң] )|(?<!\w)(?=\w+ (?:1[5-9]|20)\d\d(?!\d)))"
            r"(?P<season1>(?:көктем|күз|қыс|жаз)(?:і|ы)?(?:нде|нда|де|да|гі|ғы|нің|ның|інің|ында|інде)?)(?!\w)",
        ),
        voids=(
            r"(?<!\w)\d{4}(?:[-/]\d{2,4})?(?: жыл[^\W\d]*)? (?:қаржы|бюджет|оқу|салық|шаруашылық)(?:лық)? жыл[^\W\d]*(?!\w)",
        ),
        year_suffix=r"(?:-?(?:шы|ші|ыншы|інші))?[ -]?(?:жж?(?!\w)\.?|жыл(?:ы|ға|дың|дан|да|ғы|дары|дар|дағы|мен|ды|дарда|"
        r"дарға|дардан|дардың|дарын|дарының|дарында|дарындағы|дарғы|дардағы|ын|ына|ының|ында|ынан|ындағы|нан)?(?!\w))",
        decade=r"(?:-?(?:шы|ші|ыншы|інші))?[ -]?жылдар[^\W\d]*",
        day_suffix=r"-(?:шы|ші|ыншы|інші|і|ы|сы|сі|інде|ында|іне|ына|сында|сінде|сына|сіне|інен|ынан|сынан|сінен|інің|ының|"
        r"да|де|та|те|нан|нен|дан|ден|на|не|на|ға|ге)(?!\w)",
        counted=r"%|пайыз[^\W\d]*|[мгтк]?вт(?:сағ)?|теңге[^\W\d]*|доллар[^\W\d]*|млн|млрд|мың|миллион|миллиард|адам[^\W\d]*",
        labels=r"№|нөмір[^\W\d]*|кесте|сурет|бап",
        glued_before="(?!)",
        grammar="және|мен|бен|пен|немесе|бері|дейін|кейін|бұрын|аралығы[^\\W\\d]*|үшін",
        joins="мен|бен|пен|және|немесе",
        join_more="(?!)",
        join_plain=" ",
        glue=(
            (("day", "month"), r" |-"),
            (("month", "year"), r",? "),
            (("year", "month"), r",? "),
            (("year", "day"), r",? "),
            (("month", "day"), r" |-"),
            (("span", "year"), r",? "),
            (("year", "span"), r",? "),
            (("span", "month"), r"(?!)"),
        ),
        after=(
            ("start", r"бас(?:ы|ын)[^\W\d]*"),
            ("mid", r"ортасы[^\W\d]*"),
            ("end", r"(?:соңы|аяғы|аяқ)[^\W\d]*"),
        ),
        bare_years=False,
    ),
}
