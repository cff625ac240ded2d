"""Words and phrases that make a clause what it is: denied, hedged, conditional, asked, told of another case."""

from typetrainer.writing.facts.phrases import listed

SUBJECTS = frozenset(
    """
        i you we he she it they there nobody everyone somebody someone please this that
    """.split()
)
DETERMINERS = frozenset(
    """
        the a an your our my his her their its this that these those no each all any
    """.split()
)
AUXILIARIES = frozenset(
    """
        am is are was were be been have has had do does did will would can could shall should may might must
    """.split()
)
# Verbs that only follow a subject: ", and delivery takes a week" says something of its own.
FINITE = frozenset(
    """
        takes costs comes goes stays arrives gets starts ends needs works lasts remains applies covers runs opens
        closes means begins leaves reaches follows happens depends counts expires
    """.split()
)
CLAUSE_WORDS = frozenset(
    """
        but because if when whenever which although though while unless whereas whether so
    """.split()
)
CLAUSE_WORDS_WITH_SUBJECT = frozenset(
    """
        and or until before after once till as since that where who then
    """.split()
)
NEGATIONS = frozenset(
    """
        not never no nobody nothing neither none nowhere unable impossible cannot nor hardly refuse refuses refused
    """.split()
)
LOCAL_NEGATIONS = (
    ("at", "no"),
    ("with", "no"),
    ("for", "no"),
    ("in", "no"),
    ("instead", "of"),
    ("rather", "than"),
    ("far", "from"),
    ("failed", "to"),
    ("fails", "to"),
    ("fail", "to"),
    ("forgot", "to"),
    ("without",),
    ("other", "than"),
    ("except",),
)
# Phrases with a cue in them that deny nothing.
NEUTRAL = listed(
    """
    not only; no problem; no worries; do not worry; no need to worry; do not hesitate; no later than;
    not later than; no more than; not more than; not less than; not earlier than; not longer than; no doubt;
    not to mention; no matter; nothing to worry; why not; or not; if not;
    no longer than; no trouble; not a problem; never mind; nothing but; no earlier than; not least; can not wait;
    no one else but; could not agree more; no less than; whether or not; believe it or not; no fewer than;
    not a penny more; not forgotten to; not fail to; never fail to; not far from; not a cent more; and not more;
    no questions asked; no strings attached; nothing easier;
    nobody but; no one but; nobody other than; no one other than; nobody except; no one except; none but;
    why do not you; why do not we; why not just; yes or no;
    do not forget; not forget; nothing wrong with; not because; just in case; no show; no - show
    """
)
# After "not", or a verb that takes a sentence: it is that sentence which is denied.
DENIED_HEADS = frozenset(
    """
        true say claim promise mean think believe case confirm guarantee correct right possible so because
    """.split()
)
DOUBTING = frozenset(
    "doubt doubts doubtful unlikely false untrue misunderstanding myth rumor rumour error".split()
)  # "I doubt that …"
# What ends a sentence by saying that all of it is not so.
FALSE = listed(
    """
    be false; be untrue; be not true; be not so; be not correct; be not the case; be a myth; be just a rumor;
    be only a rumor; be a rumor; be no longer true; be no longer the case; be out of the question
    """
)
# What begins a sentence by saying that the one before it is not so.
DENIALS = listed(
    """
    that be not true; this be not true; that be not so; that be not the case; this be not the case; that be not right;
    that be not correct; that be false; that be untrue; it be not true; not so; far from it; sadly not;
    unfortunately not; i be afraid not; not true; that be no longer true; that be no longer the case; that be a myth;
    that be out of the question; that be only a rumor; that be just a rumor; that used to be so
    """
)
HEDGES = frozenset(
    """
        might maybe perhaps possibly probably presumably hopefully supposedly unsure uncertain likely
    """.split()
)
HEDGE_PHRASES = listed(
    """
    it looks like; looks like; look like; looks as if; looks as though; seems to; seem to; seems that; appears to;
    appear to; appears that; fairly sure; pretty sure; almost sure; fairly certain; pretty certain; almost certain; i
    wish; there is a chance; good chance; ought to; i think; i believe; i guess; i suppose; i assume; i imagine; i
    reckon; i hope; we think; we believe; we hope; not sure; not certain; could be that; could be because; could be
    the; could have been; it seems; not know; i expect; no idea; wonder; i would say; not entirely; not quite sure; i
    would think; i would guess; i seem to remember; i have a feeling; i would imagine; i would assume; i have heard; i
    be thinking that; i not think; i do not think; we do not think; i do not believe; i do not suppose; i do not
    expect; i suspect; we suspect; i take it; i rather think; i should think; i should not think; i want to say; my
    impression be; i have the idea; i would hope; i would expect; i would like to say; fairly confident; pretty
    confident; quite confident; reasonably confident; reasonably sure; almost positive; fairly positive; pretty
    positive; something like; or thereabouts; could be possible; could also be; could well be; there could be; word be
    that; word around here; in my mind; as i understand it; my understanding be
    """
)
# Whoever says one of these in a sentence vouches for nothing in it.
UNSURE_PHRASES = listed(
    """
    as far as i be aware; as far as i remember; as far as i recall; as far as i understand; as far as i have heard; as
    i remember; if i recall; i seem to recall; from what i recall; from what i know; from what i hear; from what i
    have heard; from what i have picked; from what i understand; to the best of my; at least that be how; at least
    that be what; that be how i read; or so i; or so we; or so they; or so somebody; or so someone; take that as a
    guess; grain of salt; pinch of salt; i be no expert; not my subject; not my strong; not my field; have not looked
    that up; have not looked it up; i have not looked; look that up for you; let me look that up; let me ask first;
    let me have that checked; let me have it checked; let me double; be sure first; make sure first; may well be
    wrong; might well be wrong; could well be wrong; might be mixing; could be mixing; might be muddling; may be
    muddling; get these #number mixed; get them mixed; if i have got; if i have that right; i will double check; third
    hand; second hand; reading between the lines; swear to it; not say for sure; not know for sure; not tell for sure;
    not say for certain; not know for certain; nobody has confirmed; nobody here has confirmed; no one has confirmed;
    be able to confirm it to; i would rather ask; i had better ask; i would better ask; i had better look; i would
    better look; i had better check; i would better check; before you rely; before you believe; tie me to; gladly be
    corrected; happily be corrected; nobody has told; no one has told; my memory; have just started here; i be new
    here; i be quite new; i be still new; i be a trainee; i be only a trainee; not quite remember; not exactly
    remember; not really remember; do not take that as; i need to read; i have to read; i would have to read; i could
    be out by; i be told; when i last; last time i checked; last time i looked; last i heard; last i checked; have got
    to see; have got to check; have got to ask; i have to look up; i have to see whether; i have to see if; go either
    way; bank on it; build on it; build on that; not hundred percent; not #percent on; wrong end of the stick; you
    would better have; confirm that for you first; do not tell her yet; do not tell him yet; do not tell them yet; all
    being well; yet to be confirmed; nothing be certain; rumor has it; rumour has it; i was told; i have been told;
    would not be surprised; as far as i know; as far as i can tell; as far as i can see; if i remember; if memory
    serves; if i be not mistaken; from what i remember; from memory; off the top of my head; for all i know; in
    theory; in all likelihood; chances are; with luck; with any luck; fingers crossed; if all goes well; my guess; to
    my knowledge; i would think; not sure; not certain; i have to ask; i have to check; i need to check; i need to
    ask; we have to ask; not confirm; not confirmed; no idea; i guess; be guessing; i doubt; i would have to; i would
    need to; not yet clear; or it might not; or might not; or may not; do not plan on; nobody can say; not for sure; i
    will ask if; i will ask whether; i will ask about; i be checking; have as i heard; rumor; i can not say if; i can
    not say whether; can not say yet; i have not checked; we have not checked; i can not promise; but i can not say;
    though i can not say; take my word for it; hold me to; quote me on; i would rather check; i would rather have;
    rather check that; i must ask; i must check; i still have to; i may be mixing; i may be wrong; i might be wrong; i
    could be wrong; be not confirmed; has not confirmed; has not been confirmed; not been confirmed; not yet
    confirmed; unconfirmed; waiting for confirmation; await confirmation; still open; not yet decided; still finding
    out; still looking into; remains to be seen; to be confirmed; pencilled in; penciled in; can not guarantee; no
    guarantee; no promises; i would not swear; not swear to; do not know yet; i do not know if; i do not know whether;
    only a guess; just a guess; that be a guess; it be a guess; a guess on my; guess on my part; guess on my side;
    have to get that confirmed; have to get it confirmed; need to get that confirmed; need to get it confirmed; have
    to have that confirmed; have to have it confirmed; honestly not certain; honestly not sure; i would guess; rather
    confirm; rather confirm that; not hundred percent sure; not #percent sure; not #percent certain; not completely
    sure; not totally sure; not fully sure; not really sure; not absolutely sure; i rather doubt; i highly doubt; i
    not know if; i not know whether; only guessing; just guessing; not entirely sure; not quite sure; do not rely on;
    do not count on; can not vouch
    """
)
# The same, where its sentence has a "might" or a "maybe" as well.
WAVERING = listed(
    """
    i do not know; i do not really know; i can not be sure; i can not really be sure; can not say for; not know how;
    i could not say; i can not tell; i have not asked; i have to see; depends on; we will see
    """
)
# What leaves an indirect question open: "who decides I can't tell you", "whether it comes, I don't know".
OPEN_QUESTIONS = listed(
    """
    i can not tell; i can not say; i could not say; i could not tell; i do not know; i be not sure; be not clear;
    be unclear; be still open; be not decided; nobody knows; we do not know; we can not say; i have to ask;
    i would have to ask; i still have to; i will ask; i need to ask; i am asking; remains to be seen; is anybody's guess
    """
)
# A sentence with one of these, or with one of UNSURE_PHRASES in few words, takes back the one before it.
LOOKING_BACK = listed(
    """
    hold me to that; hold me to it; take my word for it; take my word for that; quote me on that; quote me on it; not
    sure about that; not sure of that; not certain about that; i have to check that; i would have to check that; i
    need to check that; i will have to check that; i have to ask about that; that be not confirmed; that be still to
    be confirmed; that be not certain; nothing be confirmed; that be only a guess; that be only my guess; that be just
    my guess; that be just a guess; that be my guess; i be only guessing; i be just guessing; i may be wrong about
    that; i could be wrong about that; that may be wrong; that might be wrong; i will ask if; i will ask whether; but
    that may change; but this may change; that be not decided; rely on that; count on that; i hope so; i think so; i
    believe so; i suppose so; i guess so; check this with; check that with; at least that be how; at least that be
    what; at least that be the way; that be how i explain; that be how i have it; that be how i understood; that be
    how i understand; i had better look again; i would better look again; i had better check; i would better check;
    not hundred percent on this; not #percent on this; build on it; build on that; bank on it; bank on that; look that
    up; look it up first; swear to that; swear to it; i have not checked that; i have not looked that up; mixing this
    up; mixing that up; mixing it up; muddling it up; muddling that up; i say that from memory; that be from memory;
    could just as easily; could just as well; or maybe to; or perhaps to; or maybe it; or perhaps it; or was that; or
    was it; or can it; i may have got that; i might have got that; grain of salt; pinch of salt; tie me to that; tie
    me to it
    """
)
# The same after a question or an offer, whose answer is not known yet.
ASKED_ON = listed(
    "i have just asked; i have asked; that be what i be asking; i be asking; i will ask; let me ask; let me check"
)
CHECKING = frozenset(
    """
        watch check see ask find look know wonder tell confirm sure clear decide depend say disclose reveal share read
        hear
    """.split()
)
CONDITIONALS = frozenset(["if", "unless"])
CONDITIONAL_PHRASES = (
    ("in", "case"),
    ("as", "long", "as"),
    ("provided",),
    ("assuming",),
    ("suppose",),
    ("supposing",),
    ("should", "you"),
    ("on", "condition"),
    ("on", "the", "condition"),
    ("so", "long", "as"),
    ("except", "when"),
    ("except", "if"),
    ("subject", "to"),
    ("depending", "on"),
    ("upon",),
    ("in", "the", "event"),
)
# "in that case, you get …": under the condition of the sentence before.
IN_THAT_CASE = listed(
    """
    in that case; in this case; in such a case; then; only then; if so; if that be the case; if they do; if you do;
    if it does; if not; otherwise
    """
)
POLITE_CONDITIONS = listed(
    """
    if you like; if you will still have; if you still; if it be all right; if possible; if you ask me; if i may;
    if you be in doubt; if you get stuck; if you run into; if you have any;
    if you do not mind; if it be any; if it is any; if you look; if you check; if that be what you; if you say yes;
    if you say so; if you be happy; if you be fine; if not sooner; if not earlier; if not before;
    be no good; if you have not already; if you have not yet; if you have not done
    """
)
HARMLESS_CONDITIONS = frozenset(
    """
    like want wish prefer need question agree happy ok okay possible help helps suit suits works work anything fine
    unsure
    convenient easier nicer handier rather wondering ask mind curious interested
    """.split()
)  # "if you like, …" changes nothing of what follows
SUITING = frozenset(
    """
    suit suits works work convenient inconvenient nuisance awkward easier nicer handier fine okay ok possible help
    """.split()
)
ASKING_VERBS = frozenset(
    """
    reply choose pick write send give drop ask try knock check pop come say confirm tell share open enter upload look
    restart unplug press test take return bring hold keep leave let call ring email visit follow type pay book decide
    tap click go put scan swipe select
    """.split()
)
SOFTENERS = frozenset("just simply kindly so then and or but first next now also please".split())
# What begins a clause that a question takes for granted, and heads whose that-clause is told.
GRANTING = frozenset("since because as which where knowing".split())
GRANTING_PAIRS = frozenset((word, "that") for word in "given now seeing considering knowing".split())
FACTIVE = frozenset(
    """
    hear know aware understand happy glad okay ok fine comfortable relief knowing comfort see notice noticed remember
    news help good enough acceptable reassuring calm lucky nice great early soon suit mind cross reassure comforts
    comfort relieve
    """.split()
)
# What vouches for the question before it: "could a technician do it at no cost, as I have arranged?"
VOUCHING = listed(
    """
    as i have; as we have; as arranged; as promised; as agreed; as i can; as we can; as you can; as i will; as we will;
    as booked; as planned; which be what; as i be; as we be; as you will
    """
)
# "May I tell you that …?" tells it.
TELLING = listed(
    """
    i suggest; i recommend; i advise; i take one worry; forgive us for; forgive me for; excuse us for; excuse me for;
    forgive that we; forgive our; excuse that we; excuse our;
    forgive me that; forgive us that; i be honest; we be honest; i be frank; i be open; i mention; i explain;
    your understanding that; worry off you; worry from you; and say that; and tell you that; if i say that;
    if i tell you that; if i told you that; if i said that; you to hear that; her to hear that; him to hear that;
    you believe that; you believe me that; you believe it; i say straight; forgive me for telling;
    forgive me for saying; forgive me for having to; forgive me if i; for telling you that; for saying that;
    having to tell you that; i tell you; i say that; i just say; i add that; i also tell; i inform you;
    i assure you; i remind you;
    i mention that; i put your mind at; i reassure you; i promise you;
    i point out; i let you know; i share; by telling you; by saying that; did you know; do you know that; you know that
    """
)
# "Is £5 all right with you?": what is proposed is told.
CONSENT = listed(
    """
    all right with you; all right for you; okay with you; okay for you; fine with you; fine for you; ok with you;
    ok for you; fine by you; soon enough for you; early enough for you; enough for you; acceptable for you;
    acceptable to you; good for you; alright with you; alright for you; be soon enough; be early enough
    """
)
NOT_FACTIVE = frozenset("true possible sure say tell mean think whether correct certain if".split())
QUESTION_WORDS = frozenset(["who", "what", "which", "when", "where", "why", "how", "whose"])
REPORTING = frozenset(
    """
        say mention write tell report describe think believe feel claim ask wonder assume
    """.split()
)
WISHES = listed(
    """
    you would like; you want; you wanted; you wish; you hope; you be hoping; you hoped; you expect; you expected;
    you be asking for; you ask for; you asked for; you asked whether; you asked if; you asked about
    """
)
REQUESTS = listed(
    """
    please; could you; can you; would you; will you; let me know; let us know; tell me; tell us; i need; we need;
    i would need; may i; can i; could i; i would like; i want to ask; i have to ask; may we; send me; i just need;
    i only need; i still need; all i need; we just need; we only need; what i need; i will need; we will need
    """
)
# People who may be given leave: "your flatmate may take it in".
PERSONS = frozenset(
    """
    flatmate roommate neighbor neighbour friend son daughter wife husband mother father mum mom dad sister brother aunt
    uncle colleague anyone anybody everyone adult child children guest partner family helper customer buyer lawyer
    """.split()
)
# "another customer", "a different parcel": what is told is not of the customer's case.
OTHER_NOUNS = frozenset(
    """
    customer customers client clients order orders parcel parcels package packages case cases account accounts shop
    shops store stores branch branches household households patient patients guest guests user users member members
    buyer buyers owner owners passenger passengers tenant tenants person people lady gentleman family families caller
    callers
    bank banks hotel hotels airline airlines school schools clinic clinics landlord landlords office offices
    company companies provider providers city cities town towns country countries firm firms area areas
    """.split()
)
SOME = OTHER_NOUNS - {"people", "person", "case"}
VISITORS = frozenset("customer client patient guest user member buyer passenger tenant caller student reader".split())
STRANGERS = frozenset("lady gentleman".split())
OTHER_CASES = listed(
    """
    on an earlier occasion; for someone else; for somebody else; until recently; a friend of mine; one of our customers;
    in other cases; in other shops; in another case; would have been; would have come; would have had; should have come;
    should have been; should have arrived; should have left; could have had
    """
)
# The same, where they set the scene: "last time our van broke down", "when you moved last year, it was free".
SCENES = listed(
    """
    last time; the first time; the time before; the previous time; the other time; last year; last summer; last winter;
    last spring; last autumn; years ago; a year ago; back then; in the past; in those days; elsewhere; months ago;
    a customer of ours; a customer of mine; one customer
    """
)
# What tells of a whole sentence, at its end, that it is about something else.
OTHER_AFTER_ALL = listed(
    """
    that be another parcel; that be another order; that be another shop; that be another case; that be another matter;
    that be another story; that be a different parcel; that be a different order; that be a different shop;
    that be a different case; that be a different matter; that be a different story; which be a different one;
    which be another one; that be a different one; that be another one; that be another customer;
    which be another order;
    that be a different customer; that be not yours; which be not yours
    """
)
PARTS = frozenset("half part some most several".split())  # "half of the fee" is not the fee
ABBREVIATIONS = frozenset(
    """
    mr mrs ms dr st no approx vs etc eg ie inc ltd
""".split()
)
