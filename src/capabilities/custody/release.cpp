#include "capabilities/custody/release.h"

#include "capabilities/custody/accommodation.h"
#include "capabilities/custody/rules.h"
#include "capabilities/custody/telling.h"
#include "clocks/london.h"
#include "records/reasons.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::custody {
namespace {

using enum accounts::Role;

/// Ours: a year that was mistyped would end the clock with nothing to come.
constexpr hours latest_next_step{24 * 92};
constexpr std::size_t least_reason = 15; // characters, as wherever somebody is asked why

/// The first few by their topics: more would hide what to do.
std::string what_is_left(std::span<const ReleaseTopic> left, std::size_t all)
{
    if (left.size() == all) return "The release is not planned yet";
    constexpr std::size_t most = 3;
    std::vector<std::string> words;
    for (const auto& one : left.first(std::min(left.size(), most))) words.emplace_back(one.topic);
    if (left.size() > most) words.push_back(fmt::format("and {} more", left.size() - most));
    return fmt::format("The release plan says nothing yet of: {}", join(words, "; "));
}

/// The desk gets a link of its own; the mail says whether they must act within the hour.
void mail_the_pass_back(const Conversation& facts, Context& context, bool is_urgent)
{
    notify(context, is_urgent ? "custody.passed_back_now" : "custody.passed_back", EDT, true);
    mail_a_link(context, facts.authority, facts.desk, is_urgent ? "custody.pass_back_now" : "custody.pass_back");
}

Result<> note_exception(Conversation& facts, Context& context)
{
    if (context.session.role != INSP)
        return refuse(ProblemKind::withheld, "An inspector lets a child leave before the plan is whole. Ask them",
                      "release_exception");
    TRY(records::a_reason_has_words(facts.release_exception.words, least_reason, "release_exception"));
    facts.release_exception_by = speaker(context);
    notify(context, "custody.release_exception", CUST, false);
    return {};
}

} // namespace

std::vector<ReleaseTopic> release_topics_on(const casework::Desk& desk, CivilDate day)
{
    std::vector<ReleaseTopic> topics;
    for (const auto* code : desk.lists.codes_on("custody.release_topics", day))
        topics.push_back({.number = code->code,
                          .topic = code->label,
                          .hint = code->definition,
                          .category = code->column("category"),
                          .label = code->column("held")});
    return topics;
}

const ReleaseLine* find_release_line(const Conversation& facts, std::string_view topic)
{
    const auto found = std::ranges::find(facts.release_plan, topic, &ReleaseLine::topic);
    return found == facts.release_plan.end() ? nullptr : &*found;
}

std::vector<ReleaseTopic> left_to_plan(const Conversation& facts, std::span<const ReleaseTopic> topics)
{
    std::vector<ReleaseTopic> left;
    std::ranges::copy_if(topics, std::back_inserter(left),
                         [&](const ReleaseTopic& one) { return find_release_line(facts, one.number) == nullptr; });
    return left;
}

std::optional<UtcTime> desk_is_done(const Conversation& facts)
{
    auto answered = desk_has_answered(facts);
    if (!answered) return answered;
    if (!facts.left_at && how_the_bed_stands(facts) == BedStands::awaited) return {};
    if (facts.bed_replied_at) answered = std::max(*answered, *facts.bed_replied_at);
    if (!facts.left_at) return answered;
    if (!facts.pass_back_read_at) return {};
    return std::max(*answered, *facts.pass_back_read_at);
}

std::optional<UtcTime> departure_is_over(const Conversation& facts)
{
    if (!facts.left_at || !facts.left_recorded_at) return facts.left_at;
    return std::max(*facts.left_at, *facts.left_recorded_at);
}

std::vector<std::string> owed_after_leaving(const Conversation& facts)
{
    std::vector<std::string> owed;
    if (!facts.left_at) return owed;
    if (!facts.sent_at) return {"children's services were never asked"};
    if (facts.pass_backs.empty() && !facts.pass_back_read_at) owed.emplace_back("pass-back owed");
    if (!facts.pass_backs.empty() && !facts.pass_back_read_at) owed.emplace_back("pass-back not read yet");
    if (!facts.is_complete.value_or(false)) owed.emplace_back("answers owed");
    return owed;
}

Result<> note_release_plan(Conversation& facts, const Conversation& before, Context& context)
{
    const auto topics = release_topics_on(context.desk, clocks::london_day(context.now));
    Problems problems;
    std::size_t changed = 0;
    for (auto& line : facts.release_plan) {
        if (line.at) continue; // nobody touched it
        const auto name = fmt::format("release_plan-{}-words", line.topic);
        const auto topic = std::ranges::find(topics, line.topic, &ReleaseTopic::number);
        if (topic == topics.end())
            problems.push_back({ProblemKind::malformed, "The plan has no such topic", "release_plan"});
        else if (trim(line.words.words).empty())
            problems.push_back({ProblemKind::missing, "Write what is planned. If there is nothing, write: none", name});
        if (const auto* was = find_release_line(before, line.topic);
            was != nullptr && was->words.words == line.words.words) {
            line = *was;
            continue;
        }
        line.at = context.now;
        line.by = speaker(context);
        if (topic != topics.end()) {
            line.category = topic->category;
            line.label = topic->label;
        }
        changed += 1;
    }
    const bool is_exception = context.asked.find("release_exception") != nullptr;
    if (problems.empty() && changed == 0 && !is_exception)
        problems.push_back({ProblemKind::missing, "Write at least one line of the plan that is new", "release_plan"});
    if (!problems.empty()) return refuse(std::move(problems));
    return is_exception ? note_exception(facts, context) : Result<>{};
}

Result<> note_card_given(Conversation& facts, const Conversation& before, Context& context)
{
    if (before.card_given_at)
        return refuse(ProblemKind::out_of_order, "It is recorded already that the child has the card");
    facts.card_given_at = context.now;
    return {};
}

Result<> note_departure(Conversation& facts, const Conversation&, Context& context)
{
    if (!facts.left_at) return refuse(ProblemKind::missing, "Enter when the child left custody", "left_at");
    const auto topics = release_topics_on(context.desk, clocks::london_day(context.now));
    const auto left = left_to_plan(facts, topics);
    if (!left.empty() && facts.release_exception.words.empty())
        return refuse(ProblemKind::out_of_order,
                      fmt::format("{}. Plan the release, or ask the inspector, who may let the child leave before the "
                                  "plan is whole and says why",
                                  what_is_left(left, topics.size())),
                      "left_at");
    // R-D-09: "overnight detention after charge requires the s.38(6) record". It holds nobody here; the inspector is
    // told.
    if (how_the_bed_stands(facts) == BedStands::awaited) notify(context, "custody.kept_without_record", INSP, false);
    facts.left_recorded_at = context.now;
    if (!facts.handovers.empty() && !facts.handovers.back().ended_at) facts.handovers.back().ended_at = context.now;
    if (facts.sent_at) {
        notify(context, "custody.left", EDT, true);
        notify(context, "custody.pass_back_due", CUST, false);
    } else {
        notify(context, "custody.left_unasked", INSP, false);
    }
    return {};
}

Result<> note_passed_back_as(Conversation& facts, const Conversation& before, Context& context, bool is_urgent)
{
    if (!facts.sent_at)
        return refuse(
            ProblemKind::out_of_order,
            "Nobody was asked about this child yet. Send the request first: it says whom to pass this back to");
    if (facts.pass_backs.size() != before.pass_backs.size() + 1)
        return refuse(ProblemKind::missing, "Say what came of the detention", "pass_backs");
    auto& told = facts.pass_backs.back();
    Problems problems;
    const auto needs = [&](bool is_there, std::string_view sentence, std::string_view field) {
        if (!is_there)
            problems.push_back({ProblemKind::missing, std::string(sentence), fmt::format("pass_backs-{}", field)});
    };
    needs(!told.outcome.empty(), "Choose what came of the detention", "outcome");
    needs(!trim(told.risks.words).empty(), "Write what puts the child at risk now, or what you do not know", "risks");
    needs(!told.considered.empty(), "Choose what was decided about exploitation", "considered");
    if (!problems.empty()) return refuse(std::move(problems));
    told.at = context.now;
    told.by = speaker(context);
    constexpr std::string_view charged_and_kept = "charged_kept";
    if (told.outcome == charged_and_kept && how_the_bed_stands(facts) == BedStands::not_asked)
        notify(context, "custody.kept_without_record", INSP, false);
    facts.pass_back_read_at.reset(); // what they said they do next was said of less
    mail_the_pass_back(facts, context, is_urgent);
    return {};
}

Result<> note_passed_back(Conversation& facts, const Conversation& before, Context& context)
{
    return note_passed_back_as(facts, before, context, false);
}

Result<> note_passed_back_now(Conversation& facts, const Conversation& before, Context& context)
{
    return note_passed_back_as(facts, before, context, true);
}

void pass_on_what_was_passed_back(const Conversation& facts, Context& context)
{
    if (!facts.pass_backs.empty()) mail_the_pass_back(facts, context, false);
}

Result<> note_pass_back_read(Conversation& facts, const Conversation&, Context& context)
{
    // After a day custody's own access is over: what the desk learned by telephone is then all that comes.
    const bool is_over = facts.left_at && context.now - *facts.left_at > hours{24};
    if (facts.pass_backs.empty() && !is_over)
        return refuse(ProblemKind::out_of_order, "Custody has passed nothing back yet. Ring the suite");
    if (facts.next_step_by && *facts.next_step_by < std::chrono::floor<minutes>(context.now))
        return refuse(ProblemKind::malformed, "This time must be in the future", "next_step_by");
    if (facts.next_step_by && *facts.next_step_by > context.now + latest_next_step)
        return refuse(ProblemKind::malformed, "A next step is taken within three months. Check the year",
                      "next_step_by");
    facts.pass_back_read_at = context.now;
    facts.next_step_of = speaker(context);
    notify(context, "custody.next_step", CUST, false);
    return {};
}

std::optional<UtcTime> something_to_pass_back(const void* facts)
{
    const auto& conversation = *static_cast<const Conversation*>(facts);
    const bool is_more = conversation.pass_backs.size() > 1;
    return is_more ? conversation.pass_backs.back().at : conversation.left_at;
}

} // namespace reachable::custody
