"""The page of advice in directory.xlsx, for those who keep it. Text only."""

from pipeline.model import Language

#: Title, then (heading, advice) line by line.
GUIDE: dict[Language, tuple[str, tuple[tuple[str, str], ...]]] = {
    "id": ("Cara merawat direktori ini", (
        ("Untuk apa",
         "Akses membaca berkas ini setiap kali berubah. Dari sini ia tahu siapa yang boleh meminta "
         "akses, siapa yang memutuskan, siapa yang mengerjakan, dan siapa yang menerima ringkasan "
         "bulanan."),
        ("Siapa yang dicatat",
         "Semua orang yang mengirim formulir, menyetujui, mengerjakan, atau menerima laporan. "
         "Karyawan lain tidak harus dicatat."),
        ("Manager",
         "Boleh meminta akses untuk departemennya (SOP 3.1)."),
        ("Penanggung jawab",
         "Sama seperti Manager, bila departemen diwakili orang lain (SOP 4.10)."),
        ("Kepala divisi",
         "Menandatangani formulir (SOP 5.2). Alamatnya juga diisi di lembar Departemen."),
        ("IT Manager",
         "Memutuskan permintaan (SOP 5.2). Harus ada paling sedikit satu orang."),
        ("IT Staff",
         "Mengerjakan yang disetujui dan mengisi register (SOP 5.3). Harus ada paling sedikit satu "
         "orang."),
        ("Manajemen",
         "Menerima ringkasan bulanan; memutuskan bila IT Manager sendiri pemohonnya."),
        ("Karyawan",
         "Tercatat saja, misalnya supaya email untuknya memakai bahasanya."),
        ("Beberapa peran",
         "Orang yang memegang beberapa peran atau departemen ditulis di beberapa baris, dengan "
         "nama dan alamat yang sama. Satu peran satu baris."),
        ("Pengganti",
         "Saat cuti atau dinas, isi alamat pengganti beserta hari pertama dan hari terakhirnya. "
         "Sesudah tanggal itu lewat, semuanya kembali seperti semula; barisnya tidak perlu diubah."),
        ("Sertifikat",
         "Kosongkan, kecuali perusahaan memakai tanda tangan S/MIME (sender_proof.smime): jawaban yang "
         "ditandatangani dengan sertifikat ini membuktikan pengirimnya. Hapus bila sertifikat dicabut."),
        ("Departemen",
         "Nama lain dipisah dengan titik koma, misalnya: Keuangan; Finance & Accounting. Formulir "
         "dengan nama itu tetap dikenali. Salah ketik tidak ditebak."),
        ("Yang boleh",
         "Mengurutkan, menyaring, mewarnai, menambah kolom dan lembar sendiri, menghapus orang "
         "yang sudah keluar. Riwayat permintaan tidak ikut terhapus."),
        ("Yang jangan",
         "Mengganti judul kolom, atau menulis dua alamat dalam satu sel."),
        ("Bila ada yang salah",
         "Akses tetap bekerja dengan isi terakhir yang benar dan memberi tahu Tim IT sel mana yang "
         "harus dibetulkan. Periksa sendiri dengan: uv run run.py doctor."),
    )),
    "en": ("How to keep this directory", (
        ("What it is for",
         "Akses reads this file whenever it changes. It tells who may ask for access, who decides, "
         "who does the work, and who gets the monthly summary."),
        ("Whom to list",
         "Everybody who sends forms, approves, does the work or gets reports. Other employees need "
         "not be listed."),
        ("Manager",
         "May ask for access for the department (SOP 3.1)."),
        ("Person in charge",
         "The same as a manager, where somebody else speaks for the department (SOP 4.10)."),
        ("Division head",
         "Signs the form (SOP 5.2). The address also stands on the sheet Departments."),
        ("IT Manager",
         "Decides requests (SOP 5.2). There must be at least one."),
        ("IT Staff",
         "Do what was approved and fill in the register (SOP 5.3). There must be at least one."),
        ("Management",
         "Gets the monthly summary; decides where the IT Manager is the requester."),
        ("Employee",
         "Merely listed, for example to get mail in the right language."),
        ("Several roles",
         "Somebody with several roles or departments has several rows, with the same name and "
         "address. One role a row."),
        ("Deputy",
         "For leave or travel, fill in the deputy's address with the first and the last day. When "
         "the days are over everything is as before; the row need not be changed."),
        ("Certificate",
         "Leave it blank, unless the company uses S/MIME signatures (sender_proof.smime): an answer that "
         "is signed with this certificate proves its sender. Clear it when the certificate is revoked."),
        ("Departments",
         "Other names stand between semicolons, like: Keuangan; Finance & Accounting. A form with "
         "that name is understood. Spelling mistakes are not guessed at."),
        ("You may",
         "Sort, filter, colour, add columns and sheets of your own, delete people who left. The "
         "history of requests stays."),
        ("Please do not",
         "Rename the headers, or write two addresses into one cell."),
        ("When something is wrong",
         "Akses goes on with the last good version and tells IT which cell to mend. Check it "
         "yourself with: uv run run.py doctor."),
    )),
}  # fmt: skip
