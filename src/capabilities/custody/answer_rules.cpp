// What one answer must hold, and what it says in words.
#include "capabilities/custody/rules.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {

std::string said_in(const Question& question, const Answer& answer)
{
    if (answer.state == AnswerState::cannot_share) return {};
    std::string said;
    for (const auto& [code, label] : question.choices)
        if (std::ranges::find(answer.codes, code) != answer.codes.end())
            said += fmt::format("{}{}", said.empty() ? "" : ", ", label);
    std::vector<std::string> named;
    for (const auto& person : answer.people) named.push_back(records::in_words(person));
    for (const auto& more : {join(named, "; "), answer.words.words})
        if (!more.empty()) said += (said.empty() ? "" : ". ") + more;
    return said;
}

bool says_the_same(const Answer& a, const Answer& b)
{
    return a.state == b.state && a.words == b.words && a.codes == b.codes && a.people == b.people &&
           a.information_on == b.information_on && a.held_back_because == b.held_back_because &&
           a.may_go_to_investigation == b.may_go_to_investigation;
}

/// Every problem of one answer, under the field a form shows it at.
void check_answer(const Answer& answer, const Question* question, UtcTime now, Problems& problems)
{
    const auto field = [&](std::string_view name) { return fmt::format("answers-{}-{}", answer.question, name); };
    if (question == nullptr) {
        problems.push_back({ProblemKind::malformed, "That question is not in the set now in force", field("question")});
        return;
    }
    // Pages number the questions and name their topics, and people talk by either.
    const auto asked = fmt::format("{}, “{}”", question->number, question->topic);
    const bool says_something = answer.state == AnswerState::yes || answer.state == AnswerState::given;
    if (!records::has_value(answer.state) && !answer.words.words.empty())
        problems.push_back({ProblemKind::missing, "Choose an answer to " + asked, field("state")});
    const auto is_offered = [&](const std::string& code) {
        return std::ranges::any_of(question->choices, [&](const auto& choice) { return choice.first == code; });
    };
    if (!std::ranges::all_of(answer.codes, is_offered))
        problems.push_back({ProblemKind::malformed, "That cannot be ticked for " + asked, field("codes")});
    if (!says_something && !answer.codes.empty())
        problems.push_back(
            {ProblemKind::malformed, "You ticked something, so say that it is so: " + asked, field("state")});
    if (!question->names_people && !answer.people.empty())
        problems.push_back({ProblemKind::malformed, "Nobody is named for " + asked, field("people")});
    if (!says_something && !answer.people.empty())
        problems.push_back(
            {ProblemKind::malformed, "You named somebody, so say that you can answer: " + asked, field("state")});
    const bool is_enough = answer.state == AnswerState::yes && question->answer_type == "yes_no";
    if (says_something && !is_enough && answer.words.words.empty() && answer.codes.empty() && answer.people.empty())
        problems.push_back({ProblemKind::missing, "Enter what custody should know: " + asked, field("words")});
    if (answer.state == AnswerState::cannot_share && answer.held_back_because.empty())
        problems.push_back({ProblemKind::missing, "Enter why you cannot share: " + asked, field("held_back_because")});
    if (answer.information_on && std::chrono::sys_days{*answer.information_on} > now)
        problems.push_back({ProblemKind::malformed, "The date of the information must be in the past: " + asked,
                            field("information_on")});
}

} // namespace reachable::custody
