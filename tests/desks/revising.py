"""Steps of a form's life that several tests take: rejected, revised, signed with a picture."""

from dataclasses import replace

from pipeline.demo import clients, company
from pipeline.form.fill import fill_form
from pipeline.mail.message import read_mail
from tests.company import _blank


def words(letter):
    return " ".join(letter.text.split())


def html(letter):
    return read_mail(letter.raw).html


def rejected(house, form, answer="TOLAK. Terlalu luas, cukup operator."):
    house.send_form(form)
    house.poll()
    house.answer(house.asked(), answer)
    house.poll()
    return house.letters("decided")[-1]


def revise(house, form):
    house.send_form(replace(form, revises="REQ-2026-0001"))
    house.poll()
    assert house.last() == ("processed", "next-revision")
    return house.asked()


def signed_with(picture, form):
    return fill_form(_blank(), replace(form, signature="image"), picture)


def send_signed(house, picture, form):
    people = {person.email: person for person in company.DIRECTORY.people}
    data = signed_with(picture, form)
    house.send(
        clients.form_mail(
            people[form.requester_email], data, "Form akses", "Mohon diproses.", house.clock.now
        )
    )
    house.poll()


def attached_form(letter):
    (form,) = read_mail(letter.raw).attachments
    return form
