#include "policy/question.h"

#include "policy/request_text.h"

#include <algorithm>
#include <tuple>

namespace reachable::policy {
namespace {

/// Of what a question is made, but the ids, on which no decision depends.
auto parts_of(const Request& request)
{
    return std::tie(request.agency_kind, request.role, request.purpose, request.action, request.relationships,
                    request.fields, request.is_sealed, request.second_factor_age, request.unsure_relationships,
                    request.is_under_alert, request.is_opened_with_reason, request.supervised, request.break_glass,
                    request.means);
}

} // namespace

std::string question_of(const Request& request)
{
    auto once = request;
    std::ranges::sort(once.fields);
    once.fields.erase(std::ranges::unique(once.fields).begin(), once.fields.end());
    auto line = print_request(once);
    if (!line) return {};
    std::ranges::replace(*line, ' ', '+');
    return *std::move(line);
}

Result<Request> read_question(std::string_view question)
{
    std::string line(question);
    std::ranges::replace(line, '+', ' ');
    auto request = TRY(read_request(line));
    if (question_of(request) != question)
        return refuse(ProblemKind::malformed, "The question is not written as entries keep it");
    return request;
}

const std::string& Questions::of(const Request& request)
{
    const auto known =
        std::ranges::find_if(printed_, [&](const Printed& one) { return parts_of(one.request) == parts_of(request); });
    if (known != printed_.end()) return known->question;
    return printed_.emplace_back(request, question_of(request)).question;
}

CategoryBits category_bits(std::span<const FieldClass> fields, const Decision& decision)
{
    CategoryBits bits;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto number = static_cast<std::size_t>(fields[i].category);
        if (number >= category_count) continue;
        const auto bit = std::uint64_t{1} << number;
        bits.asked |= bit;
        if (decision.is_allowed && decision.fields[i] != Show::hide) bits.shown |= bit;
    }
    return bits;
}

} // namespace reachable::policy
