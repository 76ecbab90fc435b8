// How a question is understood: its words are widened to those of the country that may be meant, and each of them is
// given what it can add to the odds of a row at most.
#include "identity/name_words.h"
#include "identity/search_query.h"

#include <algorithm>

namespace reachable::identity {

std::uint8_t SearchIndex::Query::level_of_date(std::uint16_t date)
{
    constexpr std::uint8_t not_met = 0xFF;
    if (born_levels.empty()) born_levels.assign(std::size_t{other_date} + 1, not_met);
    auto& level = born_levels[date];
    if (level == not_met) level = born_level(born, date == 0 ? BirthDate{} : date_of(date + first_short_date));
    return level;
}

/// Its place among the typed words.
std::size_t SearchIndex::type(Query& query, std::string_view text) const
{
    const auto place = query.typed.size();
    auto& typed = query.typed.emplace_back();
    typed.word = vocabulary_.find(text);
    typed.rarity = rarity(typed.word);
    if (text.size() == 1) typed.initial = text.front();
    query.has_initials = query.has_initials || typed.initial != 0;
    const auto known = lists_->near_common.find(typed.word);
    typed.near = known == lists_->near_common.end() ? near_of(*lists_, text) : known->second;
    add_new_near(text, typed.near);
    // Words that were not learnt yet are met as they are.
    if (typed.word != 0 && std::ranges::find(typed.near, typed.word, &NearWord::word) == typed.near.end())
        typed.near.insert(typed.near.begin(), {typed.word, Likeness::same});
    for (const auto& one : typed.near)
        query.table.put(one.word, rarity(one.word), place, level_of_likeness(one.likeness));
    return place;
}

/// "mohammedali" may be two words. A part counts if the rest of it is on the list of names, and not if anybody bears
/// it: whether a row is found must not hang on another row.
void SearchIndex::divide(Query& query, std::size_t place, std::string_view text) const
{
    for (std::size_t cut = 3; cut + 3 <= text.size(); ++cut) {
        const auto first = vocabulary_.find(text.substr(0, cut));
        const auto second = vocabulary_.find(text.substr(cut));
        if (second != 0 && vocabulary_.is_on_list(text.substr(0, cut)))
            query.table.put(second, rarity(second), place, level::shared);
        if (first == 0 || !vocabulary_.is_on_list(text.substr(cut))) continue;
        query.table.put(first, rarity(first), place, level::shared);
        query.typed[place].near.push_back({first, Likeness::one_slip});
    }
}

void SearchIndex::type_names(Query& query, const SourceName& name) const
{
    const auto words = words_of(name);
    std::string together;
    for (std::size_t i = 0; i < words.size() && query.typed.size() + 1 < most_query_words; ++i) {
        const auto& word = words[i];
        const bool is_last = i + 1 == words.size() && i > 0;
        if (word.role == NameRole::unknown) query.is_order_known = false;
        const auto place = type(query, word.word);
        const bool is_family = word.role == NameRole::family || (word.role == NameRole::unknown && is_last);
        (is_family ? query.family : query.given).push_back(place);
        if (!is_family) together += word.word;
        divide(query, place, word.word);
    }
    if (query.given.size() > 1 && query.typed.size() < most_query_words) query.joined = type(query, together);
}

/// What a near word adds to the odds at most, in whichever place of a row it is met.
float SearchIndex::most_of_name(std::uint8_t reached, float rarity, bool is_first, bool is_given) const
{
    const auto beside = name_weight(is_given, level_beside(reached), rarity);
    return is_first ? std::max(beside, name_weight(is_given, reached, rarity)) : beside;
}

void SearchIndex::seek(Query& query) const
{
    const auto gather = [&](Sought& sought, const std::vector<std::size_t>& places, bool is_given) {
        auto most_of_first = 0.0F;
        const auto note = [&](std::size_t place, bool is_first, float more) {
            const auto& typed = query.typed[place];
            for (const auto& near : typed.near) {
                const auto rarer = std::min(typed.rarity, query.table.find(near.word)->rarity);
                const auto reached = level_of_likeness(near.likeness);
                sought.words.push_back({near.word, more + most_of_name(reached, rarer, is_first, is_given)});
            }
        };
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (i == 0 || !is_given) {
                note(places[i], i == 0, is_given && places.size() > 1 ? other_middle : 0);
                for (const auto& one : sought.words) most_of_first = std::max(most_of_first, one.most - other_middle);
                continue;
            }
            // Who bears the middle name too stands in its own lists.
            const auto& typed = query.typed[places[i]];
            for (const auto& near : typed.near) {
                const auto own = query.table.find(near.word)->rarity;
                const auto reached = level_of_likeness(near.likeness);
                sought.words.push_back(
                    {near.word, std::max(most_of_name(reached, std::min(typed.rarity, own), false, true),
                                         most_of_first + middle_weight(reached, own))});
            }
        }
        if (is_given && query.joined) note(*query.joined, true, 0);
        std::ranges::sort(sought.words, [](const auto& a, const auto& b) {
            return a.word != b.word ? a.word < b.word : a.most > b.most;
        });
        const auto again = std::ranges::unique(sought.words, {}, &Sought::Word::word);
        sought.words.erase(again.begin(), again.end());
        std::ranges::sort(sought.words, [](const auto& a, const auto& b) {
            return a.most != b.most ? a.most > b.most : a.word < b.word;
        });
        for (const auto& one : sought.words) {
            const auto hash = short_hash(one.word);
            if (!sought.hashes.test(hash)) sought.by_hash.emplace_back(hash, one.most);
            sought.hashes.set(hash);
        }
        std::ranges::sort(sought.by_hash, {}, &std::pair<std::uint16_t, float>::first);
    };
    gather(query.sought_given, query.given, true);
    gather(query.sought_family, query.family, false);
}

/// Rows of the date itself, of its day and month exchanged, of the postcode, telephone or identifier asked for have
/// been scored when names are looked up: nothing else is as good.
void SearchIndex::bound_rest(Query& query) const
{
    query.most_of_born_elsewhere = 0;
    const bool is_walked = born_value(query.born) != 0;
    for (std::uint8_t l = 0; l < level_count(Field::born); ++l) {
        const bool is_elsewhere = !is_walked || (l != level::same_date && l != level::day_month_swapped);
        query.born_elsewhere[l] = is_elsewhere ? weight(Field::born, l) : -1e6F;
        if (query.born.is_known())
            query.most_of_born_elsewhere = std::max(query.most_of_born_elsewhere, query.born_elsewhere[l]);
    }
    query.rest_elsewhere = prior_;
    const auto bound = [&](Field field, bool is_asked) {
        auto most = 0.0F; // of a row that says nothing
        for (std::uint8_t l = level::different; l < level::same; ++l) most = std::max(most, weight(field, l));
        if (is_asked) query.rest_elsewhere += most;
    };
    bound(Field::postcode, !query.postcodes.empty());
}

SearchIndex::Query SearchIndex::understand(const SourceRecord& asked) const
{
    Query query;
    // One name at a time: further ones are searched by further calls.
    if (!asked.names.empty()) type_names(query, asked.names.front());
    query.born = birth_date(asked.born);
    for (const auto& one : asked.postcodes)
        if (const auto code = packed_postcode(one); code != 0) query.postcodes.push_back(code);
    for (const auto& one : asked.phones)
        if (const auto value = hash_of_value(digits_only(one)); value != 0) query.phones.push_back(value);
    for (const auto& one : asked.identifiers)
        if (const auto value = hash_of_identifier(one); value != 0) query.identifiers.push_back(value);
    seek(query);
    bound_rest(query);
    return query;
}

} // namespace reachable::identity
