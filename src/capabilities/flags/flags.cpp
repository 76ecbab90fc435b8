#include "capabilities/flags/flags.h"

#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/standing.h"
#include "casework/desk.h"
#include "clocks/london.h"

#include <algorithm>
#include <utility>

namespace reachable::flags {
namespace {

constexpr lists::ListFile list_files[] = {
    {"flags.catalogue", "flags/catalogue.csv"},
    {"flags.sections", "flags/sections.csv"},
    {"flags.told", "flags/told.csv"},
    {"flags.disputed_by", "flags/disputed_by.csv"},
    {"flags.grades", "flags/grades.csv"},
    {"flags.local_codes", "flags/local_codes.csv"},
    {"flags.concern_disputed_by", "flags/concern_disputed_by.csv"},
};

constexpr std::string_view clocks_of_flags[] = {"flags/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_log[] = {
    {"flag.propose", "proposed a flag for the child"},
    {"flag.set", "set a flag that follows from what is on record"},
    {"flag.raise", "proposed a flag because of what is on record"},
    {"flag.clear", "cleared a flag that followed from what was on record"},
    {"flag.accept", "accepted a flag"},
    {"flag.decline", "declined a flag"},
    {"flag.appeal", "appealed against declining a flag"},
    {"flag.renew", "reviewed a flag, which stands"},
    {"flag.change", "reviewed a flag and changed its words"},
    {"flag.remove", "reviewed a flag and removed it"},
    {"flag.note_child", "wrote down what the child knows and says of a flag"},
    {"flag.dispute", "recorded that a flag is disputed"},
    {"flag.keep", "answered a dispute: the flag stands"},
    {"flag.drop", "answered a dispute: the flag is removed"},
    {"look:child.flags", "read the child's flags"},
    {"look:child.summary", "read the child's safety summary"},
    {"look:flag.flag", "read a flag"},
    {"look:flag.own", "read what became of a flag that they proposed"},
    {"look:flag.queue", "saw a flag in a list"},
    {"look:flag.notice", "was told of a flag"},
    {"look:flag.record", "read all that is recorded of a flag"},
    {"look:flag.form", "opened a form about a flag"},
    {"look:flag.api", "read a flag through another system"},
    {"concern.raise", "proposed a flag of an adult or a place because of what is on record"},
    {"concern.propose", "proposed a flag of an adult or a place"},
    {"concern.accept", "accepted a flag of an adult or a place"},
    {"concern.decline", "declined a flag of an adult or a place"},
    {"concern.renew", "reviewed a flag of an adult or a place, which stands"},
    {"concern.remove", "reviewed a flag of an adult or a place and removed it"},
    {"concern.dispute", "recorded that a flag of an adult or a place is disputed"},
    {"concern.keep", "answered a dispute: the flag of an adult or a place stands"},
    {"concern.drop", "answered a dispute: the flag of an adult or a place is removed"},
    {"look:concern.concern", "read a flag of an adult or a place"},
    {"look:concern.queue", "saw a flag of an adult or a place in a list"},
    {"look:concern.notice", "was told of a flag of an adult or a place"},
    {"look:concern.record", "read all that is recorded of a flag of an adult or a place"},
    {"look:concern.form", "opened a form about a flag of an adult or a place"},
    {"look:concern.api", "read a flag of an adult or a place through another system"},
};

std::string_view words_in(std::span<const std::pair<std::string_view, std::string_view>> table, std::string_view code)
{
    for (const auto& [its_code, words] : table)
        if (its_code == code) return words;
    return {};
}

/// A refusal has its entry in the log, and changes nothing else.
void act_as_service(storage::Transaction& transaction, const casework::Desk& desk, std::string action, CaseId id,
                    Json asked, UtcTime now)
{
    (void)casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                           {.type = flag_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)},
                           now);
}

Standing loaded(storage::Transaction& transaction, CaseId flag)
{
    const auto found = casework::load_case(transaction, flag_type(), flag);
    CHECK(found.has_value(), "a flag that something happened to can be read");
    return {found->head, *static_cast<const Flag*>(found->facts.get())};
}

} // namespace

std::string_view log_words(std::string_view action)
{
    return words_in(words_of_log, action);
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}
std::span<const std::string_view> clock_files()
{
    return clocks_of_flags;
}

void bring_in_line(const casework::Desk& desk, storage::Transaction& transaction, const Follows& follows, UtcTime now)
{
    const auto standing = standing_of(transaction, follows.child);
    const auto is_it = [&](const Standing& one) {
        return one.flag.code == follows.code && (one.head.state == active || one.head.state == disputed);
    };
    if (follows.stands) {
        if (std::ranges::any_of(standing, is_it)) return;
        act_as_service(transaction, desk, "set", {},
                       Json::object()
                           .set("child", follows.child.text())
                           .set("code", follows.code)
                           .set("plain_words", follows.because)
                           .set("owner", follows.owner.text())
                           .set("owner_team", follows.owner_team.text()),
                       now);
        return;
    }
    for (const auto& one : standing) {
        const bool is_theirs = follows.owner.is_none() || one.flag.owner == follows.owner;
        if (is_it(one) && is_theirs && one.flag.is_set_by_service.value_or(false))
            act_as_service(transaction, desk, "clear", one.head.id,
                           Json::object().set("cleared_because", follows.because), now);
    }
}

void propose_because(const casework::Desk& desk, storage::Transaction& transaction, const Raised& raised, UtcTime now)
{
    const auto is_it = [&](const Standing& one) { return one.flag.code == raised.code; };
    if (std::ranges::any_of(standing_of(transaction, raised.child), is_it)) return;
    act_as_service(transaction, desk, "raise", {},
                   Json::object()
                       .set("child", raised.child.text())
                       .set("code", raised.code)
                       .set("plain_words", raised.because)
                       .set("owner", raised.owner.text())
                       .set("owner_team", raised.owner_team.text()),
                   now);
}

bool is_of_code(storage::Transaction& transaction, CaseId flag, std::string_view code)
{
    return loaded(transaction, flag).flag.code == code;
}

bool may_be_exploited(const casework::Desk& desk, storage::Transaction& transaction, ChildId child)
{
    return std::ranges::any_of(standing_of(transaction, child), [&](const Standing& one) {
        const auto* code = code_of(desk, one.flag);
        return code != nullptr && is_of_exploitation(*code) && is_in_the_summary(desk, one);
    });
}

bool is_in_the_summary(const casework::Desk& desk, storage::Transaction& transaction, CaseId flag)
{
    return is_in_the_summary(desk, loaded(transaction, flag));
}

bool was_shown_while_checked(const casework::Desk& desk, storage::Transaction& transaction, CaseId flag)
{
    const auto* code = code_of(desk, loaded(transaction, flag).flag);
    return code != nullptr && is_shown_while_checked(*code);
}

} // namespace reachable::flags
