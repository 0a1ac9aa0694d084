"""Words that tell what a sentence beside a verdict is for, and those it must not hold. Contains no logic."""

import re

from pipeline.approval.reply_sets import word_set
from pipeline.approval.words import Kind

#: Open a request or an aside in the middle of a sentence: what follows is a piece of its own.
OPENERS = word_set(
    """
    tolong tlg tlong please pls plz kindly mohon mhn mhon semoga moga makasih thanks terimakasih
    maaf sorry sori silakan silahkan monggo mangga buruan cepetan hope hopefully agar supaya btw
    kasian kasihan
    """
)
ASKS = word_set(
    """
    tolong tlg tlong please pls plz kindly mohon mhn mhon harap nyuwun jangan jgn don't dont buruan
    cepetan ndang gek agar supaya
    """
)
SORRY = word_set(
    """
    maaf sorry sori apologies apology apologize apologise mohon-maaf punten pangapunten ngapunten
    nyuwun maklum dimaklumi
    """
)
LATE = word_set(
    """
    late telat terlambat delay delayed lama lambat slow lelet missed miss kelewat kelewatan terlewat
    terlewatkan keterlambatan keterlambatannya baru wait buried sitting spam overlooked kesibukan
    ketimbun tertimbun ketutup took while sempat sempet buka
    """
)
#: Why somebody did not answer, or where he is.
AWAY = word_set(
    """
    tadi kemarin yesterday cuti leave travelling traveling travel trip meeting meetings rapat dinas
    sakit sick jalan perjalanan hp sinyal sibuk busy flight pesawat mudik libur holiday vacation
    site plane road lapangan office kantor luar kota pulang flu demam opname umroh umrah down was been abroad
    lagi lg td sedang numpuk nyetir repot hectic crazy training bandara airport terbang boarding hotel
    stasiun pabrik merah
    tol klinik dokter rumah mau flight
    """
) | {"on leave", "di luar"}
PLACED = word_set("di ke in at")
WISHES = word_set(
    """
    happy merry met trust looking doakan doain semoga moga moga-moga mudah-mudahan mudah mudahan
    hope hopefully wish may muga mugi mugia selamat luck enjoy welcome semangat congrats
    congratulations sukses stay have
    """
)
SOCIAL = word_set(
    """
    weekend liburan acara acaranya seru foto fotonya ngopi kopi lunch makan ketemu ketemuan jumpa
    keluarga family cuaca weather salam hujan macet undangan undangannya titip ultah birthday bola
    kado traktir kangen holiday holidays hati
    """
) | {"see you", "see you soon", "sampai ketemu", "sampai jumpa"}
PRAISE = word_set(
    """
    nice job welldone keren rapi enak rajin pintar cekatan easier gampang helpful mantap jempol love
    suka nyaman bagus great
    """
)
TELLS = word_set(
    """
    ajari diajari diajarin bimbing dibimbing teach show remind ingatkan ingetin bilang suruh talk kabari
    kabarin
    dikabari kabarkan infokan diinformasikan diinfokan informasikan info informkan inform notify
    tell beritahu beritahukan diberitahu diberitahukan bilangin sampaikan sampein copy cc infoin ngabarin
    update
    """
)
CONTACTS = word_set(
    """
    koordinasi berkoordinasi koordinasikan hubungi menghubungi dihubungi kontak contact call telepon
    telpon telp tlp wa whatsapp japri chat
    reach ping email emailkan langsung talk tanya
    """
)
SENDS = word_set(
    """
    kirim kirimkan kirimin dikirim send emailkan email mail share
    """
)
SECRETS = word_set(
    """
    password passwordnya kredensial kredensialnya credential credentials login loginnya username
    sandi sandinya link linknya
    """
)
#: What somebody asks to hear when the work is done; alone it would be a check that is still to come.
REPORTS = word_set(
    """
    konfirmasi dikonfirmasi konfirmasikan confirm confirmation reply balas dibalas email lapor
    laporan report update send kirim kirimkan dikirim
    """
)
#: Where the access is used: laptops and the like are no part of it.
EQUIPMENT = word_set(
    """
    laptop laptopnya komputer komputernya pc pc-nya printer printernya hp hpnya handphone instalasi
    installation pemasangan
    """
)
RECORDS = word_set(
    """
    update catat dicatat arsip arsipkan diarsipkan arsipin file log simpan disimpan perbarui
    diperbarui record masukkan dimasukkan dibuatkan dibuat buatkan lengkapi
    """
)
RECORDED = word_set(
    """
    register registernya dokumentasi dokumentasinya pencatatan catatannya berita form formnya
    formulir dokumen arsip log tiket ticket logbook daftar list
    """
)
#: Carry the approved request out, and change nothing of it.
CARRIES_OUT = word_set(
    """
    arrange handle assist complete prioritize prioritise garap digarap hurry gercep kebut bantu
    dibantu dibntu ditindaklanjuti setup setting urus tinggal his soon get petugas kerja quick quickly
    """
) | {"take care", "do the needful", "set", "up"}
READY = word_set(
    """
    ready done finished completed complete selesai aktif active activated jadi beres siap kelar
    rampung up running bisa dipakai dapat digunakan resolved reply activation completion
    installation aktivasi diambil collected
    """
)
#: What is made ready: nothing that could be a condition ("NDA ready").
MADE = word_set(
    """
    akun akunnya account mailbox email access accesses akses aksesnya login user userid password
    passwordnya everything semuanya setup pengerjaannya prosesnya hari we need have it dikerjain kartunya
    kuncinya
    kartu kunci card key laptopnya
    """
)
BEFORE = word_set("before sebelum sblm by ahead")
FROM_DAY = word_set(
    """
    per mulai from on pada tanggal tgl starting effective efektif hari
    """
)
MONTHS = word_set(
    """
    januari februari maret april mei juni juli agustus september oktober november nopember desember
    january february march may june july august october december tanggal tgl hari jam week minggu
    pekan days month months bulan day weeks years year tahun
    """
)
DAYS = word_set(
    """
    senin selasa rabu kamis jumat jum'at sabtu monday tuesday wednesday thursday friday saturday
    sunday besok tomorrow lusa next depan tonight mendatang
    """
)
PRONOUNS = word_set(
    """
    he she they his her their them him dia beliau mereka ia you your anda kamu orang orangnya
    anaknya ybs it
    """
)
TROUBLE = word_set(
    """
    kendala masalah pertanyaan question questions issue issues problem problems trouble hambatan
    kesulitan jelas urgent kesusahan bingung needed necessary anything unclear kurang perlu apa
    ditanyakan tanya details apa-apa
    """
)
IF = word_set(
    """
    kalau kalo klo kl klu kalau-kalau jika jk bila apabila bilamana if should when once setelah
    after nek yen mun upami lamun
    """
) | {"should you", "in case"}
NEEDS = word_set(
    """
    need needs needed butuh perlu memerlukan membutuhkan
    """
)
THAT = word_set(
    """
    it this these them ini itu akses access aksesnya
    """
)
STARTS = word_set(
    """
    start starts started join joins joined begin begins mulai masuk gabung bergabung works work
    bekerja sits duduk waiting nunggu nungguin menunggu
    """
)
REFERS = word_set(
    """
    sesuai berdasarkan menindaklanjuti sehubungan mengacu merujuk as based following further terkait
    mengingat considering menjawab menanggapi membalas
    """
)
TALKED = word_set(
    """
    diskusi obrolan pembicaraan telepon percakapan rapat meeting discussed discussion call
    conversation kebutuhan needs need operasional agreed email surat pertanyaan
    """
) | {"di bawah"}
NO_NEED = word_set(
    """
    perlu need needs usah harus prl
    """
)
WAITS = word_set(
    """
    menunggu nunggu tunggu wait waiting konfirmasi confirm call menghubungi hubungi tanya telepon
    telpon lapor email reply balas ask worry khawatir nungguin ditunggu
    """
)
ROLES = word_set(
    """
    kepala head manager manajer divisi departemen department bagian bidang unit dept division
    """
)
ABSTAINS = word_set(
    """
    could might would sempat
    """
)
#: Say how the writer takes what he tells, and that he tells it.
FEELS = word_set(
    """
    maklum kasihan kasian kebetulan akhirnya untung untungnya ternyata syukur syukurlah alhamdulillah lumayan
    makanya finally luckily pantesan
    """
)
#: Tell what is so, and not what shall be.
TELLS_FACT = word_set("sedang memang emang barusan")
TITLES = word_set("pak bapak bu ibu mas mbak kak bang kang mr mrs ms")
#: What is granted: a sentence that speaks of it may change it.
GRANTED = word_set(
    """
    akses aksesnya access accesses hak haknya right rights role roles peran menu modul fitur lisensi
    account accounts akun akunnya privilege privileges permission item items permintaan
    permintaannya request requests permohonan pengajuan
    """
)
#: Third persons, of whom a sentence may tell anything that is no condition.
THIRD = word_set(
    """
    he she they his her their them him dia beliau mereka orang orangnya anaknya anak staf karyawan ybs
    colleague kolega user usernya tim timnya karyawannya pegawainya
    """
)
#: Verbs of serving: they carry out, hasten or help, and change nothing.
SERVING = re.compile(
    r"(?:di|me[mn]?[gy]?|nge)?(?:priorit|percep|cepat|cepet|kebut|exped|rush|hurry|bantu|instal|pasang|antar|help|assist|arrang|"
    r"handl|garap|kerja|urus|process|proses|complet)"
)
#: Kinds of words that no harmless sentence holds, unless its frame says otherwise.
VETOES = frozenset({
    Kind.YES, Kind.GO, Kind.DO, Kind.NO, Kind.REVISE, Kind.NOUN, Kind.NEG, Kind.YET, Kind.DOUBLE, Kind.COND,
    Kind.HOLD, Kind.LIMIT, Kind.ONLY, Kind.EXCEPT, Kind.CONTRAST, Kind.CHOICE, Kind.ASK, Kind.AGENT,
    Kind.SHOULD, Kind.CORRECTION, Kind.BELOW, Kind.RANGE, Kind.REST, Kind.LATER, Kind.ORDINAL, Kind.NUMBER,
    Kind.TARGET, Kind.NOOBJ, Kind.DEADLINE,
})  # fmt: skip
#: Beginnings of words, in no list of their own, that limit, doubt, decide, ask for something or take back.
DANGEROUS = re.compile(
    r"(?:di|me[mn]?[gy]?|pe[mn]?[gy]?|ter|ke|nge|un|re)?(?:"
    r"tiada|hadap|batas|kurang|hapus|cabut|coret|limit|restrict|remov|reduc|delet|drop|revo[ck]|downgrad|lower|"
    r"narrow|putus|decid|decis|confirm|konfirm|verif|valid|izin|ijin|permi[ts]|consent|sign|ttd|tanda|"
    r"agree|approv|setuj|stuju|satuj|sepakat|acc$|tolak|reject|refus|deny|denie|declin|cancel|batal|"
    r"tunda|postpon|hold|pending|ragu|doubt|khawatir|worr|risk$|risks|risky|risik|bahaya|keberat|"
    r"object|oppos|against|kidding|canda|jok(?:e|ing|es)$|bohong|prank|sarcas|wrong|salah|keliru|"
    r"mista[ck]|err?or|typo|another|other|lain|instead|ganti|chang|ubah|replac|alih|pindah|swap|syarat|"
    r"condit|kondisi|requir|wajib|harus|mandat|nda$|train|latih|oblig|must|only|except|kecual|shar[ei]|"
    r"bareng|bersama|sama$|trial|tempor|sementara|view|edit$|edits|editing|read$|reads|reading|write|"
    r"baca|tulis|admin|level|lisensi|licen|paket|packag|murah|cheap|small|kecil|basic|dasar|standar|"
    r"budget|anggar|cost|biaya|mahal|expens|too$|terlalu|banyak|excess|forget|lupakan|ignor|abai|undo|"
    r"retract|withdraw|tarik|recons|pikir|think|sure$|maybe|mungkin|torn|minds?$|meant|maksud|oops|"
    r"ups$|cuma|hanya|audit|vpn|erp|turun|matikan|disabl|nonaktif|off$|clos|tutup$|expir|berakhir|"
    r"legal|director|direks|direktur|boss?$|upto|pangkas|potong|trim|cap$|cut$|scale|tone|block|blokir|"
    r"kunci|lock|freez|beku|suspend|prefer|suggest|saran|usul|recommend|assum|presum|trust|anggap|"
    r"percaya|clear|fill|isi$|diisi|lengkap|lampir|attach|justif|clarif|klarif|bukti|proof|evidence|"
    r"damping|awas|superv|monitor|pantau|lie$|lied|ngibul|ngaco|nyesal|regret|sesal|impos|paksa|forc|"
    r"minim|maks|maxim|sebatas|sekedar|cukup|enough|balik|return|resubmit|revis|correct|koreksi|betul|"
    r"fix|perbaik|adjust|sesuaik|tweak|modif|dul[ou]$|belakang|later|eventual|sooner|wajar|reason|"
    r"alasan|aneh|odd|weird|strange|heran|curig|suspic|back$|escal|naikkan|arahan|petunjuk|masukan|"
    r"pendapat|tanggap|advi[sc]|guid|input$|opinion|feedback|paraf|stempel|materai|meterai|stamp|"
    r"initial|endors|counter|get$|gets$|getting|obtain|dapatkan|peroleh|choos|pilih|pick$|owe|mutasi|"
    r"resign|leav|moved|accident|spoke|confus|mess|sent$|terkirim|kepencet|pencet|split|bagi$|gilir|"
    r"altern|versi|demo$|sandbox|staging|uat$|lite$|fewer|less$|smaller|narrower|rather|partial|sampel|dummy|"
    r"sewa|pinjam|borrow|transfer|serah|handover|upgrade|tambah|extra|extend|perpanjang|renew|"
    r"terserah|tergantung|until|sampai|stop|henti|draft|draf|contoh|example|sampl|test|tes$|coba)"
)
