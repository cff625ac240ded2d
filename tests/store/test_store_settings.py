"""Settings, profiles and word lists."""

import stat
import tomllib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from typetrainer.errors import InvalidFile, StorageProblem, UsageProblem
from typetrainer.store.profiles import list_profiles, places, profile_name
from typetrainer.store.settings import SETTINGS, Settings, SettingsStore, edited, setting, toml_value
from typetrainer.store.wordlist import WordList


@pytest.fixture
def said():
    return []


@pytest.fixture
def store(paths, said):
    return SettingsStore(places(paths), said.append)


@pytest.fixture
def file(paths):
    path = paths.config / "settings.toml"
    path.parent.mkdir(parents=True)
    return path


def test_an_empty_machine_has_the_defaults_and_stays_empty(store, paths, said):
    assert dict(store.load()) == {s.name: s.default for s in SETTINGS}
    assert said == []
    assert not paths.config.exists()


def test_every_default_is_one_of_its_own_values():
    for known in SETTINGS:
        assert known.checked(known.default) == known.default
        assert known.about
        assert known.expected


def test_what_is_set_comes_back_in_its_type(store, file, said):
    store.set("policy", "strict")
    store.set("seconds", 0)
    store.set("bell", True)
    loaded = store.load()
    assert (loaded.text("policy"), loaded.number("seconds"), loaded.flag("bell")) == ("strict", 0, True)
    assert file.read_text() == 'policy = "strict"\nseconds = 0\nbell = true\n'
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    store.reset("bell")
    assert store.load()["bell"] is False
    assert said == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("policy", "lax"), ("policy", 1), ("seconds", -1), ("seconds", 86_401), ("seconds", 1.5), ("seconds", True),
     ("seconds", 4), ("bell", 1), ("bell", "true"), ("pack", "a\nb"), ("pack", "\ud800"), ("pack", "x" * 501),
     ("profile", "../x"), ("server_url", "ftp://x"), ("server_url", "javascript:x")],
)  # fmt: skip
def test_wrong_values_are_refused_by_set_and_not_used_from_a_file(store, file, said, name, value):
    with pytest.raises(UsageProblem, match=f"{name} should be"):
        store.set(name, value)
    if value != "\ud800":
        file.write_text(f"{name} = {toml_value(value)}\nclock = false\n")
        loaded = store.load()
        assert loaded[name] == setting(name).default
        assert loaded["clock"] is False
        assert len(said) == 1
        assert str(file) in said[0]
        assert name in said[0]


def test_unknown_keys_are_named_and_never_deleted(store, file, said):
    file.write_text("# mine\nclok = true # typo\npolicy = 'stop'   # because\n[later]\nx = 1\n[[list]]\npolicy = 3\n")
    assert store.load()["policy"] == "stop"
    assert len(said) == 3
    assert "'clok' is not known and not used. Did you mean clock?" in said[0]
    store.set("policy", "free")
    store.set("clock", False)
    assert file.read_text() == (
        '# mine\nclok = true # typo\npolicy = "free"\nclock = false\n[later]\nx = 1\n[[list]]\npolicy = 3\n'
    )


def test_an_unknown_setting_names_the_nearest(store):
    with pytest.raises(UsageProblem, match="Did you mean seconds"):
        store.set("second", 3)


@pytest.mark.parametrize("content", [b"policy = ", b"\xff", b"x = " + b"[" * 5000])
def test_a_broken_file_is_named_not_used_and_not_overwritten(store, file, said, content):
    file.write_bytes(content)
    assert dict(store.load()) == dict(Settings())
    assert len(said) == 1
    assert str(file) in said[0]
    with pytest.raises(InvalidFile):
        store.set("bell", True)
    assert file.read_bytes() == content


def test_a_file_that_cannot_be_edited_by_line_is_left_alone(store, file):
    content = 'other = """\npolicy = "stop"\n"""\n'
    file.write_text(content)
    with pytest.raises(StorageProblem, match="by hand"):
        store.set("policy", "free")
    assert file.read_text() == content


def test_a_folder_in_the_files_place_is_said(store, file):
    file.mkdir()
    with pytest.raises(StorageProblem, match=r"settings\.toml"):
        store.load()


def test_a_link_stays_a_link(store, file, tmp_path):
    (tmp_path / "dotfiles").mkdir()
    file.symlink_to(tmp_path / "dotfiles" / "typetrainer.toml")
    store.set("bell", True)
    assert file.is_symlink()
    assert store.load()["bell"] is True


def test_a_profile_stands_over_the_common_file(store, paths, said):
    anna = SettingsStore(places(paths, "anna"), said.append)
    store.set("policy", "stop")
    store.set("bell", True)
    anna.set("policy", "strict")
    assert (anna.load()["policy"], anna.load()["bell"]) == ("strict", True)
    assert store.load()["policy"] == "stop"
    anna.set("profile", "Anna")
    assert store.load()["profile"] == "anna"
    (paths.config / "profiles" / "anna.toml").write_text('profile = "x"\n')
    assert anna.load()["profile"] == "anna"
    assert len(said) == 1


@pytest.mark.parametrize(("typed", "name", "value"), [("on", "bell", True), (" 90", "seconds", 90), ("x", "pack", "x")])
def test_a_person_may_type_a_value(typed, name, value):
    assert setting(name).parsed(typed) == value


@pytest.mark.parametrize(("typed", "name"), [("maybe", "bell"), ("1.5", "seconds"), ("", "seconds"), ("x", "policy")])
def test_what_is_typed_wrong_says_what_is_expected(typed, name):
    with pytest.raises(UsageProblem, match=f"{name} should be"):
        setting(name).parsed(typed)


VALUES = st.text() | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False)


@given(VALUES.filter(lambda v: not isinstance(v, str) or v.isprintable() or max(v) < "\ud800"))
def test_every_value_survives_the_writer(value):
    read = tomllib.loads(f"x = {toml_value(value)}")["x"]
    assert read == value
    assert type(read) is type(value)


@example({"a": "\x85", "b": "\u2028"}, "a", "")  # ends of lines to Python, not to TOML
@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), VALUES), st.sampled_from(["a", "b", "e"]), VALUES)
def test_editing_changes_that_key_alone(content, name, value):
    text = "".join(f"{k} = {toml_value(v)}  # {k}\n" for k, v in content.items()) + "[t]\na = 1\n"
    assert tomllib.loads(edited(text, name, value)) == {**content, name: value, "t": {"a": 1}}
    content.pop(name, None)
    assert tomllib.loads(edited(text, name, None)) == {**content, "t": {"a": 1}}


@given(st.data())
def test_settings_round_trip(data):
    import tempfile
    from pathlib import Path

    from typetrainer.paths import Paths

    known = data.draw(st.sampled_from(SETTINGS))
    strategies = {bool: st.booleans(), int: st.integers(0, 86_400), str: st.text(max_size=9)}
    value = data.draw(st.sampled_from(known.choices) if known.choices else strategies[known.kind])
    with tempfile.TemporaryDirectory() as folder:
        store = SettingsStore(places(Paths.of({"TYPETRAINER_HOME": folder})), pytest.fail)
        if known.checked(value) is None:
            with pytest.raises(UsageProblem):
                store.set(known.name, value)
            assert list(Path(folder).iterdir()) == []
        else:
            store.set(known.name, value)
            assert store.load()[known.name] == (value.lower() if known.name == "profile" else value)


# --- profiles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", ["", ".", "..", "a/b", "-a", "_a", "a b", "é", "a" * 41, "a\n"])
def test_names_that_cannot_be_folders_are_refused(bad, paths):
    with pytest.raises(UsageProblem):
        places(paths, bad)


def test_profiles_are_listed_from_data_and_settings(paths):
    assert list_profiles(paths) == ["default"]
    (paths.data / "profiles" / "zoe").mkdir(parents=True)
    (paths.data / "profiles" / "Not One").mkdir()
    SettingsStore(places(paths, "anna")).set("bell", True)
    assert list_profiles(paths) == ["default", "anna", "zoe"]
    assert profile_name("Anna") == "anna"


# --- word lists ------------------------------------------------------------------------------------------------------


def test_words_are_kept_once_in_order(tmp_path):
    words = WordList(tmp_path / "new" / "dictionary.txt")
    assert (words.entries(), words.remove("x")) == ([], False)
    assert not (tmp_path / "new").exists()
    assert [words.add(w) for w in ("Voltra", " café ", "cafe\u0301", "Voltra")] == [True, True, False, False]
    assert words.entries() == ["Voltra", "café"]
    assert words.remove("Voltra")
    assert (tmp_path / "new" / "dictionary.txt").read_text() == "café\n"
    (tmp_path / "new" / "dictionary.txt").write_text("\ufeffb\r\n\n a \nb")
    assert words.entries() == ["b", "a"]


@pytest.mark.parametrize("bad", ["", "  ", "a\nb", "x" * 201, "\ud800", "a\x1bb"])
def test_words_that_do_not_fit_a_line_are_refused(tmp_path, bad):
    with pytest.raises(UsageProblem):
        WordList(tmp_path / "w.txt").add(bad)


def test_a_word_list_that_is_not_utf8_names_the_line(tmp_path):
    (tmp_path / "w.txt").write_bytes(b"ok\n\xff\n")
    with pytest.raises(InvalidFile, match="line 2"):
        WordList(tmp_path / "w.txt").add("a")
