"""The colours, light and dark, and those of the lobby screen (theme.md 1): the only place where a colour is written."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """One set of colours, `#RRGGBB`, named by what they are for."""

    bg: str = "#F2F5F9"
    surface: str = "#FFFFFF"
    subtle: str = "#F7F9FC"
    sunken: str = "#E8EDF3"
    well: str = "#DCE3EB"
    field: str = "#FFFFFF"
    line: str = "#DBE2EA"
    key_line: str = "#C3CDD9"
    line2: str = "#7F8DA1"
    ink: str = "#142033"
    ink2: str = "#42516A"
    ink3: str = "#5B6A80"
    primary: str = "#1A5BB5"
    primary_h: str = "#154B97"
    primary_p: str = "#103B78"
    on_primary: str = "#FFFFFF"
    primary_t: str = "#1A5BB5"
    primary_s: str = "#E6EFFB"
    primary_s2: str = "#CFE0F6"
    ok: str = "#136B3A"
    ok_s: str = "#E2F3E9"
    ok_l: str = "#1E8E4E"
    warn: str = "#854D00"
    warn_s: str = "#FFF1D6"
    warn_l: str = "#C27803"
    bad: str = "#B42318"
    bad_s: str = "#FDE8E6"
    bad_l: str = "#D0342A"
    pause: str = "#584A9C"
    pause_s: str = "#EDEAF8"
    pause_l: str = "#7767C4"
    rail: str = "#0B1F3A"
    rail_a: str = "#1D3A63"
    rail_t: str = "#C3D1E6"
    rail_on: str = "#FFFFFF"
    flame: str = "#FFB224"
    on_flame: str = "#0B1F3A"
    on_flame2: str = "#3B2E0A"
    key_bg: str = "#EEF2F7"
    c_work: str = "#174C99"
    c_taken: str = "#5B91DA"
    c_untaken: str = "#BF7A15"
    c_appl: str = "#9182CF"
    paper: str = "#FFFFFF"
    mark: str = "#FFEFB0"
    mark_edge: str = "#C27803"
    toast_ok: str = "#7FE0A7"
    heat1: str = "#EAF1FB"
    heat2: str = "#C4D8F3"
    heat3: str = "#93B8E8"
    heat4: str = "#3B74C2"
    heat5: str = "#1D4F96"


LIGHT = Tokens()
DARK = Tokens(
    bg="#0D131B",
    surface="#161F2B",
    subtle="#1B2634",
    sunken="#111922",
    well="#0A1017",
    field="#111922",
    line="#2B384A",
    key_line="#3C4C61",
    line2="#6C7D94",
    ink="#E8EEF6",
    ink2="#B6C2D2",
    ink3="#94A3B8",
    primary="#2F6FD0",
    primary_h="#2A66C4",
    primary_p="#2760B8",
    primary_t="#8DB8FB",
    primary_s="#1A2C47",
    primary_s2="#23406A",
    ok="#74D69C",
    ok_s="#14301F",
    ok_l="#3FB873",
    warn="#F4BD62",
    warn_s="#35280F",
    warn_l="#E0A030",
    bad="#FF9488",
    bad_s="#3D1B19",
    bad_l="#F0645A",
    pause="#BDB0F7",
    pause_s="#272147",
    pause_l="#9587E0",
    rail="#0A1524",
    rail_a="#1B3356",
    rail_t="#AFC0D8",
    key_bg="#233041",
    c_work="#7FB0F5",
    c_taken="#3D6FB3",
    c_untaken="#E0A030",
    c_appl="#7465C0",
    heat1="#1A2738",
    heat2="#22406A",
    heat3="#2E5C9C",
    heat4="#5288CF",
    heat5="#9CC3F7",
)


@dataclass(frozen=True)
class TvTokens:
    """The lobby screen has one theme, legible from the last row."""

    ground: str = "#0B1F3A"
    panel: str = "#12294A"
    panel2: str = "#173258"
    strip: str = "#081730"
    yellow: str = "#FFD400"
    white: str = "#FFFFFF"
    text2: str = "#C9D6EA"
    on_yellow: str = "#0B1F3A"
    line: str = "#2C4A78"
    edge: str = "#3A5A8C"
    live: str = "#3FCB7C"
    look: str = "#FFB224"


TV = TvTokens()
