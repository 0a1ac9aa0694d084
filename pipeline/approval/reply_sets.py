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
DONE = word_set("sudah sdh udah udh dah telah tlh already have has been 've")
FORMAL = word_set("telah tlh has been have")
AFTER = word_set("setelah sesudah stlh after")
COULD = word_set("could might may")
ACTIVE = word_set(
    """
    menolak rejects refuses declines denies refused declined menyetujui approves accepts agrees
    disagrees mengizinkan merestui
    """
)
FIRST_DO = word_set("dulu dahulu dlu")
NEEDED = word_set("perlu harus need needs butuh usah wajib perlunya")
PARTICLES = word_set(
    """
    untuk utk for to ya dong deh lah sih aja saja yang yg nya itu ini tersebut tsb di akses maaf
    sorry mohon please pls
    """
)
BEGGING = word_set("mohon mhn tolong tlg tlong please pls plz kindly harap minta dimohon")
TAKES_BACK = word_set("tunggu wait hold sebentar bentar sbntr hmm hm pending ditunda tunda") | {
    "hold on",
    "hang on",
    "on hold",
    "nanti dulu",
    "change my mind",
    "berubah pikiran",
}
