story: The officer in the case sees only the lines that were released
# R-D-06: investigators see only the lines that children's services marked as shareable.

on 2026-06-10

20:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=19:55
    officer in the case sees no line and nothing else
20:05  custody sergeant  send_request  offence="Carrying a knife" worry="Met by a man of about 25"
20:20  duty worker of Harbourne  answer  Q06="yes: A man waits outside school" Q11="yes: Inhaler" Q12="no:"
    officer in the case sees no line and nothing else
20:30  duty worker of Harbourne  answer  Q06="yes released: A man waits outside school"
    officer in the case sees lines Q06 and nothing else
20:31  officer in the case  acknowledge  lines="Q06"
    refused: An officer in the case does not do this
20:40  duty worker of Harbourne  answer  Q06="yes: A man waits outside school"
    officer in the case sees no line and nothing else
