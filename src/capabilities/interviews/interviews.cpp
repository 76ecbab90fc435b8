#include "capabilities/interviews/interviews.h"

#include "capabilities/interviews/interview.h"
#include "casework/case_store.h"
#include "identity/people.h"
#include "storage/columns.h"
#include "ties/told_together.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace reachable::interviews {
namespace {

using storage::Transaction;

constexpr lists::ListFile list_files[] = {
    {"interviews.ways", "interviews/ways.csv"},
    {"interviews.answers", "interviews/answers.csv"},
    {"interviews.independence", "interviews/independence.csv"},
    {"interviews.crime_told", "interviews/crime_told.csv"},
    {"interviews.categories", "interviews/categories.csv"},
    {"interviews.decisions", "interviews/decisions.csv"},
    {"interviews.views", "interviews/views.csv"},
    {"interviews.not_held", "interviews/not_held.csv"},
    {"interviews.rule_sets", "interviews/rule_sets.csv"},
    {"interviews.rule_set_of", "interviews/rule_set_of.csv"},
    {"interviews.offer_words", "interviews/offer_words.csv"},
};

constexpr std::string_view clocks_of_interviews[] = {"interviews/clocks.csv"};

constexpr std::pair<std::string_view, std::string_view> words_of_the_log[] = {
    {"return-interview.open", "opened the interview that is due because the child is back"},
    {"return-interview.cover", "let the interview that is due cover another absence"},
    {"return-interview.pass", "passed a return home interview to whoever goes to the child"},
    {"return-interview.offer", "wrote down that a return home interview was offered"},
    {"return-interview.hold", "wrote down a return home interview"},
    {"return-interview.add_item", "wrote down what others may need from a return home interview"},
    {"return-interview.share", "shared what others need from a return home interview"},
    {"return-interview.acknowledge", "said what they do because of what was shared from a return home interview"},
    {"return-interview.not_held", "wrote down why a return home interview is not held"},
    {"return-interview.correct_return", "put right since when the child is back, from which an interview counts"},
    {"return-interview.drop_absence", "let an interview cover an absence no more that turned out to be none"},
    {"return-interview.carry_over", "ended a return home interview because the child is missing again"},
    {"look:return-interview.interview", "read a return home interview, as far as it is open to them"},
    {"look:return-interview.words", "read the words by which a return home interview is offered"},
    {"look:return-interview.missing", "read on a missing episode whether the interview is held"},
    {"look:return-interview.queue", "saw a return home interview in a list"},
    {"look:return-interview.notice", "was told of a return home interview"},
    {"look:return-interview.record", "read all that is recorded of a return home interview and open to them"},
    {"look:return-interview.form", "opened a form about a return home interview"},
    {"look:return-interview.api", "read a return home interview through another system"},
    {"look:return-interview.child", "read of a return home interview on the child's page"},
    {"look:return-interview.child_then", "read of a return home interview as it stood then"},
};

/// Those of the child that are open and not held yet, by any record of which may be told beside this one: the newest
/// first.
std::vector<CaseId> all_that_wait(Transaction& transaction, ChildId child)
{
    auto values = storage::to_values(ties::records_told_together(transaction, child));
    values.emplace_back(std::string(interview_type().name));
    const auto which =
        fmt::format("where child in ({}) and type = ${}", storage::places(values.size() - 1), values.size());
    return storage::ids_at<CaseId>(
        transaction.query("select id from cases " + which +
                              " and is_open = 1 and state in ('due', 'offered', 'accepted', 'declined_once') "
                              "order by opened_at desc, id",
                          values),
        0);
}
std::optional<CaseId> waiting_for(Transaction& transaction, ChildId child)
{
    const auto all = all_that_wait(transaction, child);
    return all.empty() ? std::nullopt : std::optional(all.front());
}

/// The one among them that covers the absence.
struct Waiting {
    CaseId id;
    std::optional<UtcTime> returned_at; // as it has it
};
std::optional<Waiting> waiting_for(Transaction& transaction, ChildId child, CaseId episode)
{
    for (const auto id : all_that_wait(transaction, child)) {
        const auto loaded = casework::load_case(transaction, interview_type(), id);
        CHECK(loaded.has_value(), "an interview that waits is not there");
        const auto& covers = static_cast<const Interview*>(loaded->facts.get())->covers;
        const auto covered = std::ranges::find(covers, episode, &Covered::episode);
        if (covered != covers.end()) return Waiting{id, covered->returned_at};
    }
    return std::nullopt;
}

/// A refusal has its entry in the log, and holds up nothing else. Gives the case that was acted on; none if it was
/// refused.
CaseId act_as_the_service(const casework::Desk& desk, Transaction& transaction, std::string action, CaseId id,
                          Json asked, UtcTime now)
{
    const auto acted = casework::act_in(
        transaction, desk, accounts::service_session(), RequestId::random(),
        {.type = interview_type().name, .action = std::move(action), .id = id, .asked = std::move(asked)}, now);
    return acted ? acted->id : CaseId{};
}

void cover_it_too(const casework::Desk& desk, Transaction& transaction, CaseId interview, const Covered& absence,
                  UtcTime now)
{
    auto asked = Json::object().set("episode", absence.episode.text());
    if (absence.returned_at) asked.set("returned_at", to_iso(*absence.returned_at));
    act_as_the_service(desk, transaction, "cover", interview, std::move(asked), now);
}

/// "Child missing again … NOT_HELD(reason); carries to next return", which is now. Gives what it covered: the child is
/// owed an interview about that still (R-B-01).
std::vector<Covered> carry_over(const casework::Desk& desk, Transaction& transaction, CaseId waiting, UtcTime now)
{
    const auto loaded = casework::load_case(transaction, interview_type(), waiting);
    auto covered = static_cast<const Interview*>(loaded->facts.get())->covers;
    act_as_the_service(desk, transaction, "carry_over", waiting,
                       Json::object().set("not_held_because", "missing_again"), now);
    return covered;
}

} // namespace

std::string_view log_words(std::string_view action)
{
    for (const auto& [code, words] : words_of_the_log)
        if (code == action) return words;
    return {};
}

std::span<const lists::ListFile> lists()
{
    return list_files;
}

std::span<const std::string_view> clock_files()
{
    return clocks_of_interviews;
}

void open_because_returned(const casework::Desk& desk, Transaction& transaction, const Due& due, UtcTime now)
{
    if (due.authority.is_none()) return; // nobody answers for the child yet: whoever leads the episode sees that
    std::vector<Covered> carried;
    if (const auto waiting = waiting_for(transaction, due.child)) {
        if (!due.is_a_return) return cover_it_too(desk, transaction, *waiting, {due.episode, due.returned_at}, now);
        carried = carry_over(desk, transaction, *waiting, now);
    }
    const auto opened = act_as_the_service(desk, transaction, "open", {},
                                           Json::object()
                                               .set("child", due.child.text())
                                               .set("episode", due.episode.text())
                                               .set("returned_at", to_iso(due.returned_at))
                                               .set("authority", due.authority.text())
                                               .set("desk", due.desk.text())
                                               .set("force", due.force.text())
                                               .set("team", due.team.text()),
                                           now);
    if (opened.is_none()) return;
    for (const auto& absence : carried) cover_it_too(desk, transaction, opened, absence, now);
}

void correct_return(const casework::Desk& desk, Transaction& transaction, ChildId child, CaseId episode,
                    UtcTime returned_at, UtcTime now)
{
    const auto waiting = waiting_for(transaction, child, episode);
    if (!waiting || waiting->returned_at == returned_at) return;
    act_as_the_service(desk, transaction, "correct_return", waiting->id,
                       Json::object().set("episode", episode.text()).set("returned_at", to_iso(returned_at)), now);
}

void drop_absence(const casework::Desk& desk, Transaction& transaction, ChildId child, CaseId episode, UtcTime now)
{
    if (const auto waiting = waiting_for(transaction, child, episode))
        act_as_the_service(desk, transaction, "drop_absence", waiting->id,
                           Json::object().set("episode", episode.text()), now);
}

} // namespace reachable::interviews
