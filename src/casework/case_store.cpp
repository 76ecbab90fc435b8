#include "casework/case_store.h"

#include "api/json.h"

namespace reachable::casework {
namespace {

using storage::Row;
using storage::Transaction;
using storage::Values;

/// Stands for "no clock runs" in an index that must sort such cases last.
constexpr std::int64_t never = 4'102'444'800'000;

Json fields_to_json(std::span<const Field> fields, const void* facts)
{
    auto json = Json::object();
    for (const auto& field : fields)
        if (!field.is_empty(facts)) json.set(field.name, field.write(facts));
    return json;
}

void fields_from_json(std::span<const Field> fields, void* facts, const Json& json)
{
    for (const auto& field : fields)
        if (const auto* value = json.find(field.name))
            CHECK(field.read(facts, *value).has_value(), "a stored fact cannot be read");
}

std::shared_ptr<void> read_facts(const CaseType& type, std::string_view text)
{
    const auto json = api::parse_json(text);
    CHECK(json.has_value(), "stored facts are not JSON");
    auto facts = type.copy(nullptr);
    fields_from_json(type.fields, facts.get(), *json);
    for (const auto& part : type.parts)
        if (const auto* list = json->find(part.name))
            for (const auto& item : *list->items())
                fields_from_json(part.fields, part.slot(facts.get(), part.count(facts.get())), item);
    return facts;
}

constexpr std::string_view select_version =
    "select c.id, c.type, v.version, v.state, c.child, c.agency, c.team, c.partner, c.partner_team, c.opened_at, v.at, "
    "c.due_at, c.other from cases c join case_versions v on v.case_id = c.id ";

/// A case as one version left it: the columns that `read_head` reads, and the facts, which that version keeps for ever.
std::optional<LoadedCase> load(Transaction& transaction, const CaseType& type, std::string_view which,
                               const Values& values)
{
    const auto rows = transaction.recall(std::string(select_version) + std::string(which), values);
    if (rows.empty() || rows.front().text(1) != type.name) return std::nullopt;
    // What was read as one kind of case is kept apart: whoever changes the kind by hand gets no other's facts for it.
    const auto facts = transaction.recall_settled("select facts, '" + std::string(type.name) +
                                                      "' from case_versions where case_id = $1 and version = $2",
                                                  {rows.front().values()[0], rows.front().integer(2)});
    const auto read = [&](const storage::Rows& all) { return read_facts(type, all.front().text(0)); };
    return LoadedCase{read_head(rows.front()), type.copy(facts.made<std::shared_ptr<void>>(read)->get())};
}

std::vector<ClockRow> read_clocks(Transaction& transaction, std::string_view which, const Values& values)
{
    std::vector<ClockRow> clocks;
    for (const auto& row :
         transaction.recall("select case_id, clock, instance, started_at, due_at, first_warning_at, stopped_at, "
                            "breached_at, step, next_at, corrected_at from case_clocks " +
                                std::string(which),
                            values))
        clocks.push_back({.case_id = id_at<CaseId>(row, 0),
                          .code = row.text(1),
                          .instance = row.integer(2),
                          .started_at = time_at(row, 3),
                          .due_at = time_at(row, 4),
                          .first_warning_at = maybe_time_at(row, 5),
                          .stopped_at = maybe_time_at(row, 6),
                          .breached_at = maybe_time_at(row, 7),
                          .step = row.integer(8),
                          .next_at = maybe_time_at(row, 9),
                          .corrected_at = maybe_time_at(row, 10)});
    return clocks;
}

} // namespace

Json facts_to_json(const CaseType& type, const void* facts)
{
    auto json = fields_to_json(type.fields, facts);
    for (const auto& part : type.parts) {
        if (part.count(facts) == 0) continue;
        auto items = Json::list();
        for (std::size_t i = 0; i < part.count(facts); ++i) items.add(fields_to_json(part.fields, part.at(facts, i)));
        json.set(part.name, std::move(items));
    }
    return json;
}

CaseHead read_head(const Row& row)
{
    return {.id = id_at<CaseId>(row, 0),
            .type = row.text(1),
            .version = row.integer(2),
            .state = row.text(3),
            .heading = {.child = id_at<ChildId>(row, 4),
                        .other = row.is_null(12) ? ChildId{} : id_at<ChildId>(row, 12), // null in rows of before
                        .agency = id_at<AgencyId>(row, 5),
                        .team = id_at<TeamId>(row, 6),
                        .partner = id_at<AgencyId>(row, 7),
                        .partner_team = id_at<TeamId>(row, 8)},
            .opened_at = time_at(row, 9),
            .changed_at = time_at(row, 10)};
}

CaseHead load_head(Transaction& transaction, CaseId id)
{
    const auto rows = transaction.query(std::string(select_heads) + "where id = $1", {to_value(id)});
    CHECK(!rows.empty(), "a case that should exist does not");
    return read_head(rows.front());
}

std::optional<LoadedCase> load_case(Transaction& transaction, const CaseType& type, CaseId id)
{
    auto loaded = load(transaction, type, "and v.version = c.version where c.id = $1", {to_value(id)});
    if (loaded) loaded->head.heading = type.heading(loaded->facts.get());
    return loaded;
}

std::optional<LoadedCase> load_version(Transaction& transaction, const CaseType& type, CaseId id, std::int64_t version)
{
    return load(transaction, type, "where c.id = $1 and v.version = $2", {to_value(id), version});
}

std::optional<LoadedCase> load_as_at(Transaction& transaction, const CaseType& type, CaseId id, UtcTime at)
{
    return load(transaction, type, "where c.id = $1 and v.at <= $2 order by v.version desc limit 1",
                {to_value(id), to_value(at)});
}

std::vector<VersionRow> load_history(Transaction& transaction, CaseId id)
{
    std::vector<VersionRow> history;
    for (const auto& row : transaction.recall("select version, at, action, worker, agency, role, state, reason "
                                              "from case_versions where case_id = $1 order by version",
                                              {to_value(id)})) {
        const auto role = accounts::role_from(row.text(5));
        CHECK(role.has_value(), "a stored role is unknown");
        history.push_back({.version = row.integer(0),
                           .at = time_at(row, 1),
                           .action = row.text(2),
                           .worker = id_at<WorkerId>(row, 3),
                           .agency = id_at<AgencyId>(row, 4),
                           .role = *role,
                           .state = row.text(6),
                           .reason = row.text(7)});
    }
    return history;
}

std::vector<ClockRow> load_clocks(Transaction& transaction, std::span<const CaseId> ids)
{
    if (ids.empty()) return {};
    const auto which = "where case_id in (" + storage::places(ids.size()) + ") order by clock, instance";
    return read_clocks(transaction, which, storage::to_values(ids));
}

std::vector<ClockEvent> load_clock_events(Transaction& transaction, CaseId id)
{
    std::vector<ClockEvent> events;
    for (const auto& row :
         transaction.recall("select clock, instance, step, at, event, told, gap from case_clock_events "
                            "where case_id = $1 order by at, clock, instance, step",
                            {to_value(id)}))
        events.push_back({.code = row.text(0),
                          .instance = row.integer(1),
                          .step = row.integer(2),
                          .at = time_at(row, 3),
                          .event = row.text(4),
                          .told = row.text(5),
                          .gap = row.text(6)});
    return events;
}

void store_version(Transaction& transaction, const CaseWrite& write)
{
    const auto& head = write.head;
    const auto& session = write.session;
    transaction.execute(
        "insert into case_versions (case_id, version, at, action, worker, agency, role, state, reason, salt, "
        "facts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {to_value(head.id), head.version, to_value(head.changed_at), std::string(write.action),
         to_value(session.worker), to_value(session.agency), std::string(accounts::code_of(session.role)), head.state,
         write.reason, Bytes(write.salt.begin(), write.salt.end()), write.facts});
    transaction.execute(
        "insert into cases (id, type, version, state, child, agency, team, partner, partner_team, opened_at, "
        "changed_at, is_open, due_at, other) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "
        "on conflict (id) do update set version = excluded.version, state = excluded.state, child = excluded.child, "
        "agency = excluded.agency, team = excluded.team, partner = excluded.partner, "
        "partner_team = excluded.partner_team, changed_at = excluded.changed_at, is_open = excluded.is_open, "
        "due_at = excluded.due_at, other = excluded.other",
        {to_value(head.id), head.type, head.version, head.state, to_value(head.heading.child),
         to_value(head.heading.agency), to_value(head.heading.team), to_value(head.heading.partner),
         to_value(head.heading.partner_team), to_value(head.opened_at), to_value(head.changed_at),
         std::int64_t{write.is_open}, write.due_at ? to_seconds(*write.due_at) : never, to_value(head.heading.other)});
}

void store_clock(Transaction& transaction, const ClockRow& clock)
{
    transaction.execute(
        "insert into case_clocks (case_id, clock, instance, started_at, due_at, first_warning_at, stopped_at, "
        "breached_at, step, next_at, corrected_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "on conflict (case_id, clock, instance) do update set stopped_at = excluded.stopped_at, "
        "breached_at = excluded.breached_at, step = excluded.step, next_at = excluded.next_at, "
        "corrected_at = excluded.corrected_at",
        {to_value(clock.case_id), clock.code, clock.instance, to_value(clock.started_at), to_value(clock.due_at),
         to_value(clock.first_warning_at), to_value(clock.stopped_at), to_value(clock.breached_at), clock.step,
         to_value(clock.next_at), to_value(clock.corrected_at)});
}

void store_clock_event(Transaction& transaction, CaseId id, const ClockEvent& event)
{
    transaction.execute(
        "insert into case_clock_events (case_id, clock, instance, step, at, event, told, gap) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        {to_value(id), event.code, event.instance, event.step, to_value(event.at), event.event, event.told, event.gap});
}

std::optional<UtcTime> first_due(std::span<const ClockRow> clocks)
{
    std::optional<UtcTime> first;
    for (const auto& clock : clocks)
        if (!clock.stopped_at && (!first || clock.due_at < *first)) first = clock.due_at;
    return first;
}

std::vector<ClockRow> clocks_asking(Transaction& transaction, UtcTime now, std::size_t most)
{
    return read_clocks(transaction, "where next_at <= $1 order by next_at limit $2",
                       {to_value(now), static_cast<std::int64_t>(most)});
}

std::optional<UtcTime> next_attention(Transaction& transaction)
{
    return maybe_time_at(transaction.query("select min(next_at) from case_clocks").front(), 0);
}

} // namespace reachable::casework
