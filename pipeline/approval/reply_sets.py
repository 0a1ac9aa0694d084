"""Words and kinds of words that matter to the judging of a clause, as visible sets. Contains no logic."""

from pipeline.approval.words import Kind


def word_set(words: str) -> frozenset[str]:
    """The words of a string, parted by blanks."""
    return frozenset(words.split())


#: Beside one of these nothing is approved.
STOPS = frozenset({
    Kind.COND, Kind.HOLD, Kind.LATER, Kind.LIMIT, Kind.ASK, Kind.AGENT, Kind.CHOICE, Kind.SHOULD,
    Kind.UNKNOWN, Kind.NOUN, Kind.NUMBER, Kind.YET, Kind.NEG, Kind.DOUBLE, Kind.BELOW, Kind.RANGE,
    Kind.ORDINAL, Kind.CORRECTION, Kind.NO, Kind.REVISE, Kind.CONTRAST,
})  # fmt: skip
#: In front of a refusal these make it no refusal of now and of the writer's own.
HOLDS_REFUSAL = frozenset(
    {
        Kind.COND,
        Kind.HOLD,
        Kind.LATER,
        Kind.ASK,
        Kind.AGENT,
        Kind.CHOICE,
        Kind.SHOULD,
        Kind.DOUBLE,
        Kind.BELOW,
    }
)
CARRIES = frozenset(
    {
        Kind.CAN,
        Kind.FIRST,
        Kind.LATER,
        Kind.SAFE,
        Kind.DO,
        Kind.PAST,
        Kind.TITLE,
        Kind.TARGET,
        Kind.WEAK,
        Kind.NOOBJ,
        Kind.GO,
    }
)
INVITES = word_set("silakan silahkan silakeun silaken slkan slahkan monggo mangga sumonggo")
DONE = word_set(
    "sudah sdh udah udh dah telah tlh already have has been 've sampun wis wes udeh ude geus parantos"
)
FORMAL = word_set("telah tlh has been have")
AFTER = word_set("setelah sesudah stlh after upon")
COULD = word_set("could might may sempat")
ACTIVE = word_set(
    """
    menolak rejects refuses declines denies refused declined menyetujui approves accepts agrees
    disagrees mengizinkan merestui
    """
)
FIRST_DO = word_set("dulu dahulu dlu heula riyin rumiyin")
NEEDED = word_set("perlu harus need needs butuh usah wajib perlunya")
PARTICLES = word_set(
    """
    untuk utk for to ya dong deh lah sih aja saja yang yg nya itu ini tersebut tsb di akses maaf
    sorry mohon please pls absolutely definitely
    """
)
BEGGING = word_set("mohon mhn tolong tlg tlong please pls plz kindly harap minta dimohon")
#: "Balas dengan SETUJU", "reply with APPROVE": tells somebody what to write.
INSTRUCTS = word_set(
    """
    balas balaslah dibalas membalas reply replying respond responding jawab jawablah dijawab menjawab
    respon respons
    """
)
#: "Maaf baru balas": the writer speaks of this answer, not of one to come.
EXCUSES = word_set("baru telat terlambat late lama delay maaf sorry apologies")
#: "To be approved", "perlu disetujui": an approval that is still to come.
OWED = NEEDED | word_set(
    "be to memerlukan membutuhkan diperlukan dibutuhkan needed required requires require minta diminta"
)
#: In front of a passive these speak of an approval somebody is to give.
AWAITED = word_set("untuk utk for siap ready segera langsung")
GLADLY = word_set("happy glad gladly pleased senang")
#: What nobody grants, so that "no changes approved" refuses them.
CHANGES = word_set(
    """
    perubahan revisi tambahan koreksi changes change exception exceptions pengecualian condition conditions
    note notes remark remarks catatan
    """
)
ALONE = word_set("saja aja sj doang ajah aje thok tok mawon")
#: Who or what else may be the subject of "setuju".
OTHERS = word_set(
    """
    aplikasi application sistem system email mail surat user usernya karyawan karyawannya pegawai staf staff
    employee employees pemohon requester kantor office perusahaan company divisi departemen department
    division
    bagian unit tim team form formulir dokumen document akun account proyek project
    """
)
#: Of these, the ones that act themselves: "team approved" is no "form approved".
DECIDERS = word_set(
    """
    system sistem user usernya karyawan karyawannya pegawai staf staff employee employees pemohon requester
    company perusahaan divisi departemen department division bagian unit tim team
    """
)
TARGETING = word_set("untuk utk for buat bagi ke atas dear halo hi")
RELATIVE = word_set("yang yg that which is are was were has have")
TAKES_BACK = word_set("tunggu wait hold sebentar bentar sbntr hmm hm pending ditunda tunda") | {
    "hold on",
    "hang on",
    "on hold",
    "nanti dulu",
    "change my mind",
    "berubah pikiran",
}
