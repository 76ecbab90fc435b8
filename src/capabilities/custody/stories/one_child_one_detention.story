story: A child is booked in once, on a record that is theirs
# R-A-01, R-A-05: every agency sees the same child. A wrong choice would put one child's care on another's record.

on 2026-06-10

20:00  custody sergeant  book_in  child=Mia name_given="Zebedee Quill" born_given=2012-05-17 custody_number=NM-1 authorised_at=19:55
    refused: This record does not fit what you entered. Choose it only if the name or the date of birth is this child's. If you are not sure, open a new record
20:01  custody sergeant  book_in  child=Mia name_given="Mia Quill" born_given=2011-03-04 custody_number=NM-1 authorised_at=19:55
    state is request due
20:02  custody sergeant of another suite  book_in  child=Mia name_given="Mia Sample" custody_number=NM-1 authorised_at=19:55
    refused: This child is recorded as in custody already. Ring your inspector to find out. If the child is with you now, open a new record
20:03  custody sergeant  book_in  name_given="Kit Sample" custody_number="nm-1 " authorised_at=19:55
    refused: A child is booked in here under this custody number already. Check the number
20:03  custody sergeant  plan_release  every_topic_but=none
20:04  custody sergeant  record_departure  left_at=20:03
    state is left custody
20:05  custody sergeant of another suite  book_in  child=Mia name_given="Mia Sample" custody_number=NM-1 authorised_at=20:04
    state is request due
20:06  custody sergeant  book_in  name_given="Kit Sample" custody_number=NM-1 authorised_at=19:55
    state is request due
