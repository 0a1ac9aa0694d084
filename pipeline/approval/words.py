"""The words people decide with, as visible lists: one class for each word. Contains no logic.

A word that stands in no list is unknown, and an approval with an unknown word beside it is asked back. To teach
Akses a word, add it to the right list and a line to tests/specimens/replies/table.tsv.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What a word does in an answer."""

    YES = "approves"
    GO = "tells us to go ahead"
    DO = "asks for the work that follows an approval"
    WEAK = "OK, yes, a thumb: approves only together with something else"
    NO = "refuses"
    REVISE = "sends the form back"
    NEG = "negates"
    YET = "negates for now"
    NOUN = "names approvals without giving one"
    SOFT = "says that nothing speaks against it"
    NOOBJ = "has no objection"
    COND = "makes a condition"
    HOLD = "puts off, doubts, wants to ask or check"
    LATER = "speaks of a later time"
    DEADLINE = "says until when the work is wanted"
    LIMIT = "limits what is approved"
    ONLY = "only"
    CONTRAST = "but"
    AND = "and, while"
    CHOICE = "or"
    ASK = "asks a question"
    AGENT = "speaks of what somebody else did, said or is to do"
    PAST = "already"
    CAN = "can, may"
    SHOULD = "should"
    FIRST = "the writer"
    TITLE = "Pak, Bu, Mr"
    GREETING = "greets"
    THANKS = "thanks"
    BECAUSE = "gives a reason"
    ALL = "all items"
    BOTH = "all items, counted"
    REST = "the items not yet named"
    EXCEPT = "all but"
    ITEM = "item, number"
    RANGE = "from ... to"
    ORDINAL = "first, second"
    CORRECTION = "takes back what was said"
    DOUBLE = "two negations"
    BELOW = "see below"
    SAFE = "changes nothing"
    UNKNOWN = "unknown"
    TARGET = "items"
    NUMBER = "a number that is no item"
    MARK = "punctuation"


#: Words of a kind that decide, refuse or stop. Typing errors of these are recognised (see reply_spelling.py).
WORDS: dict[Kind, str] = {
    Kind.YES: """
        setuju setujui disetujui menyetujui kusetujui disetuju stuju setujuh acc diacc acced di-acc aacc accept accepted accepts acceptable
        approve approved approves approving approv aprv apprv appr diapprove diapproved okein okkan agree agreed agrees izinkan diizinkan mengizinkan izinin
        ijinkan diijinkan mengijinkan kabulkan dikabulkan mengabulkan perkenankan diperkenankan boleh bole dibolehkan bolehin
        diperbolehkan perbolehkan granted lgtm sahkan disahkan sepakat disepakati sependapat restui direstui merestui permitted
        authorised authorized authorise authorize endorsed endorse greenlight greenlit allow allowed sutuju setojo
        satuju satujui disatujui disatujuan stj stju setujoni disetujoni aprroved apporved sarujuk sarujuki satujuan disatujuan stujui saroju setujuin""",
    Kind.GO: """
        silakan silahkan silakeun silaken slkan slahkan monggo mangga sumonggo lanjut lanjutkan dilanjutkan lanjutin lanjoot lanjutken proses diproses
        prosess proceed proceeding eksekusi dieksekusi execute gas gass gaspol gaskeun gasken gaskan digas jalankan dijalankan jalanin gaspoll
        dilaksanakan laksanakan implement
        lanjutaken dilanjutaken lanjutkeun lajengkeun dilajengkeun lajengaken dilajengaken dilanjutkeun memproses dproses memprosesnya melanjutkan procced procede prosed""",
    Kind.DO: """
        buatkan dibuatkan buat dibuat bikinkan dibikinkan bikin berikan diberikan beri diberi kasih kasihkan dikasih kasi dikasi aktifkan diaktifkan
        aktivasi buka dibuka bukakan dibukakan setup set-up disetup siapkan disiapkan tambahkan ditambahkan daftarkan didaftarkan pasang dipasang create
        created provision provisioned give given activate activated enable enabled grant process processed start continue kerjakan dikerjakan tindaklanjuti
        ditindaklanjuti tindak lanjuti urus diurus selesaikan diselesaikan realisasikan direalisasikan add added open
        dibikinin bikinin buatin dibuatin kerjain dkrjain dikerjain kerjakeun digarap garap buatken damel didamel damelaken membuatkan mengaktifkan aktifin diaktifin mengerjakan menyiapkan siapin disiapin needful arrange handle make followup difollowup""",
    Kind.WEAK: """
        ok oke okay okey okeh oks okk okelah oki okidoki ya iya yaa iyah yes yess yep yup yea yeah yoi yuk bisa-saja fine alright
        iyo nggih inggih injih njih nggeh nggihh
        muhun enggih sumuhun leres iye iyeh jempol""",
    Kind.NO: """
        tolak tlk ditolak dtlk menolak kutolak tolakin tolaklah nolak reject rejected rejects rejecting rejek decline declined declines declining deny denied
        denies refuse refused refuses refusing disapprove disapproved disapproves disagree disagreed veto diveto keberatan object objection objections
        unacceptable batalkan dibatalkan membatalkan batal cancel canceled cancelled unapproved mismatch tolakan""",
    Kind.REVISE: """
        revisi direvisi merevisi revisikan kembalikan dikembalikan balikin dibalikin balikkan revise revised resubmit resubmitted perbaiki diperbaiki
        perbaikan betulkan dibetulkan koreksikan dikoreksi""",
    Kind.NEG: """
        tidak tdk tak nggak enggak engga ngga nggk gak gk ga kagak kaga ndak ndk nda ora mboten bukan bkn bukannya bukanlah jangan jgn janganlah jngn tanpa tnp
        tiada emoh ogah not no nope never none neither nor cannot cant dont wont didnt doesnt isnt arent wasnt havent hasnt shouldnt wouldnt couldnt
        without nothing nobody noone un non dis tidaklah takkan gausah gabisa gaboleh gada gamau tidakbisa hardly
        teu henteu ulah ojo dudu sanes moal""",
    Kind.YET: "belum blm blum belom blom blon belumlah belon durung dereng acan tacan alun",
    Kind.NOUN: """
        persetujuan approval approvals penolakan rejection izin ijin permission consent keputusan decision acc-an otorisasi authorization authorisation
        approver approvalnya""",
    Kind.COND: """
        asal asalkan asalkn asl jika jikalau jk bila bilamana apabila kalau kalo klo klu kl kalaupun seandainya andaikan andai selama sepanjang sejauh
        setelah stlh sesudah sehabis sebelum sblm begitu tergantung bergantung if unless once when whenever after before provided providing
        conditional conditionally condition conditions contingent depend depends depending assuming subject syarat syaratnya bersyarat persyaratan catatan
        catatannya note except-if seizin sepengetahuan pastikan dipastikan ensure wajib harus hrs must diharuskan mengharuskan notes
        yen nek menawi menawa lamun upami mun angger sakdurunge sakwise saparantos sateuacan saupami""",
    Kind.HOLD: """
        delay tunggu ditunggu menunggu nunggu menanti pending dipending hold holding tahan ditahan tunda ditunda menunda postpone postponed defer deferred
        wait waiting dulu dahulu dlu sebentar bentar sbntr cek dicek ngecek check checking checked review direview reviewing discuss diskusi diskusikan
        didiskusikan bahas dibahas bicarakan dibicarakan bicara meeting rapat rapatkan confirm konfirmasi konfirmasikan dikonfirmasi verify verifikasi
        diverifikasi validasi klarifikasi jelaskan dijelaskan explain tanya tanyakan ditanyakan menanyakan nanya ask asking hubungi dihubungi contact
        koordinasi koordinasikan dikoordinasikan berkoordinasi pelajari dipelajari mempelajari pertimbangkan dipertimbangkan mempertimbangkan consider
        considering pikir pikirkan pikir-pikir think thinking maybe mungkin kayaknya kayanya sepertinya probably perhaps ragu unsure lengkapi dilengkapi
        melengkapi lampirkan dilampirkan skip lewati lewat ditangguhkan tangguhkan stop hentikan dihentikan suspend suspended bimbang bingung confused
        hmm hm nah bertahap coba try ganti diganti change changed ubah diubah kurangi dikurangi reduce remove hapus dihapus cabut dicabut revoke drop
        pisahkan dipisah pisah turunkan diturunkan downgrade let's lets seharusnya mestinya undo almost nearly agak seolah seolah-olah seakan seakan-akan hampir semoga hopefully wish
        ngenteni antos antosan dagoan heula sek sik riyin rumiyin""",
    Kind.LATER: """
        akan akn nanti nnti ntar bakal bakalan hendak mau ingin pengen besok bsk lusa menyusul kapan-kapan will shall would 'll 'd gonna going plan planned
        planning intend later soon rencana rencananya berencana tomorrow tonight senin selasa rabu kamis jumat jum'at sabtu monday tuesday wednesday
        thursday friday saturday sunday next depan mendatang kemudian eventually sometime
        mengko mangke engke engkin sesuk benjing enjing isukan arep badhe bade entar baris""",
    Kind.LIMIT: """
        bulan minggu pekan hari tahun jam thn bln week weeks month months day days year years hour hours temporary temporarily sementara trial percobaan
        read baca membaca write tulis menulis edit view lihat viewer readonly admin level tingkat terbatas limited limit batas batasi dibatasi
        maksimal maks max minimal min partial partially sebagian separuh setengah half partly hingga until untill till til s/d prinsip principle
        prinsipnya periode masa expired kadaluarsa januari februari maret april mei juni juli agustus september oktober november nopember desember january
        february march may june july august october december tanggal tgl""",
    Kind.ONLY: "hanya hny cuma cuman sekadar sekedar only just solely merely cukup mung namung ngan ukur wungkul hungkul",
    Kind.CONTRAST: """
        tapi tp tetapi ttpi ttapi namun but however although though walaupun walau meskipun meski sayangnya unfortunately sayang yet still padahal
        sebaliknya otherwise instead
        nanging ananging""",
    Kind.AND: "dan dn serta sedangkan sdgkan sementara-itu while whereas lalu then juga jg and plus melainkan justru jadi jd so maka makanya also jeung kalih sareng",
    Kind.CHOICE: "atau ato or versus utawa utawi atanapi",
    Kind.ASK: """
        apakah apkh kenapa knp knapa mengapa ngapain bagaimana bgmn gimana gmn gmana siapa sapa siapakah berapa brp manakah kok masa why who whom whose how
        what whats which where kapan sudahkah bolehkah bisakah setujukah ditolakkah disetujuikah haruskah
        piye kepriye kumaha naha kunaon ngopo sopo saha punapa""",
    Kind.AGENT: """
        oleh by kata katanya menurut says said bilang ujar berkata dia beliau mereka ia he she they his her their him them direktur direksi dirut
        director cfo ceo coo cto gm kadiv kadep atasan boss bos manajemen management pimpinan legal audit auditor komite committee owner pemilik vendor
        you your anda kamu kalian mereka-nya bpk-nya someone somebody seseorang orang delegasi delegasikan didelegasikan delegate teruskan diteruskan
        forward forwarded fwd sekretaris
        jare saurna saur cenah ceunah panjenengan anjeun die piyambakipun""",
    Kind.PAST: """
        sudah sdh udah udh dah telah tlh already have has had was were been kemarin kmrn kmrin tadi yesterday earlier pernah did previously sebelumnya
        sampun wis wes udeh ude geus parantos""",
    Kind.CAN: "bisa bs dapat dpt dapatkah sanggup berkenan tiasa saged saget can could able may might berani sempat mampu",
    Kind.SHOULD: "sebaiknya sbaiknya baiknya mending mendingan lebih should better",
    Kind.CORRECTION: "ralat koreksi correction maksudnya rectify meralat",
    Kind.EXCEPT: "kecuali terkecuali kcuali except exept excepting excluding exclude minus selain slain",
}

#: Neutral words, by what they are good for.
NEUTRAL: dict[Kind, str] = {
    Kind.FIRST: "saya sy sya kulo aku ak gue gw gua ane kami kita kt i we me my mine our us myself im ive ku dariku kula abdi kuring ambo awak",
    Kind.TITLE: """
        pak bapak bpk bp bu ibu mas mbak mba kak kakak bang bro sis mr mrs ms miss sir madam sdr sdri saudara om gan boskuh pakde kang teh koh cik lur dulur
        bosque cak komandan ndan beb bund bray juragan""",
    Kind.GREETING: """
        dear hi hello halo hallo hai hey yth kepada yang-terhormat pagi siang sore malam morning afternoon evening assalamualaikum assalamu'alaikum
        salam wassalam wassalamualaikum shalom waalaikumsalam wa'alaikumsalam wb wr rekan rekan2 team tim all-team good-morning permisi ass aslm horas sampurasun pareng kulonuwun ampun rahajeng""",
    Kind.THANKS: """
        terimakasih trimakasih makasih mksh mksih mks mksi mkasih tks thanks thank thx tq tx ty trims thankyou nuhun suwun trmksh trm ksh cheers regards arigato best
        maturnuwun matursuwun mtrnuwun mauliate maulate kesuwun tarimokasih makasiih sanget pisan makasi maksih thanx thnks nuwun hatur haturnuhun suwon nuhunkeun""",
    Kind.BECAUSE: """
        karena karna krn krna sebab soalnya lantaran berhubung mengingat because bcoz since as due cos demi agar supaya guna sehingga untuk-keperluan biar mumpung alasan
        alasannya reason for-the-purpose memang dibutuhkan""",
    Kind.ALL: """
        semua semuanya semuany semuax smua smw smuanya sumua seluruh seluruhnya keseluruhan all everything every each whole keseluruhannya full
        sedaya sedoyo kabeh kabehe sadayana sadaya sakabeh semuanye semue""",
    Kind.REST: "sisanya sisa lainnya selebihnya rest others remaining remainder selainnya",
    Kind.ITEM: "item items itemnya no nomor nomer nmr number numbers poin point points butir baris urutan line",
    Kind.RANGE: "sampai sampe smp sd to through thru hingga-ke",
    Kind.SAFE: """
        ini itu tsb tersebut di ke dari yang yg utk untuk untk for of the a an this that these those it its is are am be on in at from with dengan dgn pada atas
        terhadap nya lah deh dong sih kan toh loh lho nih aja aje saja ajah sja doang donk ae wae wis dech ne kok-lah pun ada adalah sbg sebagai as-is per side my-side pihak
        sisi segi hal mengenai tentang soal perihal terkait ttg regarding about concerning
        permintaan permintaannya permohonan permohonannya pengajuan pengajuannya usulan request requests requested requesting diminta dimohon dimohonkan diajukan akses aksesnya access
        accesses hak user user-nya usernya account akun akunnya form formulir formulirnya formnya dokumen document application aplikasi system sistem
        sistemnya karyawan karyawannya pegawai staf staff employee employees pemohon requester above atas bawah below berikut terlampir attached
        mohon mhn tolong tlg tlong harap please pls plz kindly minta dibantu bantu bantuannya bantuan help silakan-saja segera sgra secepatnya asap
        immediately now sekarang skrg skr today ini-juga langsung lgsg directly right away asap-ya dipercepat percepat quickly fast cepat cpt
        sesuai sesuaikan requested-by kebutuhan needs need needed butuh perlu dibutuhkan diperlukan memerlukan membutuhkan kerja pekerjaan bekerja work
        kerjaan tugas tugasnya job operasional operational kelancaran mendukung support
        sangat sekali bgt banget benar betul very really totally fully sepenuhnya sepenuh hati jelas clear clearly tentu tentunya sure certainly absolutely
        pasti definitely memang indeed course gladly happy senang hati baik siap siaap sip sipp siip noted mantap mantul top copy roger bagus good great nice perfect well
        dicatat mengerti paham understood dimengerti diterima received menerima maaf sorry mohon-maaf apologies terlambat telat late lama baru respon
        respons response reply replying balas membalas balasan jawaban jawab sehubungan dengan-ini hereby herewith menindaklanjuti following menanggapi
        proceed-with tq-pak hormat infokan diinfokan info informasi informasikan kabari dikabari kabarin update updatenya inform notify let know
        selesai done finished complete finish setelahnya-ya surat email-ini email ema-il mail telah-ini selanjutnya seperti like same sama begitulah demikian
        btw fyi here ybs bersangkutan bersama together status final official resmi formal formally officially confirmed confirm-ed dari-saya end do does did-so
        kedepannya kantor office divisi departemen department division tim-nya perusahaan company keperluan proyek project saja-ya gitu aj emang cakep
        no-problem lampu hijau sudah-pasti wokeh wokey dukung atuh euy mah pisan cus cuss otw yuk ayo mari sok hayu hayuk dah-ya bosku boskuu gan-ya kepentingan
        bagian unit berlaku silahkan-saja tuntas aman safe lengkap reviewed valid cocok tepat wajar reasonable layak pantas selamat sukses bismillah alhamdulillah selaku listed hehe haha wkwk banyak yaudah yaudh yowis provisioning
        adapun reminder remindernya punten pangapunten ngapunten apunten hapunten tuh bah tenan tenanan dipun dados mawon weh ye y yo ndang gek buruan cepetan gercep menyatakan nyatakan nyatakeun dimaksud bahwa sampaikan accordingly pokoknya pokoke intinya barakallah byk alot mhon mohn yah tulung nyuwun enggal guys beres sekalian tlng ucapkan haturkan diucapkan soonest bnyk cepet cepetan geura pemberian pmberian menindaklanjutinya dibntu""",
}

#: Emoji, by class. Any other picture is unknown.
EMOJI: dict[Kind, str] = {
    Kind.WEAK: "✅☑✔👍👌🆗💯🙆🫡",
    Kind.NEG: "❌✖🚫⛔👎🙅✗✘❎🛑",
    Kind.ASK: "❓❔⁉🤔",
    Kind.HOLD: "⏳⌛⏸✋🤚⚠🙄😕😟",
    Kind.SAFE: "🙏😊🙂😀😁😃😄😅👏🎉🔥🚀💪🤝😎🤗😉🥰❤💙💚✨🌟⭐🙌☺😇♥‼",
}

ORDINALS: dict[str, int] = {
    "pertama": 1, "kesatu": 1, "kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5, "keenam": 6, "ketujuh": 7, "kedelapan": 8,
    "kesembilan": 9, "kesepuluh": 10, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "terakhir": -1, "last": -1,
}  # fmt: skip
#: "kedua akses", "keduanya", "both": everything, if there are so many. "item kedua" is the second.
COUNTS: dict[str, int] = {
    "keduanya": 2, "duanya": 2, "both": 2, "ketiganya": 3, "tiganya": 3, "keempatnya": 4, "empatnya": 4, "kelimanya": 5,
    "limanya": 5, "keenamnya": 6, "enamnya": 6, "ketujuhnya": 7, "tujuhnya": 7, "kedelapannya": 8, "delapannya": 8,
    "kesembilannya": 9, "kesepuluhnya": 10,
}  # fmt: skip
CARDINALS: dict[str, int] = {
    "siji": 1, "setunggal": 1, "hiji": 1, "loro": 2, "telu": 3, "tilu": 3, "papat": 4, "opat": 4,
    "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
