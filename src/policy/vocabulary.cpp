#include "policy/vocabulary.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::policy {

namespace {

/// Spaces and underscores become hyphens, apostrophes go.
std::string hyphened(std::string_view title)
{
    std::string word;
    for (const char c : title)
        if (c != '\'') word += c == ' ' || c == '_' ? '-' : c;
    return word;
}

template <class T>
std::vector<std::string> list_of(std::size_t count, std::string_view (*name_of)(T))
{
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i) words.push_back(hyphened(name_of(static_cast<T>(i))));
    return words;
}

/// The least number of letters to change, add, drop or swap with a neighbour.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    return cost[a.size()][b.size()];
}

} // namespace

Words words_of_roles()
{
    static const auto words = list_of<accounts::Role>(role_count, accounts::title_of);
    return words;
}

Words words_of_kinds()
{
    static const auto words = list_of<accounts::AgencyKind>(kind_count, accounts::code_of);
    return words;
}

Words words_of_categories()
{
    static const auto words = list_of<Category>(category_count, code_of);
    return words;
}

Words words_of_labels()
{
    static const auto words = list_of<Label>(label_count, code_of);
    return words;
}

Words words_of_relationships()
{
    static const auto words = list_of<Relationship>(relationship_count, code_of);
    return words;
}

Words words_of_marks()
{
    static const std::vector<std::string> words = {"sealed", "under-alert", "opened-with-reason",
                                                   "opened-by-break-glass"};
    return words;
}

std::optional<std::size_t> place_of(std::string_view word, Words words)
{
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) return std::nullopt;
    return static_cast<std::size_t>(found - words.begin());
}

std::string remedy_for(std::string_view word, std::span<const std::string> words)
{
    if (words.empty()) return "None is declared";
    // A word longer than any of these is not a slip of one of them, and need not be compared.
    if (word.size() > 64) word = word.substr(0, 64);
    const auto nearest =
        std::ranges::min_element(words, {}, [&](const std::string& one) { return distance(word, one); });
    const auto most = std::max<std::size_t>(2, nearest->size() / 3);
    if (distance(word, *nearest) <= std::min(most, nearest->size() - 1))
        return fmt::format("Did you mean “{}”?", *nearest);
    constexpr std::size_t most_listed = 12;
    if (words.size() > most_listed)
        return fmt::format("“{}” is one of {} that may stand here", words.front(), words.size());
    return fmt::format("Here may stand: {}", join({words.begin(), words.end()}, ", "));
}

std::string duration_text(std::chrono::seconds duration)
{
    struct Unit {
        std::int64_t seconds;
        std::string_view one;
    };
    constexpr Unit units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    for (const auto& unit : units) {
        if (duration.count() % unit.seconds != 0) continue;
        const auto count = duration.count() / unit.seconds;
        // Days are said only of many: "24 hours" and "72 hours" tell better when they end.
        if (unit.seconds == 86400 && count < 5) continue;
        if (count == 0 && unit.seconds != 1) continue;
        return fmt::format("{} {}{}", count, unit.one, count == 1 ? "" : "s");
    }
    return fmt::format("{} seconds", duration.count());
}

} // namespace reachable::policy
