"""Forms of English verbs and nouns that share no stem with their base."""

from __future__ import annotations

_FORMS = """
arise arose arisen|awake awoke awoken|become became|begin began begun|bend bent|bite bit bitten|bleed bled|
blow blew blown|break broke broken|bring brought|build built|buy bought|catch caught|choose chose chosen|
come came|deal dealt|dig dug|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|
fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fly flew flown|forbid forbade forbidden|
forget forgot forgotten|freeze froze frozen|get got gotten|give gave given|go went gone|grow grew grown|
hear heard|hide hid hidden|hold held|keep kept|know knew known|lay laid|lead led|leave left|lend lent|
lose lost|make made|mean meant|meet met|pay paid|ride rode ridden|ring rang rung|rise rose risen|run ran|
say said|see saw seen|seek sought|sell sold|send sent|shake shook shaken|shine shone|shoot shot|
shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat|sleep slept|speak spoke spoken|spend spent|
spring sprang sprung|stand stood|steal stole stolen|stick stuck|strike struck|swear swore sworn|
sweep swept|swim swam swum|swing swung|take took taken|teach taught|tear tore torn|tell told|think thought|
throw threw thrown|understand understood|wake woke woken|wear wore worn|win won|write wrote written|
child children|foot feet|life lives|man men|woman women|wife wives|die died dying|fly flies
"""
BASE = {form: forms.split()[0] for forms in _FORMS.replace("\n", "").split("|") for form in forms.split()[1:]}
