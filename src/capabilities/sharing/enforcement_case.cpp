#include "capabilities/sharing/records.h"
#include "capabilities/sharing/rules.h"
#include "capabilities/sharing/sharing.h"
#include "casework/checked.h"
#include "casework/desk.h"
#include "notices/notices.h"

namespace reachable::sharing {
namespace {

using namespace casework;
using enum accounts::Role;

/// R-P-09: "A request is recorded, refused by default, and goes to IGOV and chief officer". There is no other way to
/// decide it here: an order of a court is handled outside the service by legal staff.
Result<> record_and_refuse(EnforcementRequest& request, const EnforcementRequest&, Context& context)
{
    if (request.wanted.empty()) return refuse(ProblemKind::missing, "Choose what was asked for", "wanted");
    if (request.received_at > context.now)
        return refuse(ProblemKind::malformed, "It cannot have come after now", "received_at");
    request.agency = context.session.agency;
    request.team = context.session.team;
    context.writes.push_back([agency = request.agency, id = context.case_id,
                              now = context.now](storage::Transaction& transaction) {
        // Either tells the chief officer: where one is not set up, the other is.
        for (const auto role : {IGOV, PSTD})
            notices::store_notice(transaction, {.agency = agency, .team = {}}, id,
                                  {.code = "immigration-request.recorded", .role = role}, "", now);
    });
    return {};
}

Result<> note_who_was_told(EnforcementRequest& request, const EnforcementRequest&, Context& context)
{
    request.told_at = context.now;
    return {};
}

constexpr Field fields[] = {
    field<&EnforcementRequest::asked_by>   ("asked_by",    workings, "Which office asked?", "Not who it asked about: that is not kept"),
    field<&EnforcementRequest::wanted>     ("wanted",      workings, "What was asked for?", "", "sharing.enforcement_wants"),
    field<&EnforcementRequest::received_at>("received_at", workings, "When did it come?"),
    field<&EnforcementRequest::agency>     ("agency",      workings, "Organisation"),
    field<&EnforcementRequest::team>       ("team",        workings, "Team"),
    field<&EnforcementRequest::told_to>    ("told_to",     workings, "Which chief officer was told?", "Their rank or office"),
    field<&EnforcementRequest::told_at>    ("told_at",     workings, "When the chief officer was told"),
};

constexpr std::string_view states[]      = {refused, chief_told};
constexpr std::string_view open_states[] = {refused};

constexpr Action actions[] = {
    // action      from           to            who may                                            asks for
    {"record",     {nothing_yet}, {refused},    {CALL, RESP, MPC, CUST, INSP, EDT, LADM, SW, IGOV, PSTD}, "asked_by wanted received_at", "Record and refuse", nullptr, doing<record_and_refuse>},
    {"tell_chief", {refused},     {chief_told}, {IGOV, PSTD},                                      "told_to",                     "Record that the chief officer was told", nullptr, doing<note_who_was_told>},
};

Heading heading_of(const void* facts)
{
    const auto& request = *static_cast<const EnforcementRequest*>(facts);
    return {.agency = request.agency, .team = request.team};
}

std::vector<policy::Link> relate(const Heading& heading, const Session& session)
{
    if (session.agency.is_none() || session.agency != heading.agency) return {};
    if (session.role == IGOV || session.role == PSTD) return {{.relationship = policy::Relationship::enquiry}};
    return {};
}

constexpr CaseType type = checked({
    .name = "immigration-request",
    .title = "Request for immigration enforcement",
    .states = states,
    .open_states = open_states,
    .fields = fields,
    .actions = actions,
    .copy = copy_of<EnforcementRequest>,
    .heading = heading_of,
    .relate = relate,
    .held = workings,
});

} // namespace

const CaseType& enforcement_type() { return type; }

} // namespace reachable::sharing
