"""The queue's voice: words, recordings joined, an office's own recordings judged, and what really comes out."""

from __future__ import annotations

import array
import math
import shutil
import time
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from app.devices import speaker, voice, voice_check, voice_report
from app.devices.speaker import Speaker
from app.devices.voice import NAMES, Sound, Voice
from app.devices.voice_check import level
from app.errors import Refused, Unavailable
from app.ui.assets import resource
from tests.support import sound
from tests.support.sound import OTHER, OUTPUT, SoundServer

SHIPPED = resource("voice")


class TestWords:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (1, "satu"), (9, "sembilan"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (17, "tujuh belas"),
            (20, "dua puluh"), (21, "dua puluh satu"), (99, "sembilan puluh sembilan"), (100, "seratus"),
            (101, "seratus satu"), (110, "seratus sepuluh"), (111, "seratus sebelas"), (118, "seratus delapan belas"),
            (200, "dua ratus"), (345, "tiga ratus empat puluh lima"), (999, "sembilan ratus sembilan puluh sembilan"),
            (1000, "seribu"), (1011, "seribu sebelas"), (1100, "seribu seratus"),
            (2345, "dua ribu tiga ratus empat puluh lima"), (12_000, "dua belas ribu"),
        ],
    )  # fmt: skip
    def test_a_number_is_said_as_in_indonesian(self, number: int, words: str) -> None:
        assert " ".join(voice.number_words(number)) == words

    def test_every_number_of_a_day_can_be_said_and_no_two_alike(self) -> None:
        said = [tuple(voice.number_words(n)) for n in range(1, 10_000)]
        assert len(set(said)) == len(said)
        assert {w for words in said for w in words} <= set(NAMES)

    def test_a_call_says_chime_number_and_way_without_leading_zeros(self) -> None:
        assert voice.call_words("A", 17, "Loket 3") == [
            "bel", "nomor-antrean", "huruf-a", "tujuh", "belas", "silakan-ke-loket", "tiga",
        ]  # fmt: skip
        assert voice.call_words("B", 101, "Loket 12")[2:] == [
            "huruf-b", "seratus", "satu", "silakan-ke-loket", "dua", "belas",
        ]  # fmt: skip

    def test_digit_by_digit_where_the_office_wants_it(self) -> None:
        assert voice.call_words("A", 17, "Loket 12", "digit")[2:] == [
            "huruf-a", "satu", "tujuh", "silakan-ke-loket", "satu", "dua",
        ]  # fmt: skip

    def test_a_priority_number_says_so_because_letters_sound_alike(self) -> None:
        assert voice.call_words("P", 3, "Loket 1")[1:4] == ["nomor-antrean", "prioritas", "huruf-p"]

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            ("Loket 3", ["tiga"]), ("Loket 3B", ["tiga", "huruf-b"]), ("Loket A", ["huruf-a"]),
            ("Meja 11", ["sebelas"]), ("7", ["tujuh"]), ("Ruang Konsultasi", []), ("Kasir", []), ("", []),
        ],
    )  # fmt: skip
    def test_a_counters_number_or_letter_is_said_and_a_name_is_not(self, place: str, words: list[str]) -> None:
        assert voice.place_words(place) == words
        assert ("silakan-ke-loket" in voice.call_words("A", 1, place)) is bool(words)

    def test_a_call_that_was_none(self) -> None:
        assert voice.withdrawn_words("C", 4) == ["bel", "nomor-antrean", "huruf-c", "empat", "panggilan-dibatalkan"]


class TestRecordings:
    def test_the_shipped_voice_is_whole(self) -> None:
        found = voice_check.check(SHIPPED)
        assert found.faults == ()
        assert (found.count, found.rate) == (49, 22050)
        assert 5 < found.example < 9

    def test_a_call_is_its_recordings_and_short_pauses(self) -> None:
        speaker_ = voice.load(SHIPPED)
        whole = speaker_.call("A", 17, "Loket 3")
        words = voice.call_words("A", 17, "Loket 3")
        clips = sum(len(speaker_.clips[w]) for w in words) / speaker_.rate
        assert 0.05 * (len(words) - 1) < whole.seconds - clips < 0.2 * len(words)
        for word in words:
            assert speaker_.clips[word].tobytes() in whole.samples.tobytes()

    def test_joining_takes_no_time(self) -> None:
        speaker_ = voice.load(SHIPPED)
        began = time.perf_counter()
        for n in range(1, 21):
            speaker_.call("A", n, "Loket 3")
        assert time.perf_counter() - began < 2

    def test_a_folder_without_a_voice_is_refused_with_the_way_to_check_it(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="--check-voice"):
            voice.load(tmp_path)

    def test_the_shipped_voice_stands_in_for_a_broken_one(self, tmp_path: Path) -> None:
        found, note = voice.load_own(tmp_path, SHIPPED)
        assert found.rate == 22050
        assert "tidak dapat dipakai" in note
        assert voice.load_own(None, SHIPPED)[1] == ""


def write(path: Path, samples: list[int], rate: int = 22050, channels: int = 1, width: int = 2) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        data = array.array("h", samples).tobytes() if width == 2 else bytes(len(samples) * width)
        file.writeframes(data)


def tone(seconds: float, rate: int = 22050, loud: float = 0.3) -> list[int]:
    return [int(32767 * loud * math.sin(2 * math.pi * 440 * i / rate)) for i in range(int(seconds * rate))]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with recordings of the office's own."""
    folder = tmp_path / "suara"
    shutil.copytree(SHIPPED, folder)
    return folder


def faults(folder: Path) -> dict[str, str]:
    return {f.name: f.text for f in voice_check.check(folder).faults}


class TestTheCheck:
    def test_one_that_lacks_and_one_with_another_name_are_named(self, own: Path) -> None:
        (own / "tiga.wav").rename(own / "Tiga.wav")
        assert faults(own) == {"tiga.wav": "tidak ada", "Tiga.wav": "nama ini tidak dikenal"}

    def test_two_channels_and_other_depths_are_refused(self, own: Path) -> None:
        write(own / "satu.wav", tone(0.5) * 2, channels=2)
        write(own / "dua.wav", tone(0.5), width=3)
        found = faults(own)
        assert "2 kanal" in found["satu.wav"]
        assert "24 bit" in found["dua.wav"]

    def test_a_rate_no_microphone_should_have_and_one_that_differs(self, own: Path) -> None:
        write(own / "satu.wav", tone(0.5, 8000), rate=8000)
        write(own / "dua.wav", tone(0.5, 44100), rate=44100)
        texts = [f.text for f in voice_check.check(own).faults]
        assert any("laju 8000 Hz; rekam" in t for t in texts)
        assert any("laju 44100 Hz, yang lain 22050 Hz" in t for t in texts)

    def test_silence_is_no_recording(self, own: Path) -> None:
        write(own / "satu.wav", [0] * 9000)
        write(own / "dua.wav", tone(0.5, loud=0.01))
        assert {k: faults(own)[k] for k in ("satu.wav", "dua.wav")} == {
            "satu.wav": "hening atau terlalu pelan",
            "dua.wav": "hening atau terlalu pelan",
        }

    def test_what_was_too_loud_for_the_microphone_is_heard_as_broken(self, own: Path) -> None:
        write(own / "satu.wav", [max(-32768, min(32767, 4 * s)) for s in tone(0.5)])
        assert "pecah" in faults(own)["satu.wav"]

    def test_one_that_is_far_softer_than_the_others(self, own: Path) -> None:
        write(own / "satu.wav", tone(0.5, loud=0.035))
        assert "lebih pelan" in faults(own)["satu.wav"]

    def test_too_long_and_too_short(self, own: Path) -> None:
        write(own / "satu.wav", tone(0.02))
        write(own / "dua.wav", tone(7))
        assert "panjang 0.02 detik" in faults(own)["satu.wav"]
        assert "panjang 7.00 detik" in faults(own)["dua.wav"]

    def test_a_file_that_is_no_recording(self, own: Path) -> None:
        (own / "satu.wav").write_bytes(b"MP3, sungguh")
        assert "tidak terbaca" in faults(own)["satu.wav"]

    def test_an_empty_folder_lacks_everything(self, tmp_path: Path) -> None:
        found = voice_check.check(tmp_path)
        assert len(found.faults) == len(NAMES)
        assert (found.count, found.rate, found.example) == (0, 0, 0.0)

    def test_it_is_told_line_by_line(self, own: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert voice_report.check(own) == 0
        assert "Suara lengkap: 49 rekaman, 22050 Hz" in capsys.readouterr().out
        (own / "bel.wav").unlink()
        assert voice_report.check(own) == 1
        assert capsys.readouterr().out.splitlines() == [
            "bel.wav: tidak ada",
            "1 kekurangan; suara ini belum dapat dipakai.",
        ]


class TestWhatComesOut:
    def test_the_chosen_output_plays_the_call_whole_and_as_loud(self, sound_server: SoundServer) -> None:
        call = voice.load(SHIPPED).call("A", 17, "Loket 3")
        chosen = Speaker("tv-lobi")
        assert chosen.check() == OUTPUT
        with sound_server.recorded(OUTPUT) as heard, sound_server.recorded(OTHER) as elsewhere:
            chosen.play(call)
        wanted = sound.trimmed(call)
        assert heard().seconds == pytest.approx(wanted.seconds, abs=0.15)
        assert level(heard()) == pytest.approx(level(wanted), rel=0.05)
        assert sound.likeness(heard(), wanted) > 0.9
        assert elsewhere().seconds == 0

    def test_an_output_that_is_not_there_leaves_the_systems_own(self, sound_server: SoundServer) -> None:
        beep = Sound(22050, array.array("h", tone(0.6)))
        chosen = Speaker("Proyektor aula", volume=50)
        assert chosen.check() == ""
        with sound_server.recorded(OTHER) as heard:
            chosen.play(beep)
        assert heard().seconds == pytest.approx(0.6, abs=0.1)
        assert level(heard()) == pytest.approx(level(beep) / 2, rel=0.1)

    def test_the_outputs_are_named(self, sound_server: SoundServer) -> None:
        assert sorted(speaker.outputs()) == sorted([OUTPUT, OTHER])

    def test_one_call_can_be_tried(
        self, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(Voice, "call", lambda self, *what: Sound(22050, array.array("h", tone(0.2))))
        assert voice_report.speak("proyektor", 100, "bilangan", None, SHIPPED) == 0
        said = capsys.readouterr().out
        assert OUTPUT in said
        assert "Tidak ada keluaran yang namanya memuat “proyektor”" in said

    def test_a_pc_without_sound_says_so_at_once(
        self, no_sound: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(Unavailable, match="tidak punya keluaran suara"):
            Speaker().check()
        with pytest.raises(Unavailable):
            Speaker().play(Sound(22050, array.array("h", tone(0.2))))
        assert voice_report.speak("", 100, "bilangan", None, SHIPPED) == 1
        assert "tidak ada" in capsys.readouterr().out

    def test_an_output_that_dies_while_it_plays_is_noticed(
        self, sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(speaker, "PATIENCE", 0.3)
        played: list[int] = []
        original: Callable[[Speaker, Sound], bytes] = Speaker._loud

        def loud(self: Speaker, what: Sound) -> bytes:
            sound_server.stop()
            played.append(1)
            return original(self, what)

        monkeypatch.setattr(Speaker, "_loud", loud)
        with pytest.raises(Unavailable, match="tidak menjawab"):
            Speaker().play(Sound(22050, array.array("h", tone(0.4))))
        assert played
