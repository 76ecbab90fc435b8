story: An adult who came with the child needs no request, and no clock runs
# C06 awaits an adult who was asked. A child who leaves ends the wait too.

on 2026-11-02

00:20  custody sergeant  book_in  custody_number=NM-2 name_given="Kit Sample" born_given=2013-04-02 authorised_at=00:15
00:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
00:23  detention officer  adult_here
    refused: Enter who is here
00:24  detention officer  adult_here  adult_who="Her aunt" adult_arrived_at=00:14
    refused: The adult cannot arrive before the detention
00:25  detention officer  adult_here  adult_who="Her aunt" adult_arrived_at=00:20
    clock C06 is not running
    lines to read are adult
00:30  detention officer  adult_gone
01:00  detention officer  adult_here  adult_who="Her grandmother"
    clock C06 is not running
01:10  detention officer  adult_gone
01:20  custody sergeant  ask_adult  adult_who="Her aunt" adult_requested_at=01:05
# She was asked while the grandmother was still there: the child has been alone since 01:10.
    clock C06 is due at 03:10 GMT
01:28  custody sergeant  plan_release  every_topic_but=none
01:31  custody sergeant  record_departure  left_at=01:30
    clock C06 stopped after 20 minutes
