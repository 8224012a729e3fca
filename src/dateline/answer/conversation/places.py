"""Names that a reader knows for places: countries, their adjectives, capitals and the cities of the news."""

from __future__ import annotations

# Several words are joined by underscores.
_COUNTRIES = """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain bangladesh
    belarus belgium bolivia bosnia botswana brazil bulgaria burundi cambodia cameroon canada chad chile
    china colombia congo costa_rica croatia cuba cyprus czech_republic denmark ecuador egypt el_salvador
    england eritrea estonia ethiopia finland france gabon gambia gaza georgia germany ghana greece
    greenland guatemala guinea haiti honduras hong_kong hungary iceland india indonesia iran iraq ireland
    israel italy ivory_coast jamaica japan jordan kazakhstan kenya korea kosovo kuwait kyrgyzstan laos
    latvia lebanon lesotho liberia libya lithuania luxembourg macedonia madagascar malawi malaysia
    maldives mali malta mauritania mauritius mexico moldova mongolia montenegro morocco mozambique myanmar
    namibia nepal netherlands new_zealand nicaragua niger nigeria north_korea northern_ireland norway oman
    pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda
    saudi_arabia scotland senegal serbia sierra_leone singapore slovakia slovenia somalia south_africa
    south_korea south_sudan spain sri_lanka sudan sweden switzerland syria taiwan tajikistan tanzania
    thailand tibet togo tunisia turkey turkmenistan uganda ukraine united_arab_emirates united_kingdom
    united_states uruguay uzbekistan vatican venezuela vietnam wales yemen zambia zimbabwe america britain
    u.s. us usa u.k. uk uae europe asia africa antarctica north_america south_america latin_america
    middle_east arctic
"""
_CITIES = """
    abuja accra addis_ababa algiers amman amsterdam ankara athens atlanta baghdad bangkok barcelona
    beijing beirut belgrade berlin bogota boston brasilia brussels bucharest budapest buenos_aires cairo
    canberra caracas chicago copenhagen dakar dallas damascus delhi detroit dhaka doha dubai dublin
    edinburgh frankfurt geneva hague hamburg hanoi harare havana helsinki hiroshima houston islamabad
    istanbul jakarta jerusalem johannesburg kabul karachi kathmandu khartoum kinshasa kyiv kiev
    kuala_lumpur lagos lima lisbon london los_angeles luanda madrid manchester manila maputo marseille
    mecca melbourne mexico_city miami milan minsk mogadishu montreal moscow mumbai munich nairobi
    new_delhi new_york osaka oslo ottawa paris philadelphia prague pyongyang quito rabat riga
    rio_de_janeiro riyadh rome san_francisco santiago sao_paulo sarajevo seattle seoul shanghai sofia
    stockholm strasbourg sydney taipei tallinn tbilisi tehran tel_aviv tokyo toronto tripoli tunis
    vancouver venice vienna vilnius vladivostok warsaw washington wuhan yangon zagreb zurich
"""
_ADJECTIVES = """
    afghan african american arab argentine asian australian austrian belgian brazilian british bulgarian
    canadian chilean chinese colombian croatian cuban czech danish dutch egyptian english ethiopian
    european finnish french georgian german greek hungarian indian indonesian iranian iraqi irish israeli
    italian japanese kenyan korean lebanese libyan malaysian mexican moroccan nigerian north_korean
    norwegian pakistani palestinian peruvian polish portuguese romanian russian saudi scottish serbian
    south_korean spanish swedish swiss syrian taiwanese thai turkish ukrainian venezuelan vietnamese welsh
"""


def _read(words: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in words.split())


PLACES = _read(_COUNTRIES) | _read(_CITIES)
ADJECTIVES = _read(_ADJECTIVES)
