// How the index is built. Searching stands in search_query.cpp.
#include "identity/search_index.h"

#include "base/text.h"
#include "identity/folding.h"
#include "identity/name_words.h"
#include "identity/search_parts.h"

#include <algorithm>
#include <cmath>
#include <future>

namespace reachable::identity {
namespace {

constexpr std::size_t most_near = 300; // words that may be meant by one

/// A name as rows hold it: at most two words of each box.
struct ShortName {
    std::array<WordId, 2> given{};
    std::array<WordId, 2> family{};
    bool operator==(const ShortName&) const = default;
};

ShortName short_name(const SourceName& source, Vocabulary& vocabulary)
{
    ShortName name;
    const auto words = words_of(source);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool is_last = i + 1 == words.size() && i > 0;
        const bool is_family = words[i].role == NameRole::family || (words[i].role == NameRole::unknown && is_last);
        auto& box = is_family ? name.family : name.given;
        const auto number = vocabulary.add(words[i].word);
        if (const auto free = std::ranges::find(box, 0U); free != box.end()) *free = number;
    }
    return name;
}

void add_value(LargeArray<std::uint64_t>& list, std::uint32_t value, std::size_t row)
{
    if (value != 0) list.push_back(std::uint64_t{value} << 32U | row);
}

} // namespace

SearchIndex::SearchIndex(const NameClasses& classes, Model model) : vocabulary_(classes), model_(std::move(model))
{
    prior_ = static_cast<float>(std::log2(model_.prior / (1 - model_.prior)));
    for (std::size_t f = 0; f < field_count; ++f)
        for (std::size_t l = 1; l < level_count(static_cast<Field>(f)); ++l)
            weights_[f][l] = static_cast<float>(
                std::log2(std::max(model_.fields[f].m[l], 1e-7) / std::max(model_.fields[f].u[l], 1e-7)));
}

void SearchIndex::weigh_names_alike()
{
    constexpr float usual_rarity = 9; // one of five hundred
    CHECK(rows_.empty(), "what names are worth is said before any is added");
    are_names_alike_ = true;
    rarest_ = usual_rarity;
    agreement_ = {usual_rarity, usual_rarity};
}

void SearchIndex::add(std::uint32_t person, const SourceRecord& record)
{
    std::vector<ShortName> names;
    for (const auto& source : record.names) {
        const auto name = short_name(source, vocabulary_);
        if (name != ShortName{} && std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    if (names.empty()) names.emplace_back();
    SearchRow row{.given = names.front().given, .family = names.front().family, .born = born_number(record.born)};
    if (!record.postcodes.empty()) row.postcode = packed_postcode(record.postcodes.front());
    if (!record.phones.empty()) row.phone = hash_of_value(digits_only(record.phones.front()));
    if (!record.identifiers.empty()) row.identifier = hash_of_identifier(record.identifiers.front());
    for (auto word = static_cast<WordId>(initials_.size()); word < vocabulary_.size(); ++word)
        initials_.push_back(word == 0 ? char{} : vocabulary_.text(word).front());
    const auto put = [&](const SearchRow& one) {
        rows_.push_back(one);
        persons_.push_back(person);
        for (const auto* box : {&one.given, &one.family})
            for (const auto word : *box) note_word(word);
        for (const auto word : one.given) given_counts_.count(word);
        for (const auto word : one.family) family_counts_.count(word);
    };
    put(row);
    for (std::size_t i = 1; i < names.size(); ++i) {
        auto alias = row;
        alias.given = names[i].given;
        alias.family = names[i].family;
        put(alias);
    }
    const auto further = std::max({record.postcodes.size(), record.phones.size(), record.identifiers.size()});
    for (std::size_t i = 1; i < further; ++i) {
        auto other = row;
        if (i < record.postcodes.size()) other.postcode = packed_postcode(record.postcodes[i]);
        if (i < record.phones.size()) other.phone = hash_of_value(digits_only(record.phones[i]));
        if (i < record.identifiers.size()) other.identifier = hash_of_identifier(record.identifiers[i]);
        put(other);
    }
}

void SearchIndex::remove(std::uint32_t person)
{
    for (std::size_t row = 0; row < rows_.size(); ++row)
        if (persons_[row] == person) {
            rows_[row] = {};
            persons_[row] = nobody;
        }
}

SearchIndex::WordList SearchIndex::word_list(bool is_given) const
{
    WordList list;
    list.starts.assign(vocabulary_.size() + 1, 0);
    const auto each = [&](auto note) {
        for (std::uint32_t row = 0; row < rows_.size(); ++row) {
            const auto& own = is_given ? rows_[row].given : rows_[row].family;
            const auto& other = is_given ? rows_[row].family : rows_[row].given;
            for (const auto word : own)
                if (word != 0)
                    for (std::size_t i = 0; i < other.size(); ++i)
                        if (i == 0 || other[i] != 0) note(word, row, other[i]);
        }
    };
    each([&](WordId word, std::uint32_t, WordId) { list.starts[word + 1] += 1; });
    for (std::size_t i = 1; i < list.starts.size(); ++i) list.starts[i] += list.starts[i - 1];
    list.entries.resize(list.starts.back());
    auto next = list.starts;
    each([&](WordId word, std::uint32_t row, WordId other) {
        list.entries[next[word]++] = entry_of(short_hash(other), short_date(rows_[row].born), row);
    });
    for (std::size_t word = 0; word + 1 < list.starts.size(); ++word)
        std::sort(list.entries.begin() + list.starts[word], list.entries.begin() + list.starts[word + 1]);
    return list;
}

void SearchIndex::build_dates()
{
    const auto each = [&](auto note) {
        for (std::uint32_t number = 0; number < rows_.size(); ++number) {
            const auto& row = rows_[number];
            note(row.born, entry_of(short_hash(row.given[0]), short_hash(row.family[0]), number));
            // Whoever is asked for by second names alone.
            if (row.given[1] != 0 && row.family[1] != 0)
                note(row.born, entry_of(short_hash(row.given[1]), short_hash(row.family[1]), number));
        }
    };
    by_date_.starts.assign(most_dates + 1, 0);
    each([&](std::uint32_t born, std::uint64_t) { by_date_.starts[born + 1] += 1; });
    for (std::size_t i = 1; i < by_date_.starts.size(); ++i) by_date_.starts[i] += by_date_.starts[i - 1];
    by_date_.entries.resize(by_date_.starts.back());
    auto next = by_date_.starts;
    each([&](std::uint32_t born, std::uint64_t entry) { by_date_.entries[next[born]++] = entry; });
}

void SearchIndex::build_commonness()
{
    common_.assign(vocabulary_.size(), {.borne = 0, .rarity = rarest_});
    for (WordId word = 1; word < vocabulary_.size(); ++word) {
        common_[word].borne = borne_by(word);
        const auto share = std::max(given_counts_.share(word), family_counts_.share(word));
        if (share > 0 && !are_names_alike_) common_[word].rarity = std::min(rarest_, -std::log2(share));
    }
    if (are_names_alike_) return;
    const auto bits = [](const Frequencies& counts) {
        return static_cast<float>(-std::log2(std::max(counts.chance_of_agreement(), 1e-7)));
    };
    agreement_ = {bits(given_counts_), bits(family_counts_)};
}

void SearchIndex::note_word(WordId word)
{
    if (word != 0 && borne_by(word) == 0) new_words_.push_back(word);
}

void SearchIndex::learn_new_words()
{
    constexpr std::size_t most_of_the_newest = 1000;
    const std::span<const WordId> all(new_words_);
    if (learnt_words_ == all.size()) return;
    if (all.size() - older_words_ > most_of_the_newest) {
        older_words_ = all.size();
        near_older_ = NearWords(vocabulary_, all);
        near_newest_ = {};
    } else {
        near_newest_ = NearWords(vocabulary_, all.subspan(older_words_));
    }
    learnt_words_ = all.size();
}

void SearchIndex::add_new_near(std::string_view text, std::vector<NearWord>& near) const
{
    for (const auto* list : {&near_older_, &near_newest_}) {
        if (list->is_empty()) continue;
        for (const auto& one : list->near(vocabulary_, text, most_near, common_))
            if (std::ranges::find(near, one.word, &NearWord::word) == near.end()) near.push_back(one);
    }
}

void SearchIndex::build_near()
{
    std::vector<WordId> borne;
    for (WordId word = 1; word < vocabulary_.size(); ++word)
        if (borne_by(word) > 0) borne.push_back(word);
    near_ = NearWords(vocabulary_, borne);
    new_words_ = {};
    older_words_ = learnt_words_ = 0;
    near_older_ = near_newest_ = {};
    near_common_.clear();
    const auto common = std::max<std::size_t>(20, rows_.size() / 100'000);
    for (WordId word = 1; word < vocabulary_.size(); ++word)
        if (borne_by(word) >= common) near_common_.emplace(word, near_of(vocabulary_.text(word)));
}

std::vector<NearWord> SearchIndex::near_of(std::string_view text) const
{
    return near_.near(vocabulary_, text, most_near, common_);
}

void SearchIndex::freeze()
{
    // Each by its own thread: sorting the lists takes the longest.
    auto given = std::async(std::launch::async, [&] { return word_list(true); });
    by_family_ = word_list(false);
    by_given_ = given.get();
    build_dates();
    by_postcode_.clear();
    by_phone_.clear();
    by_identifier_.clear();
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        add_value(by_postcode_, rows_[row].postcode, row);
        add_value(by_phone_, rows_[row].phone, row);
        add_value(by_identifier_, rows_[row].identifier, row);
    }
    for (auto* list : {&by_postcode_, &by_phone_, &by_identifier_}) {
        std::ranges::sort(*list);
        list->shrink_to_fit();
    }
    build_commonness();
    build_near();
    frozen_ = rows_.size();
}

std::size_t SearchIndex::bytes() const
{
    const auto of = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
    auto sum = of(rows_) + of(persons_) + of(initials_) + of(common_) + near_.bytes() + near_older_.bytes() +
               near_newest_.bytes() + vocabulary_.bytes();
    sum += of(by_given_.starts) + of(by_given_.entries) + of(by_family_.starts) + of(by_family_.entries);
    sum += of(by_date_.starts) + of(by_date_.entries);
    constexpr std::size_t of_a_node = 64;
    for (const auto& [word, near] : near_common_) sum += of(near) + of_a_node;
    return sum + of(by_postcode_) + of(by_phone_) + of(by_identifier_);
}

} // namespace reachable::identity
