story: Nobody answers on the night the clocks change
# S2: "01:30 GMT passes with mandatory blanks: inspector and on-call manager told; repeated 02:30 GMT".

on 2026-10-25

00:18 BST  custody sergeant  book_in  child=Mia name_given="Mia Sample" custody_number=NM-9 authorised_at=00:18
00:30 BST  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
    then a warning of C01 at 00:27 BST told CUST
    clock C02 is due at 01:30 GMT (after clocks go back)

02:40 GMT  duty worker  open_request
    clock C02 is late
    then a warning of C02 at 01:30 BST told EDT
    then a warning of C02 at 01:00 GMT told LADM
    then a breach of C02 at 01:30 GMT told INSP,LADM
    then a repeat of C02 at 02:30 GMT told INSP,LADM
