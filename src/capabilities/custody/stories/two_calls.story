story: The desk rings twice, and passes the child on between
# Each call has its own time: what comes late is late, however early the first call was (R-D-11). What is new is read
# before any answer is there, and a line that changes in the minute in which it was read is read again.

on 2026-06-10

20:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=19:55
20:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
    clock C02 is due at 22:05 BST
20:10  detention officer  add_fact  number=F1 section=health words="She has asked for her inhaler"
    lines to read are F1
    clock C03 is due at 20:25 BST
20:12  custody sergeant  acknowledge  lines="F1"
    state is waiting
    lines to read are none
    clock C03 stopped after 2 minutes
20:25  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=20:20 was_read_back=yes Q11="yes: Inhaler"
    state is part answered
20:40  duty worker of Harbourne  not_our_child  to=Westmoor reason=lives_elsewhere
    state is waiting
    clock second C02 is due at 22:40 BST
20:45  custody sergeant  ask_adult  adult_who="Her aunt" adult_requested_at=20:44
    state is waiting
20:46  custody sergeant  chase
    state is waiting
22:06  time passes
    clock C02 is late
22:30  custody sergeant  answer_by_phone  phone_worker="duty social worker" was_read_back=yes Q01="yes:" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching without warning" Q10="given: English" Q12="no:" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
    state is answered
    clock C02 stopped after 2 hours 25 minutes
    clock second C02 stopped after 1 hour 50 minutes
22:31  custody sergeant  acknowledge  lines="Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q11 Q12 Q13 Q14 Q15 Q16 Q17 Q19 Q22 adult"
    state is brief live
22:31  duty worker  answer  Q11="yes: The inhaler was left at home"
    state is brief changed
    lines to read are Q11
22:31  custody sergeant  acknowledge  lines="Q11"
    state is brief live
22:39  custody sergeant  plan_release  every_topic_but=none
22:40  custody sergeant  record_departure  left_at=22:38
    state is left custody
