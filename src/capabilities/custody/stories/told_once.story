story: The child is asked again only with a reason, and each time is counted
# R-D-02: an answered topic is not asked again without a reason; re-asks are counted.

on 2026-11-02

03:20  custody sergeant  book_in  custody_number=NM-2 name_given="Kit Sample" born_given=2013-04-02 authorised_at=03:15
03:22  custody sergeant  send_request  offence="Carrying a knife" worry="She will not say where she was going"
03:40  duty worker of Harbourne  answer  Q12="yes: Was low last week"
    the child was asked again about Q12 0 times
07:10  detention officer  ask_child_again  topic=Q12
    refused: Choose why the child has to be asked again
07:10  detention officer  ask_child_again  topic=Q13 reason=clinical
    refused: You see no answer on that topic, so there is nothing to ask the child again
07:11  detention officer  ask_child_again  topic=Q12 reason=clinical note="A visible change"
    the child was asked again about Q12 once
07:30  custody sergeant  ask_child_again  topic=Q12 reason=child_wishes
    the child was asked again about Q12 2 times
