#include "records/characteristics.h"

#include "base/text.h"
#include "records/codes.h"
#include "records/document.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::records {
namespace {

constexpr Code<HowKnown> ways_of_knowing[] = {
    {HowKnown::diagnosed, "diagnosed"},
    {HowKnown::suspected, "suspected"},
    {HowKnown::self_described, "self_described"},
};

constexpr std::string_view not_stated = "NS";
/// The codes of what officers perceive begin so, and no other code of ethnicity does.
constexpr std::string_view perceived = "IC";

Need read_need(DocumentReader& document)
{
    return {.code = document.text("code"),
            .how_known = document.read("how_known", how_known_from, HowKnown::suspected),
            .source = document.part("source", read_source)};
}

void write_answer(DocumentWriter& document, std::string_view name, AnswerState answer)
{
    if (has_value(answer)) document.text(name, code_of(answer));
}

} // namespace

std::string_view code_of(HowKnown how)
{
    return entry_of(ways_of_knowing, how).code;
}

Result<HowKnown> how_known_from(std::string_view code)
{
    return value_from(ways_of_knowing, code, "Say whether it is diagnosed, suspected or described by the child");
}

void write(DocumentWriter& document, const Need& need)
{
    document.text("code", need.code);
    document.text("how_known", code_of(need.how_known));
    document.part("source", need.source);
}

void write(DocumentWriter& document, const Characteristics& characteristics)
{
    document.text("ethnicity", characteristics.ethnicity);
    document.text("ethnicity_not_stated_why", characteristics.ethnicity_not_stated_why);
    document.text("ethnicity_as_perceived", characteristics.ethnicity_as_perceived);
    document.text("sex", characteristics.sex);
    document.text("gender_identity", characteristics.gender_identity);
    write_answer(document, "has_needs", characteristics.has_needs);
    document.list("needs", characteristics.needs);
    write_answer(document, "needs_interpreter", characteristics.needs_interpreter);
    document.text("faith", characteristics.faith);
    document.text("nationality", characteristics.nationality);
}

Characteristics read_characteristics(DocumentReader& document)
{
    return {.ethnicity = document.text("ethnicity"),
            .ethnicity_not_stated_why = document.text("ethnicity_not_stated_why"),
            .ethnicity_as_perceived = document.text("ethnicity_as_perceived"),
            .sex = document.text("sex"),
            .gender_identity = document.text("gender_identity"),
            .has_needs = document.read("has_needs", answer_state_from, AnswerState::not_asked),
            .needs = document.list("needs", read_need),
            .needs_interpreter = document.read("needs_interpreter", answer_state_from, AnswerState::not_asked),
            .faith = document.text("faith"),
            .nationality = document.text("nationality")};
}

Problems problems_of(const Characteristics& characteristics)
{
    using enum ProblemKind;
    Problems problems;
    const bool is_not_stated = characteristics.ethnicity == not_stated;
    if (characteristics.ethnicity.starts_with(perceived))
        problems.push_back({malformed, "What an officer sees is kept apart from what the child says", "ethnicity"});
    if (is_not_stated && trim(characteristics.ethnicity_not_stated_why).empty())
        problems.push_back({missing, "Say why the ethnicity is not stated", "ethnicity_not_stated_why"});
    if (!is_not_stated && !characteristics.ethnicity_not_stated_why.empty())
        problems.push_back(
            {malformed, "Why it is not stated belongs to “not stated” alone", "ethnicity_not_stated_why"});
    const auto& seen = characteristics.ethnicity_as_perceived;
    if (!seen.empty() && !seen.starts_with(perceived))
        problems.push_back(
            {malformed, "What the child says is never taken for what an officer sees", "ethnicity_as_perceived"});
    const auto& needs = characteristics.needs;
    if (!needs.empty() && characteristics.has_needs != AnswerState::yes)
        problems.push_back({malformed, "Needs are named where the answer is yes", "has_needs"});
    for (auto need = needs.begin(); need != needs.end(); ++need) {
        const auto field = fmt::format("needs.{}.code", need - needs.begin());
        if (trim(need->code).empty()) problems.push_back({missing, "Say which need it is", field});
        if (std::ranges::find(needs.begin(), need, need->code, &Need::code) != need)
            problems.push_back({malformed, "The same need stands there already", field});
    }
    return problems;
}

} // namespace reachable::records
