"""What the guards' codes say to an officer: plain Indonesian, and what to do next."""

from __future__ import annotations

REFUSALS: dict[tuple[str, str], str] = {
    ("P3426", ""): "Versi program di PC ini sudah lama. Minta petugas TI memasang versi baru, lalu ulangi.",
    ("P3403", "admin"): "Hanya administrator yang dapat melakukan ini. Mintalah bantuan administrator kantor.",
    ("P3403", "register"): "Pendaftaran berkas dilakukan oleh Front Office.",
    ("P3403", "ticket"): "Antrean dilayani oleh Front Office. Masuklah dengan peran Front Office.",
    ("P3403", "step"): "Langkah ini bukan untuk peran Anda pada tahap berkas sekarang. Muat ulang berkas.",
    ("P3403", "holder"): "Berkas sedang dipegang petugas lain. Gunakan Ambil alih bila ia berhalangan.",
    ("P3403", "yours"): "Berkas ini sudah Anda pegang.",
    ("P3403", "four_eyes"): (
        "Yang mengisi atau sudah memaraf tidak boleh memeriksa berkas yang sama. Serahkan kepada pejabat lain."
    ),
    ("P3403", "write"): "Catatan ini tidak dapat ditambahkan pada tahap berkas sekarang. Muat ulang berkas.",
    ("P3403", "lease"): "Pengiriman ini sedang dikerjakan PC lain.",
    ("P3403", "seal"): "Segel harian dan pemeriksaannya hanya untuk administrator, auditor, dan layanan server.",
    ("P3403", ""): "Anda tidak berwenang untuk langkah ini.",
    ("P3403", "confirm"): (
        "Pengangkatan pejabat dan sandi barunya disahkan oleh Kabid atau Kadis lain, bukan oleh yang membuatnya."
    ),
    ("P3403", "read"): "Peran Anda tidak membaca berkas. Masuklah dengan peran yang bertugas pada berkas.",
    ("P3403", "many_readings"): (
        "Anda sudah membuka 200 berkas di luar meja Anda dalam satu jam. Lanjutkan nanti, atau minta bantuan atasan."
    ),
    ("P3409", "order"): "Data petugas ini baru saja diubah administrator lain. Muat ulang, lalu ulangi.",
    ("P3403", "log"): "Catatan pembacaan hanya diekspor oleh administrator dan auditor.",
    ("P3403", "too_many"): "Terlalu banyak nomor antrean diminta sekaligus. Tunggu beberapa detik.",
    ("P3409", "login"): "Nama akun itu sudah dipakai. Pilih nama lain.",
    ("P3409", "ticket"): "Nomor antrean itu sudah didaftarkan.",
    ("P3409", "called"): "Nomor itu sudah dipanggil loket lain. Panggil nomor berikutnya.",
    ("P3409", "place"): "Loket ini masih melayani satu nomor. Selesaikan atau tahan dahulu.",
    ("P3409", "empty"): "Tidak ada yang menunggu untuk loket ini.",
    ("P3409", "queue"): "Nomor itu sudah berubah keadaannya. Daftar antrean dimuat ulang.",
    ("P3409", "undo"): "Sudah lewat 10 detik, jadi tidak dapat dibatalkan lagi.",
    ("P3409", "booking"): "Nomor daring itu sudah dipakai atau sudah dibatalkan.",
    ("P3409", "package"): "Permohonan daring itu sudah pernah masuk.",
    ("P3409", "entry"): "Isian sudah diubah petugas lain. Yang Anda ketik tetap ada; muat ulang untuk membandingkan.",
    ("P3409", "draft"): "Sudah ada draf yang lebih baru. Muat ulang berkas.",
    ("P3409", "sent"): "Surel ini sudah dikirim.",
    ("P3409", "leased"): "Surel ini sedang dikirim PC lain.",
    ("P3409", "period"): "Jam kerja itu baru saja diubah administrator lain. Muat ulang, lalu periksa lagi.",
    ("P3409", "absence"): "Pada tanggal itu sudah ada cuti yang tercatat. Muat ulang, lalu periksa lagi.",
    ("P3409", "sealed"): "Hari itu sudah disegel. Yang terjadi sesudahnya masuk segel hari berikutnya.",
    ("P3409", ""): "Berkas ini sudah diproses petugas lain. Yang tampil akan dimuat ulang.",
    ("P3400", "day"): "Hari itu belum selesai, jadi belum dapat disegel.",
    ("P3403", "booking"): "Nomor daring diurus Front Office atau administrator.",
    ("P3422", "reason"): "Tuliskan alasannya, paling sedikit 3 huruf.",
    ("P3422", "rejoin"): "Nomor yang tidak hadir boleh ikut lagi sesudah dua nomor lain dipanggil.",
    ("P3422", "place"): "Loket Anda belum ditetapkan. Minta administrator mengisinya di halaman Petugas.",
    ("P3422", "service"): "Layanan itu sedang tidak dibuka. Pilih layanan lain.",
    ("P3422", "quota"): "Kuota nomor hari ini untuk layanan itu sudah habis. Datanglah besok pagi.",
    ("P3422", "slot"): "Jam itu sudah penuh. Pilih jam lain.",
    ("P3422", "closed"): "Pengambilan nomor belum dibuka atau sudah ditutup.",
    ("P3422", "booking"): "Nomor daring itu tidak ada atau sudah dibatalkan. Tanyakan kepada petugas.",
    ("P3422", "booking_day"): "Nomor daring itu untuk hari lain. Ambil nomor biasa atau datang pada harinya.",
    ("P3422", "booking_early"): "Belum waktunya. Laporkan kehadiran paling awal 15 menit sebelum jam Anda.",
    ("P3422", "booking_late"): "Jam nomor daring itu sudah lewat. Silakan menemui petugas atau ambil nomor biasa.",
    ("P3422", "note"): "Tuliskan alasannya, paling sedikit 5 huruf.",
    ("P3422", "route"): "Pilih dahulu: putusan dari Pengadilan Negeri atau Pengadilan Agama.",
    ("P3422", "contact"): "Isi alamat surel pemohon; dokumen jadi dikirim ke sana.",
    ("P3422", "requirements"): "Masih ada persyaratan yang belum ada atau belum ditandai terbaca.",
    ("P3422", "findings"): "Sebutkan dahulu apa yang salah atau kurang.",
    ("P3422", "notice"): "Pemberitahuan kepada pemohon belum dibuat.",
    ("P3422", "answer"): "Catat dahulu apa yang dilengkapi pemohon.",
    ("P3422", "answer_time"): "Waktu pemohon melengkapi harus sesudah catatan kekurangan dan tidak di masa depan.",
    ("P3422", "draft"): "Cetak draf dari isian terakhir dahulu.",
    ("P3422", "confirmed"): "Pemohon belum menyatakan sudah memeriksa draf.",
    ("P3422", "ktp_request"): "Lembar pengajuan KTP-el belum dibuat.",
    ("P3422", "resi"): "Resi belum tercetak atau belum diterima server surel.",
    ("P3422", "seen"): "Masih ada halaman draf atau pindaian yang belum Anda lihat.",
    ("P3422", "signed"): "Belum semua dokumen bertanda tangan dan lolos pemeriksaan.",
    ("P3422", "accepted"): "Server surel belum menerima kiriman.",
    ("P3422", "why"): "Berkas ini tidak di meja Anda. Tuliskan alasan membukanya, paling sedikit 5 huruf.",
    ("P3422", "last_admin"): "Ini administrator terakhir; tetapkan administrator lain dahulu.",
    ("P3422", "absence_past"): "Cuti hanya dapat dicatat untuk hari ini dan sesudahnya.",
    ("P3422", "absence_long"): "Cuti paling lama satu tahun sekali catat.",
    ("P3422", ""): "Syarat langkah ini belum terpenuhi. Muat ulang berkas, lalu periksa lagi.",
    ("P3423", ""): "Catatan yang sudah tersimpan tidak dapat diubah atau dihapus.",
}

NOT_THERE = "Berkas itu tidak ada, atau tidak terbuka bagi Anda. Periksa nomornya, atau carilah dahulu."

LENGTH = "check constraint failed: length("
LENGTH_NAMED = 'violates check constraint "length_'
TOO_SHORT_OR_LONG = "Ada isian yang terlalu pendek atau terlalu panjang. Perbaiki, lalu ulangi."

TROUBLE: dict[str, str] = {
    "disk is full": (
        "Penyimpanan penuh. Kosongkan ruang di PC ini atau hubungi petugas TI; isian Anda tetap disimpan di layar."
    ),
    "disk i/o error": "Penyimpanan tidak dapat ditulis. Hubungi petugas TI; isian Anda tetap disimpan di layar.",
    "database is locked": "Basis data sedang sibuk. Tunggu sebentar lalu ulangi.",
    "unable to open database": (
        "Berkas basis data tidak dapat dibuka. Periksa letak dan izinnya, atau hubungi petugas TI."
    ),
    "file is not a database": "Berkas ini bukan basis data PELITA 3. Pilih berkas lain atau pulihkan dari cadangan.",
    "malformed": "Basis data rusak. Jangan diteruskan; pulihkan dari cadangan terakhir atau hubungi petugas TI.",
    "readonly database": "Basis data hanya dapat dibaca. Hubungi petugas TI untuk memeriksa izin berkasnya.",
    "attempt to write a readonly": "Basis data hanya dapat dibaca. Hubungi petugas TI untuk memeriksa izin berkasnya.",
}
