"""The shipped catalogue, as config.yaml has it, for tests that need one."""

from pipeline.model import System

CATALOGUE: tuple[System, ...] = (
    System(
        "INTERNAL",
        "internal",
        "Akses Internal",
        "Internal access",
        ("file server", "folder bersama", "jaringan internal"),
    ),
    System("INTERNET", "internal", "Internet", "Internet", ("wifi", "internet kantor")),
    System("ACCURATE", "platform", "Accurate", "Accurate", ("accurate online", "acurate")),
    System("ERP", "platform", "ERP", "ERP"),
    System("TRACY", "platform", "Tracy", "Tracy"),
    System("CL", "platform", "CL", "CL"),
    System("HRIS", "platform", "HRIS", "HRIS"),
    System("EMAIL", "telecom", "Email", "Email", ("e-mail", "surel")),
    System("CCTV", "telecom", "CCTV", "CCTV"),
    System("DATACENTER", "telecom", "Data Center", "Data center", ("datacenter", "DC", "ruang server")),
    System("VPN", "telecom", "VPN", "VPN", ("v p n",)),
)
