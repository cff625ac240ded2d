"""Copy drills and their results, each brought to the moment that its golden screen shows."""

from pathlib import Path

from ui_world import World, bill, changed, record_of, scene

LONG = " ".join(f"Sentence number {n} of a long explanation, with the amount £{n}.50 in it." for n in range(1, 41))
MIXED = "Grüße, 李娜! Your order 🙂 comes on 5 May; naïve café prices stay at €12."


@scene
def copy_start(world: World) -> None:
    world.copy()


@scene
def copy_start_pace(world: World) -> None:
    world.copy(pace=40.0)


@scene
def copy_first_key(world: World) -> None:
    world.copy()
    world.type("T")


@scene
def copy_middle(world: World) -> None:
    """One extra, one wrong, one swapped and one missing character, and a pace mark ahead."""
    world.copy(pace=62.0)
    world.type("Thanks for waitinng, Priya. I hqve chekced yor March bill, and")


@scene
def copy_ahead(world: World) -> None:
    world.copy(pace=20.0)
    world.type(bill()[:100])


@scene
def copy_blanks(world: World) -> None:
    """A blank left out, one too much, and one typed for a letter."""
    world.copy()
    world.type("Thanksfor waiting,  Pr ya. I have ")


@scene
def copy_long(world: World) -> None:
    world.copy(LONG)
    world.type(LONG[:1400], gap_ms=60)
    world.type("xyz")


@scene
def copy_long_end(world: World) -> None:
    """The last line, two characters missing before the end, something too much after it."""
    world.copy(LONG)
    world.type(LONG[:-1], gap_ms=40)
    world.type("xy")


@scene
def copy_mixed(world: World) -> None:
    """Wide, combined and accented characters, some of them wrong."""
    world.copy(MIXED)
    world.type("Gruße, 季娜! Your order 🙃 comes on 5 May; naive cafe")


@scene
def copy_timed(world: World) -> None:
    world.copy(item=None, pack="brook", seconds=60.0)
    world.type(bill()[:60])


@scene
def copy_exam(world: World) -> None:
    world.copy(item=None, pack="brook", seconds=60.0, exam=True)
    world.type("Thanks fir ")


@scene
def copy_exam_leave(world: World) -> None:
    copy_exam(world)
    assert not world.screen.may_leave()


@scene
def copy_no_backspace(world: World) -> None:
    world.copy(policy="no-backspace")
    world.type("Thamks")
    world.press("backspace")


@scene
def copy_paste(world: World) -> None:
    world.copy()
    world.type("Thanks")
    world.paste()


@scene
def copy_enter(world: World) -> None:
    world.copy()
    world.type("Thanks")
    world.press("enter")


@scene
def copy_blocked(world: World) -> None:
    world.copy(policy="stop")
    world.type("Thanx")


@scene
def copy_disk_refuses(world: World) -> None:
    world.copy()
    world.type("Thanks")
    world.screen.recorder._journal._problem = "No space left on device (the folder is a long way down the tree)"


@scene
def copy_help(world: World) -> None:
    world.copy()
    world.type("Thanks")
    world.press("f1")


@scene
def copy_no_figures(world: World) -> None:
    world.copy(pace=40.0)
    world.type("Thanks for waiting")
    world.press("tab")


@scene
def copy_resumed(world: World) -> None:
    from typetrainer.ui.interrupted import Interrupted

    world.interrupted(0, typed="Thanks for wa")
    offer = Interrupted(world.flow, world.flow.menu).offer()
    assert offer is not None
    world.program.show(offer)
    world.press("enter")


# --- results ---


@scene
def results_waiting(world: World) -> None:
    world.copy()
    world.program.hold = True
    world.type(bill())


@scene
def results_first(world: World) -> None:
    """No records to compare with; nothing wrong, two characters corrected."""
    world.copy()
    world.type("Thakn")
    world.press("backspace", "backspace")
    world.type(bill()[4:])


def _history(world: World, gaps: range) -> None:
    records = [record_of(number, gap_us=gap * 1000) for number, gap in enumerate(gaps)]
    world.context.store.history.insert(*records)


@scene
def results_past(world: World) -> None:
    """Twelve earlier ones, some faster; a few mistakes left."""
    _history(world, range(300, 180, -10))
    world.copy()
    world.type(bill().replace("checked", "chekced").replace("Because", "Becuase").replace("your", "yor"))


@scene
def results_one_past(world: World) -> None:
    _history(world, range(300, 301))
    world.copy()
    world.type(bill())


@scene
def results_best(world: World) -> None:
    _history(world, range(420, 360, -10))
    world.copy()
    world.type(bill())


@scene
def results_doubtful(world: World) -> None:
    """The program was late, keys came in batches, pastes were refused, the run was short."""
    world.copy("Thanks for waiting, Priya.")
    world.program.lag = 48.0
    world.type("Thanks for")
    world.paste(70)
    world.paste(200)
    world.type(" waiti", gap_ms=1, batch=6)
    world.type("ng, Priya.")


@scene
def results_quit(world: World) -> None:
    world.copy()
    world.type(bill()[:30])
    world.press("enter", "enter")


@scene
def results_quit_at_once(world: World) -> None:
    world.copy()
    world.type("T")
    world.press("enter", "enter")


@scene
def results_many_mistakes(world: World) -> None:
    world.copy()
    world.type(" ".join(word[:1] + "x" + word[2:] for word in bill().split(" ")))


@scene
def results_mistakes_page(world: World) -> None:
    results_many_mistakes(world)
    world.press("m")


@scene
def results_mistakes_page_end(world: World) -> None:
    results_many_mistakes(world)
    world.press("m", "end")


@scene
def results_mistakes_kinds(world: World) -> None:
    """One of each kind, and blanks."""
    world.copy()
    typed = "Thanks for waitinng, Priya. I hqve chekced yor Marchbill, and"
    world.type(typed + bill().partition("bill, and")[2])
    world.press("m")


@scene
def results_no_mistakes_page(world: World) -> None:
    world.copy("Thanks for waiting, Priya.")
    world.type("Thanks for waiting, Priya.")
    world.press("m")


@scene
def results_timed(world: World) -> None:
    world.copy(item=None, pack="brook", seconds=60.0)
    world.type(bill()[:90])
    world.program.wait(60)


@scene
def results_exam(world: World) -> None:
    world.copy(item=None, pack="brook", seconds=60.0, exam=True, out=Path("result.json"))
    world.type(bill()[:90])
    world.program.wait(60)


@scene
def results_next(world: World) -> None:
    """The first of three texts."""
    request = world.request()
    world.flow._take(changed(request, tasks=request.tasks * 3))
    world.flow._begin()
    world.type(bill())
