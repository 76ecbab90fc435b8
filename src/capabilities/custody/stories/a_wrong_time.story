story: A time that a clock counts from is corrected by two people
# R-X-12: "late is recorded as late; nobody can move the start time, only correct it with reason and second person".

on 2026-06-10

20:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=18:55
    clock C01 is due at 19:10 BST
20:01  custody sergeant  decide_time  is_time_right=yes
    refused: No time waits to be corrected
20:02  custody sergeant  propose_time  time=authorised_at right=19:55
    refused: Enter why it is corrected
20:02  custody sergeant  propose_time  time=authorised_at right=18:55 reason="Read from the wrong line"
    refused: That is the time on record
20:02  custody sergeant  propose_time  time=authorised_at right=20:30 reason="Read from the wrong line"
    refused: This time must be in the past
20:02  custody sergeant  propose_time  time=delivered_at right=20:00 reason="Read from the wrong line"
    refused: That time is not recorded yet
20:02  custody sergeant  propose_time  time=authorised_at right=19:55 reason="Read from the wrong line"
    clock C01 is due at 19:10 BST
    clock C01 is late
20:03  custody sergeant  decide_time  is_time_right=yes
    refused: You asked for this correction. Another person decides. If you were wrong, answer no
20:03  detention officer  decide_time  is_time_right=yes
    refused: A detention officer does not do this
20:03  duty worker of Harbourne  decide_time  is_time_right=yes
    refused: There is no such record, or it is not open to you
20:04  sergeant of the next shift  decide_time  is_time_right=yes
    clock C01 is late
    clock C01 is not running
    clock second C01 is due at 20:10 BST
20:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going" channel=phone delivered_at=20:01
    clock second C01 stopped after 6 minutes
    clock C02 is due at 22:01 BST
20:06  custody sergeant  propose_time  time=authorised_at right=20:03 reason="Read from the wrong line"
    refused: The request cannot have arrived before the detention
20:07  custody sergeant  correct  field=channel value=secure_mail reason="Sent by mail"
    refused: A clock starts from it, or a child said it: it stands as recorded
20:07  custody sergeant  propose_time  time=authorised_at right=2025-06-09T19:55:00Z reason="Read from the wrong line"
    refused: No child who is booked in can have been detained for more than 96 hours. Check the date
20:08  custody sergeant  propose_time  time=delivered_at right=20:07 reason="The call log says so"
    refused: It was recorded at 20:05 BST, so it cannot be later
20:10  inspector  propose_time  time=delivered_at right=20:04 reason="The call log says so"
20:11  custody sergeant  propose_time  time=delivered_at right=20:05 reason="The call log says so"
    refused: A correction waits already. Decide that one first
20:12  custody sergeant  decide_time  is_time_right=no
    clock C02 is due at 22:01 BST
20:13  inspector  propose_time  time=delivered_at right=20:04 reason="The call log says so"
20:14  inspector  decide_time  is_time_right=no
20:15  inspector  propose_time  time=delivered_at right=20:04 reason="The call log says so"
20:16  custody sergeant  decide_time  is_time_right=yes
    clock C02 is not running
    clock second C02 is due at 22:04 BST
20:30  duty worker of Harbourne  answer  Q11="yes: Inhaler"
    state is part answered
# What waited for a second person about the first authority is not decided about the second.
20:31  custody sergeant  propose_time  time=delivered_at right=20:03 reason="The call log says so"
20:40  duty worker of Harbourne  not_our_child  to=Westmoor reason=lives_elsewhere
20:41  inspector  decide_time  is_time_right=yes
    refused: The time on record has changed since. Answer no, and ask again
20:42  inspector  decide_time  is_time_right=no
    clock second C02 is due at 22:04 BST
20:43  inspector  propose_time  time=delivered_at right=20:39 reason="They rang"
    refused: The service noted that time itself. It stands
22:05  time passes
    clock second C02 is late
