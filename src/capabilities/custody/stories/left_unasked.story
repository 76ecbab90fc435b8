story: The child leaves before anybody was asked
# R-D-01: a request is made every time, without delay. A quick release is no way round it: the inspector is told, the
# clock is not stopped, and children's services are asked about the child who has left.

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:19  custody sergeant  plan_release  every_topic_but=none
18:20  custody sergeant  record_departure  left_at=18:15
    state is left custody
    clock C01 is due at 18:10 BST
18:30  custody sergeant  send_request  offence="Carrying a knife" worry="She went with a man she would not name"
    state is left custody
    clock C01 is late
    clock C01 is not running
    clock C02 is due at 20:30 BST
18:31  custody sergeant  send_request  offence="Carrying a knife" worry="She went with a man she would not name"
    refused: The request was sent already
19:00  duty worker of Harbourne  answer  Q11="yes: Inhaler"
    state is left custody
    line Q11 reads Yes
19:10  custody sergeant  answer_by_phone  phone_worker="duty social worker" phoned_at=19:05 was_read_back=yes Q02="given: With her aunt"
    line Q02 reads Answered in words
