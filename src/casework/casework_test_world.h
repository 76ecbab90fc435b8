// A small kind of case for tests of the two doors: a visit to a place, with notes, two clocks and four people around
// it.
#pragma once

#include "api/json.h"
#include "casework/checked.h"
#include "casework/desk.h"
#include "clocks/time_sources.h"
#include "notices/notices.h"
#include "policy/text_policy.h"
#include "storage/testing.h"
#include "ties/ties.h"

#include <gtest/gtest.h>

namespace reachable::casework::testing {

using policy::Category;
using policy::Label;
using storage::Transaction;

/// One note of a visit; a later note on the same topic takes its place.
struct Note {
    std::string topic;
    std::string words;
    std::optional<bool> is_released;
    std::string by; // noted by the service
};

struct VisitFacts {
    AgencyId owner;
    TeamId team;
    AgencyId partner;
    TeamId partner_team;
    std::string place;
    std::string health_words;
    std::optional<UtcTime> began_at;
    std::optional<UtcTime> ended_at;
    std::vector<Note> notes;
};

inline constexpr FieldClass plain{Category::custody, Label::personal};
inline constexpr FieldClass close_held{Category::health, Label::sensitive};

inline FieldClass class_of_note(const void* item)
{
    return static_cast<const Note*>(item)->topic == "health" ? close_held : plain;
}
inline FieldClass released_note(const void* item)
{
    const auto& note = *static_cast<const Note*>(item);
    return note.is_released.value_or(false) ? FieldClass{Category::crime, Label::sensitive} : class_of_note(item);
}

inline constexpr Field note_fields[] = {
    field<&Note::topic>("topic", plain, "Topic"),
    field<&Note::words>("words", plain, "Words"),
    field<&Note::is_released>("is_released", plain, "May the investigation see this?"),
    noted(field<&Note::by>("by", plain, "Who")),
};
inline constexpr Field visit_fields[] = {
    field<&VisitFacts::owner>("owner", plain, "Owner"),
    field<&VisitFacts::team>("team", plain, "Team"),
    field<&VisitFacts::partner>("partner", plain, "Partner"),
    field<&VisitFacts::partner_team>("partner_team", plain, "Team of the partner"),
    field<&VisitFacts::place>("place", plain, "Place"),
    field<&VisitFacts::health_words>("health_words", close_held, "Health"),
    field<&VisitFacts::began_at>("began_at", plain, "When did it begin?"),
    field<&VisitFacts::ended_at>("ended_at", plain, "When did it end?"),
};
inline constexpr Part visit_parts[] = {
    part<&VisitFacts::notes>("notes", "Notes", "topic", note_fields, class_of_note, released_note),
};

inline Result<> note_owner(VisitFacts& facts, const VisitFacts&, Context& context)
{
    facts.owner = context.session.agency;
    facts.team = context.session.team;
    return {};
}
inline Result<> note_writer(VisitFacts& facts, const VisitFacts&, Context& context)
{
    for (auto& note : facts.notes)
        if (note.by.empty()) note.by = accounts::title_of(context.session.role);
    return {};
}
/// Speaks of both times, so that a correction meets problems that are not its own.
inline Result<> it_ends_after_it_began(const VisitFacts& facts, const Context& context)
{
    Problems problems;
    if (facts.ended_at && facts.began_at && *facts.ended_at < *facts.began_at)
        problems.push_back({ProblemKind::malformed, "It cannot end before it began", "ended_at"});
    if (facts.began_at && context.now - *facts.began_at > hours{48})
        problems.push_back({ProblemKind::malformed, "A visit lasts at most two days", "began_at"});
    if (!problems.empty()) return refuse(std::move(problems));
    return {};
}
/// Asks for everything a change may ask for, and refuses then.
inline Result<> ask_for_all_and_refuse(VisitFacts& facts, const VisitFacts&, Context& context)
{
    facts.place = "must never be stored";
    context.notices.push_back({.code = "visit.never", .role = Role::INSP});
    context.mails.push_back({.to = "desk@authority.example", .code = "visit.never"});
    context.writes.push_back([](Transaction&) { throw Bug("a write of a refused act was made"); });
    return refuse(ProblemKind::out_of_order, "Not today");
}

inline constexpr std::string_view visit_states[] = {"open", "closed"};
inline constexpr std::string_view visit_open_states[] = {"open"};
inline constexpr Action visit_actions[] = {
    {"start",
     {nothing_yet},
     {"open"},
     {Role::CUST},
     "place began_at health_words? partner? partner_team?",
     "Start",
     nullptr,
     doing<note_owner>},
    {"write", {"open"}, {same_state}, {Role::CUST, Role::EDT}, "notes", "Write", nullptr, doing<note_writer>},
    {"move", {"open"}, {same_state}, {Role::CUST}, "place", "Move"},
    {"examine", {"open"}, {same_state}, {Role::CUST, Role::EDT}, "place? health_words?", "Examine"},
    {"fail", {"open"}, {same_state}, {Role::CUST}, "place?", "Fail", nullptr, doing<ask_for_all_and_refuse>},
    {"close", {"open"}, {"closed"}, {Role::CUST}, "ended_at?", "Close", only_if<it_ends_after_it_began>},
};

inline std::optional<UtcTime> began_at(const void* facts)
{
    return static_cast<const VisitFacts*>(facts)->began_at;
}

inline constexpr Clock visit_clocks[] = {
    {"T1", "The visit ends", {"start"}, {"close"}, "A visit lasts two hours", began_at},
    {"T2",
     "The place is safe",
     {"start", "move"},
     {"close"},
     "Each place counts",
     nullptr,
     nullptr,
     nullptr,
     Again::runs_beside},
};

inline Heading heading_of_visit(const void* facts)
{
    const auto& visit = *static_cast<const VisitFacts*>(facts);
    return {.child = {},
            .agency = visit.owner,
            .team = visit.team,
            .partner = visit.partner,
            .partner_team = visit.partner_team};
}
inline std::vector<policy::Link> relate_visit(const Heading& heading, const Session& session)
{
    std::vector<policy::Link> links;
    if (session.agency == heading.agency && session.team == heading.team)
        links.push_back({.relationship = policy::Relationship::detaining});
    if (session.agency == heading.agency) links.push_back({.relationship = policy::Relationship::own_agency});
    if (session.team == heading.partner_team) links.push_back({.relationship = policy::Relationship::duty_desk});
    return links;
}

inline constexpr CaseType visit_type = checked({
    .name = "visit",
    .title = "Visit",
    .states = visit_states,
    .open_states = visit_open_states,
    .fields = visit_fields,
    .parts = visit_parts,
    .actions = visit_actions,
    .clocks = visit_clocks,
    .may_correct = {Role::CUST},
    .not_correctable = "owner team partner partner_team began_at",
    .copy = copy_of<VisitFacts>,
    .heading = heading_of_visit,
    .relate = relate_visit,
    .held = plain,
});

/// Four rules that show everything these tests need.
inline constexpr std::string_view visit_rules = R"(
purpose work "Work" law "The law of these tests"
labels open < personal < sensitive < restricted < sealed
categories health, custody, crime
relationship detaining proved by "the visit" ends with "the visit"
relationship duty-desk proved by "the visit" ends with "the visit"
relationship own-agency proved by "the visit" ends with "the visit"
actions read, visit.start, visit.write, visit.examine, visit.move, visit.fail, visit.close, visit.correct

view all whole health, custody
view custody-only whole custody
view crime-only whole crime

allow V1 "A custody sergeant does everything"
  may read, visit.start, visit.write, visit.examine, visit.move, visit.fail, visit.close, visit.correct
  to custody-sergeant of police-force for work while detaining sees all up to sensitive
allow V2 "A detention officer sees what is personal"
  may read to detention-officer of police-force for work while detaining sees custody-only up to personal
allow V3 "An officer in the case sees what was released"
  may read to officer-in-the-case of police-force for work while own-agency sees crime-only up to sensitive
allow V4 "The desk writes"
  may read, visit.write, visit.examine to emergency-duty-worker of local-authority for work while duty-desk
  sees custody-only up to personal
)";

inline const policy::Policy& visit_policy()
{
    static const auto read = policy::TextPolicy::read(visit_rules);
    CHECK(read, "the rules of these tests cannot be read");
    return **read;
}

constexpr UtcTime noon = UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}} + 12h;

class Doors : public ::testing::TestWithParam<std::string> {
  protected:
    void SetUp() override
    {
        holder_ = storage::testing::make_database(GetParam());
        auto& database = holder_->get();
        std::vector<storage::Migration> all;
        for (const auto list : {audit::migrations(), accounts::migrations(), records::migrations(), ties::migrations(),
                                migrations(), notices::migrations()})
            all.insert(all.end(), list.begin(), list.end());
        ASSERT_TRUE(storage::migrate(database, all));
        auto log = audit::Log::open(database, "doors.example/log", key_, "");
        ASSERT_TRUE(log) << sentences(log.error());
        log_ = std::move(*log);
        desk_ = std::make_unique<Desk>(Desk{.database = database,
                                            .log = *log_,
                                            .policy = visit_policy(),
                                            .types = {&visit_type},
                                            .lists = {.terms = terms()},
                                            .clock = clock_});
        database.write([&](Transaction& transaction) { add_people(transaction); });
    }

    static std::vector<lists::ClockTerms> terms()
    {
        lists::ClockTerms one{.code = "T1",
                              .allowance = clocks::elapsed(2h),
                              .warnings = {{50, {false, {Role::CUST, Role::INSP}}}, {75, {false, {Role::INSP}}}},
                              .on_breach = {{false, {Role::SUPV, Role::INSP}}},
                              .repeat_every = 1h,
                              .basis = "a test",
                              .valid_from = CivilDate{std::chrono::year{2020} / 1 / 1}};
        auto two = one;
        two.code = "T2";
        two.warnings.clear();
        two.repeat_every = 0s;
        return {one, two};
    }

    void add_people(Transaction& transaction)
    {
        accounts::add_agency(transaction,
                             {.id = force_, .kind = accounts::AgencyKind::police_force, .code = "F", .name = "Force"});
        accounts::add_agency(
            transaction,
            {.id = authority_, .kind = accounts::AgencyKind::local_authority, .code = "A", .name = "Authority"});
        const auto suite = add_team(transaction, force_, "Suite");
        const auto other = add_team(transaction, force_, "Other suite");
        const auto desk = add_team(transaction, authority_, "Desk");
        sergeant = add_worker(transaction, force_, suite, Role::CUST);
        second = add_worker(transaction, force_, suite, Role::CUST);
        detention = add_worker(transaction, force_, suite, Role::DETO);
        investigator = add_worker(transaction, force_, suite, Role::OIC);
        stranger = add_worker(transaction, force_, other, Role::CUST);
        duty = add_worker(transaction, authority_, desk, Role::EDT);
        const auto inspector = add_worker(transaction, force_, suite, Role::INSP);
        accounts::add_duty(
            transaction,
            {.worker = inspector.worker, .team = suite, .role = Role::INSP, .from = noon - 24h, .to = noon + 24h * 7});
    }

    TeamId add_team(Transaction& transaction, AgencyId agency, std::string name)
    {
        const auto id = TeamId::random();
        accounts::add_team(transaction, {.id = id, .agency = agency, .name = std::move(name), .kind = "office"});
        return id;
    }

    Session add_worker(Transaction& transaction, AgencyId agency, TeamId team, Role role)
    {
        const auto id = WorkerId::random();
        accounts::add_worker(transaction, {.id = id, .agency = agency, .sign_in_name = id.text(), .name = "Somebody"});
        accounts::add_post(transaction, {.worker = id, .team = team, .role = role});
        Session session;
        session.id = SessionId::random();
        session.worker = id;
        session.agency = agency;
        session.agency_kind =
            agency == force_ ? accounts::AgencyKind::police_force : accounts::AgencyKind::local_authority;
        session.team = team;
        session.role = role;
        session.purpose = "work";
        return session;
    }

    const Desk& desk() { return *desk_; }
    storage::Database& database() { return holder_->get(); }

    Result<Acted> act(const Session& who, Act what, UtcTime now = noon)
    {
        return casework::act(desk(), who, RequestId::random(), what, now);
    }
    Result<Seen> look(const Session& who, CaseId id, std::optional<std::int64_t> version = {},
                      std::optional<UtcTime> as_at = {})
    {
        return casework::look(desk(), who, RequestId::random(),
                              {.type = "visit", .id = id, .page = "test", .version = version, .as_at = as_at}, noon);
    }
    static Json values(std::initializer_list<std::pair<const char*, Json>> all)
    {
        auto json = Json::object();
        for (const auto& [name, value] : all) json.set(name, value);
        return json;
    }
    Act starting(std::string key = {}, std::string place = "Harbour Road")
    {
        return {.type = "visit",
                .action = "start",
                .key = std::move(key),
                .asked = values({{"place", place},
                                 {"began_at", to_iso(noon)},
                                 {"health_words", "asthma"},
                                 {"partner", authority_.text()},
                                 {"partner_team", duty.team.text()}})};
    }
    static Act doing_to(CaseId id, std::string action, Json asked = Json::object())
    {
        return {.type = "visit", .action = std::move(action), .id = id, .asked = std::move(asked)};
    }
    static Json note(const char* topic, const char* words, bool is_released = false)
    {
        return values({{"topic", topic}, {"words", words}, {"is_released", is_released}});
    }
    static Json notes(std::vector<Json> items) { return values({{"notes", Json(std::move(items))}}); }
    CaseId started(UtcTime now = noon)
    {
        const auto acted = act(sergeant, starting(), now);
        CHECK(acted.has_value(), "a visit could not be started");
        return acted->id;
    }

    /// How many rows each table of the case holds: what a refusal must leave as it was.
    std::vector<std::int64_t> rows()
    {
        std::vector<std::int64_t> counts;
        database().read([&](Transaction& transaction) {
            counts.clear();
            for (const auto* table :
                 {"cases", "case_versions", "case_clocks", "case_clock_events", "act_keys", "notices", "outbox"})
                counts.push_back(transaction.query(std::string("select count(*) from ") + table).front().integer(0));
        });
        return counts;
    }
    std::uint64_t audit_count() { return audit::verify(database(), key_.open, "").entry_count; }
    audit::Verification verification() { return audit::verify(database(), key_.open, ""); }
    std::vector<ClockRow> clocks_of(CaseId id)
    {
        std::vector<ClockRow> clocks;
        database().read([&](Transaction& transaction) { clocks = load_clocks(transaction, id); });
        return clocks;
    }
    std::vector<ClockEvent> events_of(CaseId id)
    {
        std::vector<ClockEvent> events;
        database().read([&](Transaction& transaction) { events = load_clock_events(transaction, id); });
        return events;
    }

    Session sergeant, second, detention, investigator, stranger, duty;

  private:
    std::unique_ptr<storage::testing::TestDatabase> holder_;
    SigningKey key_ = make_signing_key();
    std::unique_ptr<audit::Log> log_;
    clocks::SimulatedTime clock_{noon};
    std::unique_ptr<Desk> desk_;
    AgencyId force_ = AgencyId::random();
    AgencyId authority_ = AgencyId::random();
};

} // namespace reachable::casework::testing
