"""A short walk through the house.

A mail lies in the inbox. `flow.tick` (the corridor) fetches it, keeps its raw bytes in the `spool`, lets
`mail.rules` say which desk it is for, and hands it to that desk in `desks/`: a form, an answer, a robot's
mail, or something for a person. The desk reads it with the rooms `form`, `mail` and `approval`, decides, and
records events and letters in one entry of the `journal`. Then the mail is moved, the letters are sent, and
`keeping` brings the register workbook and the journal together. `reminding` does what only time brings: the
summary.

`model` holds the nouns; `office` opens the doors; `turn` is one mail's turn at a desk.
"""
