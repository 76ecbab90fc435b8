story: An authority says that this is not its child
# R-D-01: a request is made every time, also for a child whose name is not known. The first start time is kept.

on 2026-03-04

14:00  custody sergeant  book_in  custody_number=NM-2 name_given="Name not known" authorised_at=13:50 age_status=apparent
    state is request due
    clock C01 is due at 14:05 GMT

14:04  custody sergeant  send_request  worry="Far from home and frightened" offence="Carrying a knife"
    state is waiting
    the authority asked is Harbourne Borough, found by suite_area
    clock C02 is due at 16:04 GMT

14:20  duty worker of Harbourne  not_our_child  to=Westmoor reason=lives_elsewhere words="Known to Westmoor"
    state is waiting
    clock C02 is due at 16:04 GMT
    clock second C02 is due at 16:20 GMT
    the authority asked is Westmoor County, found by told

14:21  duty worker of Harbourne  answer  Q08="no:"
    refused: There is no such record, or it is not open to you

14:30  duty worker  open_request
    state is in progress
