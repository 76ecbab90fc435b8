story: A shift ends before anybody has answered
# Silence is handed over too (R-D-03), a late handover tells the inspector (C04), and a child who leaves ends it.

on 2026-11-02

06:20  custody sergeant  book_in  custody_number=NM-3 name_given="Kit Sample" born_given=2013-04-02 authorised_at=06:15
06:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going" health_seen="A cut on the left hand"
06:45  inspector  open_handover  duty_ends_at=07:00 with_detention_officer=no
    left to accept by the sergeant of the next shift: open health adult
    in charge is custody sergeant
06:50  sergeant of the next shift  accept_line  lines="open"
06:51  sergeant of the next shift  accept_line  lines="health"
06:55  detention officer  add_fact  number=F1 section=health words="She has asked for her inhaler"
    left to accept by the sergeant of the next shift: adult F1
07:16  time passes
    clock C04 is late
07:20  sergeant of the next shift  accept_line  lines="F1"
07:21  sergeant of the next shift  accept_line  lines="adult"
07:21  sergeant of the next shift  take_over
    in charge is sergeant of the next shift
    clock C04 stopped after 21 minutes
08:00  sergeant of the next shift  open_handover  duty_ends_at=08:30 with_detention_officer=no
    left to accept by the custody sergeant: open health adult F1
# Entered wrongly: whoever is in charge ends it and stays so, and opens another. What was accepted in the first does not count.
08:01  custody sergeant  accept_line  lines="health"
    left to accept by the custody sergeant: open adult F1
08:02  sergeant of the next shift  take_over
    in charge is sergeant of the next shift
08:02  sergeant of the next shift  open_handover  duty_ends_at=08:15 with_detention_officer=no
    left to accept by the custody sergeant: open health adult F1
08:04  sergeant of the next shift  plan_release  every_topic_but=none
08:05  sergeant of the next shift  record_departure  left_at=08:04
    in charge is sergeant of the next shift
