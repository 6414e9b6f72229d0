"""THE table: SOP 060/Dukcapil-PDIP/1240/2021, PELITA 3. Buttons, guards, card, clocks and reports read it."""

from __future__ import annotations

from app.sop.model import ENTRY, Channel, Kind, Need, Role, Sop, Stage, Step, make_sop

PEMOHON, FO, EDITOR, KASI, KABID, KADIS, MAILER = (
    Role.PEMOHON, Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.MAILER,
)  # fmt: skip
ONLINE, OFFLINE, ANY = Channel.ONLINE, Channel.OFFLINE, None

# fmt: off
MULAI      = Stage("MULAI",      "Belum diajukan",             Kind.START)
DIAJUKAN   = Stage("DIAJUKAN",   "Menunggu registrasi",        Kind.WAIT,  FO)
VERIFIKASI = Stage("VERIFIKASI", "Verifikasi berkas",          Kind.WORK,  FO)
KURANG     = Stage("KURANG",     "Menunggu pemohon",           Kind.PAUSE, FO)
ENTRI      = Stage("ENTRI",      "Entri data",                 Kind.WORK,  FO)
DRAF       = Stage("DRAF",       "Draf diperiksa",             Kind.WORK,  FO)
KTP        = Stage("KTP",        "Serahkan resi",              Kind.WORK,  FO)
KE_KASI    = Stage("KE_KASI",    "Menunggu diterima Kasi",     Kind.WAIT,  KASI)
DI_KASI    = Stage("DI_KASI",    "Verifikasi Kasi",            Kind.WORK,  KASI)
KE_EDITOR  = Stage("KE_EDITOR",  "Menunggu diterima Editor",   Kind.WAIT,  EDITOR)
DI_EDITOR  = Stage("DI_EDITOR",  "Perbaikan",                  Kind.WORK,  EDITOR)
KE_KABID   = Stage("KE_KABID",   "Menunggu diterima Kabid",    Kind.WAIT,  KABID)
DI_KABID   = Stage("DI_KABID",   "Validasi Kabid",             Kind.WORK,  KABID)
KE_KADIS   = Stage("KE_KADIS",   "Menunggu diterima Kadis",    Kind.WAIT,  KADIS)
DI_KADIS   = Stage("DI_KADIS",   "Tanda tangan Kadis",         Kind.WORK,  KADIS)
TERTANDA   = Stage("TERTANDA",   "Siap kirim",                 Kind.WAIT,  FO)
SELESAI    = Stage("SELESAI",    "Selesai",                    Kind.END)
BATAL      = Stage("BATAL",      "Dibatalkan",                 Kind.END)

STAGES = (MULAI, DIAJUKAN, VERIFIKASI, KURANG, ENTRI, DRAF, KTP, KE_KASI, DI_KASI, KE_EDITOR, DI_EDITOR,
          KE_KABID, DI_KABID, KE_KADIS, DI_KADIS, TERTANDA, SELESAI, BATAL)

BEFORE_KADIS = (DIAJUKAN, VERIFIKASI, KURANG, ENTRI, DRAF, KTP, KE_KASI, DI_KASI, KE_EDITOR, DI_EDITOR,
                KE_KABID, DI_KABID)
HELD = tuple(s for s in STAGES if s.held)

STEPS = (
    #    row   key                who              at          to          min   channel  label
    Step(1,    "ajukan",          (PEMOHON,),      MULAI,      DIAJUKAN,   2,    ANY,     "Ajukan permohonan"),
    Step(2,    "registrasi",      (FO,),           DIAJUKAN,   VERIFIKASI, 1,    ONLINE,  "Registrasi"),
    Step(2,    "panggil",         (FO,),           DIAJUKAN,   VERIFIKASI, 1,    OFFLINE, "Panggil & registrasi"),
    Step(3,    "lengkap_online",  (FO,),           VERIFIKASI, ENTRI,      1,    ONLINE,  "Berkas lengkap",
         needs=(Need.ROUTE, Need.CONTACT, Need.REQUIREMENTS)),
    Step(4,    "lengkap_loket",   (FO,),           VERIFIKASI, ENTRI,      5,    OFFLINE, "Berkas lengkap",
         needs=(Need.ROUTE, Need.CONTACT, Need.REQUIREMENTS)),
    Step(3,    "kurang_online",   (FO,),           VERIFIKASI, KURANG,     None, ONLINE,  "Catat kekurangan",
         needs=(Need.FINDINGS, Need.NOTICE), back=True, pauses=True),
    Step(4,    "kurang_loket",    (FO,),           VERIFIKASI, KURANG,     None, OFFLINE, "Catat kekurangan",
         needs=(Need.FINDINGS, Need.NOTICE), back=True, pauses=True),
    Step(None, "dilengkapi",      (FO,),           KURANG,     VERIFIKASI, None, ANY,     "Berkas dilengkapi",
         needs=(Need.ANSWER,)),
    Step(5,    "cetak_draf",      (FO,),           ENTRI,      DRAF,       5,    ANY,     "Cetak draf",
         needs=(Need.DRAFT,)),
    Step(5,    "koreksi_pemohon", (FO,),           DRAF,       ENTRI,      None, ANY,     "Koreksi pemohon",
         needs=(Need.FINDINGS,), back=True),
    Step(6,    "ajukan_ktp",      (FO,),           DRAF,       KTP,        1,    ANY,     "Ajukan cetak KTP-el",
         needs=(Need.CONFIRMED, Need.KTP_REQUEST)),
    Step(7,    "beri_resi",       (FO,),           KTP,        KE_KASI,    1,    ANY,     "Beri resi, serahkan ke Kasi",
         needs=(Need.RESI,), hands_over=True),
    Step(8,    "terima_kasi",     (KASI,),         KE_KASI,    DI_KASI,    None, ANY,     "Terima"),
    Step(8,    "paraf_kasi",      (KASI,),         DI_KASI,    KE_KABID,   5,    ANY,     "Paraf, serahkan ke Kabid",
         needs=(Need.SEEN,), hands_over=True, not_by=(ENTRY, "perbaiki")),
    Step(8,    "kembali_editor",  (KASI,),         DI_KASI,    KE_EDITOR,  None, ANY,     "Kembalikan ke Editor",
         needs=(Need.FINDINGS,), back=True, hands_over=True),
    Step(8,    "terima_editor",   (EDITOR,),       KE_EDITOR,  DI_EDITOR,  None, ANY,     "Terima"),
    Step(8,    "perbaiki",        (EDITOR,),       DI_EDITOR,  KE_KASI,    None, ANY,     "Sudah diperbaiki, ke Kasi",
         needs=(Need.DRAFT,), hands_over=True),
    Step(9,    "terima_kabid",    (KABID,),        KE_KABID,   DI_KABID,   None, ANY,     "Terima"),
    Step(9,    "paraf_kabid",     (KABID,),        DI_KABID,   KE_KADIS,   5,    ANY,     "Paraf, ajukan TTE",
         needs=(Need.SEEN,), hands_over=True, not_by=(ENTRY, "perbaiki", "paraf_kasi")),
    Step(9,    "kembali_kasi",    (KABID,),        DI_KABID,   KE_KASI,    None, ANY,     "Kembalikan ke Kasi",
         needs=(Need.FINDINGS,), back=True, hands_over=True),
    Step(10,   "terima_kadis",    (KADIS,),        KE_KADIS,   DI_KADIS,   None, ANY,     "Terima"),
    Step(10,   "tte",             (KADIS,),        DI_KADIS,   TERTANDA,   2,    ANY,     "Tanda tangani (TTE)",
         needs=(Need.SIGNED,), hands_over=True, not_by=(ENTRY, "perbaiki", "paraf_kasi", "paraf_kabid")),
    Step(None, "kembali_kabid",   (KADIS,),        DI_KADIS,   KE_KABID,   None, ANY,     "Kembalikan ke Kabid",
         needs=(Need.FINDINGS,), back=True, hands_over=True, beyond_sop=True),
    Step(11,   "kirim",           (FO, EDITOR, MAILER), TERTANDA, SELESAI, 2,    ANY,     "Kirim dokumen ke pemohon",
         needs=(Need.ACCEPTED,)),
    *(Step(None, "batalkan",      (FO, KASI),      at,         BATAL,      None, ANY,     "Batalkan",
           needs=(Need.NOTE,), back=True) for at in BEFORE_KADIS),
    *(Step(None, "ambil_alih",    (at.desk,),      at,         at,         None, ANY,     "Ambil alih",
           needs=(Need.NOTE,), back=True) for at in HELD if at.desk),
)

ROW_LABELS = {
    1: "Ajukan permohonan", 2: "Registrasi", 3: "Verifikasi daring", 4: "Verifikasi di loket", 5: "Entri & draf",
    6: "Ajukan KTP-el", 7: "Serahkan resi", 8: "Verifikasi Kasi", 9: "Validasi Kabid", 10: "Tanda tangan Kadis",
    11: "Kirim dokumen",
}

FO_DESK = (VERIFIKASI, KURANG, ENTRI, DRAF, KTP)
EVERYWHERE = tuple(s for s in STAGES if s.kind is not Kind.START)
READERS = (FO, EDITOR, KASI, KABID, KADIS)

#: What may be written beside a file, by whom, in which stage. The database refuses the rest.
WRITABLE = (
    *(("entry", FO, s) for s in (VERIFIKASI, ENTRI)), ("entry", EDITOR, DI_EDITOR),
    *(("contact", FO, s) for s in (*FO_DESK, TERTANDA)), ("contact", EDITOR, DI_EDITOR), ("contact", EDITOR, TERTANDA),
    *(("check", FO, s) for s in (VERIFIKASI, KURANG)),
    *(("scan", FO, s) for s in (DIAJUKAN, VERIFIKASI, KURANG, ENTRI)), ("scan", EDITOR, DI_EDITOR),
    *(("finding", FO, s) for s in (VERIFIKASI, DRAF)), ("finding", KASI, DI_KASI), ("finding", KABID, DI_KABID),
    ("finding", KADIS, DI_KADIS),
    ("answer", FO, KURANG),
    ("draft", FO, ENTRI), ("draft", EDITOR, DI_EDITOR),
    ("confirmation", FO, DRAF),
    ("deficiency", FO, VERIFIKASI), ("ktp_request", FO, DRAF), ("resi", FO, KTP),
    ("seen", KASI, DI_KASI), ("seen", KABID, DI_KABID), ("seen", KADIS, DI_KADIS),
    ("signed", KADIS, DI_KADIS),
    ("mail_deficiency", FO, VERIFIKASI), ("mail_deficiency", FO, KURANG), ("mail_resi", FO, KTP),
    *(("mail_documents", r, TERTANDA) for r in (FO, EDITOR, MAILER)),
    *(("note", r, s) for r in READERS for s in EVERYWHERE),
    *(("print", r, s) for r in READERS for s in EVERYWHERE),
    *(("card", r, s) for r in READERS for s in EVERYWHERE),
)
# fmt: on

PELITA3 = make_sop(
    Sop(
        number="060/Dukcapil-PDIP/1240/2021",
        title="Layanan Integrasi Akta Perceraian, Kartu Keluarga (KK) dan KTP-el (PELITA 3)",
        stages=STAGES,
        steps=STEPS,
        row_labels=ROW_LABELS,
        skipped_row={Channel.ONLINE: 4, Channel.OFFLINE: 3},
        writable=WRITABLE,
    )
)
