from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.encoding import decode

TEXT = "“We’re hopeful,” said José Muñoz — the minister — in Besançon."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_decoded(encoding: str) -> None:
    assert (
        decode("The president said that talks go on.".encode(encoding))
        == "The president said that talks go on."
    )


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_what_is_not_windows_1252_is_not_taken_for_it(encoding: str) -> None:
    text = "Президент заявил в четверг, что переговоры продолжатся."
    assert decode(text.encode(encoding)) == text


def test_central_european_and_macintosh_letters_are_not_taken_for_western_ones() -> None:
    for text, encoding in [("Wałęsa powiedział, że będzie źle", "cp1250"), ("Élu à Genève", "mac-roman")]:
        assert decode(text.encode(encoding)) in (text, None)


def test_a_declared_encoding_is_believed_after_utf_8() -> None:
    assert decode("Президент".encode("cp1251"), declared="windows-1251") == "Президент"
    assert decode("Президент".encode(), declared="windows-1251") == "Президент"
    assert decode(b"plain \xff", declared="no-such-codec") is not None


def test_a_character_cut_in_two_costs_that_character_alone() -> None:
    assert decode("Zürich, Genève".encode()[:-2] + "é".encode()[:1]) == "Zürich, Genè\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04rest", bytes(range(32)) * 9, b"\x80\x81\x8d" * 50],
)
def test_binary_data_is_not_text(data: bytes) -> None:
    assert decode(data) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    assert isinstance(decode(data), str | None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_decoded_as_it_was_written(text: str) -> None:
    assert decode(text.encode()) in (text, text.removeprefix("\ufeff"))


# Sentences of our own in 27 languages, as files of before Unicode hold them.
LEGACY = [
    ("cp1252", "Der Bürgermeister sagte am Montag, die Bücherei sei für alle Bürger geöffnet."),
    ("cp1252", "Le maire a déclaré lundi que la bibliothèque était ouverte à tous, même l'été."),
    ("cp1252", "El alcalde dijo que la biblioteca está abierta también los sábados por la mañana."),
    ("cp1252", "Borgmästaren sade på måndagen att biblioteket är öppet för alla även på kvällar."),
    ("cp1252", "Kaupunginjohtaja sanoi maanantaina, että kirjasto on avoinna myös iltaisin, päivittäin."),
    ("cp1252", "Borgmesteren sagde mandag, at biblioteket er åbent for alle, også på lørdage."),
    ("cp1252", "O prefeito disse que a biblioteca está aberta também aos sábados de manhã, são três."),
    ("cp1252", "Bæjarstjórinn sagði á mánudag að bókasafnið væri opið öllum íbúum, líka á kvöldin."),
    ("cp1252", "Il sindaco ha detto lunedì che la biblioteca è aperta a tutti, perché è già pronta."),
    (
        "cp1252",
        "De burgemeester zei maandag dat de bibliotheek ook 's avonds geopend is, één keer, financiële.",
    ),
    ("cp1250", "Starosta řekl v pondělí, že knihovna je otevřena pro všechny občany města."),
    ("cp1250", "Primátor povedal v pondelok, že knižnica je otvorená pre všetkých ľudí mesta."),
    ("cp1250", "Burmistrz powiedział w poniedziałek, że biblioteka będzie otwarta także w soboty."),
    ("cp1250", "A polgármester hétfőn azt mondta, hogy a könyvtár mindenki előtt nyitva áll, erősen."),
    ("cp1250", "Gradonačelnik je rekao u ponedjeljak da je knjižnica otvorena za sve građane, također noću."),
    ("cp1250", "Župan je v ponedeljek dejal, da je knjižnica odprta za vse občane, tudi zvečer, žal."),
    ("cp1250", "Primarul a spus luni că biblioteca este deschisă pentru toţi locuitorii oraşului."),
    (
        "cp1254",
        "Belediye başkanı pazartesi günü kütüphanenin herkese açık olduğunu, ışıkların yandığını söyledi.",
    ),
    (
        "cp1257",
        "Meras pirmadienį sakė, kad biblioteka atidaryta visiems miesto gyventojams, išskyrus šeštadienį.",
    ),
    ("cp1257", "Mērs pirmdien teica, ka bibliotēka ir atvērta visiem pilsētas iedzīvotājiem, arī vakarā."),
    ("cp1251", "Мэр сказал в понедельник, что библиотека открыта для всех жителей города."),
    ("cp1251", "Кметът каза в понеделник, че библиотеката е отворена за всички жители на града."),
    ("cp1253", "Ο δήμαρχος είπε τη Δευτέρα ότι η βιβλιοθήκη είναι ανοιχτή για όλους τους κατοίκους."),
    ("cp1255", "ראש העיר אמר ביום שני כי הספרייה פתוחה לכל תושבי העיר גם בערב."),
    ("cp1256", "قال رئيس البلدية يوم الاثنين إن المكتبة مفتوحة لجميع سكان المدينة."),
    ("gb18030", "市长星期一说，新的图书馆已经向所有居民开放，工程花费了一百四十万元。"),
    ("big5", "市長星期一說，新的圖書館已經向所有居民開放，工程花費了一百四十萬元。"),
    ("shift_jis", "市長は月曜日、新しい図書館がすべての住民に開かれたと発表した。"),
    ("euc_jp", "市長は月曜日、新しい図書館がすべての住民に開かれたと発表した。"),
    ("euc_kr", "시장은 월요일 새 도서관이 모든 주민에게 열렸다고 밝혔다."),
    ("iso8859_2", "Burmistrz powiedział w poniedziałek, że biblioteka będzie otwarta także w soboty."),
    ("iso8859_2", "Starosta řekl v pondělí, že knihovna je otevřena pro všechny občany města."),
    ("koi8_r", "Мэр сказал в понедельник, что библиотека открыта для всех жителей города."),
    ("mac_roman", "Der Bürgermeister sagte am Montag, die Bücherei sei für alle Bürger geöffnet."),
    ("cp874", "นายกเทศมนตรีกล่าวเมื่อวันจันทร์ว่าห้องสมุดเปิดให้ทุกคน"),
]


@pytest.mark.parametrize(("encoding", "text"), LEGACY)
@pytest.mark.parametrize("times", [1, 6])
def test_letters_of_before_unicode_are_right_or_refused(encoding: str, text: str, times: int) -> None:
    whole = " ".join([text] * times)
    assert decode(whole.encode(encoding)) in (whole, None)


def test_most_of_them_are_right() -> None:
    assert sum(decode(text.encode(encoding)) == text for encoding, text in LEGACY) >= 0.75 * len(LEGACY)
