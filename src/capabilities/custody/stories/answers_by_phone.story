story: The duty worker answers by phone
# R-D-11: later entry with true times; the two-hour clock uses the true times.

on 2026-06-10

20:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=19:55
20:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
    clock C02 is due at 22:05 BST
20:30  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=20:20 was_read_back=no Q11="yes: Inhaler"
    refused: Read the answers back to the worker before you save them
20:31  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=20:20 was_read_back=yes Q11="yes: Inhaler"
    state is part answered
    line Q11 reads Yes
    lines to read are Q11
20:40  duty worker of Harbourne  confirm_read_back
    state is part answered
20:41  duty worker of Harbourne  confirm_read_back
    refused: There is no answer by phone waiting to be confirmed
