story: The inspector lets a child leave before the plan is whole, and an hour without an answer is late
# 4.D: "exception needs INSP + reason". C08: the supervisor and the duty manager are told.

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
18:30  custody sergeant  plan_release  release_exception="The ambulance takes her to hospital now"
    refused: An inspector lets a child leave before the plan is whole. Ask them
18:30  inspector  plan_release  release_exception="hurry"
    refused: Say it in at least 15 characters
18:31  inspector  plan_release  release_exception="The ambulance takes her to hospital now; the ward is told by me"
18:32  custody sergeant  record_departure  left_at=18:32
    state is left custody
18:40  custody sergeant  pass_back_now  outcome=to_hospital risks="She cut herself an hour ago" considered=not_considered injuries="A cut on the left hand"
    clock C08U is due at 19:32 BST
19:33  time passes
    clock C08U is late
20:00  on-call manager of Harbourne  read_pass_back  next_step="Our worker is on the way to the ward" next_step_by=20:30
    state is passed back
    clock C08U stopped after 1 hour 28 minutes
# When the child left is put right by two people, and so is the clock that counts from it (R-X-12).
20:10  custody sergeant  correct  field=left_at value=18:12 reason="Read from the wrong line"
    refused: A clock starts from it, or a child said it: it stands as recorded
20:10  custody sergeant  propose_time  time=left_at right=17:50 reason="Read from the wrong line"
    refused: The child cannot leave before being detained
20:11  custody sergeant  propose_time  time=left_at right=18:12 reason="Read from the wrong line"
20:12  custody sergeant  decide_time  is_time_right=yes
    refused: You asked for this correction. Another person decides. If you were wrong, answer no
20:13  inspector  decide_time  is_time_right=yes
    clock second C08U stopped after 1 hour 48 minutes
