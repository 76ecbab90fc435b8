// The table of field groups (specification, "Field groups and default visibility"), cell by cell, against the shipped
// policy. The table is copied here from the specification, not from the policy.
//
// R: read, W: read and write, S: summary only, O: only what their own organisation supplied, X: released item by item,
// -: none.
#include "policy/testing.h"

#include "base/text.h"

#include <gtest/gtest.h>

namespace reachable::policy {
namespace {

using enum accounts::Role;
using enum accounts::AgencyKind;
using enum Relationship;
using accounts::AgencyKind;
using accounts::Role;

// clang-format off
constexpr std::string_view table[] = {
    // role       ID core|Address|Safety|Health|Social|Missing|RHI|Intel|Custody|NRM|Crime|Observ|Meetings|Disruption|Stats
    "CALL       | R | R | R | S | - | W | - | - | S | - | - | - | - | - | - ",
    "RESP       | R | R | R | S | - | R | - | S | S | S | S | O | - | S | - ",
    "CUST/INSP  | R | R | R | S | S | S | - | S | W | S | S | O | - | S | - ",
    "DETO       | S | - | R | S | - | - | - | - | W | - | - | - | - | - | - ",
    "MPC        | R | R | R | S | S | W | S | R | S | S | S | R | R | R | R ",
    "OIC        | R | R | R | S | S | R | X | R | R | R | W | R | X | W | - ",
    "DISR/OFFM  | S | X | S | - | - | S | - | R | - | S | R | R | X | W | R ",
    "NRMF       | R | R | R | S | S | S | X | X | S | W | S | O | X | - | - ",
    "EDT        | R | R | R | R | W | R | X | X | W | S | - | O | - | S | - ",
    "SW/YJS     | R | R | R | R | W | R | R | X | S | R | S | W | R | S | - ",
    "RHIP       | R | R | R | X | - | S | W | - | - | - | - | O | X | - | - ",
    "PLAC       | R | R | W | R | X | W | - | - | - | - | - | O | X | - | - ",
    "CHAIR      | S | - | S | - | S | S | X | X | - | S | S | X | W | R | R ",
    "ATTN       | X | - | X | - | X | X | - | - | - | X | X | O | X | X | - ",
    "AA         | S | - | X | - | - | - | - | - | X | - | - | - | - | - | - ",
    "CPS        | R | - | S | X | - | X | - | - | X | R | R | X | - | S | - ",
    "HLTH       | R | R | R | W | X | S | - | - | S | - | - | O | X | - | - ",
    "VSUP       | R | X | S | X | - | - | - | - | - | S | S | O | X | - | - ",
    "PCCA/STAT  | - | - | - | - | - | - | - | - | - | - | - | - | - | - | R ",
    "INSPT      | X | - | X | X | X | X | X | X | X | X | X | X | X | X | R ",
    "IGOV/PSTD  | S | - | - | - | - | - | - | - | - | - | - | - | - | - | - ",
    // Below the table: "EDUC, PARE and CHILD see only items released to them (X)".
    "EDUC       | X | X | X | X | X | X | X | X | X | X | X | X | X | X | - ",
    "PARE/CHILD | X | X | X | X | X | X | X | X | X | X | X | X | X | X | - ",
    // "LADM as EDT but S until a case is opened with reason", below; "TRNL and CATO see no case data".
    "TRNL/CATO  | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - ",
};

/// For each role where it works, what for, and what then connects it with the child. An address is shown whole where
/// the reader must reach it, so those who search are searching here.
struct Work {
    Role role;
    AgencyKind kind;
    std::string purpose;
    std::set<Relationship> relationships;
};
const Work works[] = {
    {CALL,  police_force,    "missing-response",       {searching}},
    {RESP,  police_force,    "immediate-protection",   {allocated}},
    {CUST,  police_force,    "custody-safeguarding",   {detaining, searching}},
    {INSP,  police_force,    "custody-safeguarding",   {detaining, searching}},
    {DETO,  police_force,    "custody-safeguarding",   {detaining}},
    {MPC,   police_force,    "missing-response",       {searching}},
    {OIC,   police_force,    "crime-investigation",    {allocated}},
    {DISR,  police_force,    "disruption",             {allocated}},
    {OFFM,  police_force,    "disruption",             {allocated}},
    {NRMF,  charity,         "victim-support",         {allocated}},
    {EDT,   local_authority, "safeguarding-response",  {duty_desk}},
    {SW,    local_authority, "safeguarding-response",  {allocated}},
    {YJS,   local_authority, "safeguarding-response",  {allocated}},
    {RHIP,  charity,         "missing-response",       {allocated}},
    {PLAC,  charity,         "missing-response",       {allocated}},
    {CHAIR, local_authority, "joint-planning",         {attending}},
    {ATTN,  health_body,     "joint-planning",         {attending}},
    {AA,    charity,         "custody-safeguarding",   {allocated}},
    {CPS,   prosecution,     "prosecution",            {allocated}},
    {HLTH,  health_body,     "custody-safeguarding",   {detaining, searching}},
    {VSUP,  charity,         "victim-support",         {allocated}},
    {PCCA,  oversight,       "statistics",             {}},
    {STAT,  police_force,    "statistics",             {}},
    {INSPT, oversight,       "inspection",             {enquiry}},
    {IGOV,  police_force,    "information-governance", {enquiry}},
    {PSTD,  police_force,    "information-governance", {enquiry}},
    {EDUC,  local_authority, "joint-planning",         {attending, allocated}},
    {PARE,  charity,         "data-rights",            {linked}},
    {CHILD, charity,         "data-rights",            {linked}},
    {TRNL,  police_force,    "training",               {allocated}},
    {CATO,  police_force,    "administration",         {allocated}},
};
// clang-format on

const Work& work_of(Role role)
{
    for (const auto& work : works)
        if (work.role == role) return work;
    throw Bug("a role of the table has no work");
}

Request request_of(const Work& work)
{
    Request request;
    request.role = work.role;
    request.agency_kind = work.kind;
    request.purpose = work.purpose;
    request.relationships = work.relationships;
    request.action = "read";
    return request;
}

/// The letter of a cell, found by asking: for any item, for one of their own organisation, for one released to it.
char letter(Request request, Category category, Label label)
{
    request.fields = {{category, label},
                      {category, label, Told::yes, Told::no},
                      {category, label, Told::no, Told::yes},
                      {category, label, Told::no, Told::no}};
    const auto decision = testing::shipped().decide(request);
    EXPECT_EQ(decision.fields[0], decision.fields[3]);
    if (decision.fields[0] == Show::show) return 'R';
    if (decision.fields[0] == Show::generalise) return 'S';
    if (decision.fields[1] == Show::show) return 'O';
    return decision.fields[2] == Show::show ? 'X' : '-';
}

std::vector<Role> roles_in(std::string_view cell)
{
    std::vector<Role> roles;
    for (const auto code : split(trim(cell), '/')) {
        const auto role = accounts::role_from(code);
        EXPECT_TRUE(role) << code;
        if (role) roles.push_back(*role);
    }
    return roles;
}

TEST(Matrix, every_cell_is_decided_as_the_table_says)
{
    std::size_t cells_checked = 0;
    for (const auto row : table) {
        const auto cells = split(row, '|');
        ASSERT_EQ(cells.size(), 16U) << row;
        for (const Role role : roles_in(cells[0]))
            for (std::size_t column = 1; column < cells.size(); ++column) {
                const auto category = static_cast<Category>(column - 1);
                const char wanted = trim(cells[column]).front() == 'W' ? 'R' : trim(cells[column]).front();
                auto request = request_of(work_of(role));
                // Of a meeting whoever attends it reads, and nobody by other work with the child (R-G-01).
                if (category == Category::meeting) request.relationships.insert(Relationship::attending);
                EXPECT_EQ(letter(std::move(request), category, Label::personal), wanted)
                    << word_of(role) << " " << word_of(category);
                ++cells_checked;
            }
    }
    EXPECT_EQ(cells_checked, 31U * 15U);
    std::cout << "figure: " << cells_checked << " cells of the table of field groups\n";
}

TEST(Matrix, nothing_sealed_is_shown_to_anybody)
{
    for (const auto& work : works)
        for (std::size_t i = 0; i < category_count; ++i)
            EXPECT_EQ(letter(request_of(work), static_cast<Category>(i), Label::sealed), '-');
}

TEST(Matrix, without_their_work_no_role_sees_a_child)
{
    for (const auto& work : works) {
        auto request = request_of(work);
        request.relationships.clear();
        for (std::size_t i = 0; i + 2 < category_count; ++i)
            EXPECT_EQ(letter(request, static_cast<Category>(i), Label::open), '-') << word_of(work.role);
    }
}

TEST(Matrix, a_duty_manager_sees_as_the_desk_does_but_in_summary_until_the_case_is_opened_with_reason)
{
    Request manager = request_of({LADM, local_authority, "safeguarding-response", {own_agency}});
    const auto& desk = request_of(work_of(EDT));
    for (std::size_t i = 0; i < 15; ++i) {
        const auto category = static_cast<Category>(i);
        const char of_desk = letter(desk, category, Label::personal);
        manager.is_opened_with_reason = Told::unknown;
        EXPECT_EQ(letter(manager, category, Label::personal), of_desk == 'R' || of_desk == 'S' ? 'S' : '-')
            << word_of(category);
        manager.is_opened_with_reason = Told::yes;
        // The manager's own organisation is known to hold the case, so what it supplied is told apart no further.
        EXPECT_EQ(letter(manager, category, Label::personal), of_desk == 'O' ? 'R' : of_desk) << word_of(category);
    }
}

TEST(Matrix, a_community_officer_sees_the_safety_summary_only_while_an_alert_is_live)
{
    Request officer = request_of({PCSO, police_force, "prevention-offer", {allocated}});
    for (std::size_t i = 0; i < 15; ++i) {
        const auto category = static_cast<Category>(i);
        for (const Told told : {Told::unknown, Told::no, Told::yes}) {
            officer.is_under_alert = told;
            const bool is_shown = told == Told::yes && category == Category::safety_summary;
            EXPECT_EQ(letter(officer, category, Label::personal), is_shown ? 'R' : '-') << word_of(category);
        }
    }
}

TEST(Matrix, a_supervisor_sees_what_those_they_supervise_see_for_their_own_unit)
{
    const Role supervised[] = {CALL, RESP, CUST, INSP, DETO, MPC,  OIC,  DISR,
                               OFFM, NRMF, EDT,  SW,   YJS,  RHIP, HLTH, VSUP};
    for (const Role role : supervised) {
        const auto worker = request_of(work_of(role));
        auto supervisor = worker;
        supervisor.role = SUPV;
        supervisor.supervised = role;
        auto of_another_unit = supervisor;
        of_another_unit.relationships.clear();
        auto of_nobody = supervisor;
        of_nobody.supervised.reset();
        for (std::size_t i = 0; i < 15; ++i) {
            const auto category = static_cast<Category>(i);
            EXPECT_EQ(letter(supervisor, category, Label::personal), letter(worker, category, Label::personal))
                << word_of(role) << " " << word_of(category);
            EXPECT_EQ(letter(of_another_unit, category, Label::personal), '-');
            EXPECT_EQ(letter(of_nobody, category, Label::personal), '-');
        }
    }
}

TEST(Matrix, an_address_is_an_area_to_those_who_need_not_reach_it)
{
    EXPECT_EQ(letter(request_of({CUST, police_force, "custody-safeguarding", {detaining}}), Category::address,
                     Label::sensitive),
              'S');
    EXPECT_EQ(letter(request_of({HLTH, health_body, "custody-safeguarding", {detaining}}), Category::address,
                     Label::sensitive),
              'S');
}

} // namespace
} // namespace reachable::policy
