// The custody roles: who may see or do what, and why. Laid out by hand; read it aloud.
//
// Views follow the table of field groups: R and W show whole, S shows a summary, X and a dash hide. What is released
// item by item (X) stays hidden until there is a rule for a single item. O, "only what their own organisation
// supplied", is shown and then cut by L4.
#include "policy/rules.h"

#include <algorithm>

namespace reachable::policy {

namespace {

using enum Category;
using enum accounts::Role;
using accounts::AgencyKind;
using enum accounts::AgencyKind;
using enum Relationship;

// clang-format off

constexpr Purpose purposes[] = {
    {"custody-safeguarding",   "Keep a child safe in custody",
        "Children Act 2004 s.11; PACE 1984 Code C; Data Protection Act 2018 Part 3"},
    {"safeguarding-response",  "Answer for children's services about a child in custody",
        "Children Act 1989 ss.17 and 47; Children Act 2004 s.11; UK GDPR art.6(1)(e) and 9(2)(g), Data Protection Act 2018 Sch.1 para.18"},
    {"missing-response",       "Find a missing child and reduce harm",
        "Common law duty to protect life; Children Act 2004 s.11; Data Protection Act 2018 Part 3"},
    {"victim-support",         "Support a child who is a victim",
        "Victims and Prisoners Act 2024 Part 1; Data Protection Act 2018 Part 3"},
    {"supervision",            "Check that work is done and in time",
        "Children Act 2004 s.11; Data Protection Act 2018 Part 3"},
    {"information-governance", "Account for who looked at what, and why",
        "UK GDPR art.5(2) and 39; Data Protection Act 2018 ss.62 and 71"},
    {"administration",         "Run accounts and this service",
        "UK GDPR art.32; Data Protection Act 2018 s.66"},
};

//                                whole                                                               summary
constexpr View nothing         = {{},                                                                 {}};
constexpr View arrival         = {{id_core, address, safety_summary, health, custody, administration}, {}};
constexpr View custody_sees    = {{id_core, address, safety_summary, custody, observation, administration},
                                                                                                      {health, social_care, missing, intelligence, referral, crime, disruption}};
constexpr View detention_sees  = {{safety_summary, custody, administration},                          {id_core, health}};
constexpr View desk_sees       = {{id_core, address, safety_summary, health, social_care, missing, custody, observation, administration},
                                                                                                      {referral, disruption}};
constexpr View manager_sees    = {{administration},                                                   {id_core, address, safety_summary, health, social_care, missing, custody, referral, disruption}};
constexpr View allocated_sees  = {{id_core, address, safety_summary, health, social_care, missing, interview_text, referral, observation, meeting, administration},
                                                                                                      {custody, crime, disruption}};
constexpr View health_sees     = {{id_core, address, safety_summary, health, observation, administration},
                                                                                                      {missing, custody}};
constexpr View adult_sees      = {{},                                                                 {id_core}};
constexpr View officer_sees    = {{crime},                                                            {}};
constexpr View supervisor_sees = {{administration},                                                   {id_core, custody}};
constexpr View workings        = {{administration},                                                   {}};
constexpr View access_log      = {{administration},                                                   {id_core}};
constexpr View match_list      = {{},                                                                 {id_core}};

constexpr AnyOf<AgencyKind> anywhere = {police_force, local_authority, charity, health_body, prosecution, oversight, operator_};
constexpr AnyOf<AgencyKind> custody_health = {health_body, police_force};
constexpr AnyOf<Relationship> not_needed = {};

constexpr auto custody_actions = "custody.send_request custody.chase custody.record_delivery custody.answer_by_phone custody.confirm_read_back "
                                 "custody.acknowledge custody.acknowledge_line custody.ask_child_again custody.add_fact "
                                 "custody.note_adult custody.correct custody.record_departure custody.release_unanswered";
constexpr auto answer_actions  = "custody.open_request custody.answer custody.finish_later custody.complete_answers "
                                 "custody.confirm_read_back custody.add_fact custody.correct";
constexpr auto floor_actions   = "custody.acknowledge_line custody.ask_child_again custody.add_fact custody.note_adult";
constexpr auto clinic_actions  = "custody.ask_child_again custody.add_fact";

constexpr Allow allows[] = {
    // id    because                                                                      actions              of             at                purpose                                  while                     sees             up to
    {"A01", "Custody books in a child who arrives",                                       "custody.book_in",   CUST,          police_force,     "custody-safeguarding",                  not_needed,               arrival,         Label::sensitive},
    {"A02", "Custody sees what keeps the child safe tonight",                             "read",              {CUST, INSP},  police_force,     "custody-safeguarding",                  detaining,                custody_sees,    Label::sensitive},
    {"A03", "Custody asks, is answered and acknowledges, until the child leaves",         custody_actions,     {CUST, INSP},  police_force,     "custody-safeguarding",                  detaining,                custody_sees,    Label::sensitive},
    {"A04", "Detention staff see the brief they act on",                                  "read",              DETO,          police_force,     "custody-safeguarding",                  detaining,                detention_sees,  Label::sensitive},
    {"A05", "Detention staff add what they see and acknowledge what they take over",      floor_actions,       DETO,          police_force,     "custody-safeguarding",                  detaining,                detention_sees,  Label::sensitive},
    {"A06", "The desk that is asked sees the request and its own record",                 "read",              {EDT, LADM},   local_authority,  "safeguarding-response",                 duty_desk,                desk_sees,       Label::restricted},
    {"A07", "The desk that is asked answers",                                             answer_actions,      {EDT, LADM},   local_authority,  "safeguarding-response",                 duty_desk,                desk_sees,       Label::restricted},
    {"A08", "The desk that is asked says when the child is another authority's",          "custody.not_our_child",  {EDT, LADM},  local_authority,  "safeguarding-response",             duty_desk,                desk_sees,       Label::restricted, LADM},
    {"A09", "A duty manager sees the authority's own queue in summary",                   "read",              LADM,          local_authority,  "safeguarding-response supervision",     own_agency,               manager_sees,    Label::sensitive},
    {"A10", "A social worker sees the whole picture of an allocated child",               "read",              SW,            local_authority,  "safeguarding-response missing-response victim-support", allocated, allocated_sees,  Label::restricted},
    {"A11", "A social worker answers for an allocated child",                             answer_actions,      SW,            local_authority,  "safeguarding-response",                 allocated,                allocated_sees,  Label::restricted},
    {"A12", "Health staff see what care needs",                                           "read",              HLTH,          custody_health,   "custody-safeguarding",                  detaining,                health_sees,     Label::sensitive},
    {"A13", "Health staff add health facts and may ask again for a clinical reason",      clinic_actions,      HLTH,          custody_health,   "custody-safeguarding",                  detaining,                health_sees,     Label::sensitive},
    {"A14", "An appropriate adult knows whom they are there for",                         "read",              AA,            {charity, local_authority}, "custody-safeguarding",        allocated,                adult_sees,      Label::personal},
    {"A15", "An appropriate adult adds what they notice",                                 "custody.add_fact",  AA,            {charity, local_authority}, "custody-safeguarding",        allocated,                nothing,         Label::personal},
    {"A16", "The officer in the case sees only lines marked for the investigation",       "read",              OIC,           police_force,     "custody-safeguarding victim-support",   {detaining, own_agency},  officer_sees,    Label::sensitive},
    {"A17", "A supervisor sees that work is done and in time",                            "read",              SUPV,          {police_force, local_authority}, "supervision",            own_agency,               supervisor_sees, Label::sensitive},
    {"A18", "The service keeps the clocks and notes deliveries",                          "read clock custody.record_delivery", system, {operator_, police_force, local_authority}, "administration custody-safeguarding", not_needed, workings, Label::personal},
    {"A19", "Custody may ask whether a child is known",                                   "search",            {CUST, INSP},  police_force,     "custody-safeguarding",                  not_needed,               match_list,      Label::personal},
    {"A20", "Children's services may ask whether a child is known",                       "search",            {EDT, LADM, SW}, local_authority, "safeguarding-response",                not_needed,               match_list,      Label::personal},
    {"A21", "Information governance reads who looked at what",                            "audit.read audit.read_child audit.verify", IGOV, anywhere, "information-governance",          not_needed,               access_log,      Label::personal},
    {"A22", "An administrator keeps accounts",                                            "account.read",      ADMIN,         anywhere,         "administration",                        not_needed,               workings,        Label::personal},
};

// clang-format on

bool has(const Request& request, Relationship relationship)
{
    return request.relationships.contains(relationship);
}

/// A kind or a purpose that nobody has heard of may be immigration's: it counts as theirs.
bool serves_immigration(const Request& request)
{
    const bool is_known_kind = anywhere.has(request.agency_kind);
    return !is_known_kind || request.purpose.starts_with("immigration");
}

bool is_linked(const Request& request)
{
    return has(request, Relationship::linked);
}

/// The access log holds handles, not content: it stays open to those who account for it.
bool is_sealed_from(const Request& request)
{
    const bool is_workings = request.role == accounts::Role::system || request.action.starts_with("audit.");
    const bool has_duty = has(request, detaining) || has(request, duty_desk) || has(request, allocated);
    return request.is_sealed && !is_workings && !has_duty;
}

bool may_know_where(const Request& request)
{
    return has(request, allocated) || has(request, searching) || has(request, duty_desk) ||
           request.action == "custody.book_in";
}

bool is_own_observation(const Request& request)
{
    return has(request, own_agency) || request.role == accounts::Role::SW;
}

constexpr Forbid forbids[] = {
    {"F1", "Data about children never serves immigration enforcement",
     "agency kind is immigration or unknown, or purpose begins with immigration", serves_immigration},
    {"F2", "Nobody opens their own, their family's or a colleague's record", "relationship is linked", is_linked},
    {"F3", "A sealed record is open only to those who hold, answer for or are allocated to the child",
     "record is sealed and relationship is none of detaining, duty-desk, allocated; not audit.*, not role system",
     is_sealed_from},
};

constexpr Limit limits[] = {
    {"L3", "Where a child lives or is placed is shown as an area", address, Show::generalise,
     "relationship is allocated, searching or duty-desk; or action is custody.book_in", may_know_where},
    {"L4", "A partner's observation is shown only to the organisation that supplied it", observation, Show::hide,
     "relationship is own-agency, or role is SW", is_own_observation},
};

} // namespace

const Rules& custody_rules()
{
    static const Rules rules{
        .allows = {std::begin(allows), std::end(allows)},
        .forbids = {std::begin(forbids), std::end(forbids)},
        .limits = {std::begin(limits), std::end(limits)},
        .purposes = {std::begin(purposes), std::end(purposes)},
    };
    return rules;
}

} // namespace reachable::policy
