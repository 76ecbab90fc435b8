story: Two-hour clock on the night the clocks change
# Mia is in the care of Westmoor. She is detained at Northmere on the night that 01:30 comes twice.

on 2026-10-25

00:18 BST  custody sergeant  book_in  child=Mia name_given="Mia Sample" custody_number=NM-1 authorised_at=00:18
    state is request due
    clock C01 is due at 00:33 BST

00:30 BST  custody sergeant  send_request  offence="Carrying a knife" found_with="A man of about 25" worry="She will not say where she was going"
    state is waiting
    clock C01 is not running
    clock C01 is not late
    then a warning of C01 at 00:27 BST told CUST
    clock C02 is due at 01:30 GMT (after clocks go back)
    the authority asked is Westmoor County, found by care_status
    22 questions stand open, 0 answered

01:10 GMT  duty worker  open_request
    state is in progress
    then a warning of C02 at 01:30 BST told EDT
    then a warning of C02 at 01:00 GMT told LADM

01:10 GMT  duty worker  answer  Q08="yes: Autism. One instruction at a time" Q09="given: Quiet room. Say before you touch" Q11="yes: Inhaler at midnight" Q15="yes: Her sister's partner must not collect her"
    state is part answered
    line Q15 reads Yes
    line Q06 reads Not asked yet
    lines to read are Q08 Q09 Q11 Q15
    no line reads as no concerns

01:20 GMT  duty worker  answer  Q01="yes: Open, children in care team" Q02="given: Care order, Westmoor" Q03="yes: Care plan" Q04="given: Foster home in Westmoor" Q05="no:" Q06="yes: Older males outside school" Q07="unknown:" Q10="given: English" Q12="no:" Q13="cannot_share: Held by her therapist" Q14="given: Foster carer" 
    4 mandatory questions have no value
    then a warning of C03 at 01:19 GMT told CUST
    clock C02 is not late

02:05 GMT  duty worker  answer  Q16="yes: A debt was mentioned" Q17="no:" Q19="no:" Q22="given: Social worker rings at 09:00"
    state is answered
    then a breach of C03 at 01:25 GMT told INSP
    then a breach of C02 at 01:30 GMT told INSP,LADM
    clock C02 is late
    clock C02 stopped after 2 hours 35 minutes
    0 mandatory questions have no value
    no line reads as no concerns

02:12 GMT  custody sergeant  acknowledge  lines="Q01 Q02 Q03 Q04 Q05 Q06 Q07 Q08 Q09 Q10 Q11 Q12 Q13 Q14 Q15 Q16 Q17 Q19 Q22"
    state is brief live
    clock C03 is not running
    clock C02 is late
    lines to read are none
