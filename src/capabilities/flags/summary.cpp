#include "capabilities/flags/summary.h"

#include "base/number.h"
#include "capabilities/flags/flags.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "policy/question.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <tuple>

namespace reachable::flags {
namespace {

using policy::Show;
using storage::Transaction;

/// Of a flag of the child, or of an adult or a place. `how`: ", local code X17 of Harrier", or nothing.
std::string source_of(Transaction& transaction, const auto& flag, std::string_view how = {})
{
    const auto agency = accounts::find_agency(transaction, flag.owner);
    const auto since = flag.since ? flag.since : flag.proposed_at;
    auto who = agency ? agency->name : std::string("This service");
    who += how;
    return since ? fmt::format("{}, since {}", who, clocks::wall_date_time(*since)) : who;
}

/// What a system of the owner sent keeps the name that it has there.
std::string local_words(const Flag& flag)
{
    if (flag.local_code.empty()) return {};
    const auto there = flag.local_since ? fmt::format(" (there since {})", clocks::day_words(*flag.local_since)) : "";
    return fmt::format(", local code {} of {}{}", flag.local_code, flag.source_system, there);
}

/// The place of its section, and its own there: what is most pressing comes first.
std::pair<std::size_t, int> order_of(const casework::Desk& desk, const Flag& flag)
{
    const auto* code = code_of(desk, flag);
    const auto& sections = desk.lists.codes.at("flags.sections");
    if (code == nullptr) return {sections.size(), 0};
    const auto section = std::ranges::find(sections, code->column("section"), &Code::code);
    return {static_cast<std::size_t>(section - sections.begin()),
            whole_number<int>(code->column("section_order")).value_or(0)};
}

struct Reading {
    const casework::Desk& desk;
    accounts::Session session;
    RequestId request;
    UtcTime now;
    ShownFlags shown = {};
    std::vector<audit::Entry> entries = {};

    void read(Transaction& transaction, const FlagsAsked& asked)
    {
        shown = {};
        entries.clear();
        auto question = asked.question(transaction);
        question.fields = {of_the_summary};
        const auto decision = ties::decide(desk.policy, transaction, session, question);
        shown.is_shown = decision.is_allowed && decision.fields.front() >= Show::generalise;
        shown.is_whole = shown.is_shown && decision.fields.front() == Show::show;
        if (!shown.is_shown) return;
        const auto is_open = [&](ChildId record) {
            return record == asked.child ||
                   (!ties::is_sealed(transaction, record) && !ties::is_closed_to(transaction, record, session, now));
        };
        for (const auto record : identity::members_seen(transaction, asked.child, is_open)) {
            read_record(transaction, record, asked);
            read_around(transaction, record, asked);
            // That no flag stands is learned too, so the log says it.
            if (record != asked.child || !asked.is_noted_already) note(record, asked.page, question, decision);
        }
        std::ranges::stable_sort(shown.flags, {},
                                 [&](const ShownFlag& one) { return order_of(desk, one.standing.flag); });
    }

  private:
    bool is_own(const Standing& one) const
    {
        const bool is_owners = one.flag.owner == session.agency && may_decide(session.role);
        return is_owners || one.flag.proposed_by == session.worker;
    }

    /// What was declined, or taken away as wrong, does not come back with the day on which it stood (G-18).
    bool is_open_today(Transaction& transaction, CaseId flag, const FlagsAsked& asked) const
    {
        const auto loaded = casework::load_case(transaction, flag_type(), flag);
        CHECK(loaded.has_value(), "a flag that stood once can be read");
        const Standing today{loaded->head, *static_cast<const Flag*>(loaded->facts.get())};
        return is_in_the_summary(desk, today) || (asked.others_too && is_own(today));
    }

    void read_record(Transaction& transaction, ChildId record, const FlagsAsked& asked)
    {
        const bool is_every_one = asked.others_too || asked.as_of.has_value();
        for (auto& one : is_every_one ? all_of(transaction, record, asked.as_of) : standing_of(transaction, record)) {
            if (!is_in_the_summary(desk, one) && !(asked.others_too && is_own(one))) continue;
            if (asked.as_of && !is_open_today(transaction, one.head.id, asked)) continue;
            auto label = std::string(desk.lists.label_of("flags.catalogue", one.flag.code));
            auto words = standing_words(desk, one, clocks::london_day(asked.as_of.value_or(now)));
            auto source = source_of(transaction, one.flag, local_words(one.flag));
            shown.flags.push_back({std::move(one), std::move(label), std::move(words), std::move(source)});
        }
    }

    /// The people and places around the child: as they stood then, unless they were declined or removed since.
    void read_around(Transaction& transaction, ChildId record, const FlagsAsked& asked)
    {
        const auto today = concerns_around(transaction, record);
        for (auto& one : concerns_around(transaction, record, asked.as_of)) {
            const auto now_standing = std::ranges::find_if(
                today, [&](const StandingConcern& standing) { return standing.head.id == one.head.id; });
            const bool is_listed = std::ranges::any_of(
                shown.around, [&](const ShownConcern& other) { return other.standing.head.id == one.head.id; });
            if (is_listed || !is_shown_around(desk.lists, one) || !is_shown_around(desk.lists, *now_standing)) continue;
            auto words = standing_words(desk.lists, one, clocks::london_day(asked.as_of.value_or(now)));
            auto source = source_of(transaction, one.concern);
            shown.around.push_back({std::move(one), std::move(words), std::move(source)});
        }
    }

    void note(ChildId record, std::string_view page, const policy::Request& question, const policy::Decision& decision)
    {
        casework::CaseHead head;
        head.heading.child = record;
        auto entry = casework::audit_entry(desk, session, request, head, decision, now);
        entry.operation = audit::Operation::look;
        entry.action = fmt::format("look:child.{}", page);
        entry.outcome = "done";
        std::tie(entry.categories, entry.view) = policy::category_bits(question.fields, decision).both();
        entry.question = policy::question_of(question);
        audit::gather(entries, std::move(entry));
    }
};

} // namespace

ShownFlags see_flags(const casework::Desk& desk, const accounts::Session& session, RequestId request,
                     const FlagsAsked& asked, UtcTime now)
{
    const auto reading = std::make_shared<Reading>(desk, session, request, now);
    desk.database.observe_ahead([&](Transaction& transaction) { reading->read(transaction, asked); },
                                [reading, &log = desk.log](Transaction& transaction) {
                                    for (const auto& entry : reading->entries) log.append(transaction, entry);
                                });
    return reading->shown;
}

std::string summary_mark(const casework::Desk& desk, const accounts::Session& session, Transaction& transaction,
                         const FlagsAsked& asked, UtcTime now)
{
    Reading reading{desk, session, {}, now};
    reading.read(transaction, asked);
    std::string mark(reading.shown.is_shown ? "shown" : "hidden");
    for (const auto& one : reading.shown.flags)
        mark += fmt::format(" {} {} {}", one.standing.head.id.text(), one.standing.head.version, one.words);
    for (const auto& one : reading.shown.around)
        mark += fmt::format(" {} {} {}", one.standing.head.id.text(), one.standing.head.version, one.words);
    return mark;
}

namespace {

/// Whoever reads of it must know before they speak to the child.
std::string caution_of(const Flag& flag)
{
    if (flag.child_told != "not_safe") return {};
    return "Do not tell the child of it: " + flag.child_told_why;
}

/// The last section, "People and places around the child": in the order in which they were noted.
web::SafetyLine line_of_concern(const casework::Desk& desk, const ShownConcern& one)
{
    const auto& concern = one.standing.concern;
    const auto day = clocks::london_day(concern.proposed_at.value_or(UtcTime{}));
    const auto* code = find_in_catalogue(desk.lists, concern.code, day);
    const auto column = [&](std::string_view name) {
        return code == nullptr ? std::string() : std::string(code->column(name));
    };
    return {.section = std::string(desk.lists.label_of("flags.sections", column("section"))),
            .code = concern.code,
            .label = std::string(desk.lists.label_of("flags.catalogue", concern.code)),
            .subject = concern.subject,
            .words = concern.plain_words,
            .prompt = column("prompt"),
            .standing = one.words,
            .source = one.source,
            .caution = {}};
}

} // namespace

web::SafetySummary summary_of(const casework::Desk& desk, const ShownFlags& shown, ChildId child)
{
    web::SafetySummary summary{.is_shown = shown.is_shown};
    summary.all_flags_at = "/children/" + child.text() + "/flags";
    for (const auto& one : shown.flags) {
        if (!is_in_the_summary(desk, one.standing)) continue;
        const auto* code = code_of(desk, one.standing.flag);
        const auto column = [&](std::string_view name) {
            return code == nullptr ? std::string() : std::string(code->column(name));
        };
        const auto section = column("section");
        summary.lines.push_back({.section = std::string(desk.lists.label_of("flags.sections", section)),
                                 .code = one.standing.flag.code,
                                 .label = one.label,
                                 .subject = one.standing.flag.subject,
                                 .words = one.standing.flag.plain_words,
                                 .prompt = column("prompt"),
                                 .standing = one.words,
                                 .source = one.source,
                                 .caution = caution_of(one.standing.flag),
                                 .is_introduced = code != nullptr && introduces_the_words(*code),
                                 .is_urgent = section == "now"});
    }
    for (const auto& one : shown.around) summary.lines.push_back(line_of_concern(desk, one));
    return summary;
}

} // namespace reachable::flags
