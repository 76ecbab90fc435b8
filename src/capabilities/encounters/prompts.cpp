#include "capabilities/encounters/prompts.h"

#include <algorithm>

namespace reachable::encounters {
namespace {

/// "Found with unrelated adult."
bool is_with_an_unrelated_adult(const Encounter& encounter)
{
    return std::ranges::any_of(encounter.companions,
                               [](const Companion& one) { return one.age == "adult" && one.relation == "unrelated"; });
}

/// "Over 50 km."
bool is_far_from_home(const Encounter& encounter)
{
    return encounter.distance == "over_50";
}

/// "Other force area."
bool is_in_another_area(const Encounter& encounter)
{
    return encounter.lives_elsewhere == "yes";
}

/// "Drugs, phones, cash": goods of a trade that others profit from.
bool has_goods(const Encounter& encounter)
{
    constexpr std::string_view goods[] = {"drugs", "phones", "cash", "weapons"};
    return std::ranges::any_of(goods, [&](std::string_view sign) { return has_sign(encounter, sign); });
}

bool may_be_hurt(const Encounter& encounter)
{
    return has_sign(encounter, "injuries") || encounter.kind == "hurt" || encounter.where_now == "hospital";
}

/// G-07: "silence is not safety".
bool leaves_something_unknown(const Encounter& encounter)
{
    return encounter.company == "not_known" || encounter.distance == "not_known" ||
           std::ranges::any_of(encounter.companions, [](const Companion& one) {
               return one.age == "not_known" || one.relation == "not_known";
           });
}

struct Rule {
    std::string_view code;
    bool (*applies)(const Encounter&);
};

constexpr Rule rules[] = {
    {"unrelated_adult", is_with_an_unrelated_adult},
    {"far_from_home", is_far_from_home},
    {"other_area", is_in_another_area},
    {"goods", has_goods},
    {"debt", [](const Encounter& encounter) { return has_sign(encounter, "debt"); }},
    {"hurt", may_be_hurt},
    {"not_known", leaves_something_unknown},
};

/// What a child does far from home, or beside an adult whom they do not belong to, they hardly do for themselves.
bool is_drawn_in_by_others(const Encounter& encounter)
{
    return is_with_an_unrelated_adult(encounter) || is_far_from_home(encounter) || is_in_another_area(encounter) ||
           has_sign(encounter, "adult_controlling");
}

} // namespace

std::vector<std::string_view> prompts_of(const Encounter& encounter)
{
    std::vector<std::string_view> codes;
    for (const auto& rule : rules)
        if (rule.applies(encounter)) codes.push_back(rule.code);
    return codes;
}

std::vector<std::string_view> flags_proposed_by(const Encounter& encounter)
{
    std::vector<std::string_view> flags;
    if (has_goods(encounter) && is_drawn_in_by_others(encounter)) flags = {"CCE_CON", "MSHT_IND"};
    if (has_sign(encounter, "debt")) flags.emplace_back("DEBT");
    return flags;
}

std::vector<AroundTheChild> concerns_proposed_by(const Encounter& encounter)
{
    std::vector<AroundTheChild> around;
    if (!is_with_an_unrelated_adult(encounter)) return around;
    if (!has_goods(encounter) && !has_sign(encounter, "debt") && !has_sign(encounter, "adult_controlling"))
        return around;
    for (const auto& one : encounter.companions)
        if (one.age == "adult" && one.relation == "unrelated") around.push_back({"POC", one.who});
    // Where a child was found, and not the street in which one was stopped or from which somebody rang.
    const bool is_found_there = encounter.kind == "found" || encounter.kind == "welfare";
    if (is_found_there && has_goods(encounter)) around.push_back({"EXPL", encounter.place});
    return around;
}

bool is_away_from_home(const Encounter& encounter)
{
    const bool is_far = encounter.distance == "over_50" || encounter.lives_elsewhere == "yes";
    return is_far || (encounter.kind == "found" && is_with_an_unrelated_adult(encounter));
}

bool asks_to_be_considered(const Encounter& encounter)
{
    return shows_signs(encounter) || is_drawn_in_by_others(encounter);
}

bool is_a_reachable_moment(const Encounter& encounter)
{
    return encounter.kind == "found" || may_be_hurt(encounter) || shows_signs(encounter) ||
           is_drawn_in_by_others(encounter);
}

bool is_at_risk(const Encounter& encounter)
{
    return may_be_hurt(encounter) || has_sign(encounter, "debt") || encounter.where_now == "police_protection" ||
           (has_goods(encounter) && is_drawn_in_by_others(encounter));
}

} // namespace reachable::encounters
