"""Fixed expressions whose words mean something else together, as a visible list. Contains no logic.

An element is alternatives ("a|b"); "@neg" is any word that negates, "@me" the writer, "@day" a later day; a "?" at its
end makes it optional. The longest expression that fits wins.
"""

from pipeline.approval.words import Kind

_NOTHING_AGAINST = (
    "masalah|problem|kendala|komentar|komplain|isu|issue|issues|problems|kekhawatiran|koreksi|tambahan|pertanyaan|revisi|perubahan|"
    "hambatan|halangan|catatan|concern|concerns|comment|comments|question|questions|remark|remarks|changes|worries|note|notes|complaint|complaints"
)
_NO_LIMIT = (
    "catatan|syarat|kecuali|terkecuali|pengecualian|masalah|keraguan|ragu|revisi|perubahan|exception|exceptions|condition|conditions|"
    "reservation|reservations|hesitation|change|changes|tapi"
)

IDIOMS: tuple[tuple[str, Kind], ...] = (
    # nothing speaks against it
    (f"@neg ada|punya|have|see|any? {_NOTHING_AGAINST} apapun|apa? pun?", Kind.SOFT),
    (f"no further|other|more? {_NOTHING_AGAINST} at? all? from? @me? side|end?", Kind.SOFT),
    (f"@neg have any {_NOTHING_AGAINST}", Kind.SOFT),
    ("@neg jadi|ada? masalah|soal|persoalan|kendala|problem", Kind.SOFT),
    ("@neg a problem|issue|concern", Kind.SOFT),
    ("@neg ada? apa apa", Kind.SOFT),
    ("@neg papa", Kind.SOFT),
    ("@neg perlu|usah|butuh|need|needs? ada? revisi|direvisi|perbaikan|diperbaiki|perubahan|koreksi|dikoreksi|dikembalikan apapun|lagi?", Kind.SOFT),
    ("no revision|revisions|correction|corrections|amendment|amendments|change|changes|resubmission needed|required|necessary", Kind.SOFT),
    ("revisi|perbaikan|perubahan @neg perlu|usah|diperlukan|dibutuhkan", Kind.SOFT),
    ("gpp", Kind.SOFT), ("gapapa", Kind.SOFT), ("nggapapa", Kind.SOFT),
    ("nothing to reject|add|change|object|decline|refuse here?", Kind.SOFT),
    ("@neg ada yang|yg? perlu|harus|mesti? @me? ditolak|direvisi|diubah|dikoreksi|diperbaiki|ditambahkan|dikhawatirkan|dipermasalahkan|tolak", Kind.SOFT),
    ("@neg ada alasan bagi|untuk? @me? untuk|utk? menolak|ditolak|tolak|menolaknya", Kind.SOFT),
    ("no good|valid|real|particular|obvious|strong|further? reason|reasons to|for reject|decline|refuse|deny|rejecting|declining|refusing it|this?", Kind.SOFT),
    ("no good|valid|real|particular|obvious|strong|further? reason|reasons to|for turn|turning it|this|that|these|the? request? down", Kind.SOFT),
    (f"tanpa|without|no any? {_NO_LIMIT} apapun|whatsoever|apa? pun|apa?", Kind.SOFT),
    ("@neg ragu", Kind.SOFT),
    ("jangan|jgn ragu ragu?", Kind.SOFT),
    ("@neg ada|punya|memiliki|mempunyai? keberatan apapun?", Kind.NOOBJ),
    ("no objection|objections at? all?", Kind.NOOBJ),
    ("@neg have|see any? objection|objections", Kind.NOOBJ),
    ("have|see no objection|objections", Kind.NOOBJ),
    ("@neg berkeberatan", Kind.NOOBJ),
    ("@neg object", Kind.NOOBJ),
    # "nothing (that)" and "some (that)": what is negated, or how much, stands behind
    ("@neg ada satu? pun? item|akses|permintaan|permohonan|pengajuan? pun? yang|yg?", Kind.NEG),
    ("@neg satu? pun|satupun item|akses|permintaan? yang|yg?", Kind.NEG), ("no|not one", Kind.NEG), ("not a? single one|item|request|access?", Kind.NEG),
    ("in part", Kind.LIMIT),
    ("ada yang|yg", Kind.LIMIT), ("some|beberapa|sebagian|most of? the|them|these|yang?", Kind.LIMIT),
    # approves
    ("looks|look|looking|seems good|fine|great|okay|ok to|for? me|us?", Kind.YES),
    ("grant|give him|her|them|@named the|this? access|request they|he|she|that? was|were|requested|asked requested|for|needs|need?", Kind.YES),
    ("grant the|this access|request requested?", Kind.YES), ("good to go", Kind.YES), ("green light", Kind.YES), ("lampu hijau", Kind.YES), ("all systems go", Kind.YES),
    ("approved|accepted|authorized|disetujui|di-acc|diacc by|oleh @me", Kind.YES),
    ("you have|'ve got? my approval|permission|consent|blessing|authorization", Kind.YES),
    ("beri|berikan|memberi|memberikan|kasih|diberi|diberikan|kuberikan @me? persetujuan|izin|ijin|approval|acc|restu", Kind.YES),
    ("persetujuan|approval|izin|ijin|permission|consent|authorization|authorisation telah|sudah|is|has|been? hereby? @me? granted|given|diberikan|berikan|diberi", Kind.YES),
    ("persetujuan|approval|acc|approve dari|from|by my|@me side|end|sisi|pihak? @me?", Kind.YES),
    ("give|giving|gave|grant my approval|permission|consent|go-ahead", Kind.YES),
    ("@me ok dengan|with this|ini", Kind.WEAK), ("thumbs up", Kind.WEAK), ("thumb up", Kind.WEAK),
    ("fine by|with @me", Kind.WEAK), ("ok|okay|oke|good by|with|for|dari|from @me side|sisi?", Kind.WEAK), ("all good", Kind.WEAK), ("of course", Kind.SAFE),
    ("boleh jalan", Kind.YES), ("go ahead", Kind.GO), ("go for it", Kind.GO), ("carry on", Kind.GO), ("move forward", Kind.GO), ("goahead", Kind.GO), ("go-ahead", Kind.GO),
    ("you|they|it|team may|can proceed|continue|go ahead?", Kind.GO),
    ("let|lets it? go ahead", Kind.GO),
    ("berikan|beri|kasih|kasihkan|kasi|bukakan|buka saja|aja aksesnya", Kind.YES),
    # refuses
    ("refuse|refused|refusing|decline|declined|declining|unable to approve|accept|grant|authorize|agree to? the? it|this|these|them? request|requests?", Kind.NO),
    ("turn|turning|turned the? it|this|these|them|that|request? request|requests|access|one|application? down", Kind.NO),
    ("@neg something|anything that|which? @me can|could|would? be? able|prepared|willing? to? approve|accept|agree|support|authorize|authorise to|with?", Kind.NO),
    ("@neg something|anything that|which? @me can|could|would? be? able|prepared|willing? to? approve|accept|agree|support|authorize|authorise to|with? right|just|for? yet|now|today|alone|until|before|unless", Kind.HOLD),
    ("no to the?", Kind.NEG), ("no way", Kind.NO), ("hard|big no", Kind.NO), ("no go", Kind.NO), ("lampu merah", Kind.NO), ("red light", Kind.NO), ("thumbs down", Kind.NO),
    ("ajukan|diajukan|mengajukan|kirim|dikirim|kirimkan|isi|diisi|submit|send|apply|buat|dibuat|buatkan kembali|ulang|again|lagi|baru", Kind.REVISE),
    ("send|return|kirim|kirimkan|balikkan it|this|form|formnya|lagi|formulir? back|kembali|balik to|ke|kepada user|requester|pemohon|sender|pengirim?", Kind.REVISE),
    ("return|returned|kembalikan it|this|form|formnya? to|ke|kepada the? user|requester|pemohon|sender", Kind.REVISE),
    ("approve|acc|accept it|this|that|them|these for @me", Kind.HOLD), ("go ahead and approve|accept", Kind.HOLD), ("yes and|but no", Kind.HOLD),
    # two negations, and questions without a question word
    ("bukan|bukannya|bkn @neg", Kind.DOUBLE), ("no reason not to?", Kind.DOUBLE), ("@neg bisa|dapat|can|mungkin? @neg", Kind.DOUBLE),
    ("@neg usah|perlu ragu", Kind.SAFE), ("why not", Kind.ASK), ("kenapa|mengapa @neg", Kind.ASK), ("bukannya|bukankah", Kind.ASK), ("is this|it|that", Kind.ASK), ("are these|they|you", Kind.ASK),
    ("do|did|does|have|has|is|are|was|were|can|could|should|shall|would|will @me|you|they|he|she", Kind.UNKNOWN),
    ("not only|just", Kind.HOLD), ("@neg hanya|cuma|cuman|sekedar", Kind.HOLD), ("not sure|certain", Kind.HOLD), ("@neg yakin|pasti|tahu|tau", Kind.HOLD),
    ("not yet", Kind.HOLD), ("bisa jadi", Kind.HOLD), ("bisa saja|aja|sj setuju|disetujui|di-acc|diacc", Kind.HOLD), ("on hold", Kind.HOLD), ("hold on|off|it", Kind.HOLD), ("nanti dulu", Kind.HOLD), ("hang on", Kind.HOLD),
    ("let me check|see|think|ask|review|discuss", Kind.HOLD), ("get back to you", Kind.HOLD), ("on leave", Kind.HOLD),
    ("tanda tangan", Kind.HOLD), ("in|of|on the? principle", Kind.LIMIT), ("pada|secara|dalam|in prinsip|prinsipnya", Kind.LIMIT),
    ("to be confirmed|determined|decided|advised|verified|reviewed|discussed|completed", Kind.HOLD), ("tbc", Kind.HOLD), ("tbd", Kind.HOLD),
    ("hari ini|itu saja|aja|doang|sj", Kind.LIMIT), ("untuk|utk|buat hari ini", Kind.LIMIT), ("for|only today only?", Kind.LIMIT), ("today only", Kind.LIMIT),
    ("for now", Kind.LIMIT), ("untuk saat|sementara|kali ini|waktu?", Kind.LIMIT), ("saat ini", Kind.LIMIT), ("masa berlaku", Kind.LIMIT),
    # conditions
    ("dengan|dgn|dg|with catatan|syarat|ketentuan|kondisi|conditions|condition|note|notes|reservations|caveat|caveats", Kind.COND),
    ("subject to", Kind.COND), ("as|so long as", Kind.COND), ("on|under the? condition|conditions", Kind.COND), ("in case", Kind.COND), ("jika|kalau|if|bila dan|and hanya|only", Kind.COND),
    ("make sure", Kind.COND), ("make|made certain", Kind.COND), ("as soon as", Kind.COND), ("only if|when|after", Kind.COND), ("as per|of|if|though", Kind.COND),
    ("hanya|cuma jika|kalau|bila|kalo|apabila", Kind.COND), ("hanya|cuma saja|aja", Kind.CONTRAST), ("selain itu", Kind.CONTRAST),
    ("as needed|required|appropriate", Kind.COND), ("those that|which|who|needed|required|necessary|complete|valid|confirmed|signed", Kind.LIMIT),
    ("as requested|submitted|proposed|attached|is", Kind.SAFE), ("as per request|requested|the? request|form?", Kind.SAFE),
    ("oke|ok|okay fix", Kind.WEAK), ("fix acc|setuju|approve|approved", Kind.YES), ("two|2 thumbs up", Kind.WEAK), ("ora opo|popo opo?", Kind.SOFT),
    ("has|have|got my full? approval|permission|consent|blessing|support", Kind.YES), ("do the needful", Kind.DO),
    # "tak setujui" is "I approve" in Javanese and "do not approve" in Indonesian
    ("tak setujui|acc|approve|okein|proses|lanjutke", Kind.HOLD),
    ("wis|wes|uwis|sampun tak setujoni|setujui|acc|okein kabeh|kabehe|sedaya|sedoyo?", Kind.YES), ("tak setujoni kabeh|kabehe|sedaya|sedoyo", Kind.YES), ("tak setujoni", Kind.HOLD),
    # harmless
    ("last week|month|night|year", Kind.PAST), ("minggu|bulan|tahun|pekan lalu", Kind.PAST), ("sehari hari", Kind.SAFE), ("atas nama", Kind.SAFE), ("d|di? follow up", Kind.DO), ("permintaan|permohonan|pengajuan|request lain|sebelah", Kind.UNKNOWN),
    ("at your earliest? convenience", Kind.SAFE), ("the? right|best|perfect person|one|candidate for? this|it?", Kind.SAFE), ("keep @me in the loop", Kind.SAFE), ("let's|lets get this|it|them done|moving|going", Kind.SAFE),
    ("consider it|this|them approved", Kind.YES), ("only|just saw|seen|read|noticed|got|found this|it? just? now?", Kind.SAFE), ("baru lihat|liat|baca|buka|kebaca|sempat|sempet|liat", Kind.SAFE),
    ("setelah|sesudah|after @me? dipelajari|ditinjau|diperiksa|dicek|dibaca|ditelaah|dipertimbangkan|ditimbang", Kind.SAFE), ("as soon as possible", Kind.SAFE), ("setelah|sesudah mempelajari|meninjau|memeriksa|membaca|mempertimbangkan|menelaah|menimbang permohonan|permintaan|pengajuan|formulir|form|kebutuhan|kebutuhannya|hal tersebut|ini|tsb|dimaksud?", Kind.SAFE), ("after|upon careful|due|thorough? consideration|review", Kind.SAFE),
    ("on? the? first login", Kind.SAFE), ("how to use it|this", Kind.SAFE), ("gimana|bagaimana|apa kabar|kabarnya|kabarmu", Kind.GREETING), ("how are you", Kind.GREETING),
    ("please|pls|kindly? be informed|advised|noted that", Kind.SAFE), ("please|pls|kindly|do|mohon note|dicatat|diketahui that|bahwa", Kind.SAFE),
    ("oleh olehnya|oleh nya?", Kind.UNKNOWN), ("kata sandi awal|sementara|default|pertama nya?", Kind.UNKNOWN),
    ("keep up the? good|great|nice work|job", Kind.SAFE), ("take your time", Kind.SAFE), ("with pleasure", Kind.SAFE), ("tancap gas", Kind.GO), ("siap 86", Kind.SAFE), ("ok|oke|okay deal", Kind.WEAK),
    ("you guys? rock", Kind.SAFE), ("ditunggu|tunggu kabar baiknya|kabarnya|baik selanjutnya?", Kind.SAFE), ("jangan|jgn sungkan|segan|malu untuk|buat?", Kind.SAFE), ("please? feel free to", Kind.SAFE),
    ("@me? sudah|sdh|udah|telah @me? diskusikan|bicarakan|bahas|obrolkan", Kind.SAFE), ("d proses", Kind.GO), ("d bantu|buatkan|buat|kerjakan|aktifkan", Kind.DO), ("d setujui|acc|approve", Kind.YES),
    ("pick|picks it? up", Kind.SAFE), ("ke? tahap|langkah|proses selanjutnya|berikutnya|lanjutan", Kind.SAFE), ("take it from here", Kind.SAFE), ("d eksekusi|lanjut|lanjutkan", Kind.GO), ("paling lambat|telat|lama tanggal|tgl|hari?", Kind.DEADLINE),
    ("update|perbarui|diupdate the? form|formnya|formulir|formulirnya", Kind.HOLD), ("form|formnya|formulir|formulirnya tolong|mohon? diupdate|diperbarui|update", Kind.HOLD),
    ("call|calling it|this off", Kind.HOLD), ("email|kirim|kirimkan|sampaikan ke? @me alasan|alasannya", Kind.HOLD),
    ("sebagaimana mestinya|semestinya", Kind.SAFE), ("the? next step|steps|stage", Kind.SAFE), ("puji tuhan", Kind.SAFE), ("100 %|persen|percent", Kind.SAFE),
    ("nuwun sewu", Kind.SAFE), ("satu per|persatu satu?", Kind.SAFE), ("one by one", Kind.SAFE), ("sehat|sukses|sehat-sehat selalu|terus", Kind.SAFE), ("pak|mas|mbak|bu|kang|bang|min|kak admin|operator", Kind.TITLE), ("his|her|their first day|week", Kind.SAFE),
    ("sebagaimana|seperti daftar|formulir|permintaan? terlampir|diajukan|tercantum|tersebut|diminta? di? bawah|atas? ini?", Kind.SAFE), ("sebagaimana|seperti|yang tercantum|tertulis|tertera|diajukan|dimohonkan dalam|di|pada formulir|form|permohonan|permintaan tersebut|tsb|ini?", Kind.SAFE), ("sent from @me? hp|phone|mobile|handphone", Kind.SAFE), ("jadi singkat", Kind.SAFE), ("hatur nuhun", Kind.THANKS), ("kapan kapan", Kind.LATER), ("by the way", Kind.SAFE), ("gara gara", Kind.BECAUSE), ("sure thing", Kind.SAFE), ("dari dulu", Kind.SAFE), ("in its|their entirety", Kind.ALL), ("masuk akal", Kind.SAFE), ("makes|make sense", Kind.SAFE),
    ("looks|look|seems reasonable|correct|right|complete|clear|alright|legitimate|sensible", Kind.SAFE), ("no to all|everything|both", Kind.NO), ("saw|seen this|it|your", Kind.SAFE),
    ("see|c you|u|ya soon?", Kind.GREETING), ("sampai ketemu|jumpa|bertemu lagi?", Kind.GREETING), ("take care of? this|it|that?", Kind.DO),
    ("sudah|sdh|udah|telah|udeh|wis dicek|diperiksa|direview|dibaca|ditinjau|dipelajari|diteliti", Kind.SAFE), ("checked|reviewed|verified and", Kind.SAFE),
    ("demikian kami|saya|untuk|utk? disampaikan|sampaikan|diketahui|dimaklumi", Kind.SAFE),
    ("atas perhatian|perhatiannya|kerjasama|kerjasamanya|bantuan|bantuannya dan|serta? kerjasama|kerjasamanya|bantuannya|pengertiannya? @me? diucapkan|ucapkan|sampaikan|haturkan?", Kind.SAFE),
    ("@me have|'ve|telah|sudah? decided|putuskan|memutuskan to|untuk|utk?", Kind.SAFE),
    ("sesuai|per|as dengan|per? sop|prosedur|ketentuan|aturan|kebijakan|peraturan|form|formulir|permohonan yang|yg? berlaku|diajukan|dilampirkan?", Kind.SAFE),
    ("lebih lanjut", Kind.SAFE), ("oh|o ya|iya", Kind.SAFE), ("set up", Kind.DO), ("following up", Kind.SAFE),
    ("hubungi|kabari|infokan|kontak @me? jika|kalau|kalo|bila|apabila|if ada? kendala|masalah|pertanyaan|hambatan|kesulitan", Kind.SAFE),
    ("jangan|jgn|don't|dont lupa|forget ya?", Kind.SAFE), ("don't|dont|do not? hesitate", Kind.SAFE), ("terima|trima|trm kasih|ksh|kasi", Kind.THANKS),
    ("thank you", Kind.THANKS), ("matur nuwun|suwun", Kind.THANKS), ("with thanks", Kind.THANKS), ("many thanks", Kind.THANKS), ("kerja sama|samanya|kerjasamanya", Kind.SAFE), ("selamat pagi|siang|sore|malam|bekerja", Kind.GREETING),
    ("good morning|afternoon|evening|day", Kind.GREETING), ("best|kind|warm regards", Kind.THANKS), ("hari|hr|hri ini juga?", Kind.SAFE), ("saat ini juga", Kind.SAFE), ("this morning|afternoon", Kind.SAFE),
    ("right now|away", Kind.SAFE), ("@me? sudah|sdh|udah|telah|have @me? cek|periksa|review|baca|membaca|lihat|pelajari|mempelajari|mengecek|memeriksa|meninjau|reviewed|checked|read|verifikasi|tinjau|teliti", Kind.SAFE),
    ("setelah|sesudah|stlh|after @me cek|periksa|review|baca|lihat|pelajari|tinjau|teliti|pertimbangkan|mempertimbangkan|timbang|menimbang|telaah|menelaah|mempelajari|memeriksa|meninjau|membaca|reviewing|checking|reading", Kind.SAFE), ("after review", Kind.SAFE),
    ("let @me know", Kind.HOLD), ("kabari|infokan|informasikan|beritahu|update @me? jika|kalau|kalo|bila|apabila|setelah|if|when|once sudah|telah|its? selesai|done|jadi|aktif", Kind.SAFE),
    ("kabari|kabarin|infokan|info|informasikan|beritahu|beritahukan ke|kepada|pada? user|usernya|pemohon|pemohonnya|requester|karyawan|ybs jika|kalau|kalo|klo|bila|apabila|setelah sudah|sdh|udah|telah? selesai|jadi|aktif|beres", Kind.SAFE),
    ("inform|notify|tell|update the|our? user|requester|employee|team when|once|after its|it? is? active|done|completed|ready|finished", Kind.SAFE),
    ("jika|kalau|kalo|bila|apabila|setelah|if|when|once sudah|telah|it? is? selesai|done|jadi|aktif|completed mohon|tolong|please? kabari|infokan|informasikan|inform|notify|let @me? know?", Kind.SAFE),
    ("let @me know when|once its|it? is? done|completed|finished|ready", Kind.SAFE), ("please? keep @me posted|updated|informed", Kind.SAFE),
    ("sebelum|before|by|paling|selambatnya|selambat|latest lambat|lambatnya? hari? @day depan?", Kind.DEADLINE),
    # items
    ("yang|yg lain|lainnya|laen|lainya nya?", Kind.REST), ("yang|yg lain|lainnya|laen tetap|tetep", Kind.REST), ("sisanya|lainnya|selebihnya tetap|tetep", Kind.REST), ("lain lain|lainnya", Kind.REST), ("lain nya?", Kind.REST), ("sisa nya", Kind.REST), ("the rest of? the? items?", Kind.REST),
    ("the? others|remaining|remainder items?", Kind.REST), ("all|semua|semuanya the? others|other|rest|remaining|lainnya|selebihnya items?", Kind.REST), ("semua|semuanya yang|yg? lain", Kind.REST), ("other items", Kind.REST), ("item|items lainnya|lain", Kind.REST),
    ("with the? exception of", Kind.EXCEPT), ("but not", Kind.EXCEPT), ("apart|aside from", Kind.EXCEPT), ("other than", Kind.EXCEPT), ("save for", Kind.EXCEPT), ("except|kecuali for|untuk|yang|yg", Kind.EXCEPT), ("selain dari", Kind.EXCEPT),
    ("everything|all|semua|semuanya but|kecuali|selain|except for?", Kind.EXCEPT), ("di luar", Kind.EXCEPT), ("all of them|it|these|those|the items?", Kind.ALL), ("semua item|items|akses|permintaan|permohonan|request|poin|butir nya?", Kind.ALL), ("all items|requests|accesses|points|access", Kind.ALL),
    ("seluruh item|items|akses|permintaan|poin|butir", Kind.ALL),
    ("semua|seluruh item|items|akses|permintaan|permohonan|pengajuan|poin|aksesnya|permintaannya yang|tersebut|tsb? di|pada bawah|atas ini?", Kind.ALL), ("every item|request|point|access", Kind.ALL), ("dua|kedua duanya", Kind.BOTH), ("tiga|ketiga tiganya", Kind.BOTH), ("empat|keempat empatnya", Kind.BOTH),
    ("lima|kelima limanya", Kind.BOTH), ("enam|keenam enamnya", Kind.BOTH), ("tujuh|ketujuh tujuhnya", Kind.BOTH), ("delapan|kedelapan delapannya", Kind.BOTH),
    ("both of? them|these|those", Kind.BOTH), ("all two|three|four|five|six|seven|eight|2|3|4|5|6|7|8 of? the|them|these|those? items?", Kind.BOTH),
    # a verdict that was a slip: what was meant stands behind it, and only a refusal is believed there
    ("tadi|td @me? keliru|salah|terlanjur|kelepasan|khilaf menulis|nulis|tulis|ketik|mengetik|ngetik|jawab|menjawab|membalas|balas|bilang setuju|acc|approve|approved|disetujui|tolak|ditolak|reject|rejected", Kind.HOLD),
    ("@me tadi|td? keliru|salah|terlanjur|kelepasan|khilaf menulis|nulis|tulis|ketik|mengetik|ngetik|jawab|menjawab|membalas|balas|bilang setuju|acc|approve|approved|disetujui|tolak|ditolak|reject|rejected", Kind.HOLD),
    ("@me wrote|typed|said|replied approved|approve|accepted|yes|rejected|reject by|in mistake|accident|error", Kind.HOLD),
    # corrections
    ("maksud saya|sy|aku|ku|kami", Kind.CORRECTION), ("i meant|mean", Kind.CORRECTION), ("scratch that", Kind.CORRECTION), ("salah ketik|tulis|kirim", Kind.CORRECTION), ("saya|sy ralat", Kind.CORRECTION), ("eh salah", Kind.CORRECTION),
    ("my mistake", Kind.CORRECTION), ("ignore my previous|last", Kind.CORRECTION), ("change my mind", Kind.HOLD), ("berubah pikiran", Kind.HOLD),
    ("abaikan email|balasan|jawaban sebelumnya|sebelum|tadi", Kind.CORRECTION),
    # see below; "the request below" is only where it stands
    ("permintaan|permohonan|pengajuan|akses|item|formulir|form|permintaannya|aksesnya yang|tersebut|tsb|dimaksud? tertera|tercantum|tertulis|disebut|disebutkan? di|pada bawah|atas ini?", Kind.SAFE),
    ("request|requests|access|item|items|form listed|described|given|shown? below|above", Kind.SAFE),
    ("lihat|see|cek|baca|jawaban|balasan|answers|answer|comments|komentar|my|inline @me? jawaban|balasan|answers|comments|di|in|inline? di|to|of? bawah|below|inline ini?", Kind.BELOW),
    ("see|answers? inline", Kind.BELOW), ("in|di line|bawah ini?", Kind.BELOW), ("sebagai|as berikut|follows", Kind.BELOW), ("berikut jawaban|keputusan @me?", Kind.BELOW),
)  # fmt: skip
