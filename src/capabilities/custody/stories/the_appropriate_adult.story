story: The child waits for an appropriate adult, and again when one has left
# C06: two hours from the request until somebody is with the child (R-D-11: true times). The wait counts from the first who
# was asked and did not come. Nobody who reads like somebody to keep away is taken without a second look (Q15).

on 2026-11-02

00:20  custody sergeant  book_in  custody_number=NM-2 name_given="Kit Sample" born_given=2013-04-02 authorised_at=00:15
00:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
00:30  duty worker of Harbourne  answer  Q14="given: Aunt" Q15="yes: Her stepfather must not come near her"
    state is part answered
00:35  custody sergeant  adult_gone
    refused: No appropriate adult is recorded as here
00:40  detention officer  ask_adult  adult_who="Stepfather of the child" adult_requested_at=00:38
    refused: Somebody must be kept away from the child, and “stepfather” stands there too. Read who it is. If this adult is somebody else, say yes here
00:41  detention officer  ask_adult  adult_who="Mrs Ward" adult_relation="aunt" adult_requested_at=00:39
    clock C06 is due at 02:39 GMT
    lines to read are Q14 Q15 adult
# She does not come, so another is asked. The child has waited since the first call.
01:50  time passes
    clock C06 is not late
01:52  custody sergeant  ask_adult  adult_who="Volunteer of the scheme" adult_requested_at=01:51
    clock C06 is due at 02:39 GMT
02:45  time passes
    clock C06 is late
02:50  custody sergeant  adult_here  adult_arrived_at=01:40
    refused: The adult cannot arrive before being asked
02:51  custody sergeant  adult_here  adult_arrived_at=02:48
    clock C06 stopped after 2 hours 9 minutes
02:52  custody sergeant  adult_here
    refused: An appropriate adult is recorded as here already. When they have left, record that first
02:53  custody sergeant  ask_adult  adult_who="Social worker"
    refused: An appropriate adult is here. When they have left, record that first, then whom you asked
04:00  inspector  adult_gone  adult_left_at=03:58
    lines to read are Q14 Q15 adult
# Before another interview somebody else is asked: the clock runs again.
04:10  custody sergeant  ask_adult  adult_who="Social worker" adult_requested_at=04:05
    clock second C06 is due at 06:05 GMT
04:30  custody sergeant  correct  field=adult_who value="The stepfather" reason="Heard wrongly"
    refused: That reads like somebody who must be kept away from the child. Record the appropriate adult anew: there you can say that it is somebody else
04:31  custody sergeant  correct  field=adult_requested_at value=04:00 reason="Heard wrongly"
    refused: A clock starts from it, or a child said it: it stands as recorded
04:32  custody sergeant  propose_time  time=adult_requested_at right=04:00 reason="The call log says four"
04:40  inspector  decide_time  is_time_right=yes
    clock third C06 is due at 06:00 GMT
05:00  custody sergeant  adult_here  adult_arrived_at=04:55
    clock third C06 stopped after 55 minutes
