#include "capabilities/custody/rules.h"
#include "records/given.h"

#include "base/number.h"
#include "clocks/london.h"
#include "identity/people.h"
#include "ties/ties.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using lists::Code;

Question question_from(const Code& code)
{
    return {.number = code.code,
            .topic = code.label,
            .question = code.definition,
            .hint = code.column("hint"),
            .answer_type = code.column("answer_type"),
            .names_people = code.column("names_people") == "yes",
            .is_mandatory = code.column("is_mandatory") == "yes",
            .is_critical = code.column("is_critical") == "yes",
            .is_in_short_form = code.column("short_form") == "yes",
            .category = code.column("category"),
            .label = code.column("label"),
            .brief_section = code.column("brief_section"),
            .brief_order = whole_number<int>(code.column("brief_order")).value_or(0),
            .do_now_order = whole_number<int>(code.column("do_now_order")).value_or(99),
            .yes_means = code.column("yes_means"),
            .no_means = code.column("no_means")};
}

const Acknowledgement* find_acknowledgement(const Conversation& facts, std::string_view line)
{
    for (const auto& one : facts.acknowledgements)
        if (one.line == line) return &one;
    return nullptr;
}

bool is_acknowledged_since(const Conversation& facts, std::string_view line, const std::optional<UtcTime>& changed_at)
{
    const auto* acknowledgement = find_acknowledgement(facts, line);
    return acknowledgement != nullptr && acknowledgement->at && (!changed_at || *acknowledgement->at >= *changed_at);
}

} // namespace

std::vector<Question> questions_on(const casework::Desk& desk, CivilDate day)
{
    std::vector<Question> questions;
    for (const auto* code : desk.lists.codes_on("custody.questions", day)) questions.push_back(question_from(*code));
    for (const auto* code : desk.lists.codes_on("custody.answer_codes", day))
        for (const auto number : split(code->column("questions"), ' '))
            for (auto& question : questions)
                if (question.number == number) question.choices.emplace_back(code->code, code->label);
    return questions;
}

std::vector<Question> questions_for(const Conversation& facts, const casework::Desk& desk, CivilDate day)
{
    auto questions = questions_on(desk, day);
    if (!is_detained(facts)) std::erase_if(questions, [](const Question& one) { return !one.is_in_short_form; });
    return questions;
}

const Answer* find_answer(const Conversation& facts, std::string_view question)
{
    for (const auto& answer : facts.answers)
        if (answer.question == question) return &answer;
    return nullptr;
}

const Question* find_question(std::span<const Question> questions, std::string_view number)
{
    for (const auto& question : questions)
        if (question.number == number) return &question;
    return nullptr;
}

bool is_put_right(const Conversation& facts, std::string_view question)
{
    const auto* answer = find_answer(facts, question);
    return answer != nullptr && std::ranges::any_of(facts.added_facts, [&](const AddedFact& fact) {
               return fact.about == question && (!answer->changed_at || fact.at >= answer->changed_at);
           });
}

bool is_just_chased(std::optional<UtcTime> chased_at, UtcTime now)
{
    constexpr std::chrono::minutes enough{5};
    return chased_at && now - *chased_at < enough;
}

std::vector<std::string> unanswered(const Conversation& facts, std::span<const Question> questions)
{
    // C02 stops when "all mandatory questions have a value"; R-X-08: blank is not a value, "not known" is.
    std::vector<std::string> numbers;
    for (const auto& question : questions) {
        const auto* answer = find_answer(facts, question.number);
        if (question.is_mandatory && (answer == nullptr || !records::has_value(answer->state)))
            numbers.emplace_back(question.number);
    }
    return numbers;
}

OpenQuestions count_open(const Conversation& facts, std::span<const Question> questions)
{
    OpenQuestions open;
    for (const auto& question : questions) {
        const auto* answer = find_answer(facts, question.number);
        const bool is_open = answer == nullptr || !records::has_value(answer->state);
        (question.is_mandatory ? open.must_count : open.may_count) += 1;
        if (is_open) (question.is_mandatory ? open.must_open : open.may_open) += 1;
        using enum AnswerState;
        const bool tells = is_open || answer->state == yes || answer->state == no || answer->state == given;
        if (!tells) open.told_nothing += 1;
    }
    return open;
}

std::string in_words(const OpenQuestions& open)
{
    if (open.hidden > 0) {
        auto rest = open;
        rest.hidden = 0;
        return in_words(rest) +
               fmt::format(" How {} more stand{} you are not shown.", open.hidden, open.hidden == 1 ? "s" : "");
    }
    if (open.told_nothing > 0) {
        auto rest = open;
        rest.told_nothing = 0;
        return in_words(rest) + fmt::format(" {} of the answers tell{} nothing: not known, not recorded or not shared.",
                                            open.told_nothing, open.told_nothing == 1 ? "s" : "");
    }
    const auto have = [](std::size_t count) { return count == 1 ? "has" : "have"; };
    if (open.must_open + open.may_open == 0)
        return fmt::format("All {} questions have an answer.", open.must_count + open.may_count);
    const auto must = open.must_open == 0
                          ? fmt::format("All {} questions that must be answered have an answer.", open.must_count)
                          : fmt::format("{} of the {} questions that must be answered {} no answer yet.",
                                        open.must_open, open.must_count, have(open.must_open));
    if (open.may_count == 0) return must;
    return must + (open.may_open == 0 ? fmt::format(" The {} that may be left open have one too.", open.may_count)
                                      : fmt::format(" Of the {} that may be left open, {} {} none.", open.may_count,
                                                    open.may_open, have(open.may_open)));
}

std::vector<std::string> unacknowledged(const Conversation& facts)
{
    std::vector<std::string> lines;
    for (const auto& answer : facts.answers)
        if (!is_acknowledged_since(facts, answer.question, answer.changed_at)) lines.push_back(answer.question);
    for (const auto& fact : facts.added_facts)
        if (!is_acknowledged_since(facts, fact.number, fact.at)) lines.push_back(fact.number);
    if (facts.adult_changed_at && !is_acknowledged_since(facts, adult_line, facts.adult_changed_at))
        lines.emplace_back(adult_line);
    return lines;
}

bool contradicts(const records::Child& record, const Conversation& given)
{
    return records::contradicts(record, given.name_given, given.born_given);
}

Result<> note_how_it_was_sent(Conversation& facts, UtcTime now)
{
    // R-D-11: "later entry with true times; C02 uses true times".
    if (facts.channel == "paper_later" && !facts.delivered_at)
        return refuse(ProblemKind::missing, "Enter when they were asked", "delivered_at");
    if (facts.channel == through_this_service && facts.delivered_at)
        return refuse(ProblemKind::malformed,
                      "Through this service they are asked now: leave the time empty, or say how you asked them before",
                      "delivered_at");
    if (facts.channel.empty()) facts.channel = facts.delivered_at ? "phone" : std::string(through_this_service);
    if (!facts.delivered_at) facts.delivered_at = now;
    return {};
}

namespace {

/// The record of the booking, and those that people joined with it: a child on record twice is in somebody's care all
/// the same. Not those that are closed to the suite or to whoever asks, for the desk that is asked would tell of them;
/// what is closed to others changes nothing here.
std::vector<records::Child> records_of(storage::Transaction& transaction, ChildId child, TeamId suite,
                                       const accounts::Session& asker, UtcTime now)
{
    const auto is_seen = [&](ChildId record) {
        return !ties::is_closed_to_team(transaction, record, suite) &&
               !ties::is_closed_to(transaction, record, asker, now);
    };
    auto ids = identity::members_seen(transaction, child, is_seen);
    std::ranges::stable_partition(ids, [&](ChildId record) { return record == child; });
    std::vector<records::Child> found;
    for (const auto id : ids)
        if (auto stored = records::find_child(transaction, id)) found.push_back(std::move(stored->child));
    return found;
}

} // namespace

std::optional<FoundAuthority> find_authority(storage::Transaction& transaction, const Conversation& facts, TeamId suite,
                                             const accounts::Session& asker, UtcTime now)
{
    const auto with_desk = [&](AgencyId authority, std::string_view found_by) -> std::optional<FoundAuthority> {
        if (authority.is_none()) return std::nullopt;
        const auto desk = accounts::duty_desk_of(transaction, authority);
        if (!desk) return std::nullopt;
        return FoundAuthority{.authority = authority, .desk = *desk, .found_by = std::string(found_by)};
    };
    const auto children = records_of(transaction, facts.child, suite, asker, now);
    // 1. "if in care also home LA": the authority that is responsible for the child.
    for (const auto& child : children)
        if (auto found = with_desk(child.responsible_authority, "care_status")) return found;
    // 2. "child's LA found (address, …)": the authority where the child lives.
    for (const auto& child : children)
        if (auto found = with_desk(child.host_authority, "address")) return found;
    // 3. R-D-01: "a request is made every time, including … children who say they are not known": the authority in
    // whose
    //    area the suite stands is asked, and may say that it is not its child.
    const auto team = accounts::find_team(transaction, suite);
    if (!team) return std::nullopt;
    const auto area = accounts::find_agency_by_code(transaction, team->area_code);
    return area ? with_desk(area->id, "suite_area") : std::nullopt;
}

// ---- what the clocks ask ----

namespace {
const Conversation& conversation(const void* facts)
{
    return *static_cast<const Conversation*>(facts);
}
} // namespace

std::optional<UtcTime> detention_authorised(const void* facts)
{
    return conversation(facts).authorised_at;
}
std::optional<UtcTime> request_sent(const void* facts)
{
    return conversation(facts).sent_at;
}
std::optional<UtcTime> request_delivered(const void* facts)
{
    return conversation(facts).delivered_at;
}
bool nothing_is_left_to_read(const void* facts)
{
    // 4.D: "child leaves before answers … LA must still answer". What came while the child was here can no longer be
    // acted on here; what comes after is for whoever the child goes to, so the officer still reads it.
    auto waiting_lines = conversation(facts);
    if (const auto left = waiting_lines.left_at) {
        std::erase_if(waiting_lines.answers,
                      [&](const Answer& answer) { return !answer.changed_at || *answer.changed_at <= *left; });
        std::erase_if(waiting_lines.added_facts, [&](const AddedFact& fact) { return !fact.at || *fact.at <= *left; });
        waiting_lines.adult_changed_at.reset();
    }
    return unacknowledged(waiting_lines).empty();
}
bool all_mandatory_have_a_value(const void* facts)
{
    return conversation(facts).is_complete.value_or(false);
}

Result<> health_staff_have_a_clinical_reason(const Conversation& facts, const Context& context)
{
    const bool is_health_staff = context.session.role == accounts::Role::HLTH;
    if (!is_health_staff || facts.asked_again.empty() || facts.asked_again.back().reason == "clinical") return {};
    return refuse(ProblemKind::withheld, "Health staff ask the child again only for a clinical reason",
                  "asked_again-reason");
}

std::optional<UtcTime> last_answer_given(const void* facts)
{
    // R-D-11: "later entry with true times; C02 uses true times".
    std::optional<UtcTime> last;
    for (const auto& answer : conversation(facts).answers)
        if (answer.answered_at && (!last || *answer.answered_at > *last)) last = answer.answered_at;
    return last;
}

std::optional<UtcTime> desk_has_answered(const Conversation& facts)
{
    if (!facts.is_complete.value_or(false)) return std::nullopt;
    std::optional<UtcTime> last;
    for (const auto& answer : facts.answers) last = std::max(last, answer.changed_at);
    return last;
}

} // namespace reachable::custody
