story: Asked and answered by phone while the service was down, and entered four hours later
# R-D-11: "later entry with true times; C02 uses true times". What came in time is not late because it was typed in late.

on 2026-06-10

17:00  custody sergeant  book_in  custody_number=NM-3 name_given="Sky Sample" born_given=2012-05 authorised_at=17:00
21:00  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going" channel=portal delivered_at=17:20
    refused: Through this service they are asked now: leave the time empty, or say how you asked them before
21:00  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going" channel=paper_later delivered_at=17:20
    clock C02 is due at 19:20 BST
21:05  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=18:50 was_read_back=yes Q01="yes: Open" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching" Q10="given: English" Q11="yes: Inhaler" Q12="no:" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
    0 mandatory questions have no value
    clock C02 is not late
    clock C02 stopped after 1 hour 30 minutes
21:10  custody sergeant  propose_time  time=delivered_at right=19:00 reason="The call log says so"
    refused: An answer came before that time
21:11  custody sergeant  propose_time  time=delivered_at right=16:10 reason="The call log says so"
    refused: The request cannot have arrived before the detention
21:12  custody sergeant  propose_time  time=authorised_at right=16:10 reason="The custody record says so"
21:13  inspector  decide_time  is_time_right=yes
21:14  custody sergeant  propose_time  time=delivered_at right=16:20 reason="The call log says so"
21:15  inspector  decide_time  is_time_right=yes
    clock C02 is not late
    clock second C02 is late
    clock second C02 stopped after 2 hours 30 minutes
