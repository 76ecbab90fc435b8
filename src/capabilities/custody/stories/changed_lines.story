story: Only the line that changed is read again

on 2026-11-02

03:20  custody sergeant  book_in  custody_number=NM-2 name_given="Kit Sample" born_given=2013-04-02 authorised_at=03:15
03:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
03:30  duty worker of Harbourne  answer  Q01="yes:" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching without warning" Q10="given: English" Q11="yes: Inhaler in the bag" Q12="no:" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
    state is answered
    clock C02 stopped after 8 minutes
03:40  custody sergeant  ask_child_again  topic=Q12
    refused: Choose why the child has to be asked again
03:41  custody sergeant  ask_child_again  topic=Q12 reason=clinical
03:42  custody sergeant  acknowledge  lines="Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q11 Q12 Q13 Q14 Q15 Q16 Q17 Q19 Q22"
    state is brief live
07:20  duty worker of Harbourne  answer  Q11="yes: Inhaler was left at home; spare is with the nurse"
    state is brief changed
    lines to read are Q11
07:25  custody sergeant  acknowledge  lines="Q11"
    state is brief live
07:30  detention officer  acknowledge  lines="Q11"
    refused: A detention officer does not do this
