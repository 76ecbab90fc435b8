#include "capabilities/flags/local_flags.h"

#include "capabilities/flags/flags.h"
#include "capabilities/flags/local_codes.h"
#include "capabilities/flags/standing.h"
#include "clocks/london.h"
#include "storage/columns.h"
#include "ties/ties.h"

#include <algorithm>

namespace reachable::flags {
namespace {

using identity::LocalFlag;
using identity::LocalFlagCounts;
using storage::to_value;
using storage::Transaction;

/// A local flag of a child as it is kept.
struct Marked {
    AgencyId agency;
    ChildId child;
    LocalFlag local;
    bool is_carried = true;
    bool has_flag = false; // one was proposed because of it, or stood already
};

std::string day_text(const std::optional<CivilDate>& day)
{
    return day ? to_iso(*day) : std::string{};
}

constexpr std::string_view select_marked =
    "select agency, child, system_name, local_code, since, reason, is_carried, flag from flags_local ";

Marked read_marked(const storage::Row& row)
{
    Marked marked{.agency = storage::id_at<AgencyId>(row, 0),
                  .child = storage::id_at<ChildId>(row, 1),
                  .local = {.system = row.text(2), .code = row.text(3), .since = {}, .reason = row.text(5)},
                  .is_carried = row.integer(6) != 0,
                  .has_flag = !row.is_null(7)};
    if (const auto since = parse_date(row.text(4))) marked.local.since = *since;
    return marked;
}

std::vector<Marked> marked_where(Transaction& transaction, std::string_view where, const storage::Values& values)
{
    std::vector<Marked> all;
    for (const auto& row : transaction.query(std::string(select_marked) + std::string(where), values))
        all.push_back(read_marked(row));
    return all;
}

void add_marked(Transaction& transaction, const Marked& marked, UtcTime now)
{
    transaction.execute("insert into flags_local (agency, system_name, local_code, child, since, reason, first_seen, "
                        "last_seen, is_carried, flag) values ($1, $2, $3, $4, $5, $6, $7, $7, 1, null)",
                        {to_value(marked.agency), marked.local.system, marked.local.code, to_value(marked.child),
                         day_text(marked.local.since), marked.local.reason, to_value(now)});
}

constexpr std::string_view of_this_mark = " where agency = $1 and system_name = $2 and local_code = $3 and child = $4";

/// `set` sets $5 and those after it.
void change_marked(Transaction& transaction, const Marked& marked, std::string_view set, storage::Values more)
{
    storage::Values values{to_value(marked.agency), marked.local.system, marked.local.code, to_value(marked.child)};
    for (auto& one : more) values.push_back(std::move(one));
    transaction.execute("update flags_local set " + std::string(set) + std::string(of_this_mark), values);
}

/// Who decides there: an inspector of a force, a duty manager of an authority.
TeamId team_that_decides(Transaction& transaction, const accounts::Agency& agency)
{
    using enum accounts::Role;
    const auto role = agency.kind == accounts::AgencyKind::police_force ? INSP : LADM;
    return accounts::team_of_role(transaction, agency.id, role).value_or(TeamId{});
}

/// One need or harm stands once; of what may stand several times, each local code is one.
std::optional<CaseId> standing_flag(Transaction& transaction, const Marked& marked, const Code& national)
{
    for (const auto& one : standing_of(transaction, marked.child)) {
        const bool is_of_this_code =
            one.flag.source_system == marked.local.system && one.flag.local_code == marked.local.code;
        if (one.flag.code == national.code && (is_of_this_code || !may_stand_twice(national))) return one.head.id;
    }
    return std::nullopt;
}

std::optional<CaseId> raise(const casework::Desk& desk, Transaction& transaction, const Marked& marked,
                            const accounts::Agency& agency, const Code& code, UtcTime now)
{
    const auto& local = marked.local;
    auto asked = Json::object()
                     .set("child", marked.child.text())
                     .set("code", national_code_of(code))
                     .set("plain_words", local.reason.empty() ? code.label : local.reason)
                     .set("owner", agency.id.text())
                     .set("owner_team", team_that_decides(transaction, agency).text())
                     .set("source_system", local.system)
                     .set("local_code", local.code);
    if (local.since) asked.set("local_since", to_iso(*local.since));
    const auto acted = casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                                        {.type = flag_type().name, .action = "raise", .asked = std::move(asked)}, now);
    if (!acted) return std::nullopt; // which stands in the log, and holds up nothing else
    return acted->id;
}

/// True if a flag was proposed now. Of a protected record nothing is concluded beside it: what is marked waits.
bool propose_marked(const casework::Desk& desk, Transaction& transaction, const Marked& marked,
                    const accounts::Agency& agency, const Code& code, UtcTime now)
{
    if (ties::is_sealed(transaction, marked.child)) return false;
    const auto* national = find_in_catalogue(desk.lists, national_code_of(code), clocks::london_day(now));
    CHECK(national != nullptr, "a mapped local code leads to a national one in force, as the start of the service saw");
    auto flag = standing_flag(transaction, marked, *national);
    const bool stands = flag.has_value();
    if (!stands) flag = raise(desk, transaction, marked, agency, code, now);
    if (flag) change_marked(transaction, marked, "flag = $5", {to_value(*flag)});
    return !stands && flag.has_value();
}

/// Keeps that it was seen, and gives it as it is kept now. What was gone and is marked anew since another day is a new
/// mark.
Marked note_seen(Transaction& transaction, const Marked& seen, const std::vector<Marked>& before, UtcTime now)
{
    const auto kept = std::ranges::find_if(before, [&](const Marked& one) {
        return one.local.system == seen.local.system && one.local.code == seen.local.code;
    });
    if (kept == before.end()) {
        add_marked(transaction, seen, now);
        return seen;
    }
    auto marked = seen;
    const bool is_marked_anew = !kept->is_carried && seen.local.since && seen.local.since != kept->local.since;
    marked.has_flag = kept->has_flag && !is_marked_anew;
    change_marked(transaction, marked, "last_seen = $5, since = $6, reason = $7, is_carried = 1",
                  {to_value(now), day_text(seen.local.since), seen.local.reason});
    if (is_marked_anew) change_marked(transaction, marked, "flag = null", {});
    return marked;
}

void note_what_is_gone(Transaction& transaction, const identity::LocalFlagsSent& sent,
                       const std::vector<Marked>& before)
{
    for (const auto& one : before) {
        const bool is_carried = std::ranges::any_of(sent.flags, [&](const LocalFlag& flag) {
            return flag.system == one.local.system && flag.code == one.local.code;
        });
        if (one.is_carried && !is_carried) change_marked(transaction, one, "is_carried = 0", {});
    }
}

accounts::Agency agency_of_feed(Transaction& transaction, AgencyId id)
{
    auto agency = accounts::find_agency(transaction, id);
    CHECK(agency.has_value(), "the agency whose feed is taken is on record");
    return std::move(*agency);
}

} // namespace

LocalFlagCounts take_local_flags(const casework::Desk& desk, Transaction& transaction,
                                 const identity::LocalFlagsSent& sent, UtcTime now)
{
    LocalFlagCounts counts{.carried = static_cast<std::int64_t>(sent.flags.size())};
    const bool is_kept = !sent.child.is_none();
    const auto before = is_kept ? marked_where(transaction, "where child = $1 and agency = $2",
                                               {to_value(sent.child), to_value(sent.agency)})
                                : std::vector<Marked>{};
    note_what_is_gone(transaction, sent, before);
    if (sent.flags.empty()) return counts;
    const auto agency = agency_of_feed(transaction, sent.agency);
    const auto day = clocks::london_day(now);
    for (const auto& flag : sent.flags) {
        const auto* code = find_local_code(desk.lists, agency.code, flag.system, flag.code, day);
        if (code == nullptr) counts.not_mapped += 1;
        if (!is_kept) continue;
        const auto marked =
            note_seen(transaction, {.agency = agency.id, .child = sent.child, .local = flag}, before, now);
        if (code != nullptr && !marked.has_flag) propose_marked(desk, transaction, marked, agency, *code, now);
    }
    return counts;
}

std::size_t take_up_local_flags(const casework::Desk& desk, Transaction& transaction, UtcTime now)
{
    std::size_t proposed_now = 0;
    const auto day = clocks::london_day(now);
    const auto waiting = transaction.query("select distinct agency, system_name, local_code from flags_local "
                                           "where flag is null and is_carried = 1");
    for (const auto& row : waiting) {
        const auto agency = agency_of_feed(transaction, storage::id_at<AgencyId>(row, 0));
        const auto* code = find_local_code(desk.lists, agency.code, row.text(1), row.text(2), day);
        if (code == nullptr) continue;
        for (const auto& marked :
             marked_where(transaction,
                          "where agency = $1 and system_name = $2 and local_code = $3 and flag is null and "
                          "is_carried = 1 order by first_seen, child",
                          {to_value(agency.id), row.text(1), row.text(2)}))
            proposed_now += propose_marked(desk, transaction, marked, agency, *code, now) ? 1 : 0;
    }
    return proposed_now;
}

std::vector<LocalCodeUse> local_codes_used(Transaction& transaction, AgencyId agency)
{
    constexpr std::string_view counted = "select agency, system_name, local_code, cast(sum(is_carried) as bigint), "
                                         "min(first_seen), max(last_seen) from flags_local ";
    constexpr std::string_view grouped =
        "group by agency, system_name, local_code order by agency, system_name, local_code";
    const auto rows =
        agency.is_none()
            ? transaction.query(std::string(counted) + std::string(grouped))
            : transaction.query(std::string(counted) + "where agency = $1 " + std::string(grouped), {to_value(agency)});
    std::vector<LocalCodeUse> used;
    for (const auto& row : rows)
        used.push_back({.agency = storage::id_at<AgencyId>(row, 0),
                        .system = row.text(1),
                        .code = row.text(2),
                        .children = row.integer(3),
                        .first_seen = storage::time_at(row, 4),
                        .last_seen = storage::time_at(row, 5)});
    return used;
}

} // namespace reachable::flags
