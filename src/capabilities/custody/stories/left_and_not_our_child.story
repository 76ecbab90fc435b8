story: A child left before the desk said that it is another authority's
# R-D-01: the request goes on, and what custody passed back goes with it.

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
18:30  custody sergeant  plan_release  every_topic_but=none
18:32  custody sergeant  record_departure  left_at=18:31
18:40  custody sergeant  pass_back  outcome=no_further_action risks="She goes back to where she was found" considered=no_signs
18:50  duty worker of Harbourne  not_our_child  to=Westmoor reason=lives_elsewhere
    state is left custody
    the authority asked is Westmoor County, found by told
    clock C08 is due at 22:31 BST
19:10  duty worker  read_pass_back  next_step="Our worker rings her mother" next_step_by=20:00
    state is passed back
    clock C08 is not running
