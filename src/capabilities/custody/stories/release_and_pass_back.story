story: Nobody leaves before the release is planned, and what custody learned goes back to children's services
# 4.D: "all answered before release; exception needs INSP + reason". The pass-back is read by those who answer for the child,
# and they say what they do next (C08; within the hour where the child is at risk now).

on 2026-06-10

18:00  custody sergeant  book_in  custody_number=NM-2 name_given="Sky Sample" born_given=2012-05 authorised_at=17:55
18:05  custody sergeant  send_request  offence="Carrying drugs to sell" worry="She will not say who gave them to her"
18:40  duty worker of Harbourne  answer  Q01="yes:" Q02="given: At home" Q03="no:" Q04="given: At home" Q05="no:" Q06="unknown:" Q07="no:" Q08="yes: Autism" Q09="given: No touching" Q10="given: English" Q11="yes: Inhaler" Q12="no:" Q13="not_recorded:" Q14="given: Aunt" Q15="yes: Adult B" Q16="no:" Q17="yes:" Q19="no:" Q22="given: Worker rings at 9"
18:50  custody sergeant  plan_release  every_topic_but=R04
    state is answered
19:00  custody sergeant  record_departure  left_at=18:59
    refused: The release plan says nothing yet of: Debt, threats and retaliation. Plan the release, or ask the inspector, who may let the child leave before the plan is whole and says why
19:01  custody sergeant  plan_release  R04=" "
    refused: Write what is planned. If there is nothing, write: none
19:02  custody sergeant  plan_release  R04="She says they will say she owes for it. Her aunt keeps her at home; the social worker rings tonight"
19:03  custody sergeant  plan_release  R01="None"
    refused: Write at least one line of the plan that is new
19:04  custody sergeant  pass_back  outcome=bail_before_charge risks="She owes" considered=to_be_decided
    refused: Not possible now: the case is answered
19:05  custody sergeant  record_departure  left_at=19:04
    state is left custody
    clock C08 is due at 23:04 BST
19:06  duty worker of Harbourne  read_pass_back  next_step="Ring the aunt" next_step_by=21:00
    refused: Custody has passed nothing back yet. Ring the suite
19:10  custody sergeant  pass_back  outcome=bail_before_charge considered=to_be_decided
    refused: Write what puts the child at risk now, or what you do not know
19:12  custody sergeant  pass_back_now  outcome=bail_before_charge risks="She says they will say she owes for what was seized" considered=to_be_decided property="38 wraps" dates="Bail to 8 July"
    state is left custody
    clock C08U is due at 20:04 BST
19:13  detention officer  read_pass_back  next_step="Ring the aunt" next_step_by=21:00
    refused: A detention officer does not do this
19:30  duty worker of Harbourne  read_pass_back  next_step="Ring the aunt" next_step_by=18:00
    refused: This time must be in the future
19:31  duty worker of Harbourne  read_pass_back  next_step="Ring the aunt" next_step_by=2099-06-10T20:00:00Z
    refused: A next step is taken within three months. Check the year
19:40  duty worker of Harbourne  read_pass_back  next_step="The social worker visits, and a strategy discussion is called" next_step_by=21:00
    state is passed back
    clock C08 is not running
    clock C08U is not running
# More comes to light, and what they do next is asked anew.
19:45  custody sergeant  pass_back  outcome=bail_before_charge risks="Two men asked for her at the desk" considered=to_be_decided
    state is left custody
    clock second C08 is due at 23:45 BST
19:48  duty worker of Harbourne  read_pass_back  next_step="The social worker takes her to her aunt's now" next_step_by=20:30
    state is passed back
    clock second C08 is not running
# What is answered later still reaches custody.
19:50  duty worker of Harbourne  answer  Q16="yes: Threatened this morning"
    state is passed back
    line Q16 reads Yes
