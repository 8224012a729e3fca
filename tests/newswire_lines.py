"""Newswire lines of every form that reports begin with: what each says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the words after it, and what is to be read: place, agency, month, day, year."""

    text: str
    place: str | None
    agency: str | None
    date: tuple[int | None, int | None, int | None]


def _line(head: str, place: str, agency: str = "", date: str = "", rest: str = "The talks ended.") -> Line:
    month, day, year = (int(part) if part else None for part in (f"{date}--".split("-")[:3]))
    return Line(f"{head}{rest}", place or None, agency or None, (month, day, year))


LINES = (
    # agencies, dates, dashes
    _line("WASHINGTON, Feb. 15 (Xinhua) -- ", "WASHINGTON", "Xinhua", "2-15"),
    _line("WASHINGTON, Feb. 15, 2019 (Xinhua) -- ", "WASHINGTON", "Xinhua", "2-15-2019"),
    _line("BEIJING, March 3 (Xinhua) — ", "BEIJING", "Xinhua", "3-3"),
    _line("BEIJING, Sept 3 (Xinhua) - ", "BEIJING", "Xinhua", "9-3"),
    _line("WASHINGTON (AP) — ", "WASHINGTON", "AP"),
    _line("WASHINGTON (AP) _ ", "WASHINGTON", "AP"),
    _line("WASHINGTON (AP)—", "WASHINGTON", "AP"),
    _line("WASHINGTON (AP) -- ", "WASHINGTON", "AP"),
    _line("SEOUL (Reuters) - ", "SEOUL", "Reuters"),
    _line("SEOUL, May 12 (Reuters) - ", "SEOUL", "Reuters", "5-12"),
    _line("SEOUL, South Korea, May 12 (Reuters) - ", "SEOUL, South Korea", "Reuters", "5-12"),
    _line("PARIS, Aug 4 (AFP) - ", "PARIS", "AFP", "8-4"),
    _line("PARIS (AFP) – ", "PARIS", "AFP"),
    _line("MOSCOW, January 9. /TASS/. ", "MOSCOW", "TASS", "1-9"),
    _line("MOSCOW, January 9 /TASS/ -- ", "MOSCOW", "TASS", "1-9"),
    _line("MADRID, 5 Jun. (EFE) - ", "MADRID", "EFE", "6-5"),
    _line("BERLIN (dpa) - ", "BERLIN", "dpa"),
    _line("TOKYO, Oct. 2, Kyodo - ", "TOKYO", "Kyodo", "10-2"),
    _line("TOKYO (Kyodo) -- ", "TOKYO", "Kyodo"),
    _line("SEOUL, Nov. 21 (Yonhap) -- ", "SEOUL", "Yonhap", "11-21"),
    _line("ANKARA, 14 July 2020 (Anadolu Agency) - ", "ANKARA", "Anadolu Agency", "7-14-2020"),
    _line("NEW DELHI, Dec 1 (PTI) ", "NEW DELHI", "PTI", "12-1"),
    _line("New Delhi [India], April 4 (ANI): ", "New Delhi, India", "ANI", "4-4"),
    _line("JERUSALEM (JTA) — ", "JERUSALEM", "JTA"),
    _line("ROME, 22 SEPT (ANSA) - ", "ROME", "ANSA", "9-22"),
    # releases
    _line("NEW YORK, March 3, 2020 /PRNewswire/ -- ", "NEW YORK", "PRNewswire", "3-3-2020"),
    _line("SAN FRANCISCO, Calif., March 3, 2020 /PRNewswire/ -- ", "SAN FRANCISCO, Calif.", "PRNewswire",
          "3-3-2020"),
    _line("LONDON, Jan. 07, 2021 (GLOBE NEWSWIRE) -- ", "LONDON", "GLOBE NEWSWIRE", "1-7-2021"),
    _line("BOSTON--(BUSINESS WIRE)--", "BOSTON", "BUSINESS WIRE"),
    _line("TORONTO, June 9, 2022 /CNW/ - ", "TORONTO", "CNW", "6-9-2022"),
    # places of several words, with a region, two cities
    _line("NEW YORK — ", "NEW YORK"),
    _line("RIO DE JANEIRO — ", "RIO DE JANEIRO"),
    _line("PORT-AU-PRINCE, Haiti (AP) — ", "PORT-AU-PRINCE, Haiti", "AP"),
    _line("ST. PAUL, Minn. (AP) — ", "ST. PAUL, Minn.", "AP"),
    _line("O'FALLON, Mo. — ", "O'FALLON, Mo."),
    _line("McALLEN, Texas (AP) — ", "McALLEN, Texas", "AP"),
    _line("U.N. HEADQUARTERS, May 1 (Reuters) - ", "U.N. HEADQUARTERS", "Reuters", "5-1"),
    _line("WASHINGTON/BEIJING (Reuters) - ", "WASHINGTON/BEIJING", "Reuters"),
    _line("LONDON/PARIS, June 3 (Reuters) - ", "LONDON/PARIS", "Reuters", "6-3"),
    _line("WASHINGTON and SEOUL, April 2 (AP) — ", "WASHINGTON and SEOUL", "AP", "4-2"),
    _line("HONG KONG/NEW YORK, Jan 4 (Reuters) - ", "HONG KONG/NEW YORK", "Reuters", "1-4"),
    _line("VATICAN CITY (CNS) -- ", "VATICAN CITY", "CNS"),
    _line("UNITED NATIONS (AP) — ", "UNITED NATIONS", "AP"),
    _line("ABOARD THE USS CARL VINSON (AP) — ", "ABOARD THE USS CARL VINSON", "AP"),
    # small letters
    _line("LONDON — ", "LONDON"),
    _line("Tainan, Taiwan CNN — ", "Tainan, Taiwan", "CNN"),
    _line("Washington (CNN) — ", "Washington", "CNN"),
    _line("Washington (CNN)", "Washington", "CNN"),
    _line("London (CNN Business) — ", "London", "CNN Business"),
    _line("Geneva, 12 March 2021 (WHO) – ", "Geneva", "WHO", "3-12-2021"),
    _line("Kabul, Aug. 15 (Reuters) - ", "Kabul", "Reuters", "8-15"),
    _line("CNN — ", "", "CNN"),
    _line("(Reuters) - ", "", "Reuters"),
    _line("Reuters - ", "", "Reuters"),
    _line("(CNN) — ", "", "CNN"),
    _line("Feb. 15 (Reuters) - ", "", "Reuters", "2-15"),
    _line("Oct 20 (Reuters) - ", "", "Reuters", "10-20"),
    # weekdays, order of day and month, no agency
    _line("GENEVA, Friday, March 5 (AP) — ", "GENEVA", "AP", "3-5"),
    _line("LONDON, 5 March 2021 — ", "LONDON", "", "3-5-2021"),
    _line("LONDON, March 5 — ", "LONDON", "", "3-5"),
    _line("CAIRO, Nov. 3, 1956 — ", "CAIRO", "", "11-3-1956"),
    _line("SARAJEVO, June 28 (Special) -- ", "SARAJEVO", "Special", "6-28"),
    _line("MANILA, Philippines — ", "MANILA, Philippines"),
    _line("MEXICO CITY, June 1st (Notimex) -- ", "MEXICO CITY", "Notimex", "6-1"),
    # a byline above
    _line("By ANN LEE\nHANOI, Feb. 27 (AP) — ", "HANOI", "AP", "2-27"),
    _line("Ann Lee\nAssociated Press\nHANOI (AP) — ", "HANOI", "AP"),
)  # fmt: skip
