"""Forging, skipping and signing for others: a file moves by the SOP's table, in the hands of whoever has it."""

from __future__ import annotations

import json

import pytest

from tests.attacks.fort import Fort
from tests.attacks.honest import Walker, all_seen, fact, sha, step
from tests.attacks.siege import verified
from tests.attacks.tries import NOTHING, Honest, Try

DOCUMENT = {"subject": "akta", "sha256": sha("akta palsu"), "sign": True}
TYPED = (
    "begin",
    f"insert into blob(sha256, data) values ('{sha('akta palsu')}', 'akta palsu')",
    fact(
        "paper",
        "entri",
        "FO",
        kind="document",
        subject="akta",
        sha256=sha("akta palsu"),
        mime="x",
        pages=1,
        draft_rev=1,
    ),
)
"""A document of a draft that is to be."""
REGISTER = "insert into berkas(sop, channel, ticket_id, key, client) values (:sop, 'OFFLINE', {}, :key, {})"
TWO_AT_ONCE = f"with one as ({step('ke_kasi', 'terima_kasi', 'KASI')} returning 1) " + step(
    "ke_kasi", "paraf_kasi", "KASI", expects=":n_ke_kasi + 1"
)

# fmt: off
SIGNING = (
    Try("rina", "the FO initials for the Kasi", step("di_kasi", "paraf_kasi", "KASI"), "P3403 step"),
    Try("rina", "the FO initials under her own role", step("di_kasi", "paraf_kasi", "FO"), "P3403 step"),
    Try("yuni", "the Editor receives for the Kasi", step("ke_kasi", "terima_kasi", "KASI"), "P3403 step"),
    Try("zulfikar", "the Kasi initials as Kabid", step("di_kabid", "paraf_kabid", "KABID"), "P3403 step"),
    Try("zulfikar", "the Kasi signs for the Kadis", step("di_kadis", "tte", "KASI"), "P3403 step"),
    Try("meri", "the Kabid signs for the Kadis", step("di_kadis", "tte", "KADIS"), "P3403 step"),
    Try("nurlaila", "the Kadis initials for the Kabid", step("di_kabid", "paraf_kabid", "KABID"), "P3403 step"),
    Try("admin", "the administrator initials", step("di_kasi", "paraf_kasi", "KASI"), "P3403 step"),
    Try("admin", "the administrator signs under his own role", step("di_kasi", "paraf_kasi", "ADMIN"), "P3403 step"),
    Try("pos", "the mailer initials", step("di_kasi", "paraf_kasi", "KASI"), "P3403 step"),
    Try("audi", "the auditor takes a file over", step("entri", "ambil_alih", "AUDITOR", "diperiksa"), "P3403 step"),
    Try("tamu", "somebody without a role receives", step("ke_kasi", "terima_kasi", "KASI"), "P3403 step"),
    Try("calon", "a Kadis whom nobody confirmed receives", step("ke_kadis", "terima_kadis", "KADIS"), "P3403 step"),
    Try("lama", "a Plh whose days are over receives", step("ke_kabid", "terima_kabid", "KABID"), "P3403 step"),
    Try("baru", "who must change his password registers", step("diajukan", "panggil", "FO"), "P3403 step"),
    Try("titipan", "an account whose password the administrator knows registers", step("diajukan", "panggil", "FO"), "P3403 step"),
    Try("rangkap", "the Plh Kasi initials what he typed himself", (all_seen("typed", "KASI"), step("typed", "paraf_kasi", "KASI")), "P3403 four_eyes"),
    Try("rina", "the applicant's own line by an officer", step("diajukan", "ajukan", "PEMOHON", expects="0"), "P3409 moved"),
    Try("tamu", "the applicant's own line by nobody", step("diajukan", "ajukan", "PEMOHON", expects="0"), "P3403 step"),
)
SKIPPING = (
    Try("zulfikar", "initials before receiving", step("ke_kasi", "paraf_kasi", "KASI"), "P3403 step"),
    Try("meri", "the Kabid takes it past the Kasi", step("ke_kasi", "terima_kabid", "KABID"), "P3403 step"),
    Try("nurlaila", "the Kadis takes it past the Kabid", step("di_kabid", "terima_kadis", "KADIS"), "P3403 step"),
    Try("nurlaila", "signs before receiving", step("ke_kadis", "tte", "KADIS"), "P3403 step"),
    Try("rina", "sends before it is signed", step("di_kadis", "kirim", "FO"), "P3403 step"),
    Try("rina", "from the counter straight to the end", step("verifikasi", "kirim", "FO"), "P3403 step"),
    Try("rina", "the other channel's step", step("diajukan", "registrasi", "FO"), "P3403 step"),
    Try("rina", "a step that there is not", step("verifikasi", "selesaikan", "FO"), "P3403 step"),
    Try("rina", "a finished file again", step("selesai", "kirim", "FO"), "P3403 step"),
    Try("rina", "cancel what the Kadis has signed", step("tertanda", "batalkan", "FO", "tidak jadi"), "P3403 step"),
    Try("zulfikar", "two lines in one statement", TWO_AT_ONCE, "P3403 step"),
    Try("zulfikar", "initial everything at once",
        "insert into paraf(berkas_id, action, as_role, note, expects, key, client) "
        "select id, 'paraf_kasi', 'KASI', '', n, gen_random_uuid()::text, 1 from berkas order by id", "P3403 step"),
    Try("zulfikar", "as the program of last year", step("ke_kasi", "terima_kasi", "KASI").replace(", 1)", ", 0)"), "P3426 client"),
)
NEEDS = (
    Try("zulfikar", "initials unread pages", step("unread", "paraf_kasi", "KASI"), "P3422 seen"),
    Try("nurlaila", "signs without a signature", step("di_kadis", "tte", "KADIS"), "P3422 signed"),
    Try("rina", "hands over without a resi", step("ktp", "beri_resi", "FO"), "P3422 resi"),
    Try("rina", "asks for the KTP before the applicant confirmed", step("draf", "ajukan_ktp", "FO"), "P3422 confirmed"),
    Try("rina", "a draft's line without a draft", step("entri", "cetak_draf", "FO"), "P3422 draft"),
    Try("rina", "complete without papers", step("verifikasi", "lengkap_loket", "FO"), "P3422 route"),
    Try("rina", "deficient without a finding", step("verifikasi", "kurang_loket", "FO"), "P3422 findings"),
    Try("rina", "goes on without the applicant's answer", step("menunggu", "dilengkapi", "FO"), "P3422 answer"),
    Try("pos", "the mailer closes what no mail server took", step("tertanda", "kirim", "MAILER"), "P3422 accepted"),
    Try("zulfikar", "returns without a finding", step("di_kasi", "kembali_editor", "KASI"), "P3422 findings"),
    Try("rina", "cancels without a reason", step("entri", "batalkan", "FO", "    "), "P3422 note"),
    Try("tono", "cancels with nothing for a reason",
        step("entri", "batalkan", "KASI").replace("'KASI', ''", "'KASI', null"), "P3400 null"),
    Try("tono", "without saying how many lines he saw", step("entri", "batalkan", "KASI", "alasan", "null"), "P3400 null"),
    Try("tono", "without a version", step("entri", "batalkan", "KASI", "alasan").replace(", 1)", ", null)"), "P3400 null"),
    Try("tono", "without a key", step("entri", "batalkan", "KASI", "alasan").replace(":key", "null"), "P3400 null"),
    Try("zulfikar", "a remark of 501 letters",
        step("ke_kasi", "terima_kasi", "KASI").replace("'KASI', ''", "'KASI', repeat('x', 501)"), "23514 length_paraf_note"),
    Try("zulfikar", "a remark of one megabyte",
        step("ke_kasi", "terima_kasi", "KASI").replace("'KASI', ''", "'KASI', repeat('x', 1048576)"), "23514 length_paraf_note"),
    Try("zulfikar", "a key of one letter", step("ke_kasi", "terima_kasi", "KASI").replace(":key", "'k'"), "23514 limit_paraf_key"),
)
HANDS = (
    Try("dedi", "moves a colleague's file", step("verifikasi", "kurang_loket", "FO"), "P3403 holder"),
    Try("tono", "initials a colleague's file", step("di_kasi", "paraf_kasi", "KASI"), "P3403 holder"),
    Try("rina", "takes over what she holds", step("verifikasi", "ambil_alih", "FO", "sekali lagi"), "P3403 yours"),
    Try("dedi", "takes over without a reason", step("verifikasi", "ambil_alih", "FO"), "P3422 note"),
    Try("zulfikar", "a stale step", step("ke_kasi", "terima_kasi", "KASI", expects=":n_ke_kasi - 1"), "P3409 moved"),
    Try("zulfikar", "a step ahead of time", step("ke_kasi", "terima_kasi", "KASI", expects=":n_ke_kasi + 1"), "P3409 moved"),
    Try("dedi", "a colleague's key", step("draf", "batalkan", "FO", "alasan").replace(":key", ":used_key"), "P3409 key"),
    Try("rina", "her own key on another file", step("draf", "batalkan", "FO", "alasan").replace(":key", ":used_key"), "P3409 key"),
    Try("zulfikar", "on yesterday's picture of the office",
        ("begin isolation level serializable", step("ke_kasi", "terima_kasi", "KASI")), "P3400 isolation"),
    Try("zulfikar", "on a picture that stands still",
        ("set default_transaction_isolation = 'repeatable read'", step("ke_kasi", "terima_kasi", "KASI")), "P3400 isolation"),
)
REGISTERING = (
    Try("zulfikar", "the Kasi registers", REGISTER.format(":t_diajukan", 1), "P3403 register"),
    Try("rina", "one ticket twice", REGISTER.format(":t_diajukan", 1), "P3409 ticket"),
    Try("rina", "a ticket that there is not", REGISTER.format("999999", 1), "23503 foreign key"),
    Try("rina", "no ticket at all", REGISTER.format("null", 1), "23514 berkas_check"),
    Try("rina", "with an old program", REGISTER.format(":t_diajukan", 0), "P3426 client"),
    Try("rina", "under a procedure of her own",
        "insert into berkas(sop, channel, ticket_id, key, client) values ('SOP saya', 'OFFLINE', null, :key, 1)", "23514 berkas_check"),
    Try("zulfikar", "the Kasi takes an online package in",
        "insert into package(external_ref, sha256, data, submitted_us, key) values ('X', 'y', '{}', 1, :key)", "P3403 register"),
    Try("zulfikar", "the Kasi calls a number",
        "insert into queue_event(ticket_id, event, place, key) values (:called, 'RECALLED', 'Loket 9', :key)", "P3403 ticket"),
    Try("dedi", "calls a colleague's number again",
        "insert into queue_event(ticket_id, event, place, key) values (:called, 'CALLED', 'Loket 4', :key)", "P3409 called"),
)
BESIDE = (
    Try("zulfikar", "the Kasi types the entry", fact("entry", "di_kasi", "KASI", rev=3, data="{}", sha256=sha("{}")), "P3403 write"),
    Try("rina", "the FO changes the entry on the Kasi's desk", fact("entry", "di_kasi", "FO", rev=3, data="{}", sha256=sha("{}")), "P3403 write"),
    Try("dedi", "types in a colleague's file", fact("entry", "entri", "FO", rev=2, data="{}", sha256=sha("{}")), "P3403 write"),
    Try("rina", "an entry with another one's hash", fact("entry", "entri", "FO", rev=2, data="{}", sha256=sha("[]")), "P3400 sha256"),
    Try("rina", "a revision that was there", fact("entry", "entri", "FO", rev=1, data="{}", sha256=sha("{}")), "P3409 entry"),
    Try("rina", "at a line that is past", fact("note", "entri", "FO", text="dulu").replace(":n_entri", "1"), "P3409 moved"),
    Try("rina", "at no line", fact("note", "entri", "FO", text="dulu").replace(":n_entri", "null"), "P3409 moved"),
    Try("yuni", "the Editor writes in the Kasi's role", fact("finding", "di_kasi", "KASI", subject="kk", problem="salah"), "P3403 write"),
    Try("nurlaila", "reads for the Kabid", fact("seen", "di_kabid", "KABID", sha256=":blob_di_kabid", page=1), "P3403 write"),
    Try("meri", "signs documents for the Kadis",
        fact("paper", "di_kadis", "KADIS", kind="signed", subject="akta", sha256=":blob_draf", mime="x", pages=1, draft_rev=1,
             source=sha("akta di_kadis")), "P3403 write"),
    Try("nurlaila", "signs what is not in the draft",
        fact("paper", "di_kadis", "KADIS", kind="signed", subject="akta", sha256=":blob_draf", mime="x", pages=1, draft_rev=1,
             source=sha("lain")), "P3422 signed"),
    Try("rina", "a scan taken out of another file", fact("removal", "verifikasi", "FO", paper_id=":scan_entri", why="salah unggah"), "P3400 paper"),
    Try("rina", "a print of another file's paper",
        fact("print_event", "verifikasi", "FO", paper_id=":scan_entri", printer="x", state="COMPLETED"), "P3400 paper"),
    Try("rina", "bytes under another hash", f"insert into blob(sha256, data) values ('{sha('akta')}', 'lain')", "P3400 sha256"),
    Try("rina", "mails the documents before they are signed",
        fact("outbox", "di_kadis", "FO", kind="mail_documents", to_address="a@b.cc", subject="x", body="x", attachments="[]",
             message_id="m"), "P3403 write"),
    Try("rina", "mails a paper of another file",
        fact("outbox", "verifikasi", "FO", kind="mail_deficiency", to_address="a@b.cc", subject="x", body="x", message_id="m",
             attachments=json.dumps([["akta.pdf", sha("akta di_kabid")]])), "P3400 attachments"),
    Try("rina", "a mail at which the sender for all would stumble",
        fact("outbox", "verifikasi", "FO", kind="mail_deficiency", to_address="a@b.cc", subject="x", body="x", message_id="m", attachments="5"), "P3400 attachments"),
    Try("rina", "a mail with an attachment too many",
        fact("outbox", "verifikasi", "FO", kind="mail_deficiency", to_address="a@b.cc", subject="x", body="x", message_id="m", attachments='[["a", "b", "c"]]'), "P3400 attachments"),
    Try("rina", "an entry at which every list would stumble",
        fact("entry", "entri", "FO", rev=2, data='{"route": "XX"}', sha256=sha('{"route": "XX"}')), "P3400 route"),
    Try("dedi", "says sent what he does not send",
        fact("outbox_event", "selesai", "FO", outbox_id=":mail_sent", event="SENT"), "P3409 sent"),
    Try("rina", "an answer from tomorrow", fact("answer", "menunggu", "FO", what="Kartu Keluarga", came_us="(now_us() + 86400000000)"), "P3422 answer_time"),
    Try("rina", "an answer from before the question", fact("answer", "menunggu", "FO", what="Kartu Keluarga", came_us=1), "P3422 answer_time"),
    Try("nurlaila", "a confirmation in the applicant's name", fact("confirmation", "draf", "KADIS", draft_rev=1, statement="ya"), "P3403 write"),
)
HONEST = (
    Honest("zulfikar", "receives", step("ke_kasi", "terima_kasi", "KASI")),
    Honest("tono", "receives, being confirmed", step("ke_kasi", "terima_kasi", "KASI")),
    Honest("rangkap", "receives as Plh Kasi", step("ke_kasi", "terima_kasi", "KASI")),
    Honest("zulfikar", "initials what he has read", step("di_kasi", "paraf_kasi", "KASI")),
    Honest("zulfikar", "reads and initials", (all_seen("unread", "KASI"), step("unread", "paraf_kasi", "KASI"))),
    Honest("meri", "initials", step("di_kabid", "paraf_kabid", "KABID")),
    Honest("nurlaila", "receives", step("ke_kadis", "terima_kadis", "KADIS")),
    Honest("rina", "registers", step("diajukan", "panggil", "FO")),
    Honest("dedi", "takes over with a reason", step("verifikasi", "ambil_alih", "FO", "Rina sedang cuti")),
    Honest("tono", "cancels with a reason", step("entri", "batalkan", "KASI", "Pemohon mencabut")),
    Honest("rina", "keeps an entry", fact("entry", "entri", "FO", rev=2, data="{}", sha256=sha("{}"))),
    Honest("rina", "writes down the answer and goes on",
           (fact("answer", "menunggu", "FO", what="Kartu Keluarga", came_us="(now_us() - 1)"), step("menunggu", "dilengkapi", "FO"))),
    Honest("rina", "says the same again: nothing is added", step("verifikasi", "panggil", "FO", expects="1").replace(":key", ":used_key") + " returning 1", NOTHING),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*SIGNING, *SKIPPING, *NEEDS, *HANDS, *REGISTERING, *BESIDE], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_right_officers_command_goes_through(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


def drafting(manifest: object) -> str:
    text = json.dumps(manifest)
    return fact("draft", "entri", "FO", rev=1, entry_rev=1, manifest=text, sha256=sha(text))


@pytest.mark.parametrize(
    ("why", "manifest"),
    [
        ("in which nothing is to be signed", [DOCUMENT | {"sign": False}]),
        ("in which it is not said", [{k: v for k, v in DOCUMENT.items() if k != "sign"}]),
        ("in which signing is perhaps", [DOCUMENT, DOCUMENT | {"sign": "mungkin"}]),
        ("of another file's document", [DOCUMENT | {"sha256": sha("akta di_kabid")}]),
        ("of a document under another name", [DOCUMENT | {"subject": "kk"}]),
        ("of nothing", []),
        ("that is no list", DOCUMENT),
    ],
)
def test_a_draft_that_would_pass_the_kadis_unsigned(fort: Fort, why: str, manifest: object) -> None:
    Try("rina", f"a draft {why}", (*TYPED, drafting(manifest)), "P3400 manifest").met_by(fort)


def test_an_honest_draft(fort: Fort) -> None:
    Honest("rina", "freezes a draft", (*TYPED[1:], drafting([DOCUMENT]))).done_at(fort)


LATE = {
    "a note": fact("note", "selip", "FO", text="menyusul"),
    "a mail": fact(
        "outbox",
        "selip",
        "FO",
        kind="mail_deficiency",
        to_address="a@b.cc",
        subject="x",
        body="x",
        attachments="[]",
        message_id="m",
    ),
    "a finding": fact("finding", "selip", "FO", subject="kk", problem="tidak terbaca"),
    "an entry": fact("entry", "selip", "FO", rev=1, data="{}", sha256=sha("{}")),
}


@pytest.mark.parametrize("what", LATE)
def test_nothing_slips_in_behind_a_line_in_one_statement(fort: Fort, what: str) -> None:
    """A WITH that is not read runs last: the line would stand already, and not have bound what comes after it."""
    if "selip" not in fort.names:
        Walker(fort, "selip").to("verifikasi")
    both = f"with late as ({LATE[what]}) {step('selip', 'batalkan', 'FO', 'tidak jadi')}"
    Try("rina", f"{what} behind the line", both, "P3409 moved").met_by(fort)


def test_what_is_written_before_a_line_in_one_statement_is_bound_by_it(fort: Fort) -> None:
    Walker(fort, "serempak").to("verifikasi")
    fort.do(
        "rina",
        f"with line as ({step('serempak', 'batalkan', 'FO', 'tidak jadi')}) "
        + LATE["a note"].replace("selip", "serempak"),
    )
    assert verified(fort, "serempak").whole


def test_hidden_missing_and_forbidden_sound_alike(fort: Fort) -> None:
    fort.names["missing"] = 999_999
    said = set()
    for file, expects in (("missing", "1"), ("di_kabid", ":n_di_kabid"), ("entri", ":n_entri")):
        with pytest.raises(Exception, match="P3403") as refused:
            fort.do("yuni", step(file, "terima_editor", "EDITOR", expects=expects))
        said.add(str(refused.value))
    assert len(said) == 1
