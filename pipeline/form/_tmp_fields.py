from dataclasses import dataclass
@dataclass(frozen=True)
class Field:
    name: str
    part: str
    label_id: str
    label_en: str
    kind: str
FORM_VERSION="1"
FIELDS=tuple(Field(*a) for a in [
("request_date","request","Tanggal Permintaan","Request date","date"),
("request_type","request","Jenis Permintaan","Request type","choice"),
("revises","request","No. Permintaan yang Direvisi","Number of the request it revises","text"),
("requester_name","requester","Nama Pemohon","Requester's name","text"),
("requester_position","requester","Jabatan","Position","text"),
("requester_email","requester","Email","Email","text"),
("requester_department","requester","Departemen","Department","text"),
("requester_division","requester","Divisi","Division","text"),
("name","employees","Nama Karyawan","Employee name","text"),
("employee_id","employees","NIK","Employee number","id"),
("position","employees","Jabatan","Position","text"),
("email","employees","Email","Email","text"),
("employee_no","items","No. Karyawan","Employee no.","number"),
("system","items","Sistem","System","choice"),
("access_level","items","Level Akses","Access level","text"),
("action","items","Tindakan","Action","choice"),
("start_date","items","Tanggal Mulai","Start date","date"),
("end_date","items","Tanggal Berakhir","End date","date"),
("justification","items","Uraian Kebutuhan","Short description of the need","long"),
("division_head_name","signoff","Nama Kepala Divisi","Division head's name","text"),
("signed_on","signoff","Tanggal Tanda Tangan","Date of signature","date"),
("signature","signoff","Tanda Tangan","Signature","text"),
])
TYPES={"new":{"id":"Akses Baru","en":"New access"},"change":{"id":"Perubahan Akses","en":"Change of access"},"revoke":{"id":"Pencabutan Akses","en":"Revocation"}}
ACTIONS={"grant":{"id":"Beri","en":"Grant"},"change":{"id":"Ubah","en":"Change"},"revoke":{"id":"Cabut","en":"Revoke"}}
