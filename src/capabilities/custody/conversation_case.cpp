#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/adult.h"
#include "capabilities/custody/held.h"
#include "capabilities/custody/release.h"
#include "capabilities/custody/rules.h"
#include "casework/checked.h"

namespace reachable::custody {
namespace {

using namespace casework;
using policy::Category;
using policy::Label;
using enum accounts::Role;

constexpr FieldClass who     {Category::id_core,        Label::personal};
constexpr FieldClass custody {Category::custody,        Label::personal};
constexpr FieldClass safety  {Category::safety_summary, Label::sensitive};
constexpr FieldClass health  {Category::health,         Label::sensitive};
constexpr FieldClass care    {Category::social_care,    Label::sensitive};
constexpr FieldClass crime   {Category::custody,        Label::sensitive};

constexpr Field answer_fields[] = {
    field<&Answer::question>               ("question",                custody, "Question"),
    field<&Answer::state>                  ("state",                   custody, "Answer"),
    field<&Answer::words>                  ("words",                   custody, "What should custody know or do?"),
    field<&Answer::codes>                  ("codes",                   custody, "Which of these?", "", "custody.answer_codes"),
    field<&Answer::people>                 ("people",                  custody, "Person", "Safe adults, people to keep away, workers to ring"),
    field<&Answer::information_on>         ("information_on",          custody, "Date of the information"),
    field<&Answer::held_back_because>      ("held_back_because",       custody, "Why it cannot be shared"),
    field<&Answer::may_go_to_investigation>("may_go_to_investigation", custody, "May the investigation see this?"),
    noted(field<&Answer::answered_at>            ("answered_at",             custody, "When it was answered")),
    noted(field<&Answer::changed_at>             ("changed_at",              custody, "When it reached this service")),
    noted(field<&Answer::answered_by>            ("answered_by",             custody, "Who answered")),
    noted(field<&Answer::via>                    ("via",                     custody, "How the answer came")),
    noted(field<&Answer::is_read_back>           ("is_read_back",            custody, "What was read back is confirmed by the desk")),
    noted(field<&Answer::category>               ("category",                custody, "Field group")),
    noted(field<&Answer::label>                  ("label",                   custody, "How closely it is held")),
};

constexpr Field acknowledgement_fields[] = {
    field<&Acknowledgement::line>("line", custody, "Line"),
    noted(field<&Acknowledgement::at>  ("at",   custody, "When")),
    noted(field<&Acknowledgement::by>  ("by",   custody, "Who")),
    noted(field<&Acknowledgement::category>("category", custody, "Field group")),
    noted(field<&Acknowledgement::label>   ("label",    custody, "How closely it is held")),
};

constexpr Field asked_again_fields[] = {
    field<&AskAgain::topic> ("topic",  custody, "Topic", "", "custody.questions"),
    field<&AskAgain::reason>("reason", custody, "Why the child is asked again", "", "custody.ask_again_reasons"),
    field<&AskAgain::note>  ("note",   custody, "What has changed, or what do you need to know?"),
    noted(field<&AskAgain::at>    ("at",     custody, "When")),
    noted(field<&AskAgain::by>    ("by",     custody, "Who")),
    noted(field<&AskAgain::category>("category", custody, "Field group")),
    noted(field<&AskAgain::label>   ("label",    custody, "How closely it is held")),
};

constexpr Field reroute_fields[] = {
    noted(field<&Reroute::from>  ("from",   custody, "Authority that was asked")),
    field<&Reroute::to>    ("to",     custody, "Authority to ask instead"),
    field<&Reroute::reason>("reason", custody, "Why it is not your child", "", "custody.not_our_child_reasons"),
    field<&Reroute::words> ("words",  custody, "What the next authority should know"),
    noted(field<&Reroute::at>    ("at",     custody, "When")),
};

constexpr Field added_fact_fields[] = {
    field<&AddedFact::number> ("number",  health, "Number"),
    field<&AddedFact::section>("section", health, "Part of the brief", "", "custody.brief_sections"),
    field<&AddedFact::words>  ("words",   health, "What is new"),
    field<&AddedFact::said_by>("said_by", health, "Who told you?", "", "custody.said_by"),
    field<&AddedFact::about>  ("about",   health, "Which answer does it put right?", "", "custody.questions"),
    noted(field<&AddedFact::at>     ("at",      health, "When")),
    noted(field<&AddedFact::by>     ("by",      health, "Who said so")),
};

constexpr Field handover_fields[] = {
    field<&Handover::duty_ends_at>          ("duty_ends_at",           custody, "When does the duty of the custody officer in charge end?"),
    field<&Handover::with_detention_officer>("with_detention_officer", custody, "Does a detention officer take over too?"),
    noted(field<&Handover::from>     ("from",      custody, "Who was in charge")),
    noted(field<&Handover::opened_by>("opened_by", custody, "Who opened the handover")),
    noted(field<&Handover::opened_at>("opened_at", custody, "When it was opened")),
    noted(field<&Handover::to>       ("to",        custody, "Who took over")),
    noted(field<&Handover::ended_at> ("ended_at",  custody, "When it ended")),
};

constexpr Field accepted_line_fields[] = {
    field<&AcceptedLine::line>("line", custody, "Line"),
    field<&AcceptedLine::mark>("mark", custody, "Mark of what was read", "Refused if the line says something else by now"),
    noted(field<&AcceptedLine::handover>("handover", custody, "In which handover")),
    noted(field<&AcceptedLine::at>      ("at",       custody, "When")),
    noted(field<&AcceptedLine::by>      ("by",       custody, "Who")),
    noted(field<&AcceptedLine::role>    ("role",     custody, "As what")),
    noted(field<&AcceptedLine::category>("category", custody, "Field group")),
    noted(field<&AcceptedLine::label>   ("label",    custody, "How closely it is held")),
};

constexpr Field time_correction_fields[] = {
    field<&TimeCorrection::time>  ("time",   custody, "Which time is wrong?", "", "custody.corrected_times"),
    field<&TimeCorrection::right> ("right",  custody, "What is the right time?"),
    field<&TimeCorrection::reason>("reason", custody, "Why is it corrected?", "What you read it from. Another sergeant of this suite, or an inspector, decides. The duty desk can read it too"),
    noted(field<&TimeCorrection::was>       ("was",        custody, "What stood before")),
    noted(field<&TimeCorrection::asked_by>  ("asked_by",   custody, "Who asked")),
    noted(field<&TimeCorrection::asked_at>  ("asked_at",   custody, "When it was asked")),
    noted(field<&TimeCorrection::decided_by>("decided_by", custody, "Who decided")),
    noted(field<&TimeCorrection::decided_at>("decided_at", custody, "When it was decided")),
    noted(field<&TimeCorrection::is_right>  ("is_right",   custody, "Was the time corrected?")),
};

constexpr Field release_line_fields[] = {
    field<&ReleaseLine::topic>("topic", safety, "Topic", "", "custody.release_topics"),
    field<&ReleaseLine::words>("words", safety, "What is planned", "If there is nothing, write: none. If it is not known, write so, and who finds out"),
    noted(field<&ReleaseLine::at>("at", safety, "When")),
    noted(field<&ReleaseLine::by>("by", safety, "Who said so")),
    noted(field<&ReleaseLine::category>("category", safety, "Field group")),
    noted(field<&ReleaseLine::label>   ("label",    safety, "How closely it is held")),
};

constexpr Field pass_back_fields[] = {
    field<&PassBack::outcome>    ("outcome",     custody, "What came of the detention?", "", "custody.outcomes"),
    field<&PassBack::risks>      ("risks",       safety,  "What puts the child at risk now?", "Debt, threats, who waits outside, what the child may do. If you know of nothing, write what you do not know"),
    field<&PassBack::considered> ("considered",  custody, "May somebody exploit the child? What was decided?", "A child suspected of an offence may be a victim too", "custody.nrm_considered"),
    field<&PassBack::conditions> ("conditions",  custody, "Bail conditions, or others"),
    field<&PassBack::property>   ("property",    safety,  "Property of concern", "What was seized, and who may ask the child for it"),
    field<&PassBack::injuries>   ("injuries",    health,  "Injuries and health"),
    field<&PassBack::child_words>("child_words", safety,  "What did the child say?", "In the child's own words"),
    field<&PassBack::words_setting>("words_setting", safety, "The child's words: where were they said, and to whom?"),
    field<&PassBack::words_language>("words_language", safety, "The child's words: in which language, and who interpreted?"),
    field<&PassBack::adult_said> ("adult_said",  custody, "What did the appropriate adult notice?"),
    field<&PassBack::complaint>  ("complaint",   custody, "Was a complaint made?"),
    field<&PassBack::dates>      ("dates",       custody, "Next dates", "Court, bail, appointments"),
    noted(field<&PassBack::at>   ("at",          custody, "When")),
    noted(field<&PassBack::by>   ("by",          custody, "Who passed it back")),
};

constexpr Field earlier_adult_fields[] = {
    noted(field<&EarlierAdult::who>         ("who",          custody, "Appropriate adult")),
    noted(field<&EarlierAdult::relation>    ("relation",     custody, "What they are to the child")),
    noted(field<&EarlierAdult::requested_at>("requested_at", custody, "When they were asked")),
    noted(field<&EarlierAdult::arrived_at>  ("arrived_at",   custody, "When they arrived")),
    noted(field<&EarlierAdult::left_at>     ("left_at",      custody, "When they left")),
};

constexpr Field fields[] = {
    field<&Conversation::child>                ("child",                 who,     "Child", "The child's record, if there is one"),
    field<&Conversation::force>                ("force",                 custody, "Police force"),
    field<&Conversation::suite>                ("suite",                 custody, "Custody suite"),
    field<&Conversation::custody_number>       ("custody_number",        custody, "Custody number", "As on the custody record"),
    field<&Conversation::name_given>           ("name_given",            who,     "Full name", "As given on arrival. If it is not known, write: Name not known"),
    field<&Conversation::born_given>           ("born_given",            who,     "Date of birth", "For example, 27 3 2011. Leave out what is not known"),
    field<&Conversation::age_status>           ("age_status",            who,     "How sure is the age?", "", "age_status"),
    field<&Conversation::attendance>           ("attendance",            custody, "How is the child here?", "", "custody.attendances"),
    field<&Conversation::authorised_at>        ("authorised_at",         custody, "When was detention authorised?", "Of somebody who is not detained: when it began"),
    field<&Conversation::arrested_at>          ("arrested_at",           custody, "When was the child arrested?"),
    field<&Conversation::arrest_place>         ("arrest_place",          custody, "Where was the child arrested?"),
    field<&Conversation::distance_from_home>   ("distance_from_home",    custody, "How far from home is that?"),
    field<&Conversation::found_with>           ("found_with",            safety,  "Who was the child with?", "Adults first"),
    field<&Conversation::offence>              ("offence",               crime,   "What is the child suspected of, in plain words?", "If of nothing, write why the child is here"),
    field<&Conversation::signs_seen>           ("signs_seen",            safety,  "Which of these have you seen?", "They may mean that someone is exploiting the child", "custody.signs_seen"),
    field<&Conversation::presentation>         ("presentation",          safety,  "How does the child seem?"),
    field<&Conversation::child_words>          ("child_words",           safety,  "What has the child said?", "In the child's own words"),
    field<&Conversation::child_words_setting>  ("child_words_setting",   safety,  "The child's words: where were they said, and to whom?", "For example, in the cell, to the detention officer"),
    field<&Conversation::child_words_language> ("child_words_language",  safety,  "The child's words: in which language do they stand here?"),
    field<&Conversation::child_words_interpreter>("child_words_interpreter", safety, "The child's words: who interpreted?", "For example, a professional by telephone. If nobody did, write: nobody"),
    field<&Conversation::child_words_by>       ("child_words_by",        safety,  "Who wrote the child's words down"),
    field<&Conversation::child_words_at>       ("child_words_at",        safety,  "When the child's words were written down"),
    field<&Conversation::health_seen>          ("health_seen",           health,  "Injuries or health needs seen"),
    field<&Conversation::parent_contacted>     ("parent_contacted",      custody, "Has a parent or carer been told?"),
    field<&Conversation::interview_expected_at>("interview_expected_at", custody, "When is the interview expected?"),
    field<&Conversation::worry>                ("worry",                 safety,  "What worries you most?", "If nothing does yet, write what you do not know about the child"),
    field<&Conversation::adult_who>            ("adult_who",             custody, "Appropriate adult", "Their name, or who they are to the child"),
    field<&Conversation::adult_relation>       ("adult_relation",        custody, "What are they to the child?", "For example: aunt, social worker, volunteer of the appropriate adult scheme"),
    field<&Conversation::adult_requested_at>   ("adult_requested_at",    custody, "When was the appropriate adult asked?"),
    field<&Conversation::adult_arrived_at>     ("adult_arrived_at",      custody, "When did the appropriate adult arrive?"),
    field<&Conversation::adult_left_at>        ("adult_left_at",         custody, "When did the appropriate adult leave?"),
    field<&Conversation::adult_is_another>     ("adult_is_another",      custody, "Is this somebody else than the people to keep away?", "Leave this open unless you are told that the words are alike"),
    field<&Conversation::adult_changed_at>     ("adult_changed_at",      custody, "Last news of the appropriate adult"),
    field<&Conversation::authority>            ("authority",             custody, "Local authority"),
    field<&Conversation::desk>                 ("desk",                  custody, "Duty desk"),
    field<&Conversation::authority_found_by>   ("authority_found_by",    care, "How the authority was found", "", "custody.authority_found_by"),
    field<&Conversation::channel>              ("channel",               custody, "How the request is sent", "", "custody.channels"),
    field<&Conversation::sent_at>              ("sent_at",               custody, "Request sent"),
    field<&Conversation::delivered_at>         ("delivered_at",          custody, "When was the request delivered?"),
    field<&Conversation::opened_at>            ("opened_at",             custody, "Request opened"),
    field<&Conversation::chased_at>            ("chased_at",             custody, "Last chased"),
    field<&Conversation::phone_worker>         ("phone_worker",          custody, "Who gave the answers by phone?", "Their job, for example duty social worker"),
    field<&Conversation::phoned_at>            ("phoned_at",             custody, "When were the answers given?"),
    field<&Conversation::was_read_back>        ("was_read_back",         custody, "Did you read the answers back to the worker?"),
    field<&Conversation::is_complete>          ("is_complete",           custody, "All mandatory questions have a value"),
    field<&Conversation::left_at>              ("left_at",               custody, "When did the child leave custody?"),
    field<&Conversation::left_recorded_at>     ("left_recorded_at",      custody, "When the departure was recorded"),
    field<&Conversation::card_given_at>        ("card_given_at",         custody, "When the child was given the card that asks how it was here"),
    field<&Conversation::release_exception>    ("release_exception",     custody, "Why may the child leave before the plan is whole?", "What is missing, and who sees to it"),
    field<&Conversation::release_exception_by> ("release_exception_by",  custody, "Who allowed that"),
    field<&Conversation::next_step>            ("next_step",             crime,   "What will children's services do next?"),
    field<&Conversation::next_step_by>         ("next_step_by",          custody, "By when?"),
    field<&Conversation::next_step_of>         ("next_step_of",          custody, "Who said what children's services do next"),
    field<&Conversation::pass_back_read_at>    ("pass_back_read_at",     custody, "When children's services read what was passed back"),
    field<&Conversation::charged_at>           ("charged_at",            custody, "When was the child charged?"),
    field<&Conversation::bail_refused_at>      ("bail_refused_at",       custody, "When was bail refused?"),
    field<&Conversation::bed_sought>           ("bed_sought",            custody, "Which bed is asked for?", "", "custody.beds"),
    field<&Conversation::bed_asked_at>         ("bed_asked_at",          custody, "When the authority was asked for a bed"),
    field<&Conversation::bed_reply>            ("bed_reply",             custody, "Is there a bed for the child?", "", "custody.bed_replies"),
    field<&Conversation::bed_words>            ("bed_words",             crime,   "Where, and how does the child get there? If there is none: why?", "The place, a telephone number, and who brings the child"),
    field<&Conversation::bed_ready_at>         ("bed_ready_at",          custody, "From when is the bed there?"),
    field<&Conversation::bed_replied_at>       ("bed_replied_at",        custody, "When did they say so?", "If it was by phone: the true time"),
    field<&Conversation::bed_replied_by>       ("bed_replied_by",        custody, "Who said so"),
    field<&Conversation::certificate_ground>   ("certificate_ground",    custody, "On which ground is the child kept?", "", "custody.certificate_grounds"),
    field<&Conversation::certificate_words>    ("certificate_words",     crime,   "Which circumstances does the certificate name?", "The certificate goes to the court"),
    field<&Conversation::certified_at>         ("certified_at",          custody, "When the certificate was given"),
    field<&Conversation::certified_by>         ("certified_by",          custody, "Who gave the certificate"),
    field<&Conversation::certificate_review>   ("certificate_review",    crime,   "What does the inspector find?", "Whether the ground holds, and what is still tried"),
    field<&Conversation::certificate_reviewed_at>("certificate_reviewed_at", custody, "When the certificate was reviewed"),
    field<&Conversation::certificate_reviewed_by>("certificate_reviewed_by", custody, "Who reviewed the certificate"),
    field<&Conversation::in_charge>            ("in_charge",             custody, "Custody officer in charge of the child"),
    field<&Conversation::in_charge_since>      ("in_charge_since",       custody, "In charge since"),
    field<&Conversation::is_time_right>        ("is_time_right",         custody, "Is that the right time?", "Yes: the clock counts from it. No: the time stands as it is"),
};

constexpr Part parts[] = {
    part<&Conversation::answers>         ("answers",          "Answers",           "question", answer_fields, class_of_answer, released_to_investigation),
    part<&Conversation::acknowledgements>("acknowledgements", "Acknowledgements",  "line",     acknowledgement_fields, class_of_acknowledgement),
    part<&Conversation::asked_again>     ("asked_again",      "Asked again",       "",         asked_again_fields, class_of_asking_again),
    part<&Conversation::reroutes>        ("reroutes",         "Not our child",     "",         reroute_fields),
    part<&Conversation::added_facts>     ("added_facts",      "New facts",         "number",   added_fact_fields),
    part<&Conversation::handovers>       ("handovers",        "Handovers",         "",         handover_fields),
    part<&Conversation::accepted_lines>  ("accepted_lines",   "Lines accepted at handover", "", accepted_line_fields, class_of_acceptance),
    part<&Conversation::time_corrections>("time_corrections", "Times to correct",  "",         time_correction_fields),
    part<&Conversation::release_plan>    ("release_plan",     "Release plan",      "topic",    release_line_fields, class_of_release_line),
    part<&Conversation::pass_backs>      ("pass_backs",       "Passed back to children's services", "", pass_back_fields, class_of_pass_back),
    part<&Conversation::earlier_adults>  ("earlier_adults",  "Appropriate adults before", "", earlier_adult_fields),
};

constexpr std::string_view states[]      = {request_due, waiting, in_progress, part_answered, answered, brief_live, brief_changed, left_custody, passed_back};
constexpr std::string_view open_states[] = {request_due, waiting, in_progress, part_answered, answered, brief_live, brief_changed};

// Asked every time (R-D-01): also about a child who left before anybody was asked.
constexpr States unasked_states    {request_due, left_custody};
constexpr States chased_states     {waiting, in_progress, part_answered, answered, brief_live, brief_changed};
// Also of a child who left before this authority had answered.
constexpr States disowned_states   {waiting, in_progress, part_answered, left_custody};
constexpr States left_states       {left_custody, passed_back};
constexpr States detained_states   {request_due, waiting, in_progress, part_answered, answered, brief_live, brief_changed};
// The card is given on the way out, and may be sent after a child who left without it.
constexpr States card_states       {request_due, waiting, in_progress, part_answered, answered, brief_live, brief_changed, left_custody, passed_back};
// Children's services must still answer when the child has left, and custody reads what comes then.
constexpr States answerable_states {waiting, in_progress, part_answered, answered, brief_live, brief_changed, left_custody, passed_back};
constexpr States finished_later    {part_answered, answered, left_custody, passed_back, same_state};
constexpr States after_answer      {part_answered, answered, brief_changed, brief_live, left_custody, passed_back};
// A new fact may be there to read before any answer is.
constexpr States readable_states   {request_due, waiting, in_progress, part_answered, answered, brief_live, brief_changed, left_custody, passed_back};
constexpr States after_reading     {part_answered, answered, brief_live, brief_changed, same_state};

constexpr Action actions[] = {
    // action              from               to               who may                asks for
    {"book_in",            {nothing_yet},     {request_due},   {CUST},
        "child? name_given born_given? age_status? attendance? custody_number authorised_at",     "Book in",                   only_if<the_booking_holds>, doing<note_who_is_detained>},
    {"send_request",       unasked_states,    {waiting, left_custody}, {CUST, INSP},
        "authority? offence worry found_with? signs_seen? child_words? child_words_setting? child_words_language? child_words_interpreter? health_seen? presentation? arrested_at? arrest_place? "
        "distance_from_home? parent_contacted? interview_expected_at? authority_found_by? channel? delivered_at?",
                                                                                      "Send the request",          only_if<times_are_in_order>, doing<send_to_the_duty_desk>},
    {"open_request",       {waiting},         {in_progress},   {EDT, SW, LADM},       "",                          "Open the request", nullptr, doing<note_opened>},
    {"answer",             answerable_states, after_answer,    {EDT, SW},             "answers",                   "Send answers",     nullptr, doing<note_answers>},
    {"finish_later",       {in_progress, part_answered, left_custody, passed_back}, finished_later, {EDT}, "answers?",                  "Send what I have and finish later", nullptr, doing<send_a_new_link>},
    {"not_our_child",      disowned_states,   {waiting, left_custody}, {EDT, LADM},           "reroutes",                  "This is not our child", nullptr, doing<pass_to_another_authority>},
    {"chase",              chased_states,     {same_state},    {CUST, INSP},          "",                          "Chase",            nullptr, doing<chase_the_desk>},
    {"answer_by_phone",    answerable_states, after_answer,    {CUST},                "answers phone_worker phoned_at? was_read_back", "Record answers given by phone", only_if<times_are_in_order>, doing<note_phoned_answers>},
    {"confirm_read_back",  answerable_states, {same_state},    {EDT, SW},             "",                          "Confirm what was read back", nullptr, doing<note_read_back>},
    {"acknowledge",        readable_states,   after_reading,   {CUST, INSP},           "acknowledgements",          "Record that I have read this", nullptr, doing<note_acknowledged>, true},
    {"ask_child_again",    detained_states,   {same_state},    {CUST, DETO, INSP, HLTH}, "asked_again",            "Ask the child again", only_if<health_staff_have_a_clinical_reason>, doing<note_asked_again>},
    {"add_fact",           detained_states,   {brief_changed, same_state}, {CUST, INSP, DETO, HLTH, AA, EDT, SW}, "added_facts",  "Add a new fact",   nullptr, doing<note_added_fact>},
    {"ask_adult",          detained_states,   {brief_changed, same_state}, {CUST, DETO, INSP}, "adult_who adult_relation? adult_requested_at? adult_is_another?", "Record that an appropriate adult was asked", nullptr, doing<note_adult_asked>},
    {"adult_here",      detained_states,   {brief_changed, same_state}, {CUST, DETO, INSP}, "adult_who? adult_relation? adult_arrived_at? adult_is_another?", "Record that the appropriate adult is here", nullptr, doing<note_adult_here>},
    {"adult_gone",       detained_states,   {brief_changed, same_state}, {CUST, DETO, INSP}, "adult_left_at?",       "Record that the appropriate adult has left", nullptr, doing<note_adult_gone>},
    {"open_handover",      detained_states,   {same_state},    {CUST, INSP},          "handovers",             "Hand the child over", nullptr, doing<note_handover_opened>},
    {"accept_line",        detained_states,   {same_state},    {CUST, DETO},          "accepted_lines",        "Accept a line of the handover", nullptr, doing<note_line_accepted>},
    {"take_over",          detained_states,   {same_state},    {CUST},                "",                      "Take the child over, or stay in charge", nullptr, doing<note_taken_over>},
    {"ask_for_bed",        detained_states,   {same_state},    {CUST},                "charged_at bail_refused_at bed_sought", "Record that bail was refused, and ask for a bed", nullptr, doing<note_bed_asked_for>},
    {"answer_bed",         detained_states,   {same_state},    {CUST, EDT, SW, LADM}, "bed_reply bed_words bed_ready_at? bed_replied_at?", "Say whether there is a bed", nullptr, doing<note_bed_reply>},
    {"certify",            detained_states,   {same_state},    {CUST},                "certificate_ground certificate_words", "Certify why the child is kept", nullptr, doing<note_certificate>, true},
    {"review_certificate", readable_states,   {same_state},    {CUST, INSP},          "certificate_review",        "Review the certificate", nullptr, doing<note_certificate_reviewed>, true},
    {"plan_release",       detained_states,   {same_state},    {CUST, INSP},          "release_plan? release_exception?", "Plan the release",   nullptr, doing<note_release_plan>},
    {"record_departure",   detained_states,   {left_custody},  {CUST},                "left_at",                   "Record that the child has left custody", only_if<times_are_in_order>, doing<note_departure>},
    {"give_card",          card_states,       {same_state},    {CUST, DETO},          "",                          "Record that the child was given the card", nullptr, doing<note_card_given>},
    {"pass_back",          left_states,       {left_custody},  {CUST},                "pass_backs",                "Pass back to children's services", nullptr, doing<note_passed_back>, true},
    {"pass_back_now",      left_states,       {left_custody},  {CUST},                "pass_backs",                "Pass back: they must act within the hour", nullptr, doing<note_passed_back_now>, true},
    {"read_pass_back",     {left_custody},    {passed_back},   {EDT, SW, LADM},       "next_step next_step_by",    "Say what children's services do next", nullptr, doing<note_pass_back_read>, true},
    {"propose_time",       readable_states,   {same_state},    {CUST, INSP},          "time_corrections",          "Ask for a time to be corrected", nullptr, doing<note_proposed_time>},
    {"decide_time",        readable_states,   {same_state},    {CUST, INSP},          "is_time_right",             "Decide whether a time is corrected", nullptr, doing<note_decided_time>, true},
};

constexpr Clock clocks[] = {
    // clock   what is awaited                                      starts on                           stops on                        because
    {"C01", "Request sent to children's services",     {"book_in"},                        {"send_request"},
        "A request is made every time, without delay (R-D-01)",                                 detention_authorised, request_sent, nullptr, Again::keeps, {"decide_time"}},
    {"C02", "Children's services answer",              {"send_request", "not_our_child"},  {"answer", "finish_later", "answer_by_phone"},
        "Answers inside two hours, as in the London pilot (evidence of 2022, paragraph 2.20)",   request_delivered, last_answer_given, all_mandatory_have_a_value, Again::runs_beside, {"decide_time"}},
    {"C03", "Custody acknowledges what is new",        {"answer", "finish_later", "answer_by_phone", "add_fact", "ask_adult", "adult_here", "adult_gone"}, {"acknowledge", "record_departure"},
        "What children's services say is read by the officer in charge",                         nullptr, nullptr, nothing_is_left_to_read},
    {"C04", "Whoever takes over accepts each critical line", {"open_handover"}, {"take_over", "record_departure"},
        "No critical line changes hands unread (R-D-08)", duty_of_the_outgoing_ends},
    {"C06", "An appropriate adult is with the child",        {"ask_adult"}, {"adult_here", "record_departure"},
        "A child is not alone with the police for longer than it takes somebody to come (PACE Code C, part 1; Crime and Disorder Act 1998, section 38)",
        adult_awaited_since, adult_wait_ended, nullptr, Again::keeps, {"decide_time"}},
    {bed_clock, "A bed outside custody, or a certificate why not", {"ask_for_bed", "answer_bed"}, {"answer_bed", "certify", "record_departure"},
        "A child who is charged and refused bail is moved to the authority's accommodation, or it is certified why not (PACE 1984, section 38(6); R-D-09)",
        bail_was_refused, bed_wait_ended, bed_is_no_longer_awaited, Again::keeps, {"decide_time"}, false, bed_is_awaited},
    {"C08", "Children's services read what custody passes back", {"record_departure", "pass_back", "pass_back_now"}, {"read_pass_back"},
        "What custody learned of the child does not end at its door", something_to_pass_back, nullptr, nullptr, Again::keeps, {"decide_time"}, true},
    {"C08U", "Children's services act within the hour",          {"pass_back_now"}, {"read_pass_back"},
        "A child at risk tonight waits no longer than an hour for those who answer for them", something_to_pass_back, nullptr, nullptr, Again::keeps, {"decide_time"}, true},
};

Heading heading_of(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    return {.child = conversation.child,
            .agency = conversation.force,
            .team = conversation.suite,
            .partner = conversation.authority,
            .partner_team = conversation.desk,
            .ended_at = departure_is_over(conversation),
            .partner_ended_at = desk_is_done(conversation)};
}

/// Worked out from the case and the session only: nobody types in what connects them with a child.
std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    using policy::Relationship;
    std::vector<policy::Link> links;
    const bool is_own_side = !session.agency.is_none() && session.agency == heading.agency;
    const bool is_asked_side = !session.agency.is_none() && session.agency == heading.partner;
    // A supervisor "must not see cases outside the unit" (roles); an inspector answers for every suite of the force.
    const bool is_own_unit = session.team == heading.team || session.team == heading.partner_team;
    if ((is_own_side || is_asked_side) && (is_own_unit || session.role != SUPV))
        links.push_back({.relationship = Relationship::own_agency});
    const bool is_at_suite = session.team == heading.team || session.role == INSP;
    if (is_own_side && is_at_suite)
        links.push_back({.relationship = Relationship::detaining, .ended_at = heading.ended_at});
    // What the suite still owes after its access has ended is written under the request that names the child, until the
    // authority has answered and read it.
    if (is_own_side && session.role == CUST && session.team == heading.team && heading.ended_at)
        links.push_back({.relationship = Relationship::enquiry, .ended_at = heading.partner_ended_at});
    if (is_asked_side && session.team == heading.partner_team)
        links.push_back({.relationship = Relationship::duty_desk, .ended_at = heading.partner_ended_at});
    return links;
}

constexpr CaseType type = checked({
    .name = "custody",
    .title = "Custody safeguarding conversation",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .parts = parts,
    .actions = actions,
    .clocks = clocks,
    .may_correct = {CUST, INSP},
    .not_correctable = "child attendance force suite authority desk channel authorised_at sent_at delivered_at opened_at chased_at phoned_at left_at left_recorded_at child_words child_words_by child_words_at adult_requested_at adult_arrived_at adult_left_at adult_is_another adult_changed_at charged_at bail_refused_at bed_sought bed_asked_at bed_reply bed_words bed_ready_at bed_replied_at bed_replied_by certificate_ground certificate_words certified_at certified_by certificate_review certificate_reviewed_at certificate_reviewed_by is_time_right is_complete in_charge in_charge_since release_exception release_exception_by next_step next_step_by next_step_of pass_back_read_at card_given_at",
    .when_corrected = doing<correct_the_record_made_here>,
    .copy = copy_of<Conversation>,
    .heading = heading_of,
    .relate = relate,
    .held = custody,
});

} // namespace

const CaseType& conversation_type() { return type; }

} // namespace reachable::custody
