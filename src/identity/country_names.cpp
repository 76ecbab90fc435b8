#include "identity/country_names.h"
#include "base/text.h"
#include "identity/country_name_lists.h"

namespace reachable::identity {
namespace {

constexpr std::array<std::string_view, tradition_count> codes{
    "british",
    "irish",
    "polish",
    "romanian",
    "south_asian_muslim",
    "sikh",
    "hindu",
    "somali",
    "arabic",
    "turkish_kurdish",
    "vietnamese",
    "chinese",
    "west_african",
    "eritrean_ethiopian",
    "portuguese_spanish",
    "ukrainian",
    "traveller",
};

const std::array<const NameLists*, tradition_count>& all_lists()
{
    static const std::array<const NameLists*, tradition_count> lists{
        &british_names,
        &irish_names,
        &polish_names,
        &romanian_names,
        &south_asian_muslim_names,
        &sikh_names,
        &hindu_names,
        &somali_names,
        &arabic_names,
        &turkish_kurdish_names,
        &vietnamese_names,
        &chinese_names,
        &west_african_names,
        &eritrean_ethiopian_names,
        &portuguese_spanish_names,
        &ukrainian_names,
        &traveller_names,
    };
    return lists;
}

/// The parts of rarer names: far from even, so that some of these names are less rare than others.
constexpr unsigned parts_evenness = 10;

NameEntry entry_from(std::string_view text)
{
    NameEntry entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) entry.script = text.substr(equals + 1);
    for (const auto spelling : split(text.substr(0, equals), '/')) {
        if (entry.word.data() == nullptr)
            entry.word = spelling;
        else
            entry.spellings.push_back(spelling);
    }
    return entry;
}

} // namespace

std::string_view code_of(Tradition tradition)
{
    return codes[static_cast<std::size_t>(tradition)];
}

std::string_view code_of(Sex sex)
{
    return sex == Sex::female ? "female" : "male";
}

const NameLists& lists_of(Tradition tradition)
{
    return *all_lists()[static_cast<std::size_t>(tradition)];
}

NamePool::NamePool(std::string_view list, unsigned evenness)
{
    if (list.empty()) return;
    for (const auto text : split(list, ',')) entries_.push_back(entry_from(text));
    std::uint64_t total = 0;
    const auto weight = [evenness](std::size_t n) { return 10'000'000U / (n + evenness); };
    for (std::size_t n = 0; n < entries_.size(); ++n) total += weight(n);
    std::uint64_t sum = 0;
    std::size_t slot = 0;
    for (std::size_t n = 0; n < entries_.size(); ++n) {
        sum += weight(n);
        for (const auto end = sum * slots_.size() / total; slot < end; ++slot)
            slots_[slot] = static_cast<std::uint16_t>(n);
    }
}

TraditionNames::TraditionNames(Tradition tradition)
    : female(lists_of(tradition).female, lists_of(tradition).given_evenness),
      male(lists_of(tradition).male, lists_of(tradition).given_evenness),
      family(lists_of(tradition).family, lists_of(tradition).family_evenness),
      stems(lists_of(tradition).stems, parts_evenness), links(lists_of(tradition).links, parts_evenness),
      endings(lists_of(tradition).endings, parts_evenness),
      composed_in_thousand(lists_of(tradition).composed_in_thousand),
      varied_in_thousand(lists_of(tradition).varied_in_thousand)
{
    for (const auto* pool : {&female, &male, &family})
        for (const auto& entry : pool->entries()) {
            by_word_.try_emplace(entry.word, &entry);
            for (const auto spelling : entry.spellings) by_word_.try_emplace(spelling, &entry);
        }
}

const NameEntry* TraditionNames::entry(std::string_view word) const
{
    const auto found = by_word_.find(word);
    return found == by_word_.end() ? nullptr : found->second;
}

const TraditionNames& names_of(Tradition tradition)
{
    static const auto all = [] {
        std::vector<std::unique_ptr<TraditionNames>> made;
        for (std::size_t i = 0; i < tradition_count; ++i)
            made.push_back(std::make_unique<TraditionNames>(static_cast<Tradition>(i)));
        return made;
    }();
    return *all[static_cast<std::size_t>(tradition)];
}

} // namespace reachable::identity
