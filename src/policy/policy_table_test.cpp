// Who asks, for what, and what is decided, because of which rule. One row a case; read across.
#include "policy/testing.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

using enum Category;
using enum Label;
using enum accounts::Role;
using enum accounts::AgencyKind;
using enum Relationship;

enum class Answer { denied, hidden, summary, whole };

struct Case {
    accounts::Role role;
    accounts::AgencyKind kind;
    std::string purpose;
    std::set<Relationship> relationships;
    std::string action;
    FieldClass field;
    Answer answer;
    std::string because; // a rule among those used; empty: nothing allows it
};

const std::string keep_safe = "custody-safeguarding";
const std::string respond = "safeguarding-response";
const std::string govern = "information-governance";
const std::string supervise = "supervision";
const std::string administer = "administration";
const std::string victim = "victim-support";
const std::string find_child = "missing-response";

using enum Answer;

// clang-format off
const Case cases[] = {
    // who    where            for        while          what                     of                             answer    because
    // The custody sergeant and the inspector.
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {id_core, personal},           whole,    "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {address, sensitive},          summary,  "L3"},
    {CUST,   police_force,    keep_safe, {detaining, searching}, "read",         {address, sensitive},          whole,    "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {safety_summary, sensitive},   whole,    "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {safety_summary, restricted},  hidden,   "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {health, sensitive},           summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {social_care, sensitive},      summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {missing, sensitive},          summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {interview_text, personal},    hidden,   "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {intelligence, sensitive},     summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {custody, sensitive},          whole,    "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {referral, sensitive},         summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {crime, sensitive},            summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {observation, personal},       hidden,   "A02"}, // supplied by others
    {CUST,   police_force,    keep_safe, {detaining, own_agency}, "read",        {observation, personal},       whole,    "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {meeting, personal},           hidden,   "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {disruption, sensitive},       summary,  "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {statistics, open},            hidden,   "A02"},
    {CUST,   police_force,    keep_safe, {detaining},   "read",                  {custody, sealed},             hidden,   "A02"},
    {CUST,   police_force,    keep_safe, {},            "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    keep_safe, {own_agency},  "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    keep_safe, {duty_desk},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    "",        {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    respond,   {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    "custody", {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   local_authority, keep_safe, {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    keep_safe, {},            "custody.book_in",       {id_core, personal},           whole,    "A01"},
    {CUST,   police_force,    keep_safe, {},            "custody.book_in",       {address, sensitive},          whole,    "A01"},
    {CUST,   police_force,    keep_safe, {},            "custody.book_in",       {social_care, personal},       hidden,   "A01"},
    {INSP,   police_force,    keep_safe, {},            "custody.book_in",       {id_core, personal},           denied,   ""},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.send_request",  {custody, sensitive},          whole,    "A03"},
    {CUST,   police_force,    keep_safe, {},            "custody.send_request",  {custody, sensitive},          denied,   ""},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.answer_by_phone", {custody, sensitive},        whole,    "A37"},
    {CUST,   police_force,    keep_safe, {enquiry},     "custody.pass_back",     {referral, sensitive},         summary,  "A39"},
    {CUST,   police_force,    keep_safe, {enquiry},     "custody.add_fact",      {custody, sensitive},          denied,   ""},
    {CUST,   police_force,    keep_safe, {enquiry},     "read",                  {custody, personal},           hidden,   "A28"},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.certify",       {custody, sensitive},          whole,    "A37"},
    {INSP,   police_force,    keep_safe, {detaining},   "custody.certify",       {custody, sensitive},          denied,   ""},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.answer_bed",    {custody, sensitive},          whole,    "A38"},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.acknowledge",   {custody, sensitive},          whole,    "A03"},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.ask_child_again", {custody, sensitive},        whole,    "A03"},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.correct",       {custody, sensitive},          whole,    "A03"},
    {INSP,   police_force,    keep_safe, {detaining},   "custody.ask_adult",    {custody, sensitive},          whole,    "A03"},
    {INSP,   police_force,    keep_safe, {detaining},   "custody.record_departure", {custody, sensitive},       denied,   ""},
    {CUST,   police_force,    keep_safe, {detaining},   "custody.answer",        {custody, sensitive},          denied,   ""},
    {CUST,   police_force,    keep_safe, {detaining, duty_desk}, "custody.not_our_child", {custody, sensitive}, denied,  ""},
    {INSP,   police_force,    keep_safe, {detaining},   "read",                  {custody, sensitive},          whole,    "A02"},
    {CUST,   police_force,    keep_safe, {},            "search",                {id_core, personal},           summary,  "A19"},
    {CUST,   police_force,    keep_safe, {},            "search",                {address, personal},           summary,  "A19"}, // the area
    {CUST,   police_force,    keep_safe, {},            "search",                {address, sensitive},          hidden,   "A19"},
    {CUST,   police_force,    "",        {},            "search",                {id_core, personal},           denied,   ""},
    // Detention staff.
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {safety_summary, sensitive},   whole,    "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {id_core, personal},           summary,  "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {health, sensitive},           summary,  "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {custody, sensitive},          whole,    "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {referral, personal},          hidden,   "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {intelligence, personal},      hidden,   "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "read",                  {address, personal},           hidden,   "A04"},
    {DETO,   police_force,    keep_safe, {detaining},   "custody.ask_child_again", {custody, sensitive},        whole,    "A05"},
    {DETO,   police_force,    keep_safe, {detaining},   "custody.acknowledge",   {custody, sensitive},          denied,   ""},
    {DETO,   police_force,    keep_safe, {detaining},   "custody.send_request",  {custody, sensitive},          denied,   ""},
    {DETO,   police_force,    keep_safe, {},            "search",                {id_core, personal},           denied,   ""},
    // The duty desk of children's services and its manager.
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {id_core, personal},           whole,    "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {address, sensitive},          whole,    "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {health, restricted},          whole,    "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {social_care, restricted},     whole,    "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {referral, sensitive},         summary,  "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {intelligence, personal},      hidden,   "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {crime, personal},             hidden,   "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {interview_text, personal},    hidden,   "A06"},
    {EDT,    local_authority, respond,   {duty_desk},   "read",                  {custody, sealed},             hidden,   "A06"},
    {EDT,    local_authority, respond,   {own_agency},  "read",                  {id_core, personal},           denied,   ""},
    {EDT,    local_authority, respond,   {},            "read",                  {id_core, personal},           denied,   ""},
    {EDT,    local_authority, keep_safe, {duty_desk},   "read",                  {id_core, personal},           denied,   ""},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.open_request",  {custody, sensitive},          whole,    "A38"},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.answer",        {social_care, sensitive},      whole,    "A07"},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.finish_later",  {social_care, sensitive},      whole,    "A07"},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.not_our_child", {custody, personal},           whole,    "A08"},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.confirm_read_back", {custody, personal},       whole,    "A07"},
    {EDT,    local_authority, respond,   {duty_desk},   "custody.acknowledge",   {custody, personal},           denied,   ""},
    {EDT,    local_authority, respond,   {},            "custody.answer",        {social_care, sensitive},      denied,   ""},
    {EDT,    local_authority, respond,   {},            "search",                {id_core, personal},           summary,  "A20"},
    {LADM,   local_authority, respond,   {duty_desk},   "read",                  {social_care, sensitive},      denied,   ""},
    {LADM,   local_authority, supervise, {own_agency},  "read",                  {social_care, sensitive},      hidden,   "A09"},
    {LADM,   local_authority, supervise, {own_agency},  "read",                  {custody, personal},           summary,  "A09"},
    {LADM,   local_authority, respond,   {own_agency},  "custody.answer",        {social_care, sensitive},      denied,   ""},
    {LADM,   local_authority, supervise, {duty_desk},   "read",                  {social_care, sensitive},      denied,   ""},
    // The allocated social worker.
    {SW,     local_authority, respond,   {allocated},   "read",                  {interview_text, restricted},  whole,    "A10"},
    {SW,     local_authority, respond,   {allocated},   "read",                  {address, sensitive},          whole,    "A10"},
    {SW,     local_authority, respond,   {allocated},   "read",                  {custody, sensitive},          summary,  "A10"},
    {SW,     local_authority, respond,   {allocated},   "read",                  {intelligence, personal},      hidden,   "A10"},
    {SW,     local_authority, find_child, {allocated},   "read",                  {missing, sensitive},          whole,    "A10"},
    {SW,     local_authority, respond,   {own_agency},  "read",                  {id_core, personal},           denied,   ""},
    {SW,     local_authority, respond,   {allocated},   "custody.answer",        {health, sensitive},           whole,    "A11"},
    {SW,     local_authority, respond,   {allocated},   "custody.not_our_child", {custody, personal},           denied,   ""},
    // Health, appropriate adults, officers in the case, supervisors.
    {HLTH,   health_body,     keep_safe, {detaining},   "read",                  {health, sensitive},           whole,    "A12"},
    {HLTH,   health_body,     keep_safe, {detaining},   "read",                  {custody, sensitive},          summary,  "A12"},
    {HLTH,   health_body,     keep_safe, {detaining},   "read",                  {crime, personal},             hidden,   "A12"},
    {HLTH,   health_body,     keep_safe, {detaining},   "read",                  {intelligence, personal},      hidden,   "A12"},
    {HLTH,   health_body,     keep_safe, {detaining},   "custody.add_fact",      {health, sensitive},           whole,    "A13"},
    {HLTH,   health_body,     keep_safe, {detaining},   "custody.correct",       {health, sensitive},           denied,   ""},
    {AA,     charity,         keep_safe, {allocated},   "read",                  {id_core, personal},           summary,  "A14"},
    {AA,     charity,         keep_safe, {allocated},   "read",                  {crime, personal},             hidden,   "A14"},
    {AA,     charity,         keep_safe, {allocated},   "read",                  {social_care, personal},       hidden,   "A14"},
    {AA,     charity,         keep_safe, {},            "read",                  {id_core, personal},           denied,   ""},
    {OIC,    police_force,    keep_safe, {detaining},   "read",                  {crime, sensitive},            whole,    "A16"},
    {OIC,    police_force,    victim,    {own_agency},  "read",                  {crime, sensitive},            whole,    "A16"},
    {OIC,    police_force,    keep_safe, {detaining},   "read",                  {custody, personal},           hidden,   "A16"},
    {OIC,    police_force,    keep_safe, {detaining},   "read",                  {social_care, personal},       hidden,   "A16"},
    {OIC,    police_force,    keep_safe, {detaining},   "custody.answer_by_phone", {crime, sensitive},          denied,   ""},
    {SUPV,   police_force,    supervise, {own_agency},  "read",                  {administration, personal},    whole,    "A17"},
    {SUPV,   police_force,    supervise, {own_agency},  "read",                  {custody, sensitive},          summary,  "A17"},
    {SUPV,   police_force,    supervise, {},            "read",                  {administration, personal},    denied,   ""},
    // The service, information governance, administrators, and roles without a row.
    {system, operator_,       administer, {},           "clock",                 {administration, personal},    whole,    "A18"},
    {system, operator_,       administer, {},           "read",                  {id_core, personal},           hidden,   "A18"},
    {system, operator_,       administer, {},           "custody.answer",        {custody, personal},           denied,   ""},
    {IGOV,   police_force,    govern,    {},            "audit.read_child",      {administration, personal},    whole,    "A21"},
    {IGOV,   local_authority, govern,    {},            "audit.read",            {custody, personal},           hidden,   "A21"},
    {IGOV,   police_force,    govern,    {},            "audit.verify",          {administration, personal},    whole,    "A21"},
    {IGOV,   police_force,    govern,    {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CUST,   police_force,    keep_safe, {detaining},   "audit.read_child",      {administration, personal},    denied,   ""},
    {ADMIN,  operator_,       administer, {},           "account.read",          {administration, personal},    whole,    "A22"},
    {ADMIN,  operator_,       administer, {detaining},  "read",                  {id_core, personal},           denied,   ""},
    {ADMIN,  operator_,       administer, {},           "audit.read",            {administration, personal},    denied,   ""},
    {CPS,    prosecution,     keep_safe, {detaining},   "read",                  {id_core, personal},           denied,   ""},
    {CATO,   police_force,    keep_safe, {detaining},   "read",                  {id_core, open},               denied,   ""},
    // What no row can open.
    {CUST,   immigration,     keep_safe, {detaining},   "read",                  {id_core, personal},           denied,   "F1"},
    {CUST,   police_force,    "immigration-enforcement", {detaining}, "read",    {id_core, personal},           denied,   "F1"},
    {IGOV,   immigration,     govern,    {},            "audit.read",            {administration, open},        denied,   "F1"},
    {EDT,    local_authority, respond,   {duty_desk, linked}, "read",            {id_core, personal},           denied,   "F2"},
    {IGOV,   police_force,    govern,    {linked},      "audit.read_child",      {administration, personal},    denied,   "F2"},
};
// clang-format on

Request request_of(const Case& one)
{
    Request request;
    request.role = one.role;
    request.agency_kind = one.kind;
    request.purpose = one.purpose;
    request.relationships = one.relationships;
    request.action = one.action;
    request.fields = {one.field};
    return request;
}

Answer answer_of(const Decision& decision)
{
    if (!decision.is_allowed) return denied;
    if (decision.fields.front() == Show::show) return whole;
    return decision.fields.front() == Show::hide ? hidden : summary;
}

TEST(PolicyTable, every_row_is_decided_as_written)
{
    for (const auto& one : cases) {
        const auto decision = testing::shipped().decide(request_of(one));
        const std::string row = std::string(accounts::code_of(one.role)) + " " + one.action + " " +
                                std::string(code_of(one.field.category)) + " for " + one.purpose;
        EXPECT_EQ(answer_of(decision), one.answer) << row;
        const bool is_named = std::ranges::find(decision.rules, one.because) != decision.rules.end();
        EXPECT_TRUE(one.because.empty() ? decision.rules.empty() : is_named) << row;
        EXPECT_TRUE(decision.is_allowed || !decision.reasons.empty()) << row;
    }
}

TEST(PolicyTable, has_at_least_eighty_rows)
{
    EXPECT_GE(std::size(cases), 80U);
}

TEST(PolicyTable, names_every_rule_of_custody)
{
    std::set<std::string> used;
    for (const auto& one : cases)
        for (const auto& rule : testing::shipped().decide(request_of(one)).rules) used.insert(rule);
    for (const auto& rule : testing::shipped().text().allows)
        EXPECT_TRUE(rule.id > "A22" || rule.id == "A15" || used.contains(rule.id)) << rule.id;
    for (const auto* id : {"F1", "F2", "L3"}) EXPECT_TRUE(used.contains(id)) << id;
}

TEST(PolicyTable, a_sealed_record_is_closed_to_a_supervisor_and_open_to_the_suite_which_is_noted)
{
    auto request =
        request_of({SUPV, police_force, supervise, {own_agency}, "read", {administration, personal}, denied, "F3"});
    EXPECT_TRUE(testing::shipped().decide(request).is_allowed);
    request.is_sealed = true;
    const auto closed = testing::shipped().decide(request);
    EXPECT_FALSE(closed.is_allowed);
    EXPECT_EQ(closed.rules, std::vector<std::string>{"F3"});

    auto held = request_of({CUST, police_force, keep_safe, {detaining}, "read", {custody, sensitive}, whole, "A02"});
    held.is_sealed = true;
    const auto unread = testing::shipped().decide(held);
    EXPECT_TRUE(unread.is_allowed);
    EXPECT_EQ(answer_of(unread), hidden) << "nobody said why they open it";
    EXPECT_TRUE(tells_that_it_is_there(held, unread));
    held.is_opened_with_reason = Told::yes;
    const auto open = testing::shipped().decide(held);
    EXPECT_EQ(answer_of(open), whole);
    EXPECT_EQ(open.obligations.tell, (std::vector{IGOV, PSTD}));
}

TEST(PolicyTable, an_appropriate_adult_may_add_what_they_notice)
{
    const auto added = testing::shipped().decide(
        request_of({AA, charity, keep_safe, {allocated}, "custody.add_fact", {health, sensitive}, whole, "A15"}));
    EXPECT_EQ(answer_of(added), whole) << "what may not be written cannot be added";
    const auto read = testing::shipped().decide(
        request_of({AA, charity, keep_safe, {allocated}, "read", {health, sensitive}, hidden, "A14"}));
    EXPECT_EQ(answer_of(read), hidden) << "nor do they read what others added";
}

TEST(PolicyTable, a_role_is_offered_only_the_purposes_of_its_rows)
{
    const auto codes = [](accounts::Role role) {
        std::vector<std::string_view> list;
        for (const auto& purpose : testing::shipped().purposes_of(role)) list.push_back(purpose.code);
        return list;
    };
    EXPECT_EQ(codes(CUST), std::vector<std::string_view>{"custody-safeguarding"});
    EXPECT_EQ(codes(LADM), (std::vector<std::string_view>{"safeguarding-response", "supervision"}));
    EXPECT_EQ(codes(IGOV), std::vector<std::string_view>{"information-governance"});
    EXPECT_EQ(codes(CHILD), std::vector<std::string_view>{"data-rights"});
    EXPECT_EQ(codes(SUPV), std::vector<std::string_view>{"supervision"});
    EXPECT_TRUE(codes(CATO).empty());
}

TEST(PolicyTable, every_purpose_that_is_offered_has_a_legal_basis)
{
    for (const auto& purpose : testing::shipped().purposes()) EXPECT_FALSE(purpose.legal_basis.empty()) << purpose.code;
    const auto* training = testing::shipped().text().find_purpose("training");
    ASSERT_NE(training, nullptr);
    EXPECT_TRUE(std::ranges::none_of(testing::shipped().purposes(),
                                     [](const Purpose& purpose) { return purpose.code == "training"; }));
}

TEST(PolicyTable, every_rule_explains_itself)
{
    EXPECT_EQ(testing::shipped().explain("F2"), "Nobody opens their own, their family's or a colleague's record");
    EXPECT_EQ(testing::shipped().explain("A02"), "Custody sees what keeps the child safe tonight");
    EXPECT_EQ(testing::shipped().explain("L3"), "Where a child lives or is placed is shown as an area");
    EXPECT_EQ(testing::shipped().explain("Z9"), "No rule of this policy has that name");
}

} // namespace
} // namespace reachable::policy
