story: The child leaves before children's services have answered
# 4.D: "Child leaves before answers: children's services must still answer". Their clock stays late, and their answer stops it.

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:05  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
18:10  duty worker of Harbourne  answer  Q11="yes: Inhaler"
    state is part answered
    clock C03 is due at 18:25 BST
18:19  custody sergeant  plan_release  every_topic_but=none
18:20  custody sergeant  record_departure  left_at=18:15
    state is left custody
    clock C03 is not running
    clock C02 is due at 20:05 BST
21:10  duty worker of Harbourne  answer  Q01="yes:" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching" Q10="given: English" Q12="no:" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
    state is left custody
    clock C02 is late
    clock C02 is not running
    clock second C03 is due at 21:25 BST
21:11  duty worker of Harbourne  not_our_child  to=Westmoor reason=lives_elsewhere
    refused: Your authority has answered for this child. Ring custody
21:12  custody sergeant  acknowledge  lines="Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q12 Q13 Q14 Q15 Q16 Q17 Q19 Q22"
    state is left custody
    clock second C03 is not running
21:15  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=18:12 was_read_back=yes Q11="yes: Inhaler and spacer"
    state is left custody
    line Q11 reads Yes
