"""Days with the names of months in other languages, and in Chinese, Japanese and Korean signs."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

from dateline.patterns import lazy

# January to December of each language, as they stand in dates, and shorter forms.
_MONTHS = """
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mar avr mai juin juil aoû sept oct nov déc
januar februar märz april mai juni juli august september oktober november dezember
jan feb mrz apr mai jun jul aug sep okt nov dez
jänner feber märz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sep oct nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ledna února března dubna května června července srpna září října listopadu prosince
januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
január február március április május június július augusztus szeptember október november december
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
januari februari mars april maj juni juli augusti september oktober november december
januar februar mars april mai juni juli august september oktober november desember
januar februar marts april maj juni juli august september oktober november december
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
януари февруари март април май юни юли август септември октомври ноември декември
sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
januari februari maret april mei juni juli agustus september oktober november desember
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
"""
_DAY_FIRST = lazy(
    r"(?<!\d)(\d{1,2})(?:\.|º|er|ª)?,?\s+(?:de\s+|d['’]|ב)?([^\W\d_]{3,14})\.?,?\s+(?:de\s+|del\s+|г\.\s*)?(\d{4})(?!\d)"
)
_YEAR_FIRST = lazy(r"(?<!\d)(\d{4})\.?\s+(?:m\.\s+)?([^\W\d_]{3,14})\.?\s+(\d{1,2})(?!\d)")
_SIGNS = lazy(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日号일]")


def day_in_words(text: str) -> date | None:
    """The one day that is written out, "5 de marzo de 2024" or 2024年3月5日; None for none and for several.

    A word that is another month in another language, as listopada, names none.
    """
    found: set[date | None] = set()
    for day, word, year in _DAY_FIRST.findall(text):
        found.add(_day(year, word, day))
    for year, word, day in _YEAR_FIRST.findall(text):
        found.add(_day(year, word, day))
    for year, month, day in _SIGNS.findall(text):
        found.add(_calendar(int(year), int(month), int(day)))
    return found.pop() if len(found) == 1 else None


def _day(year: str, word: str, day: str) -> date | None:
    months = _numbers().get(_bare(word), frozenset())
    return _calendar(int(year), next(iter(months)), int(day)) if len(months) == 1 else None


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _numbers() -> dict[str, frozenset[int]]:
    """What number a name of a month has, in every language that has it."""
    numbers: dict[str, frozenset[int]] = {}
    for line in _MONTHS.strip().split("\n"):
        for number, name in enumerate(line.split(), 1):
            numbers[_bare(name)] = numbers.get(_bare(name), frozenset()) | {number}
    return numbers


def _bare(word: str) -> str:
    """The word without case and accents."""
    return re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", word.casefold()))
