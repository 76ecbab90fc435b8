story: A voluntary interview is asked about with the short form
# R-D-12: "Voluntary interviews and street outcomes use a short form (Q01, Q05–Q09, Q14–Q17)." The clock of the answers stops when
# those are answered, and nothing is asked about a bed, for nobody is kept.

on 2026-06-10

14:00  custody sergeant  book_in  attendance=voluntary custody_number=NM-V2 name_given="Sky Sample" born_given=2012-05 authorised_at=13:55
    10 questions stand open, 0 answered
14:05  custody sergeant  send_request  offence="Shoplifting" worry="She came alone"
    clock C02 is due at 16:05 BST
14:10  custody sergeant  ask_adult  adult_who="Her aunt" adult_requested_at=14:06
    clock C06 is due at 16:06 BST
14:20  duty worker of Harbourne  answer  Q12="no:"
    refused: That question is not in the set now in force
14:25  duty worker of Harbourne  answer  Q01="yes:" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:"
    1 mandatory questions have no value
    state is part answered
14:30  duty worker of Harbourne  answer  Q17="yes:"
    state is answered
    clock C02 stopped after 25 minutes
14:35  custody sergeant  ask_for_bed  charged_at=14:00 bail_refused_at=14:10 bed_sought=other
    refused: The child is not detained, so nobody keeps the child here
14:40  custody sergeant  plan_release  every_topic_but=none
14:45  custody sergeant  record_departure  left_at=14:44
    clock C06 stopped after 38 minutes
