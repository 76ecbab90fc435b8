// The levels of a comparison as reasons in words. R-A-02: "Match score is shown as reasons, never as a number alone".
#include "identity/live_search.h"

#include <fmt/format.h>

namespace reachable::identity {
namespace {

struct Said {
    std::vector<std::string> in_favour;
    std::vector<std::string> against;
};

/// The sentence for a level of a name; nothing for what says nothing.
std::string name_words(std::string_view which, std::uint8_t found)
{
    switch (found) {
    case level::same_name:
        return fmt::format("same {}", which);
    case level::spelling:
        return fmt::format("{} is another spelling of the same name", which);
    case level::one_slip:
        return fmt::format("{} is one letter different", which);
    case level::shared:
        return fmt::format("{} has a name in common", which);
    case level::short_form:
        return fmt::format("{} is a short form of the same name", which);
    case level::sounds_alike:
        return fmt::format("{} sounds alike", which);
    case level::near:
        return fmt::format("{} is nearly alike", which);
    case level::initial:
        return fmt::format("{} has the same initial", which);
    default:
        return {};
    }
}

void say_names(Pattern pattern, Said& said)
{
    const auto given = level_of(pattern, Field::given);
    const auto family = level_of(pattern, Field::family);
    if (given == level::same_name && family == level::same_name)
        said.in_favour.emplace_back("same name");
    else
        for (const auto& [which, found] : {std::pair{"first name", given}, std::pair{"surname", family}}) {
            if (auto words = name_words(which, found); !words.empty()) said.in_favour.push_back(std::move(words));
            if (found == level::different) said.against.push_back(fmt::format("another {}", which));
        }
    if (level_of(pattern, Field::order) == level::swapped)
        said.in_favour.emplace_back("first name and surname exchanged");
}

std::string_view birth_words(std::uint8_t found)
{
    constexpr std::array<std::string_view, 9> words{"",
                                                    "born more than two years apart",
                                                    "born up to two years apart",
                                                    "same year of birth, the day is not certain",
                                                    "same day and month of birth, another year",
                                                    "same month and year of birth",
                                                    "date of birth one digit different",
                                                    "day and month of birth exchanged",
                                                    "same date of birth"};
    return words.at(found);
}

void say_birth(Pattern pattern, Said& said)
{
    const auto found = level_of(pattern, Field::born);
    if (found == level::not_known) return;
    (found <= level::years_apart ? said.against : said.in_favour).emplace_back(birth_words(found));
}

void say_values(Pattern pattern, Said& said)
{
    for (const auto& [field, which] : {std::pair{Field::identifier, "identifier"}, std::pair{Field::phone, "telephone"},
                                       std::pair{Field::postcode, "postcode"}, std::pair{Field::address, "address"}}) {
        const auto found = level_of(pattern, field);
        if (found >= level::partly) said.in_favour.push_back(fmt::format("{} {}", words_of_level(field, found), which));
        if (field == Field::identifier && found == level::different)
            said.against.push_back(fmt::format("another {}", which));
    }
}

} // namespace

std::vector<std::string> reasons_in(Pattern pattern)
{
    Said said;
    say_names(pattern, said);
    say_birth(pattern, said);
    say_values(pattern, said);
    if ((pattern & siblings_mark) != 0) said.against.emplace_back("may be a twin, a brother or a sister");
    for (auto& one : said.against) said.in_favour.push_back("but " + one);
    return std::move(said.in_favour);
}

} // namespace reachable::identity
