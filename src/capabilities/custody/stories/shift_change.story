story: Nothing changes hands before each critical line was accepted
# R-D-08: handover cannot be bulk-accepted. The second morning of Kit Sample, told once (R-D-02).

on 2026-11-02

03:20  custody sergeant  book_in  custody_number=NM-2 name_given="Kit Sample" born_given=2013-04-02 authorised_at=03:15
    in charge is custody sergeant
03:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
03:40  duty worker of Harbourne  answer  Q01="yes:" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism. One instruction at a time" Q09="given: No touching without warning" Q10="given: English" Q11="yes: Inhaler in the bag" Q12="yes: Was low last week" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Keep away from adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
03:50  custody sergeant  acknowledge  lines="Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q11 Q12 Q13 Q14 Q15 Q16 Q17 Q19 Q22"
03:55  custody sergeant  ask_adult  adult_who="Aunt" adult_requested_at=03:30
    state is brief changed
    lines to read are adult
03:56  custody sergeant  acknowledge  lines="adult"
    state is brief live
03:57  custody sergeant  ask_adult  adult_who="Aunt" adult_requested_at=03:30
    refused: That is what is recorded of the appropriate adult already
03:58  custody sergeant  correct  field=adult_who value="Her aunt" reason="Said more clearly"
    lines to read are adult
03:59  custody sergeant  acknowledge  lines="adult"
    state is brief live
    lines to read are none
06:30  sergeant of the next shift  accept_line  lines="Q08"
    refused: This child is not being handed over
06:45  custody sergeant  open_handover  with_detention_officer=yes
    refused: Enter when the duty ends
06:45  custody sergeant  open_handover  duty_ends_at=07:00 with_detention_officer=yes
    clock C04 is due at 07:15 GMT
    in charge is custody sergeant
06:46  sergeant of the next shift  open_handover  duty_ends_at=07:00 with_detention_officer=no
    refused: This child is being handed over already, since 06:45 GMT
06:50  sergeant of the next shift  accept_line  lines="Q08 Q09 Q11 Q12 Q14 Q15 Q16 Q17 adult"
    refused: Accept each line by itself, when you have read it. No line was accepted by this
    left to accept by the sergeant of the next shift: Q08 Q09 Q11 Q12 Q14 Q15 Q16 Q17 adult
06:51  custody sergeant  accept_line  lines="Q08"
    refused: You hand this child over. Whoever takes over accepts the lines
06:52  sergeant of the next shift  accept_line  lines="Q08"
06:52  sergeant of the next shift  accept_line  lines="Q08"
    refused: You have accepted this line already
06:53  sergeant of the next shift  accept_line  lines="Q05"
    refused: There is no such line to accept
06:53  sergeant of the next shift  accept_line  lines="Q09"
06:54  sergeant of the next shift  accept_line  lines="Q11"
06:54  sergeant of the next shift  accept_line  lines="Q12"
06:55  sergeant of the next shift  accept_line  lines="Q14"
06:55  sergeant of the next shift  accept_line  lines="Q15"
06:56  sergeant of the next shift  accept_line  lines="Q16"
06:57  sergeant of the next shift  accept_line  lines="Q17"
    left to accept by the sergeant of the next shift: adult
06:57  sergeant of the next shift  take_over
    refused: Accept each line first: 1 is left
06:58  sergeant of the next shift  accept_line  lines="adult"
    left to accept by the sergeant of the next shift: nothing
06:58  sergeant of the next shift  take_over
    refused: A detention officer takes over too, and has not accepted every line yet. You are told when they have
    in charge is custody sergeant
06:58  inspector  accept_line  lines="Q08"
    refused: An inspector does not do this
06:59  detention officer  accept_line  lines="Q08"
06:59  detention officer  accept_line  lines="Q09"
06:59  detention officer  accept_line  lines="Q11"
# What is accepted is what was read: a line that changes is accepted again, by both.
07:00  duty worker of Harbourne  answer  Q12="yes: Hurt herself last week"
    left to accept by the sergeant of the next shift: Q12
    left to accept by the detention officer: Q12 Q14 Q15 Q16 Q17 adult
07:00  detention officer  accept_line  lines="Q12"
07:00  detention officer  accept_line  lines="Q14"
07:00  detention officer  accept_line  lines="Q15"
07:01  detention officer  accept_line  lines="Q16"
07:01  detention officer  accept_line  lines="Q17"
07:01  detention officer  accept_line  lines="adult"
    in charge is custody sergeant
07:01  sergeant of the next shift  take_over
    refused: Accept each line first: 1 is left
07:01  sergeant of the next shift  accept_line  lines="Q12"
    in charge is custody sergeant
07:01  sergeant of the next shift  take_over
    in charge is sergeant of the next shift
    clock C04 stopped after 1 minute
07:10  detention officer  ask_child_again  topic=Q12
    refused: Choose why the child has to be asked again
07:11  detention officer  ask_child_again  topic=Q12 reason=clinical note="A visible change"
    the child was asked again about Q12 once
07:12  sergeant of the next shift  ask_child_again  topic=Q14
    refused: Choose why the child has to be asked again
07:20  duty worker of Harbourne  answer  Q11="yes: Inhaler was left at home; spare is with the nurse"
    lines to read are Q11 Q12
07:21  custody sergeant  take_over
    refused: This child is not being handed over
07:25  sergeant of the next shift  acknowledge  lines="Q11 Q12"
    state is brief live
# On the way out Kit is given the card that asks: did you have to tell it again? Nobody has to answer it.
08:05  sergeant of the next shift  plan_release  every_topic_but=R04
08:06  sergeant of the next shift  plan_release  R04="None"
08:10  detention officer  give_card
    state is brief live
08:11  sergeant of the next shift  give_card
    refused: It is recorded already that the child has the card
08:15  sergeant of the next shift  record_departure  left_at=08:14
    state is left custody
