story: A fact that was written down wrongly is set right
# R-X-07: nothing is overwritten. A correction holds what the booking and the request had to hold.

on 2026-06-10

20:00  custody sergeant  book_in  custody_number=NM-2 name_given="Skye Sample" born_given=2012-05 authorised_at=19:55
    the name on record is Skye Sample
20:05  custody sergeant  send_request  arrested_at=19:20 arrest_place="Old quay" offence="Carrying a knife" worry="She will not say where she was going"
    the arrest was at 19:20 BST
20:10  custody sergeant  correct  field=arrested_at value=19:58 reason="Read from the wrong line"
    refused: The arrest must be before detention was authorised
20:11  custody sergeant  correct  field=arrested_at value=20:30 reason="Read from the wrong line"
    refused: This time must be in the past
    the arrest was at 19:20 BST
20:12  custody sergeant  correct  field=arrested_at value=19:10
    refused: Enter the reason for the correction
20:13  custody sergeant  correct  field=arrested_at value=19:10 reason="Read from the wrong line"
    the arrest was at 19:10 BST
    state is waiting
20:14  custody sergeant  correct  field=born_given value=2001-05-02 reason="Heard wrongly"
    refused: By this date of birth the person is 18 or over. Check the date
20:15  custody sergeant  correct  field=name_given value="Sky Sample" reason="Spelt wrongly"
    the name on record is Sky Sample
20:16  custody sergeant  correct  field=authorised_at value=19:40 reason="Read from the wrong line"
    refused: A clock starts from it, or a child said it: it stands as recorded
20:16  custody sergeant  correct  field=child_words value="He hit me" reason="Said more clearly"
    refused: A clock starts from it, or a child said it: it stands as recorded
20:16  custody sergeant  correct  field=phone_worker value="Duty worker" reason="Forgotten"
    refused: Nothing is recorded here yet, so there is nothing to correct
20:17  detention officer  correct  field=arrest_place value="New quay" reason="Heard wrongly"
    refused: A detention officer does not do this
20:18  duty worker of Harbourne  correct  field=arrest_place value="New quay" reason="Heard wrongly"
    refused: An emergency duty worker does not do this
