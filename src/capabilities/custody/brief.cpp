#include "capabilities/custody/brief.h"

#include "base/number.h"
#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/adult.h"
#include "clocks/london.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

/// The beginning of an answer that stands behind an instruction: a line or so.
constexpr std::size_t most_of_what_was_said = 110;
/// Of the instructions' order: health, self-harm and whom to keep away come first on paper too.
constexpr int last_pressing_order = 3;

bool calls_for(const lists::Code& question, AnswerState state)
{
    for (const auto when : split(question.column("do_now_when"), ' '))
        if (when == records::code_of(state)) return true;
    return false;
}

int order_of(const lists::Code& question)
{
    return whole_number<int>(question.column("do_now_order")).value_or(99);
}

/// A "no" is said with the instruction: what is to be checked may be known to be unsafe.
std::string sentence_for(const lists::Code& question, AnswerState state, const Conversation& facts)
{
    const auto elsewhere = question.column("do_now_not_detained");
    const bool is_other = !is_detained(facts) && !elsewhere.empty();
    const auto sentence = std::string(is_other ? elsewhere : question.column("do_now_sentence"));
    const auto means = question.column("no_means");
    if (state != AnswerState::no || means.empty()) return sentence;
    return fmt::format("{} No: {}. {}", question.label, means, sentence);
}

/// Somebody to keep away calls for the same whether an answer names them or somebody adds it: one question alone stands
/// in that part of the brief. In the other parts nobody can tell which of their questions a new fact answers.
std::optional<Instruction> called_by(const AddedFact& fact, const Conversation& facts, const casework::Desk& desk,
                                     CivilDate day)
{
    const lists::Code* only = nullptr;
    for (const auto* question : desk.lists.codes_on("custody.questions", day)) {
        if (question->column("brief_section") != fact.section) continue;
        if (only != nullptr) return std::nullopt;
        only = question;
    }
    if (only == nullptr || !calls_for(*only, AnswerState::given)) return std::nullopt;
    auto sentence = sentence_for(*only, AnswerState::given, facts);
    if (const auto number = sentence.rfind(only->code); number != std::string::npos)
        sentence.replace(number, only->code.size(), fact.number);
    return Instruction{order_of(*only), fact.number, std::move(sentence),
                       shortened(fact.words.words, most_of_what_was_said, " …")};
}

/// The instructions that the answers and new facts call for, the most pressing first.
std::vector<Instruction> instructions(const Conversation& facts, std::span<const Question> questions,
                                      const casework::Desk& desk, CivilDate day)
{
    std::vector<Instruction> called;
    for (const auto* question : desk.lists.codes_on("custody.questions", day)) {
        const auto* answer = find_answer(facts, question->code);
        if (answer == nullptr || !calls_for(*question, answer->state)) continue;
        const auto* asked = find_question(questions, question->code);
        const auto said = asked == nullptr ? std::string() : said_in(*asked, *answer);
        called.push_back({order_of(*question), question->code, sentence_for(*question, answer->state, facts),
                          shortened(said, most_of_what_was_said, " …")});
    }
    for (const auto& fact : facts.added_facts)
        if (auto instruction = called_by(fact, facts, desk, day)) called.push_back(std::move(*instruction));
    std::stable_sort(called.begin(), called.end(),
                     [](const Instruction& a, const Instruction& b) { return a.order < b.order; });
    // R-D-03: "if records are silent, the default is to assume needs, not their absence".
    if (called.empty())
        called.push_back({.sentence = "Assume that the child has needs that nobody has told you of. One instruction at "
                                      "a time, an adult nearby."});
    return called;
}

/// What puts an answer right stands under the topic of the answer.
BriefLine line_for(const AddedFact& fact, const casework::Desk& desk)
{
    return {.line = fact.number,
            .topic = std::string(fact.about.empty() ? desk.lists.label_of("custody.brief_sections", fact.section)
                                                    : desk.lists.label_of("custody.questions", fact.about)),
            .state = AnswerState::given,
            .words = fact.words.words,
            .source = fact.by,
            .at = fact.at,
            .is_critical = true};
}

} // namespace

BriefLine line_for(const Question& question, const Conversation& facts, bool is_held_back)
{
    const auto* answer = find_answer(facts, question.number);
    BriefLine line{.line = std::string(question.number),
                   .topic = std::string(question.topic),
                   .is_asked = facts.sent_at.has_value(),
                   .is_critical = question.is_critical,
                   .is_pressing = question.do_now_order <= last_pressing_order,
                   .is_held_back = is_held_back};
    if (is_held_back || answer == nullptr) return line;
    // R-D-07: what the child and the adult put right stands beside what it puts right, and nobody's words are changed.
    if (is_put_right(facts, question.number)) line.topic += " (put right since: see the new fact)";
    line.asked_again = asked_again_about(facts, question.number);
    line.state = answer->state;
    if (answer->state == AnswerState::yes) line.means = question.yes_means;
    if (answer->state == AnswerState::no) line.means = question.no_means;
    line.words = answer->state == AnswerState::cannot_share ? answer->held_back_because : said_in(question, *answer);
    line.source = answer->answered_by;
    line.at = answer->answered_at;
    line.information_on = answer->information_on;
    line.is_read_back_waiting = answer->via == "phone" && !answer->is_read_back.value_or(false);
    return line;
}

std::string shortened(const std::string& words, std::size_t most, std::string_view mark)
{
    if (words.size() <= most) return words;
    auto end = words.rfind(' ', most);
    if (end == std::string::npos) end = most;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80U) --end;
    return words.substr(0, end) + std::string(mark);
}

std::string numbered_topic(const BriefLine& line)
{
    return line.line.starts_with('Q') ? fmt::format("{} {}", line.line, line.topic) : line.topic;
}

std::vector<AskAgain> asked_again_about(const Conversation& facts, std::string_view question)
{
    std::vector<AskAgain> all;
    for (auto again = facts.asked_again.rbegin(); again != facts.asked_again.rend(); ++again)
        if (again->topic == question) all.push_back(*again);
    return all;
}

std::vector<Question> without(std::span<const Question> questions, const std::set<std::string_view>& held_back)
{
    std::vector<Question> seen;
    for (const auto& question : questions)
        if (!held_back.contains(question.number)) seen.push_back(question);
    return seen;
}

Brief make_brief(const Conversation& facts, std::span<const Question> questions, const casework::Desk& desk,
                 CivilDate day, const std::set<std::string_view>& held_back)
{
    Brief brief;
    brief.do_now = instructions(facts, questions, desk, day);
    brief.to_read = unacknowledged(facts);
    const auto shown = without(questions, held_back);
    brief.open = count_open(facts, shown);
    brief.open.hidden = questions.size() - shown.size();

    std::vector<BriefLine> lines;
    for (auto fact = facts.added_facts.rbegin(); fact != facts.added_facts.rend(); ++fact)
        lines.push_back(line_for(*fact, desk));
    std::vector<Question> ordered(questions.begin(), questions.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](const Question& a, const Question& b) {
        return a.is_critical != b.is_critical ? a.is_critical : a.brief_order < b.brief_order;
    });
    for (const auto& question : ordered)
        lines.push_back(line_for(question, facts, held_back.contains(question.number)));
    for (auto& line : lines) {
        line.is_called = std::ranges::find(brief.do_now, line.line, &Instruction::line) != brief.do_now.end();
        line.is_to_be_read = std::find(brief.to_read.begin(), brief.to_read.end(), line.line) != brief.to_read.end();
        if (!line.line.starts_with('Q')) line.topic += line.is_to_be_read ? " (new)" : " (added)";
        (brief.first.size() < most_printed_lines ? brief.first : brief.more).push_back(std::move(line));
    }
    return brief;
}

std::vector<std::string> standing_of(const Conversation& facts, const Brief& brief, const casework::Desk& desk,
                                     UtcTime now)
{
    const bool is_new = std::ranges::find(brief.to_read, adult_line) != brief.to_read.end();
    std::vector<std::string> standing{
        fmt::format("Appropriate adult{}: {}.", is_new ? " (new)" : "", adult_words(facts, clocks::wall_time))};
    if (const auto review = is_detained(facts) ? next_review(facts, desk, now) : std::nullopt)
        standing.push_back(
            fmt::format("Next review of detention: by {} at the latest. The custody record holds the reviews.",
                        clocks::wall_time_told_apart(*review)));
    if (auto bed = bed_in_words(facts); !bed.empty()) standing.push_back(std::move(bed));
    return standing;
}

} // namespace reachable::custody
