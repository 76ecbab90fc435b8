// The levels of a comparison as reasons in words. R-A-02: "Match score is shown as reasons, never as a number alone".
#include "identity/live_search.h"

#include <algorithm>
#include <fmt/format.h>

namespace reachable::identity {
namespace {

using Said = Reasons;

/// The sentence for a level of a name; nothing for what says nothing.
std::string name_words(std::string_view which, std::uint8_t found)
{
    switch (found) {
    case level::same_name: return fmt::format("same {}", which);
    case level::spelling: return fmt::format("{} is another spelling of the same name", which);
    case level::one_slip: return fmt::format("{} is one letter different", which);
    case level::shared: return fmt::format("{} has a name in common", which);
    case level::short_form: return fmt::format("{} is a short form of the same name", which);
    case level::sounds_alike: return fmt::format("{} sounds alike", which);
    case level::near: return fmt::format("{} is nearly alike", which);
    case level::initial: return fmt::format("{} has the same initial", which);
    default: return {};
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

Reasons reasons_of(Pattern pattern)
{
    Said said;
    say_names(pattern, said);
    say_birth(pattern, said);
    say_values(pattern, said);
    if (may_be_a_sibling(pattern)) said.against.emplace_back("may be a twin, a brother or a sister");
    return said;
}

std::vector<std::string> reasons_in(Pattern pattern)
{
    auto said = reasons_of(pattern);
    for (auto& one : said.against) said.in_favour.push_back("but " + one);
    return std::move(said.in_favour);
}

bool may_be_a_sibling(Pattern pattern)
{
    return (pattern & siblings_mark) != 0;
}

std::vector<std::string> what_would_settle(Pattern pattern, const SourceRecord& asked)
{
    if (level_of(pattern, Field::identifier) == level::same) return {};
    std::vector<std::string> facts;
    const auto given = level_of(pattern, Field::given);
    const auto born = level_of(pattern, Field::born);
    if (!asked.born)
        facts.emplace_back("the date of birth");
    else if (born == level::placeholder)
        facts.emplace_back("the day and month of birth");
    else if (born != level::not_known && born < level::same_date)
        facts.emplace_back("the date of birth from a document or a parent");
    if (given == level::not_known || given == level::initial || given == level::short_form || given == level::shared)
        facts.emplace_back("all first names in full");
    const bool are_names_and_date_the_same =
        given == level::same_name && born == level::same_date && level_of(pattern, Field::family) == level::same_name;
    if (asked.identifiers.empty() && !are_names_and_date_the_same)
        facts.emplace_back("a number that a system gave the child");
    if (asked.postcodes.empty() && asked.addresses.empty() && facts.size() < 2 && !are_names_and_date_the_same)
        facts.emplace_back("a postcode where the child has lived");
    if (facts.size() > 2) facts.resize(2);
    return facts;
}

bool is_at_address(std::string_view asked, std::string_view on_record)
{
    const auto words = records::keys_of(asked);
    const auto known = records::keys_of(on_record);
    const auto has_digit = [](const std::string& word) {
        return word.find_first_of("0123456789") != std::string::npos;
    };
    return words.size() > 1 && std::ranges::any_of(words, has_digit) &&
           std::ranges::all_of(words, [&](const auto& word) { return std::ranges::find(known, word) != known.end(); });
}

} // namespace reachable::identity
