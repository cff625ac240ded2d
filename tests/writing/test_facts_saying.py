"""How a sentence is said, over many trades: told, or not, each phenomenon in sentences that nothing was tuned to."""

import pytest

from typetrainer.writing.facts.match import Claim, Index, find
from typetrainer.writing.facts.pattern import parse_way
from typetrainer.writing.facts.reading import read

Case = tuple[str, str, str]  # the way, the text, and why it is not conveyed (empty where it is)

CONDITIONS: list[Case] = [
    ("breakfast & @free", "Breakfast is free only for guests who booked through our site.", "conditional"),
    ("parking & @free", "Parking is free, but only if you arrive after six.", "conditional"),
    ("luggage & hold", "We hold your luggage as long as you pay the deposit.", "conditional"),
    ("ticket & refund", "Your ticket is refunded provided that the flight was cancelled by us.", "conditional"),
    ("$30 & voucher", "The $30 voucher is paid only when the delay is over three hours.", "conditional"),
    ("upgrade & @free", "On condition that you fly midweek, the upgrade costs nothing.", "conditional"),
    ("gym & @free", "The gym is free; only if you bring a guest.", "conditional"),
    (
        "cancel & tomorrow",
        "If your tutor agrees, the lesson can move. In that case you can cancel it tomorrow.",
        "conditional",
    ),
    ("£15 & back", "If the string broke at once, you have a claim. Then you get £15 back.", "conditional"),
    ("exam & retake", "The exam can be retaken for students who missed it through illness.", "conditional"),
    ("bank & waive", "Above $500 the bank waives the transfer fee.", "conditional"),
    ("filter & replace", "You get the filter replaced when you have sent us the old one, not before.", "conditional"),
    ("locker & open", "Any of the lockers that are empty will be open to you.", "conditional"),
    ("insurance & pay", "If you agree, the insurance pays; otherwise not.", "conditional"),
    ("breakfast & @free", "Breakfast is free for everybody who stays with us.", "conditional"),
    ("breakfast & @free", "Breakfast is free for a family like yours.", ""),
    ("parking & @free", "If you like, leave the car here: parking is free.", ""),
    ("luggage & hold", "We hold your luggage at the desk; if it rains, take the tunnel.", ""),
    ("ticket & refund", "Your ticket is refunded. If it does not show by Friday, write to me.", ""),
    ("$30 & voucher", "You have only to sign and the $30 voucher is yours.", ""),
    ("pool & open", "The pool is open. Then there is the sauna, if you feel cold.", ""),
    ("lesson & Tuesday", "- your lesson is on Tuesday\n- if you miss it, tell us\n", ""),
    ("seat & window", "You have only one bag, and your seat is at the window.", ""),
    ("vet & Monday", "If you're happy with that, the vet sees Biscuit on Monday.", ""),
]
ANOTHER_CASE: list[Case] = [
    ("£40 & refund", "Another guest got a refund of £40 for the same noise.", "another case"),
    ("tyre & replace", "A lady from your village had her tyre replaced on Monday.", "another case"),
    ("fee & waive", "Last time we waived the fee.", "another case"),
    ("fee & waive", "When you moved flats last year, we waived the fee.", "another case"),
    ("seat & upgrade", "In March you had your seat upgraded.", "another case"),
    ("parcel & depot", "The parcel is at the depot, but that's another parcel.", "another case"),
    ("vaccine & @free", "Other clients' vaccines were free.", "another case"),
    ("train & late", "The first time, the train was late because of a signal.", "another case"),
    ("pool & heated", "The pool used to be heated.", "another case"),
    ("cheque & leave", "The cheque was supposed to leave our office on Friday.", "another case"),
    (
        "fee & drop",
        "One of our customers had the fee dropped. In his case the fee was dropped at once.",
        "another case",
    ),
    ("key & replace", "Some shops replace the key on the spot.", "another case"),
    ("£20 & back", "You get £20 of your £60 back.", ""),
    ("£60 & back", "You get £20 of your £60 back.", "only a part"),
    ("chair & keep", "Two of the chairs you may keep.", "only a part"),
    ("fee & refund", "Half of the fee is refunded.", "only a part"),
    ("fee & waive", "As we did last time, we waive the fee.", ""),
    ("fee & waive", "We have waived the fee, unlike last year.", ""),
    ("train & late", "For the first time, the train is late.", ""),
    ("card & expire", "Your card expired in April.", ""),
    ("crew & dog", "One of our crew will look after the dog.", ""),
    ("price & match", "We match the price that another shop gives you.", ""),
    ("van & break down", "The delay was due to a van that broke down.", ""),
    ("card & refund", "The money is refunded to the card you used to pay.", ""),
    ("vet & Monday", "While another patient is waiting, I can tell you that the vet comes on Monday.", ""),
    ("order & other customer", "Your order went to some other customer by mistake.", ""),
]
DOUBTS: list[Case] = [
    ("boat & nine", "The boat leaves at nine, but don't take my word for it.", "hedged"),
    ("boat & nine", "The boat leaves at nine. Don't hold me to that, though.", "hedged"),
    ("visa & @free", "The visa is free. I'd have to ask.", "hedged"),
    ("-match & prices", "May I say straight out that we don't match prices?", ""),
    ("-need & certificate", "I don't believe you'll need a certificate.", "hedged"),
    ("-need & certificate", "I rather doubt that you'll need a certificate.", "hedged"),
    ("-need & certificate", "You dno't need a certificate.", ""),
    ("loan & @free", "A loan isn't free of charge.", "negated"),
    ("loan & @free", "A loan is free of charge for learners who pay by card.", "conditional"),
    ("plumber & Friday", "The plumber comes on Friday, I'm only guessing.", "hedged"),
    ("grade & raise", "As far as I know, your grade is raised.", "hedged"),
    ("locksmith & $80", "If I remember rightly, the locksmith costs $80.", "hedged"),
    ("locksmith & $80", "The locksmith is $80, but that's not confirmed yet.", "hedged"),
    ("room & sea", "The room looks to the sea, if I'm not mistaken.", "hedged"),
    ("toner & stock", "Whether the toner is in stock, I can't say.", "hedged"),
    ("toner & stock", "The toner is in stock. That's just a guess.", "hedged"),
    ("refund & Friday", "I can't guarantee that the refund is there on Friday.", "negated"),
    ("boat & nine", "The boat leaves at nine. I'll check the menu and tell you.", ""),
    ("boat & nine", "The boat leaves at nine. As for lunch, I'm not sure about that yet.", ""),
    ("plumber & Friday", "I'm sure that the plumber comes on Friday.", ""),
    ("toner & stock", "I have checked for you: the toner is in stock.", ""),
    ("grade & raise", "No doubt about it, your grade is raised.", ""),
    ("neighbour & sign", "Your neighbour may sign for the parcel.", ""),
]
DENIALS: list[Case] = [
    ("lift & repair", "It isn't that the lift was repaired or replaced; it only stood still.", "negated"),
    ("fine & waive", "I doubt that the fine is waived.", "negated"),
    ("fine & waive", "I asked whether the fine can be waived, and no, it can't.", "negated"),
    ("fine & waive", "The story that the fine is waived is a myth.", "negated"),
    ("fine & waive", "The fine is waived this year. That's not true, I'm afraid.", "negated"),
    ("museum & Monday", "The museum is open on Monday, says the leaflet. Sadly not.", "negated"),
    ("deposit & back", "You get the deposit back? Far from it.", "negated"),
    ("deposit & back", "The deposit no longer comes back to you.", "negated"),
    ("dentist & see", "The dentist refuses to see you today.", "negated"),
    ("boiler & new", "You get a repair rather than a new boiler.", "negated"),
    ("repair", "You get a repair rather than a new boiler.", ""),
    ("£35 & collect", "For collecting it we charge £35 and not a penny more.", ""),
    ("fine & waive", "The fine is waived, no questions asked.", ""),
    ("fine & waive", "The fine is waived. It's not true that you are late.", ""),
    ("valve & stick", "It isn't that the pump is broken, the valve was stuck.", ""),
    ("museum & Monday", "The museum is open on Monday, not only at the weekend.", ""),
]
QUESTIONS: list[Case] = [
    ("£26 & back", "Is £26 back on your card all right with you?", ""),
    ("£26 & back", "Will the £26 that you get back be enough for a taxi?", ""),
    ("bus & six", "Is it early enough that the bus leaves at six?", ""),
    ("nurse & ring", "When our nurse rings you tonight, should she use this number?", ""),
    ("form & send", "Could you please send us the form within ten days?", ""),
    ("one payment", "May I put your mind at rest by telling you that only one payment was taken?", ""),
    ("ramp & @free", "Would it help if we built the ramp free of charge, as promised?", ""),
    ("~bed & $9", "Do you agree to the extra bed, knowing that it's $9 a night?", ""),
    ("coach & heated", "Did you know that the coach is heated?", ""),
    ("form & send", "Would you do us a favour and send the form?", ""),
    ("£26 & back", "Would you want £26 back?", "asked"),
    ("£26 & back", "Is £26 back on your card?", "asked"),
    ("nurse & ring", "When does the nurse ring?", "asked"),
    ("form & send", "Could you tell me whether you have sent the form?", "asked"),
    ("form & send", "Can you send the form within ten days?", "asked"),
    ("coach & heated", "Is it true that the coach is heated?", "asked"),
    ("link & get", "You got the link?", "asked"),
    ("bed & $9", "Is the extra bed $9?", "asked"),
]
ALL = [
    pytest.param(way, text, why, id=f"{name}-{number}")
    for name, cases in (
        ("condition", CONDITIONS), ("case", ANOTHER_CASE), ("doubt", DOUBTS), ("denial", DENIALS),
        ("question", QUESTIONS),
    )
    for number, (way, text, why) in enumerate(cases, 1)
]  # fmt: skip


@pytest.mark.parametrize(("way", "text", "why"), ALL)
def test_a_sentence_tells_it_or_does_not(way: str, text: str, why: str) -> None:
    found = find(Index(read(text)), Claim((parse_way(way),)))
    assert (found.found, found.why) == (not why, why)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Could a fitter come on Friday? I'll have to ask the depot.", False),
        ("Would Friday suit you? That's something I need to ask my manager.", False),
        ("Can the fitter come on Friday? I'm checking with the workshop now.", False),
        ("May the fitter come on Friday? No idea.", False),
        ("Could a fitter come on Friday? I'd have to find out.", False),
        ("Would Friday suit you for the fitter?", True),
        ("Would Friday suit you for the fitter? I'll book it at once.", True),
        ("Could the fitter come on Friday? I'll write to you again on Thursday.", True),
        ("Shall the fitter come on Friday? It costs nothing.", True),
        ("I'll ask the workshop for the part. Would Friday suit you for the fitter?", True),
    ],
)
def test_a_question_left_open_is_no_offer(text: str, offered: bool) -> None:
    claim = Claim((parse_way("Friday & fitter|suit"),), "offer")
    assert find(Index(read(text)), claim).found is offered
