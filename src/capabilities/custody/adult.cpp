#include "capabilities/custody/adult.h"

#include "base/text.h"
#include "capabilities/custody/held.h"
#include "capabilities/custody/telling.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

constexpr std::string_view keep_away_question = "Q15";
constexpr std::string_view keep_away_section = "avoid";

EarlierAdult adult_of(const Conversation& facts)
{
    return {.who = facts.adult_who,
            .relation = facts.adult_relation,
            .requested_at = facts.adult_requested_at,
            .arrived_at = facts.adult_arrived_at,
            .left_at = facts.adult_left_at};
}

/// Whoever stood on record goes among the earlier; of the new one only what this act says is known.
void begin_another(Conversation& facts, const Conversation& before, const Context& context)
{
    if (!before.adult_who.empty()) facts.earlier_adults.push_back(adult_of(before));
    const auto unless_said = [&](std::string_view field, auto& value) {
        if (context.asked.find(field) == nullptr) value = {};
    };
    unless_said("adult_relation", facts.adult_relation);
    unless_said("adult_requested_at", facts.adult_requested_at);
    unless_said("adult_arrived_at", facts.adult_arrived_at);
    facts.adult_left_at.reset();
}

bool is_a_letter(char c)
{
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80U;
}

std::vector<std::string> words_in(std::string_view text)
{
    std::vector<std::string> words(1);
    for (const char c : to_lower_ascii(text)) {
        if (is_a_letter(c))
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

/// Q14: "who would be the best appropriate adult?"; Q15: "anyone who must not … be the appropriate adult". Whoever
/// reads like one of those is taken only with a second look. Compared is only what the person who acts may see.
Result<> is_nobody_to_keep_away(Conversation& facts, Context& context)
{
    const bool is_checked = facts.adult_is_another.value_or(false);
    facts.adult_is_another.reset(); // said of this one, and of nobody who comes later
    auto shown = facts;
    ShownAnswers answers(context);
    if (answers.find(facts, keep_away_question) == nullptr)
        std::erase_if(shown.answers, [](const Answer& one) { return one.question == keep_away_question; });
    const auto alike = like_somebody_to_keep_away(shown, fmt::format("{} {}", facts.adult_who, facts.adult_relation));
    if (alike.empty() || is_checked) return {};
    return refuse(
        ProblemKind::malformed,
        fmt::format("Somebody must be kept away from the child, and “{}” stands there too. Read who it is. If "
                    "this adult is somebody else, say yes here",
                    join(alike, " ")),
        "adult_is_another");
}

Result<> note_the_adult(Conversation& facts, const Conversation& before, Context& context)
{
    TRY(is_nobody_to_keep_away(facts, context));
    TRY(times_are_in_order(facts, context));
    // 4.D: "New fact, health change, AA news … BRIEF_CHANGED → re-acknowledge changed lines only".
    if (!tell_of_the_adult(facts, before, context))
        return refuse(ProblemKind::malformed, "That is what is recorded of the appropriate adult already", "adult_who");
    const bool was_live = context.state == brief_live || context.state == brief_changed;
    context.next_state = was_live ? brief_changed : casework::same_state;
    return {};
}

} // namespace

bool has_an_adult(const Conversation& facts)
{
    return facts.adult_arrived_at && !facts.adult_left_at;
}

std::string adult_words(const Conversation& facts, const std::function<std::string(UtcTime)>& time_words)
{
    if (facts.adult_who.empty()) return "none recorded yet";
    auto words = facts.adult_who;
    if (!facts.adult_relation.empty()) words += ", " + facts.adult_relation;
    if (facts.adult_requested_at) words += ", asked " + time_words(*facts.adult_requested_at);
    if (!facts.adult_arrived_at) return words + ", not here yet";
    words += (facts.adult_left_at ? ", here from " : ", here since ") + time_words(*facts.adult_arrived_at);
    if (!facts.adult_left_at) return words;
    return words + " to " + time_words(*facts.adult_left_at) + ": nobody is here for the child now";
}

std::vector<std::string> like_somebody_to_keep_away(const Conversation& facts, std::string_view who)
{
    constexpr std::size_t least_letters = 3;
    constexpr std::string_view tell_nobody_apart[] = {
        "adult", "and",   "any",  "appropriate", "child", "for",    "friend", "from",   "had",    "has",
        "her",   "him",   "his",  "mrs",         "not",   "nobody", "one",    "out",    "scheme", "she",
        "the",   "their", "they", "this",        "was",   "who",    "with",   "worker", "you"};
    std::string kept_away;
    if (const auto* answer = find_answer(facts, keep_away_question);
        answer != nullptr && (answer->state == AnswerState::yes || answer->state == AnswerState::given)) {
        kept_away = answer->words.words;
        for (const auto& person : answer->people) kept_away += fmt::format(" {} {}", person.name, person.relation);
    }
    for (const auto& fact : facts.added_facts)
        if (fact.section == keep_away_section) kept_away += " " + fact.words.words;
    const auto theirs = words_in(kept_away);
    std::vector<std::string> alike;
    for (const auto& word : words_in(who)) {
        const bool tells =
            word.size() >= least_letters && std::ranges::find(tell_nobody_apart, word) == std::end(tell_nobody_apart);
        if (tells && std::ranges::find(theirs, word) != theirs.end()) alike.push_back(word);
    }
    return alike;
}

bool says_the_same_of_the_adult(const Conversation& a, const Conversation& b)
{
    const auto told = [](const Conversation& of) {
        return std::tie(of.adult_who, of.adult_relation, of.adult_requested_at, of.adult_arrived_at, of.adult_left_at);
    };
    return told(a) == told(b);
}

bool tell_of_the_adult(Conversation& facts, const Conversation& before, Context& context)
{
    if (says_the_same_of_the_adult(facts, before)) return false;
    std::erase_if(facts.acknowledgements, [](const Acknowledgement& one) { return one.line == adult_line; });
    facts.adult_changed_at = context.now;
    notify(context, "custody.brief_changed", accounts::Role::CUST, false);
    return true;
}

Result<> corrected_adult_is_nobody_to_keep_away(const Conversation& facts, const Conversation& before)
{
    if (facts.adult_who == before.adult_who && facts.adult_relation == before.adult_relation) return {};
    if (like_somebody_to_keep_away(facts, fmt::format("{} {}", facts.adult_who, facts.adult_relation)).empty())
        return {};
    return refuse(ProblemKind::malformed,
                  "That reads like somebody who must be kept away from the child. Record the appropriate adult anew: "
                  "there you can say that it is somebody else",
                  "value");
}

Result<> note_adult_asked(Conversation& facts, const Conversation& before, Context& context)
{
    if (has_an_adult(before))
        return refuse(ProblemKind::out_of_order,
                      "An appropriate adult is here. When they have left, record that first, then whom you asked");
    // Sent twice, it is one request.
    if (context.asked.find("adult_requested_at") != nullptr && !before.adult_arrived_at &&
        says_the_same_of_the_adult(facts, before))
        return refuse(ProblemKind::malformed, "That is what is recorded of the appropriate adult already", "adult_who");
    begin_another(facts, before, context);
    facts.adult_arrived_at.reset();
    if (!facts.adult_requested_at) facts.adult_requested_at = context.now;
    return note_the_adult(facts, before, context);
}

Result<> note_adult_here(Conversation& facts, const Conversation& before, Context& context)
{
    if (has_an_adult(before))
        return refuse(ProblemKind::out_of_order,
                      "An appropriate adult is recorded as here already. When they have left, record that first");
    // Somebody else than who was asked came: what is known of the one is not said of the other.
    const bool is_somebody_else = !before.adult_who.empty() && facts.adult_who != before.adult_who;
    const bool is_another = before.adult_left_at.has_value() || is_somebody_else;
    if (before.adult_left_at && context.asked.find("adult_who") == nullptr) facts.adult_who.clear();
    if (facts.adult_who.empty()) return refuse(ProblemKind::missing, "Enter who is here", "adult_who");
    if (is_another) begin_another(facts, before, context);
    if (context.asked.find("adult_arrived_at") == nullptr || !facts.adult_arrived_at)
        facts.adult_arrived_at = context.now;
    return note_the_adult(facts, before, context);
}

Result<> note_adult_gone(Conversation& facts, const Conversation& before, Context& context)
{
    if (!has_an_adult(before))
        return refuse(ProblemKind::out_of_order, "No appropriate adult is recorded as here", "adult_left_at");
    if (context.asked.find("adult_left_at") == nullptr || !facts.adult_left_at) facts.adult_left_at = context.now;
    return note_the_adult(facts, before, context);
}

std::optional<UtcTime> adult_awaited_since(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    auto since = conversation.adult_requested_at;
    for (auto one = conversation.earlier_adults.rbegin(); one != conversation.earlier_adults.rend(); ++one) {
        if (one->arrived_at) {
            since = since && one->left_at ? std::max(*since, *one->left_at) : since;
            break;
        }
        if (one->requested_at) since = since ? std::min(*since, *one->requested_at) : one->requested_at;
    }
    return since;
}

std::optional<UtcTime> adult_wait_ended(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    // Whom nobody had asked ended no wait.
    if (conversation.adult_arrived_at) return adult_awaited_since(facts) ? conversation.adult_arrived_at : std::nullopt;
    return conversation.left_at;
}

} // namespace reachable::custody
