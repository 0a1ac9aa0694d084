"""A hand that works in LibreOffice itself: run by Debian's own Python, which has its bridge (python3-uno).

office_hand.py FILE decorate PICTURE     a chart and a picture on the sheet Register, as somebody adds them
office_hand.py FILE write CELL TEXT      an entry
office_hand.py FILE count                prints {"charts": ..., "pictures": ...} of the sheet Register
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.awt import Point, Rectangle, Size
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellRangeAddress

PIPE = f"akses{os.getpid()}"


def main() -> None:
    file, what, *rest = sys.argv[1:]
    with tempfile.TemporaryDirectory() as profile:
        office = subprocess.Popen([
            "soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore",
            f"--accept=pipe,name={PIPE};urp;",
        ])  # fmt: skip
        desktop = connect()
        try:
            document = desktop.loadComponentFromURL(url(file), "_blank", 0, (value("Hidden", True),))
            sheet = document.Sheets.getByName("Register")
            changed = {"decorate": decorate, "write": write, "count": count}[what](document, sheet, *rest)
            if changed:
                document.storeToURL(url(file), (value("FilterName", "Calc MS Excel 2007 XML"),))
            document.close(True)
        finally:
            # The bridge may be gone before it answers.
            with contextlib.suppress(Exception):
                desktop.terminate()
            office.wait(60)


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(120):
        try:
            context = resolver.resolve(f"uno:pipe,name={PIPE};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # noqa: BLE001 - whatever the bridge raises, LibreOffice is not there yet
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def decorate(document, sheet, picture: str) -> bool:
    sheet.unprotect("")
    place = Rectangle(2000, 9000, 12000, 7000)
    source = CellRangeAddress(sheet.RangeAddress.Sheet, 0, 3, 1, 9)
    sheet.Charts.addNewByName("Grafik IT", place, (source,), True, True)
    shape = document.createInstance("com.sun.star.drawing.GraphicObjectShape")
    sheet.DrawPage.add(shape)
    shape.GraphicURL = url(picture)
    shape.setPosition(Point(16000, 9000))
    shape.setSize(Size(5000, 3000))
    return True


def write(_document, sheet, cell: str, text: str) -> bool:
    sheet.unprotect("")
    sheet.getCellRangeByName(cell).setString(text)
    return True


def count(_document, sheet) -> bool:
    pictures = [s for s in sheet.DrawPage if s.supportsService("com.sun.star.drawing.GraphicObjectShape")]
    print(json.dumps({"charts": sheet.Charts.Count, "pictures": len(pictures)}))
    return False


def url(path: str) -> str:
    return uno.systemPathToFileUrl(os.path.abspath(path))


def value(name: str, what: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, what
    return made


main()
