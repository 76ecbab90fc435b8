story: Charged, and bail refused: a bed, or a certificate why not
# R-D-09 and C07: the authority is asked at once and again each half hour, until it has a bed or the custody officer certifies
# why not (PACE 1984, section 38(6)). An inspector reviews the certificate.

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:01  custody sergeant  ask_for_bed  charged_at=17:58 bail_refused_at=18:00 bed_sought=secure
    refused: Nobody was asked about this child yet. Send the request first: it says whom to ask for a bed
18:05  custody sergeant  send_request  offence="Carrying drugs to sell" worry="She will not say who gave them to her"
18:10  duty worker of Harbourne  answer_bed  bed_reply=none bed_words="None"
    refused: Custody has not asked for a bed for this child
20:00  custody sergeant  certify  certificate_ground=impracticable certificate_words="Snow on every road to the home"
    refused: Nobody has asked for a bed yet. Record first that bail was refused
20:30  custody sergeant  ask_for_bed  charged_at=20:20 bail_refused_at=20:15 bed_sought=secure
    refused: Bail cannot be refused before the charge
20:31  custody sergeant  ask_for_bed  charged_at=20:20 bail_refused_at=20:30 bed_sought=other
    clock C07 is due at 21:00 BST
20:40  custody sergeant  ask_for_bed  charged_at=20:20 bail_refused_at=20:30 bed_sought=other
    refused: The authority was asked for a bed already. Chase, or ring its desk
20:41  custody sergeant  chase
20:50  duty worker of Harbourne  answer_bed  bed_reply=looking bed_words="Two foster carers are being rung"
    clock C07 is due at 21:00 BST
21:05  time passes
    clock C07 is late
21:30  on-call manager of Harbourne  answer_bed  bed_reply=found bed_words="Elm House"
    refused: Enter from when the bed is there
21:31  on-call manager of Harbourne  answer_bed  bed_reply=found bed_words="Elm House, 01632 960111, a worker brings her" bed_ready_at=22:30
    clock C07 stopped after 1 hour 1 minute
# The bed falls through, and the clock runs again.
22:20  custody sergeant  ask_for_bed  charged_at=20:20 bail_refused_at=20:30 bed_sought=other
    clock second C07 is due at 21:00 BST
22:30  custody sergeant  answer_bed  bed_reply=none bed_words="Elm House is full, nothing else is open" bed_replied_at=22:25
22:35  custody sergeant  certify  certificate_ground=no_secure certificate_words="There is no secure bed in the county"
    refused: You asked for a bed that is not secure, so that none is secure is no ground
22:36  custody sergeant  certify  certificate_ground=impracticable certificate_words="No"
    refused: Say it in at least 15 characters
22:37  custody sergeant  certify  certificate_ground=impracticable certificate_words="She is at court at eight, and the only bed is four hours away"
    clock second C07 stopped after 2 hours 7 minutes
22:40  custody sergeant  review_certificate  certificate_review="The ground holds, for the court is near"
    refused: An inspector reviews the certificate. Ask them
22:45  inspector  review_certificate  certificate_review="The ground does not hold: a taxi takes two hours. Ask again"
22:50  custody sergeant  ask_for_bed  charged_at=20:20 bail_refused_at=20:30 bed_sought=secure
23:00  duty worker of Harbourne  answer_bed  bed_reply=found bed_words="Elm House after all" bed_ready_at=23:30
    clock third C07 stopped after 2 hours 30 minutes
