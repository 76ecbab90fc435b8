#include "app/timeline.h"

#include "base/text.h"
#include "capabilities/custody/conversation.h"
#include "capabilities/encounters/encounters.h"
#include "capabilities/interviews/interviews.h"
#include "capabilities/missing/missing.h"
#include "capabilities/observations/observations.h"
#include "capabilities/offers/offers.h"
#include "derived/forms.h"
#include "derived/site.h"
#include "identity/people.h"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <memory>
#include <variant>

namespace reachable::app {
namespace {

using casework::CaseType;
using casework::ClockRow;
using policy::Show;
using storage::Transaction;

constexpr DatedFact of_a_detention[] = {
    {"arrested_at", "Arrested", "send_request", "arrest_place"},
    {"authorised_at", "Detention authorised", "book_in"},
    {"child_words_at", "The child's own words were written down"},
    {"adult_arrived_at", "The appropriate adult arrived", "adult_here"},
    {"left_at", "Left custody", "record_departure"},
};

constexpr DatedFact of_an_encounter[] = {
    {"met_at", "The police met the child", "record", "place"},
    {"protected_at", "Police protection began"},
};

constexpr DatedFact of_an_offer[] = {
    {"first_contact_at", "Somebody who supports the child met them", "meet"},
};

constexpr DatedFact of_an_observation[] = {
    {"observed_at", "Somebody who works with the child saw or heard something", "submit", "place"},
};

constexpr DatedFact of_an_episode[] = {
    {"last_seen_at", "Last seen before the child was missing", "report take_sent found_unreported", "last_seen_where"},
    {"located_at", "The missing child was found or heard of", "locate locate_in_custody take_sent change_sent",
     "located_where"},
    {"returned_at", "The missing child was safe", "return end_sent take_sent found_unreported report", "found_where"},
    {"reached_at", "The child reached the place where they live or stay", "reach"},
    {"interviewed_at", "An officer spoke with the child about being missing", "speak"},
};

constexpr DatedFact of_an_interview[] = {
    {"held_at", "A return home interview was held", "hold", "do_not_tell", "Do not tell: "}, // on every view
};

constexpr Contribution all_contributions[] = {
    {custody::conversation_type, of_a_detention},
    {encounters::encounter_type, of_an_encounter},
    {offers::offer_type, of_an_offer},
    {observations::observation_type, of_an_observation},
    {missing::episode_type, of_an_episode},
    {interviews::interview_type, of_an_interview},
};

/// Each class of the fields of a type once, that there is such a case being the first.
std::vector<policy::FieldClass> classes_of_fields(const CaseType& type)
{
    std::vector<policy::FieldClass> classes{type.held};
    for (const auto& field : type.fields)
        if (std::ranges::find(classes, field.held) == classes.end()) classes.push_back(field.held);
    return classes;
}

/// The same of the facts that stand on a timeline.
std::vector<policy::FieldClass> classes_of_facts(const Contribution& contribution)
{
    const auto& type = contribution.type();
    std::vector<policy::FieldClass> classes{type.held};
    for (const auto& fact : contribution.facts)
        for (const auto name : {fact.field, fact.words_in})
            if (const auto* field = type.find_field(name);
                field != nullptr && std::ranges::find(classes, field->held) == classes.end())
                classes.push_back(field->held);
    return classes;
}

const casework::Clock* clock_of(const CaseType& type, std::string_view code)
{
    for (const auto& clock : type.clocks)
        if (clock.code == code) return &clock;
    return nullptr;
}

/// One version of a case: who did what when.
struct Done {
    UtcTime at{};
    std::string action;
    AgencyId agency;
    accounts::Role role = accounts::Role::system;
};

/// A clock counted then, by what had been done then: its end may have been written down later than it was.
bool was_running(const CaseType& type, const ClockRow& clock, std::span<const ClockRow> all,
                 std::span<const Done> history, UtcTime at)
{
    const auto* declared = clock_of(type, clock.code);
    if (declared == nullptr) return false;
    const auto is_done = [&](const AnyOf<std::string_view>& actions) {
        return std::ranges::any_of(history, [&](const Done& version) { return actions.has(version.action); });
    };
    if (clock.started_at > at || !is_done(declared->starts_on)) return false;
    if (clock.corrected_at && *clock.corrected_at <= at) return false;
    // One that a correction began counts from an earlier time than it was known at.
    const auto came_of_a_correction = [&](const ClockRow& before) {
        return before.code == clock.code && before.instance + 1 == clock.instance && before.corrected_at &&
               *before.corrected_at > at;
    };
    if (std::ranges::any_of(all, came_of_a_correction)) return false;
    return !clock.stopped_at || *clock.stopped_at > at || !is_done(declared->stops_on);
}

using History = std::shared_ptr<const std::vector<Done>>;

/// What was done up to this version, which no later one changes.
History history_of(Transaction& transaction, const casework::CaseHead& head)
{
    const auto rows = transaction.recall_settled("select at, action, agency, role from case_versions "
                                                 "where case_id = $1 and version <= $2 order by version",
                                                 {storage::to_value(head.id), head.version});
    return rows.made<std::vector<Done>>([](const storage::Rows& all) {
        std::vector<Done> history;
        for (const auto& row : all) {
            const auto role = accounts::role_from(row.text(3));
            CHECK(role.has_value(), "a stored role is unknown");
            history.push_back({.at = storage::time_at(row, 0),
                               .action = row.text(1),
                               .agency = storage::id_at<AgencyId>(row, 2),
                               .role = *role});
        }
        return history;
    });
}

/// One kind of case, while it is read.
struct KindOfCase {
    const Contribution& contribution;
    std::vector<policy::FieldClass> classes; // those of which something is shown, and of no more the log tells
    const CaseType& type = contribution.type();
};

/// A case that is shown, with what its entry in the log needs.
struct LookedAtCase {
    casework::CaseHead head;
    policy::Request question;
    policy::Decision decision;
};

/// Where an entry comes from. Of a child with thousands the page shows a few, which alone are written out.
struct Moment {
    struct Beside {}; // one that another door showed
    struct Fact {
        const DatedFact* fact;
        const std::vector<Done>* history;
    };
    struct Acts {
        const Done* last;
        std::size_t times;
    };
    struct Breach {
        std::string_view title;
    };

    UtcTime at{};
    EntryKind kind = EntryKind::done;
    AgencyId agency;
    std::size_t number = 0; // as they were found, those beside first
    std::size_t of_case = 0;
    std::variant<Beside, Fact, Acts, Breach> source = {};
};

struct TimelineReading {
    const casework::Desk& desk;
    accounts::Session session;
    RequestId request;
    TimelineAsked asked;
    UtcTime now;
    SeenTimeline seen = {};
    std::vector<Moment> moments = {};       // all, before any is chosen
    std::vector<History> histories = {};    // of the cases, in their order
    std::deque<std::string> old_codes = {}; // of clocks that their kind of case declares no more
    std::vector<LookedAtCase> looked_at = {};
    std::vector<audit::Entry> entries_of_log = {};

    void read(Transaction& transaction)
    {
        seen = {};
        looked_at.clear();
        moments.clear();
        histories.clear();
        old_codes.clear();
        for (const auto& entry : asked.beside) add({.at = entry.at, .kind = entry.kind, .agency = entry.agency});
        const auto is_open = [&](ChildId record) {
            return record == asked.child ||
                   (!ties::is_sealed(transaction, record) && !ties::is_closed_to(transaction, record, session, now));
        };
        const auto records = identity::members_seen(transaction, asked.child, is_open);
        const auto known = ties::ties_for(transaction, records, session.worker, desk.tie_memory);
        for (const auto& contribution : all_contributions) {
            const auto& type = contribution.type();
            read_kind(transaction,
                      {contribution, asked.with_cases ? classes_of_fields(type) : classes_of_facts(contribution)},
                      records, known);
        }
        name_agencies(transaction);
        choose();
        note();
    }

  private:
    UtcTime then() const { return asked.as_of.value_or(now); }

    void add(Moment moment)
    {
        moment.number = moments.size();
        moments.push_back(moment);
    }

    void read_kind(Transaction& transaction, const KindOfCase& kind, std::span<const ChildId> records,
                   const ties::Known& known)
    {
        auto values = storage::to_values(records);
        values.emplace_back(std::string(kind.type.name));
        const auto which =
            fmt::format("where c.child in ({}) and c.type = ${}", storage::places(records.size()), values.size());
        std::vector<CaseId> shown; // the newest first
        const auto first = seen.cases.size();
        for (const auto& row : transaction.recall(
                 fmt::format("select c.id, c.opened_at from cases c {} order by c.opened_at desc, c.id", which),
                 values))
            if (storage::time_at(row, 1) <= then() &&
                see_case(transaction, kind, storage::id_at<CaseId>(row, 0), known))
                shown.push_back(seen.cases.back().head.id);
        if (shown.empty()) return;
        for (auto i = first; i < seen.cases.size(); ++i) {
            histories.push_back(history_of(transaction, seen.cases[i].head));
            add_case(kind, i);
        }
        add_breaches(transaction, kind, which, values, first);
        if (!asked.with_cases) return;
        std::map<CaseId, std::vector<ClockRow>> clocks;
        for (auto& clock : casework::load_clocks(transaction, shown)) clocks[clock.case_id].push_back(std::move(clock));
        for (auto i = first; i < seen.cases.size(); ++i) {
            const auto of_the_case = clocks.find(seen.cases[i].head.id);
            if (of_the_case == clocks.end()) continue;
            for (const auto& clock : of_the_case->second)
                if (was_running(kind.type, clock, of_the_case->second, *histories[i], then()))
                    seen.cases[i].running.push_back(clock);
        }
    }

    /// False for a case that this reader may not know of, or that was not there then. Who may see what stood then is
    /// decided by the case as it stands now.
    bool see_case(Transaction& transaction, const KindOfCase& kind, CaseId id, const ties::Known& known)
    {
        const auto standing = casework::load_case(transaction, kind.type, id);
        const bool is_as_then = !asked.as_of || standing->head.changed_at <= *asked.as_of;
        const auto loaded = is_as_then ? standing : casework::load_as_at(transaction, kind.type, id, *asked.as_of);
        if (!loaded) return false;
        auto question =
            casework::policy_request(desk, transaction, kind.type, standing->head, session, "read", now, known);
        question.fields = kind.classes;
        auto decision = ties::decide(desk.policy, transaction, session, question);
        if (!decision.is_allowed || decision.fields.front() < Show::generalise) return false;
        auto head = loaded->head;
        head.heading = kind.type.heading(loaded->facts.get());
        hold_back(kind, decision, question.is_sealed, loaded->facts.get());
        seen.cases.push_back({.type = &kind.type, .head = head, .facts = loaded->facts, .running = {}});
        looked_at.push_back({standing->head, std::move(question), std::move(decision)});
        return true;
    }

    /// Takes out what may not be seen, counting those entries that may be counted.
    void hold_back(const KindOfCase& kind, const policy::Decision& decision, bool is_protected, void* facts)
    {
        for (const auto& part : kind.type.parts)
            for (auto i = part.count(facts); i > 0; --i) part.remove_at(facts, i - 1);
        for (const auto& field : kind.type.fields) {
            const auto at = std::ranges::find(kind.classes, field.held) - kind.classes.begin();
            if (at == std::ssize(kind.classes)) { // nobody asked for it
                field.clear(facts);
                continue;
            }
            if (policy::of_a_fact(field.held, decision.fields[static_cast<std::size_t>(at)]) >= Show::generalise)
                continue;
            const auto& dated = kind.contribution.facts;
            const bool is_entry = std::ranges::find(dated, field.name, &DatedFact::field) != dated.end();
            if (is_entry && !field.is_empty(facts) && is_safe_to_count(field.held, is_protected)) seen.withheld += 1;
            field.clear(facts);
        }
    }

    void add_case(const KindOfCase& kind, std::size_t number)
    {
        const auto& one = seen.cases[number];
        const auto& history = *histories[number];
        for (const auto& fact : kind.contribution.facts)
            if (const auto at = time_of(kind, one, fact))
                add({.at = *at,
                     .kind = EntryKind::happened,
                     .agency = one.head.heading.agency,
                     .of_case = number,
                     .source = Moment::Fact{&fact, &history}});
        // What one role did several times in a row stands once, when it was done last.
        for (std::size_t first = 0, next = 0; first < history.size(); first = next) {
            const auto& version = history[first];
            const auto is_alike = [&](const Done& other) {
                return other.action == version.action && other.role == version.role && other.agency == version.agency;
            };
            while (next < history.size() && is_alike(history[next])) ++next;
            add({.at = history[next - 1].at,
                 .agency = version.agency,
                 .of_case = number,
                 .source = Moment::Acts{&history[next - 1], next - first}});
        }
    }

    static std::optional<UtcTime> time_of(const KindOfCase& kind, const TimelineCase& one, const DatedFact& fact)
    {
        const auto* field = kind.type.find_field(fact.field);
        CHECK(field != nullptr, "a fact of the timeline that its kind of case does not declare");
        if (field->is_empty(one.facts.get())) return std::nullopt;
        const auto value = field->write(one.facts.get());
        const auto at = value.text() == nullptr ? Result<UtcTime>(no_time()) : parse_utc(*value.text());
        CHECK(at.has_value(), "a fact of the timeline that is no time");
        return *at;
    }

    void add_breaches(Transaction& transaction, const KindOfCase& kind, std::string_view which,
                      const storage::Values& values, std::size_t first)
    {
        std::map<CaseId, std::size_t> shown;
        for (auto i = first; i < seen.cases.size(); ++i) shown.emplace(seen.cases[i].head.id, i);
        for (const auto& row :
             transaction.recall(fmt::format("select e.case_id, e.clock, e.at from case_clock_events e "
                                            "join cases c on c.id = e.case_id {} and e.event = 'breach' "
                                            "order by e.at, e.case_id, e.clock",
                                            which),
                                values)) {
            const auto found = shown.find(storage::id_at<CaseId>(row, 0));
            const auto at = storage::time_at(row, 2);
            if (at > then() || found == shown.end()) continue;
            const auto* declared = clock_of(kind.type, row.text(1));
            add({.at = at,
                 .of_case = found->second,
                 .source = Moment::Breach{
                     declared != nullptr ? declared->title : std::string_view(old_codes.emplace_back(row.text(1)))}});
        }
    }

    TimelineEntry written_out(const Moment& moment) const
    {
        if (std::holds_alternative<Moment::Beside>(moment.source)) return asked.beside[moment.number];
        const auto& one = seen.cases[moment.of_case];
        TimelineEntry entry{.at = moment.at,
                            .recorded_at = moment.at,
                            .kind = moment.kind,
                            .title = {},
                            .by = {},
                            .agency = moment.agency,
                            .type = one.type,
                            .told_by = one.head.id};
        if (const auto* breach = std::get_if<Moment::Breach>(&moment.source))
            entry.title = fmt::format("Late: {}", breach->title);
        if (const auto* acts = std::get_if<Moment::Acts>(&moment.source)) {
            entry.title = derived::title_of(*one.type, acts->last->action);
            entry.times = acts->times;
            entry.by = acts->last->role;
        }
        if (const auto* fact = std::get_if<Moment::Fact>(&moment.source)) {
            const auto writers = split(fact->fact->written_by, ' ');
            const auto written = std::ranges::find_first_of(*fact->history, writers, {}, &Done::action);
            if (written != fact->history->end()) entry.recorded_at = written->at;
            entry.title = fact->fact->title;
            if (const auto* words = one.type->find_field(fact->fact->words_in);
                words && !words->is_empty(one.facts.get()))
                entry.words =
                    fmt::format("{}{}", fact->fact->before_words, derived::words_of(desk, *words, one.facts.get()));
        }
        return entry;
    }

    void name_agencies(Transaction& transaction)
    {
        const AgencyId* last = nullptr; // mostly the same follows
        for (const auto& moment : moments) {
            if (last != nullptr && *last == moment.agency) continue;
            last = &moment.agency;
            const auto [found, is_new] = seen.agencies.try_emplace(moment.agency);
            if (!is_new) continue;
            const auto agency = accounts::find_agency(transaction, moment.agency);
            found->second = agency ? agency->name : "This service";
        }
    }

    void choose()
    {
        const auto& choice = asked.choice;
        // London's clocks are those of UTC when a year begins.
        const auto year_of = [](const Moment& moment) {
            return static_cast<int>(CivilDate{std::chrono::floor<std::chrono::days>(moment.at)}.year());
        };
        for (const auto& moment : moments) seen.years.insert(year_of(moment));
        std::erase_if(moments, [&](const Moment& moment) {
            return (!choice.agency.is_none() && moment.agency != choice.agency) ||
                   (choice.kind && moment.kind != *choice.kind) || (choice.year && year_of(moment) != *choice.year);
        });
        seen.found = moments.size();
        const auto skip = std::min(choice.skip, moments.size());
        const auto most = std::min(choice.most, moments.size() - skip);
        // The newest first; of what was written down in the same second the later act comes first.
        const auto is_newer = [](const Moment& one, const Moment& other) {
            return std::pair(one.at, one.number) > std::pair(other.at, other.number);
        };
        std::ranges::partial_sort(moments, moments.begin() + static_cast<std::ptrdiff_t>(skip + most), is_newer);
        for (const auto& moment : std::span(moments).subspan(skip, most)) seen.entries.push_back(written_out(moment));
    }

    /// The log names each case of which this answer tells something.
    void note()
    {
        entries_of_log.clear();
        policy::Questions questions;
        for (const auto& [head, question, decision] : looked_at) {
            const auto is_of_it = [&](const TimelineEntry& entry) { return entry.told_by == head.id; };
            if (!asked.with_cases && std::ranges::none_of(seen.entries, is_of_it)) continue;
            auto entry = casework::audit_entry(desk, session, request, head, decision, now);
            entry.operation = audit::Operation::look;
            entry.action = fmt::format("look:{}.{}", head.type, asked.as_of ? "child_then" : "child");
            entry.outcome = "done";
            std::tie(entry.categories, entry.view) = policy::category_bits(question.fields, decision).both();
            entry.question = questions.of(question);
            audit::gather(entries_of_log, std::move(entry));
        }
        if (!asked.with_cases) seen.cases.clear();
    }

    static tl::unexpected<Problems> no_time() { return refuse(ProblemKind::malformed, "This is no time"); }
};

} // namespace

std::span<const Contribution> contributions()
{
    return all_contributions;
}

std::string_view code_of(EntryKind kind)
{
    return kind == EntryKind::happened ? "happened" : "done";
}

std::string_view title_of(EntryKind kind)
{
    return kind == EntryKind::happened ? "What happened" : "What agencies did";
}

bool is_safe_to_count(const policy::FieldClass& held, bool is_protected)
{
    using enum policy::Category;
    // 1. Of a protected record nothing is told beside what is shown (R-P-07).
    if (is_protected) return false;
    // 2. What is restricted or sealed is so because already that it is there tells something.
    if (held.label >= policy::Label::restricted) return false;
    // 3. That there is intelligence, a referral, an interview or something of health or social care is itself a secret
    //    of the child or of an investigation. A local choice: what is not named here is not counted.
    return held.category == custody || held.category == missing || held.category == crime || held.category == id_core ||
           held.category == administration;
}

SeenTimeline see_timeline(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                          TimelineAsked asked, UtcTime now)
{
    const auto reading = std::make_shared<TimelineReading>(desk, session, request, std::move(asked), now);
    desk.database.observe_ahead([&](Transaction& transaction) { reading->read(transaction); },
                                [reading, &log = desk.log](Transaction& transaction) {
                                    for (const auto& entry : reading->entries_of_log) log.append(transaction, entry);
                                });
    return std::move(reading->seen);
}

} // namespace reachable::app
