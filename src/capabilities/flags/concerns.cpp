#include "capabilities/flags/concerns.h"

#include "base/text.h"
#include "capabilities/flags/catalogue.h"
#include "capabilities/flags/flag.h"
#include "capabilities/flags/flags.h"
#include "clocks/london.h"
#include "storage/columns.h"

#include <algorithm>

namespace reachable::flags {
namespace {

using storage::to_value;
using storage::Transaction;

/// " 9 quay row saltby ": letters and figures in small letters, with one space around each word.
std::string words_alone(std::string_view text)
{
    std::string words = " ";
    for (const char c : to_lower_ascii(text)) {
        const bool is_part =
            (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) >= 0x80U);
        if (is_part)
            words += c;
        else if (words.back() != ' ' && c != '\'')
            words += ' ';
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

/// "High Street" is many places. Of words alone.
bool says_which(const std::string& words)
{
    return std::ranges::any_of(words, [](char c) { return c >= '0' && c <= '9'; }) ||
           std::ranges::count(words, ' ') > 3;
}

std::optional<StandingConcern> read_concern(Transaction& transaction, CaseId id, std::optional<UtcTime> as_of = {})
{
    const auto loaded = as_of ? casework::load_as_at(transaction, concern_type(), id, *as_of)
                              : casework::load_case(transaction, concern_type(), id);
    if (!loaded) return std::nullopt;
    return StandingConcern{loaded->head, *static_cast<const Concern*>(loaded->facts.get())};
}

std::vector<StandingConcern> open_concerns_of(Transaction& transaction, AgencyId owner)
{
    std::vector<StandingConcern> open;
    const auto rows =
        transaction.query("select concern from flags_concerns where owner = $1 order by concern", {to_value(owner)});
    for (const auto id : storage::ids_at<CaseId>(rows, 0))
        if (auto one = read_concern(transaction, id); one && concern_type().is_open(one->head.state))
            open.push_back(std::move(*one));
    return open;
}

void put_around(Transaction& transaction, ChildId child, CaseId concern, UtcTime now)
{
    const auto rows = transaction.query("select at from flags_around where child = $1 and concern = $2",
                                        {to_value(child), to_value(concern)});
    if (!rows.empty()) return;
    transaction.execute("insert into flags_around (child, concern, at) values ($1, $2, $3)",
                        {to_value(child), to_value(concern), to_value(now)});
}

/// The same place, or the same words about somebody in the same encounter.
bool is_proposed_already(const StandingConcern& one, const RaisedConcern& raised, bool is_place)
{
    if (one.concern.code != raised.code) return false;
    if (is_place) return is_one_place(one.concern.subject, raised.subject);
    return one.concern.encounter == raised.encounter && words_alone(one.concern.subject) == words_alone(raised.subject);
}

} // namespace

bool says_which_place(std::string_view words)
{
    return says_which(words_alone(words));
}

bool is_of_places(const casework::Desk& desk, std::string_view code, UtcTime now)
{
    const auto* row = find_in_catalogue(desk.lists, code, clocks::london_day(now));
    return row != nullptr && row->column("subject") == "place";
}

bool is_one_place(std::string_view one, std::string_view other)
{
    const auto here = words_alone(one), there = words_alone(other);
    const auto& shorter = here.size() < there.size() ? here : there;
    const auto& longer = here.size() < there.size() ? there : here;
    return says_which(shorter) && longer.find(shorter) != std::string::npos;
}

void remember_concern(Transaction& transaction, AgencyId owner, CaseId concern)
{
    transaction.execute("insert into flags_concerns (owner, concern) values ($1, $2)",
                        {to_value(owner), to_value(concern)});
}

std::vector<StandingConcern> concerns_around(Transaction& transaction, ChildId child, std::optional<UtcTime> as_of)
{
    std::vector<StandingConcern> around;
    const auto rows = transaction.recall("select concern, at from flags_around where child = $1 order by at, concern",
                                         {to_value(child)});
    for (const auto& row : rows) {
        if (as_of && storage::time_at(row, 1) > *as_of) continue;
        if (auto one = read_concern(transaction, storage::id_at<CaseId>(row, 0), as_of))
            around.push_back(std::move(*one));
    }
    return around;
}

bool is_shown_around(const lists::DatedLists& lists, const StandingConcern& one)
{
    if (one.head.state == active || one.head.state == disputed) return true;
    if (one.head.state != proposed || !one.concern.proposed_at) return false;
    const auto* code = find_in_catalogue(lists, one.concern.code, clocks::london_day(*one.concern.proposed_at));
    return code != nullptr && is_shown_while_checked(*code);
}

std::string standing_words(const lists::DatedLists& lists, const StandingConcern& one, CivilDate today)
{
    if (one.head.state == proposed) return "being checked";
    std::vector<std::string> words;
    if (one.head.state == disputed)
        words.push_back("disputed by " +
                        to_lower_ascii(lists.label_of("flags.concern_disputed_by", one.concern.disputed_by)));
    if (concern_type().is_open(one.head.state) && one.concern.review_on && *one.concern.review_on < today)
        words.push_back("out of date since " + clocks::day_words(*one.concern.review_on));
    return join(words, ", ");
}

std::vector<CaseId> disputed_concerns_of(Transaction& transaction, AgencyId owner)
{
    std::vector<CaseId> ids;
    for (const auto& one : open_concerns_of(transaction, owner))
        if (one.head.state == disputed) ids.push_back(one.head.id);
    return ids;
}

bool is_flagged_already(const casework::Desk& desk, Transaction& transaction, AgencyId owner, std::string_view code,
                        std::string_view place, UtcTime now)
{
    return std::ranges::any_of(open_concerns_of(transaction, owner), [&](const StandingConcern& one) {
        return one.concern.code == code && is_of_places(desk, one.concern.code, now) &&
               is_one_place(one.concern.subject, place);
    });
}

void propose_concern_because(const casework::Desk& desk, Transaction& transaction, const RaisedConcern& raised,
                             UtcTime now)
{
    const bool is_place = is_of_places(desk, raised.code, now);
    for (const auto& one : open_concerns_of(transaction, raised.owner))
        if (is_proposed_already(one, raised, is_place)) return put_around(transaction, raised.child, one.head.id, now);
    auto asked = Json::object()
                     .set("code", raised.code)
                     .set("subject", raised.subject)
                     .set("plain_words", raised.because)
                     .set("encounter", raised.encounter.text())
                     .set("owner", raised.owner.text())
                     .set("owner_team", raised.owner_team.text());
    if (!raised.told.is_none()) asked.set("told", raised.told.text()).set("told_desk", raised.told_desk.text());
    const auto acted =
        casework::act_in(transaction, desk, accounts::service_session(), RequestId::random(),
                         {.type = concern_type().name, .action = "raise", .asked = std::move(asked)}, now);
    // A refusal has its entry in the log, and holds up nothing else.
    if (acted) put_around(transaction, raised.child, acted->id, now);
}

void note_child_at_place(const casework::Desk& desk, Transaction& transaction, AgencyId force, std::string_view place,
                         ChildId child, UtcTime now)
{
    for (const auto& one : open_concerns_of(transaction, force))
        if (is_of_places(desk, one.concern.code, now) && is_one_place(one.concern.subject, place))
            put_around(transaction, child, one.head.id, now);
}

} // namespace reachable::flags
