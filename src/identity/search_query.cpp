// How the index is searched: the words are widened to those that may be meant, lists are scanned with a little of the
// other words beside each entry, and what is left is fetched and scored.
#include "identity/name_words.h"
#include "identity/search_index.h"
#include "identity/search_parts.h"

#include <algorithm>
#include <bitset>

namespace reachable::identity {
namespace {

constexpr std::size_t most_query_words = 6;
constexpr std::size_t most_near = 300;         // of one typed word
constexpr std::size_t most_passed = 3'000'000; // entries of lists in one search
constexpr std::size_t most_found = 60'000;     // rows fetched in one search
constexpr std::size_t most_of_one_name = 2'000;

std::uint8_t level_of_likeness(Likeness likeness)
{
    constexpr std::array<std::uint8_t, 8> levels{level::different,    level::initial,    level::near,
                                                 level::sounds_alike, level::short_form, level::one_slip,
                                                 level::spelling,     level::same_name};
    return levels[static_cast<std::size_t>(likeness)];
}

/// For each word of the country that may be meant: how near it is to each typed word. Open addressing in one block.
class NearTable {
  public:
    using Levels = std::array<std::uint8_t, most_query_words>;

    NearTable() : places_(1024) {}
    void put(WordId word, std::size_t typed, std::uint8_t level)
    {
        if (count_ * 2 > places_.size()) grow();
        auto& place = find_place(word);
        if (place.word == 0) count_ += 1;
        place.word = word;
        place.levels[typed] = std::max(place.levels[typed], level);
    }
    /// Null if the word is near none.
    const Levels* find(WordId word) const
    {
        auto at = word * 0x9E3779B1U >> 7U & (places_.size() - 1);
        for (;; at = (at + 1) & (places_.size() - 1)) {
            if (places_[at].word == word) return word == 0 ? nullptr : &places_[at].levels;
            if (places_[at].word == 0) return nullptr;
        }
    }

  private:
    struct Place {
        WordId word = 0;
        Levels levels{};
    };
    Place& find_place(WordId word)
    {
        auto at = word * 0x9E3779B1U >> 7U & (places_.size() - 1);
        while (places_[at].word != 0 && places_[at].word != word) at = (at + 1) & (places_.size() - 1);
        return places_[at];
    }
    void grow()
    {
        auto before = std::move(places_);
        places_ = std::vector<Place>(before.size() * 2);
        for (const auto& place : before)
            if (place.word != 0) find_place(place.word) = place;
    }
    std::vector<Place> places_;
    std::size_t count_ = 0;
};

using HashBits = std::bitset<65536>;

struct WordsMet {
    std::uint8_t level = level::not_known;
    WordId typed = 0;
    WordId met = 0;
};

} // namespace

struct SearchIndex::Query {
    struct Typed {
        WordId word = 0; // 0: new to the country
        std::vector<NearWord> near;
    };
    std::vector<Typed> typed;
    // Places in `typed`, the name itself first.
    std::vector<std::size_t> given;
    std::vector<std::size_t> family;
    std::optional<std::size_t> joined; // the given words as one
    bool is_order_known = true;
    NearTable table;
    std::unique_ptr<HashBits> given_bits = std::make_unique<HashBits>();
    std::unique_ptr<HashBits> family_bits = std::make_unique<HashBits>();
    BirthDate born;
    std::vector<std::uint32_t> postcodes;
    std::vector<std::uint32_t> phones;
    std::vector<std::uint32_t> identifiers;

    /// The typed words against the words of one box.
    /// `is_given`: of given names with given names, where middle names that are alike say nothing.
    WordsMet meet(const std::vector<std::size_t>& places, const std::array<WordId, 2>& words,
                  bool is_given = false) const
    {
        if (places.empty() || words[0] == 0) return {};
        WordsMet best{level::different, typed[places[0]].word, words[0]};
        for (std::size_t j = 0; j < words.size() && words[j] != 0; ++j) {
            const auto* levels = table.find(words[j]);
            if (levels == nullptr) continue;
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (is_given && i > 0 && j > 0) continue;
                auto reached = std::max((*levels)[places[i]], level::different);
                if (i > 0 || j > 0)
                    reached = reached >= level::one_slip       ? level::shared
                              : reached >= level::sounds_alike ? level::near
                                                               : level::different;
                if (reached > best.level) best = {reached, typed[places[i]].word, words[j]};
            }
        }
        return best;
    }
};

SearchIndex::Query SearchIndex::understand(const SourceRecord& asked) const
{
    Query query;
    const auto count = [&](WordId word) { return given_counts_.counted(word) + family_counts_.counted(word); };
    const auto type = [&](std::string_view text) {
        const auto place = query.typed.size();
        auto& typed = query.typed.emplace_back();
        typed.word = vocabulary_.find(text);
        typed.near = near_.near(vocabulary_, text, most_near, count);
        // Words added since the lists were built are met as they are.
        if (typed.word != 0 && std::ranges::find(typed.near, typed.word, &NearWord::word) == typed.near.end())
            typed.near.insert(typed.near.begin(), {typed.word, Likeness::same});
        for (const auto& one : typed.near) query.table.put(one.word, place, level_of_likeness(one.likeness));
        return place;
    };
    for (const auto& name : asked.names) {
        const auto words = words_of(name);
        std::string together;
        for (std::size_t i = 0; i < words.size() && query.typed.size() + 1 < most_query_words; ++i) {
            const auto& word = words[i];
            const bool is_last = i + 1 == words.size() && i > 0;
            if (word.role == NameRole::unknown) query.is_order_known = false;
            const auto place = type(word.word);
            const bool is_family = word.role == NameRole::family || (word.role == NameRole::unknown && is_last);
            (is_family ? query.family : query.given).push_back(place);
            if (!is_family) together += word.word;
            // "mohammedali" may be two words.
            for (std::size_t cut = 3; cut + 3 <= word.word.size(); ++cut) {
                const auto first = vocabulary_.find(std::string_view(word.word).substr(0, cut));
                const auto second = vocabulary_.find(std::string_view(word.word).substr(cut));
                if (first == 0 || second == 0 || count(first) < 3 || count(second) < 3) continue;
                query.table.put(first, place, level::shared);
                query.table.put(second, place, level::shared);
                query.typed[place].near.push_back({first, Likeness::near});
            }
        }
        if (query.given.size() > 1 && query.typed.size() < most_query_words) query.joined = type(together);
        break; // one name at a time: further ones are searched by further calls
    }
    const auto note = [&](const std::vector<std::size_t>& places, HashBits& bits) {
        for (const auto place : places)
            for (const auto& one : query.typed[place].near) bits.set(short_hash(one.word));
    };
    note(query.given, *query.given_bits);
    note(query.family, *query.family_bits);
    if (query.joined) note({*query.joined}, *query.given_bits);
    query.born = birth_date(asked.born);
    for (const auto& one : asked.postcodes)
        if (const auto code = packed_postcode(one); code != 0) query.postcodes.push_back(code);
    for (const auto& one : asked.phones)
        if (const auto value = hash_of_value(digits_only(one)); value != 0) query.phones.push_back(value);
    for (const auto& one : asked.identifiers)
        if (const auto value = hash_of_identifier(one); value != 0) query.identifiers.push_back(value);
    return query;
}

void SearchIndex::by_names(const Query& query, std::vector<std::uint32_t>& found, std::size_t& passed) const
{
    if (query.given.empty() || query.family.empty()) return;
    const auto size_of = [](const WordList& list, WordId word) {
        return word + 1 < list.starts.size() ? list.starts[word + 1] - list.starts[word] : 0;
    };
    const auto scan = [&](const WordList& list, const std::vector<std::size_t>& places, const HashBits& others) {
        for (const auto place : places)
            for (const auto& near : query.typed[place].near) {
                if (near.word + 1 >= list.starts.size()) continue;
                const auto end = list.starts[near.word + 1];
                for (auto i = list.starts[near.word]; i < end && found.size() < most_found; ++i)
                    if (others.test(list.others[i])) found.push_back(list.rows[i]);
                passed += end - list.starts[near.word];
                if (passed > most_passed) return;
            }
    };
    const auto total = [&](const WordList& list, const std::vector<std::size_t>& places) {
        std::uint64_t sum = 0;
        for (const auto place : places)
            for (const auto& near : query.typed[place].near) sum += size_of(list, near.word);
        return sum;
    };
    // In their own boxes, then in exchanged ones; each time through the shorter lists.
    if (total(by_given_, query.given) < total(by_family_, query.family))
        scan(by_given_, query.given, *query.family_bits);
    else
        scan(by_family_, query.family, *query.given_bits);
    if (total(by_family_, query.given) < total(by_given_, query.family))
        scan(by_family_, query.given, *query.family_bits);
    else
        scan(by_given_, query.family, *query.given_bits);
}

void SearchIndex::by_birth(const Query& query, std::vector<std::uint32_t>& found, std::size_t& passed) const
{
    if (!query.born.is_known() || query.typed.empty() || by_date_.starts.empty()) return;
    const auto scan = [&](std::uint32_t date, bool needs_both) {
        if (date == 0 || date + 1 >= by_date_.starts.size()) return;
        for (auto i = by_date_.starts[date]; i < by_date_.starts[date + 1]; ++i) {
            const auto given = by_date_.given[i];
            const auto family = by_date_.family[i];
            const bool straight = query.given_bits->test(given);
            const bool is_family = query.family_bits->test(family);
            const bool swapped = query.given_bits->test(family);
            const bool is_swapped_family = query.family_bits->test(given);
            const bool is_near = needs_both ? (straight && is_family) || (swapped && is_swapped_family)
                                            : straight || is_family || swapped || is_swapped_family;
            if (is_near && found.size() < most_found) found.push_back(by_date_.rows[i]);
        }
        passed += by_date_.starts[date + 1] - by_date_.starts[date];
    };
    const auto& born = query.born;
    const auto date = [](int year, int month, int day) -> std::uint32_t {
        if (month < 0 || month > 12 || day < 0 || day > 31) return 0;
        return born_value({.year = static_cast<std::uint16_t>(year),
                           .month = static_cast<std::uint8_t>(month),
                           .day = static_cast<std::uint8_t>(day)});
    };
    const bool is_day_known = born.day != 0;
    std::vector<std::uint32_t> exact{born_value(born)};
    if (is_day_known && born.day <= 12 && born.day != born.month)
        exact.push_back(date(born.year, born.day, born.month));
    for (const auto one : exact) scan(one, false);
    std::vector<std::uint32_t> vague;
    const auto add = [&](std::uint32_t one) {
        if (one != 0 && std::ranges::find(exact, one) == exact.end()) vague.push_back(one);
    };
    // The same month with any day, the day in the next years, a digit wrong, the day unknown.
    for (int day = 0; day <= 31; ++day) add(date(born.year, born.month, day));
    for (const int years : {-2, -1, 1, 2, -10, 10}) add(date(born.year + years, born.month, born.day));
    for (int month = 1; month <= 12 && is_day_known; ++month) add(date(born.year, month, born.day));
    add(date(born.year, 1, 1));
    add(date(born.year, 0, 0));
    if (born.month == 0)
        for (int month = 1; month <= 12; ++month)
            for (int day = 0; day <= 31; ++day) add(date(born.year, month, day));
    std::ranges::sort(vague);
    vague.erase(std::unique(vague.begin(), vague.end()), vague.end());
    const bool has_both = !query.given.empty() && !query.family.empty();
    for (const auto one : vague) scan(one, has_both);
}

void SearchIndex::by_values(const Query& query, std::vector<std::uint32_t>& found) const
{
    const auto look_up = [&](const ValueList& list, std::uint32_t value) {
        auto at = std::ranges::lower_bound(list, std::uint64_t{value} << 32U);
        for (std::size_t count = 0; at != list.end() && *at >> 32U == value && count < most_of_one_name; ++at, ++count)
            found.push_back(static_cast<std::uint32_t>(*at));
    };
    for (const auto value : query.postcodes) look_up(by_postcode_, value);
    for (const auto value : query.phones) look_up(by_phone_, value);
    for (const auto value : query.identifiers) look_up(by_identifier_, value);
}

void SearchIndex::by_one_name(const Query& query, std::vector<std::uint32_t>& found) const
{
    const bool has_both = !query.given.empty() && !query.family.empty();
    if (has_both || query.typed.empty()) return;
    for (const auto* list : {&by_given_, &by_family_}) {
        std::size_t taken = 0;
        for (const auto& near : query.typed.front().near) {
            if (near.word + 1 >= list->starts.size()) continue;
            for (auto i = list->starts[near.word]; i < list->starts[near.word + 1] && taken < most_of_one_name;
                 ++i, ++taken)
                found.push_back(list->rows[i]);
        }
    }
}

Hit SearchIndex::score(const Query& query, std::uint32_t number) const
{
    const auto& row = rows_[number];
    auto given = query.meet(query.given, row.given, true);
    auto family = query.meet(query.family, row.family);
    auto order =
        given.level == level::not_known && family.level == level::not_known ? level::not_known : level::straight;
    if (query.joined && given.level < level::one_slip)
        if (const auto* levels = query.table.find(row.given[0]);
            levels != nullptr && (*levels)[*query.joined] >= level::one_slip)
            given = {(*levels)[*query.joined], query.typed[*query.joined].word, row.given[0]};
    if (given.level < level::one_slip || family.level < level::one_slip) {
        const auto given_there = query.meet(query.given, row.family);
        const auto family_there = query.meet(query.family, row.given);
        const auto best = std::max(given_there.level, family_there.level);
        if (best >= level::one_slip && given_there.level + family_there.level > given.level + family.level + 1) {
            given = given_there;
            family = family_there;
            if (query.is_order_known) order = level::swapped;
        }
    }
    const auto best_of = [](const std::vector<std::uint32_t>& values, std::uint32_t own, auto level_between) {
        std::uint8_t best = level::not_known;
        for (const auto value : values) best = std::max(best, level_between(value, own));
        return best;
    };
    const auto equal = [](std::uint32_t a, std::uint32_t b) {
        if (a == 0 || b == 0) return level::not_known;
        return a == b ? level::same : level::different;
    };
    const auto born = born_level(query.born, date_of(row.born));
    const auto postcode = best_of(query.postcodes, row.postcode, packed_postcode_level);
    const auto phone = best_of(query.phones, row.phone, equal);
    const auto identifier = best_of(query.identifiers, row.identifier, equal);

    const auto weight = [&](Field field, std::uint8_t level) {
        return weights_[static_cast<std::size_t>(field)][level];
    };
    const auto name_weight = [&](Field field, const WordsMet& met) {
        auto sum = weight(field, met.level);
        if (met.level <= level::different) return sum;
        const auto rarity = [&](WordId word) { return word < rarities_.size() ? rarities_[word] : 22.0F; };
        const auto rarer = (met.typed == 0 ? rarity(met.met) : std::min(rarity(met.met), rarity(met.typed))) -
                           agreement_[field == Field::given ? 0 : 1];
        sum += met.level == level::same_name ? rarer : std::clamp(0.5F * rarer, -5.0F, 5.0F);
        return sum;
    };
    auto sum = prior_ + name_weight(Field::given, given) + name_weight(Field::family, family) +
               weight(Field::order, order) + weight(Field::born, born) + weight(Field::postcode, postcode) +
               weight(Field::phone, phone) + weight(Field::identifier, identifier);
    auto pattern = pattern_with(Field::given, given.level) | pattern_with(Field::family, family.level) |
                   pattern_with(Field::order, order) | pattern_with(Field::born, born) |
                   pattern_with(Field::postcode, postcode) | pattern_with(Field::phone, phone) |
                   pattern_with(Field::identifier, identifier);
    // Somebody looks at what is found, so a name that was only misread keeps its odds here.
    if (given.level == level::different && family.level >= level::one_slip && may_be_siblings(pattern)) {
        pattern |= siblings_mark;
        sum = std::min(sum, siblings_log_odds);
    }
    return {.person = persons_[number], .row = number, .log_odds = sum, .pattern = pattern};
}

std::vector<Hit> SearchIndex::best_of(const Query& query, std::span<const std::uint32_t> rows, std::size_t most,
                                      float at_least) const
{
    std::vector<Hit> hits;
    constexpr std::size_t ahead = 12;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) __builtin_prefetch(&rows_[rows[i + ahead]]);
        const auto hit = score(query, rows[i]);
        if (hit.log_odds >= at_least && hit.person != nobody) hits.push_back(hit);
    }
    const auto better = [](const Hit& a, const Hit& b) {
        return a.log_odds != b.log_odds ? a.log_odds > b.log_odds : a.person < b.person;
    };
    // A person's rows stand together among few more than wanted: sort those that may be shown, not all.
    const auto wanted = std::min(hits.size(), most * 8);
    std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(wanted), hits.end(), better);
    std::vector<Hit> best;
    for (std::size_t i = 0; i < wanted && best.size() < most; ++i)
        if (std::ranges::find(best, hits[i].person, &Hit::person) == best.end()) best.push_back(hits[i]);
    return best;
}

std::vector<Hit> SearchIndex::search(const SourceRecord& asked, std::size_t most, float at_least,
                                     SearchFigures* figures) const
{
    const auto query = understand(asked);
    std::vector<std::uint32_t> found;
    std::size_t passed = 0;
    by_values(query, found);
    by_birth(query, found, passed);
    by_names(query, found, passed);
    by_one_name(query, found);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    for (auto row = frozen_; row < rows_.size(); ++row) found.push_back(static_cast<std::uint32_t>(row));
    if (figures != nullptr) *figures = {.passed = passed, .scored = found.size()};
    return best_of(query, found, most, at_least);
}

std::vector<Hit> SearchIndex::search_all(const SourceRecord& asked, std::size_t most, float at_least) const
{
    std::vector<std::uint32_t> all(rows_.size());
    for (std::uint32_t row = 0; row < all.size(); ++row) all[row] = row;
    return best_of(understand(asked), all, most, at_least);
}

} // namespace reachable::identity
