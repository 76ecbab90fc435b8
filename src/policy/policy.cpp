// The built-in policy: the custody rules behind the seam, with their hash and their words.
#include "policy/rules.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

/// The codes of a set, comma between, in the order of the enumerators.
template <class T>
std::string codes_of(const AnyOf<T>& set, int count)
{
    std::string text;
    for (int number = 0; number < count; ++number) {
        if (!set.has(static_cast<T>(number))) continue;
        text += (text.empty() ? "" : ",") + std::string(code_of(static_cast<T>(number)));
    }
    return text.empty() ? "-" : text;
}

constexpr int role_count = static_cast<int>(accounts::Role::ADMIN) + 1;
constexpr int kind_count = static_cast<int>(accounts::AgencyKind::immigration) + 1;

std::string line_of(const Allow& row)
{
    return fmt::format("allow {} \"{}\" actions {} roles {} kinds {} purposes {} relationships {} whole {} summary {} "
                       "up-to {} tell {} expires {}",
                       row.id, row.sentence, row.actions, codes_of(row.roles, role_count),
                       codes_of(row.kinds, kind_count), row.purposes, codes_of(row.needs_one_of, relationship_count),
                       codes_of(row.view.whole, category_count), codes_of(row.view.summary, category_count),
                       code_of(row.up_to), codes_of(row.tell, role_count),
                       row.expires_after ? row.expires_after->count() : 0);
}

std::string line_of(const Forbid& row)
{
    return fmt::format("forbid {} \"{}\" when {}", row.id, row.sentence, row.condition);
}

std::string_view word_of(Show show)
{
    constexpr std::string_view words[] = {"hide", "generalise", "mask", "show"};
    return words[static_cast<std::size_t>(show)];
}

std::string line_of(const Limit& row)
{
    return fmt::format("limit {} \"{}\" of {} at-most {} unless {}", row.id, row.sentence,
                       codes_of(row.categories, category_count), word_of(row.at_most), row.exception);
}

std::string line_of(const Purpose& purpose)
{
    return fmt::format("purpose {} \"{}\" law {}", purpose.code, purpose.title, purpose.legal_basis);
}

class TablePolicy : public Policy {
  public:
    explicit TablePolicy(const Rules& rules) : rules_(rules), hash_(to_hex(sha256(as_bytes(canonical(rules))))) {}

    Decision decide(const Request& request) const override { return policy::decide(rules_, request); }
    std::span<const Purpose> purposes() const override { return rules_.purposes; }
    std::string hash() const override { return hash_; }

    /// Those of the rows that name the role.
    std::vector<Purpose> purposes_of(accounts::Role role) const override
    {
        std::vector<Purpose> open;
        for (const auto& purpose : rules_.purposes)
            if (std::ranges::any_of(rules_.allows, [&](const Allow& row) {
                    return row.roles.has(role) && has_word(row.purposes, purpose.code);
                }))
                open.push_back(purpose);
        return open;
    }

    std::string explain(std::string_view rule_id) const override
    {
        for (const auto& row : rules_.allows)
            if (row.id == rule_id) return std::string(row.sentence);
        for (const auto& row : rules_.forbids)
            if (row.id == rule_id) return std::string(row.sentence);
        for (const auto& row : rules_.limits)
            if (row.id == rule_id) return std::string(row.sentence);
        return "No rule of this policy has that name";
    }

  private:
    const Rules& rules_;
    std::string hash_;
};

} // namespace

std::string canonical(const Rules& rules)
{
    std::vector<std::string> lines;
    for (const auto& row : rules.allows) lines.push_back(line_of(row));
    for (const auto& row : rules.forbids) lines.push_back(line_of(row));
    for (const auto& row : rules.limits) lines.push_back(line_of(row));
    for (const auto& row : rules.purposes) lines.push_back(line_of(row));
    std::ranges::sort(lines);
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

const Policy& built_in_policy()
{
    static const TablePolicy policy(custody_rules());
    return policy;
}

} // namespace reachable::policy
