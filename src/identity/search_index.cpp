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

/// What the lists of one box's words hold of a row: each of them beside each word of the other box, or beside none.
template <class Note>
void each_name(const SearchRow& row, bool is_given, Note note)
{
    const auto& own = is_given ? row.given : row.family;
    const auto& other = is_given ? row.family : row.given;
    for (const auto word : own)
        if (word != 0)
            for (std::size_t i = 0; i < other.size(); ++i)
                if (i == 0 || other[i] != 0) note(word, other[i]);
}

std::uint64_t name_entry(const SearchRow& row, std::uint32_t number, WordId other)
{
    return entry_of(short_hash(other), short_date(row.born), number);
}

/// What the list of its birth date holds of a row.
template <class Note>
void each_of_date(const SearchRow& row, std::uint32_t number, Note note)
{
    note(entry_of(short_hash(row.given[0]), short_hash(row.family[0]), number));
    // Whoever is asked for by a second name alone, which may be the one that everybody uses.
    if (row.given[1] == 0 && row.family[1] == 0) return;
    const auto second_of = [](const std::array<WordId, 2>& box) { return box[1] != 0 ? box[1] : box[0]; };
    note(entry_of(short_hash(second_of(row.given)), short_hash(second_of(row.family)), number));
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

void SearchIndex::note_new_texts()
{
    for (auto word = static_cast<WordId>(initials_.size()); word < vocabulary_.size(); ++word)
        initials_.push_back(word == 0 ? char{} : vocabulary_.text(word).front());
}

void SearchIndex::reserve_rows(std::size_t count)
{
    rows_.reserve(count);
    persons_.reserve(count);
}

void SearchIndex::put_row(const SearchRow& row, std::uint32_t person)
{
    // Twice the room would be hundreds of megabytes.
    if (rows_.size() == rows_.capacity()) reserve_rows(rows_.size() + std::max<std::size_t>(64, rows_.size() / 4));
    rows_.push_back(row);
    persons_.push_back(person);
    for (const auto* box : {&row.given, &row.family})
        for (const auto word : *box) note_word(word);
    for (const auto word : row.given) given_counts_.count(word);
    for (const auto word : row.family) family_counts_.count(word);
}

void SearchIndex::add(std::uint32_t person, const SourceRecord& record)
{
    CHECK(person < removed_mark && (persons_.empty() || (persons_.back() & ~removed_mark) < person),
          "the numbers of people rise");
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
    note_new_texts();
    put_row(row, person);
    for (std::size_t i = 1; i < names.size(); ++i) {
        auto alias = row;
        alias.given = names[i].given;
        alias.family = names[i].family;
        put_row(alias, person);
    }
    const auto further = std::max({record.postcodes.size(), record.phones.size(), record.identifiers.size()});
    for (std::size_t i = 1; i < further; ++i) {
        auto other = row;
        if (i < record.postcodes.size()) other.postcode = packed_postcode(record.postcodes[i]);
        if (i < record.phones.size()) other.phone = hash_of_value(digits_only(record.phones[i]));
        if (i < record.identifiers.size()) other.identifier = hash_of_identifier(record.identifiers[i]);
        put_row(other, person);
    }
}

/// The rows of a person stand together, and the numbers rise.
void SearchIndex::remove(std::uint32_t person)
{
    const auto own = [](std::uint32_t number) { return number & ~removed_mark; };
    for (auto at = std::ranges::lower_bound(persons_, person, {}, own); at != persons_.end() && *at == person; ++at) {
        rows_[static_cast<std::size_t>(at - persons_.begin())] = {};
        *at |= removed_mark;
    }
}

void SearchIndex::follow(const SearchIndex& other)
{
    // In their order they get the same numbers.
    while (vocabulary_.size() < other.vocabulary_.size()) {
        const auto next = static_cast<WordId>(vocabulary_.size());
        CHECK(vocabulary_.add(other.vocabulary_.text(next)) == next, "two indexes number their words differently");
    }
    note_new_texts();
    for (std::size_t row = 0; row < persons_.size(); ++row)
        if (persons_[row] != other.persons_[row]) {
            rows_[row] = {};
            persons_[row] = other.persons_[row];
        }
    for (auto row = persons_.size(); row < other.persons_.size(); ++row) put_row(other.rows_[row], other.persons_[row]);
    settle();
}

void SearchIndex::settle()
{
    list_new_rows();
    learn_new_words();
}

void SearchIndex::list_new_rows()
{
    for (auto place = lists_->row_count + newer_.row_count; place < rows_.size(); ++place, ++newer_.row_count) {
        const auto number = static_cast<std::uint32_t>(place);
        const auto& row = rows_[place];
        if ((persons_[place] & removed_mark) != 0) continue;
        for (const bool is_given : {true, false})
            each_name(row, is_given, [&](WordId word, WordId other) {
                (is_given ? newer_.by_given : newer_.by_family).add(word, name_entry(row, number, other));
            });
        if (row.born != 0) each_of_date(row, number, [&](std::uint64_t entry) { newer_.by_date.add(row.born, entry); });
        if (row.postcode != 0) newer_.by_postcode.add(row.postcode, number);
        if (row.phone != 0) newer_.by_phone.add(row.phone, number);
        if (row.identifier != 0) newer_.by_identifier.add(row.identifier, number);
    }
}

SearchIndex::WordList SearchIndex::word_list(bool is_given) const
{
    WordList list;
    list.starts.assign(vocabulary_.size() + 1, 0);
    for (const auto& row : rows_) each_name(row, is_given, [&](WordId word, WordId) { list.starts[word + 1] += 1; });
    for (std::size_t i = 1; i < list.starts.size(); ++i) list.starts[i] += list.starts[i - 1];
    list.entries.resize(list.starts.back());
    auto next = list.starts;
    for (std::uint32_t number = 0; number < rows_.size(); ++number)
        each_name(rows_[number], is_given, [&](WordId word, WordId other) {
            list.entries[next[word]++] = name_entry(rows_[number], number, other);
        });
    for (std::size_t word = 0; word + 1 < list.starts.size(); ++word)
        std::sort(list.entries.begin() + list.starts[word], list.entries.begin() + list.starts[word + 1]);
    return list;
}

SearchIndex::DateList SearchIndex::date_list() const
{
    DateList list;
    const auto each = [&](auto note) {
        for (std::uint32_t number = 0; number < rows_.size(); ++number)
            each_of_date(rows_[number], number, [&](std::uint64_t entry) { note(rows_[number].born, entry); });
    };
    list.starts.assign(most_dates + 1, 0);
    each([&](std::uint32_t born, std::uint64_t) { list.starts[born + 1] += 1; });
    for (std::size_t i = 1; i < list.starts.size(); ++i) list.starts[i] += list.starts[i - 1];
    list.entries.resize(list.starts.back());
    auto next = list.starts;
    each([&](std::uint32_t born, std::uint64_t entry) { list.entries[next[born]++] = entry; });
    return list;
}

void SearchIndex::build_values(Lists& lists) const
{
    for (std::size_t row = 0; row < rows_.size(); ++row) {
        add_value(lists.by_postcode, rows_[row].postcode, row);
        add_value(lists.by_phone, rows_[row].phone, row);
        add_value(lists.by_identifier, rows_[row].identifier, row);
    }
    for (auto* list : {&lists.by_postcode, &lists.by_phone, &lists.by_identifier}) {
        std::ranges::sort(*list);
        list->shrink_to_fit();
    }
}

void SearchIndex::build_commonness(Lists& lists)
{
    lists.common.assign(vocabulary_.size(), {.borne = 0, .rarity = rarest_});
    for (WordId word = 1; word < vocabulary_.size(); ++word) {
        auto& common = lists.common[word];
        common.borne = borne_by(word);
        const auto share = std::max(given_counts_.share(word), family_counts_.share(word));
        if (share > 0 && !are_names_alike_) common.rarity = std::min(rarest_, -std::log2(share));
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
    if (newer_.learnt_words == all.size()) return;
    if (all.size() - newer_.older_words > most_of_the_newest) {
        newer_.older_words = all.size();
        newer_.near_older = NearWords(vocabulary_, all);
        newer_.near_newest = {};
    } else {
        newer_.near_newest = NearWords(vocabulary_, all.subspan(newer_.older_words));
    }
    newer_.learnt_words = all.size();
}

void SearchIndex::add_new_near(std::string_view text, std::vector<NearWord>& near) const
{
    for (const auto* list : {&newer_.near_older, &newer_.near_newest}) {
        if (list->is_empty()) continue;
        for (const auto& one : list->near(vocabulary_, text, most_near, lists_->common))
            if (std::ranges::find(near, one.word, &NearWord::word) == near.end()) near.push_back(one);
    }
}

void SearchIndex::build_near(Lists& lists) const
{
    std::vector<WordId> borne;
    for (WordId word = 1; word < vocabulary_.size(); ++word)
        if (borne_by(word) > 0) borne.push_back(word);
    lists.near = NearWords(vocabulary_, borne);
    const auto common = std::max<std::size_t>(20, rows_.size() / 100'000);
    for (WordId word = 1; word < vocabulary_.size(); ++word)
        if (borne_by(word) >= common) lists.near_common.emplace(word, near_of(lists, vocabulary_.text(word)));
}

std::vector<NearWord> SearchIndex::near_of(const Lists& lists, std::string_view text) const
{
    return lists.near.near(vocabulary_, text, most_near, lists.common);
}

void SearchIndex::freeze()
{
    auto lists = std::make_shared<Lists>();
    lists->row_count = rows_.size();
    reserve_rows(rows_.size() + rows_.size() / 8); // whoever builds has time; whoever adds has others waiting
    // Each by its own thread: sorting the lists takes the longest.
    auto given = std::async(std::launch::async, [&] { return word_list(true); });
    lists->by_family = word_list(false);
    lists->by_given = given.get();
    lists->by_date = date_list();
    build_values(*lists);
    build_commonness(*lists);
    build_near(*lists);
    lists_ = std::move(lists);
    newer_ = {};
    new_words_ = {};
}

std::size_t SearchIndex::bytes() const
{
    const auto of = [](const auto& list) { return list.capacity() * sizeof(list[0]); };
    const auto& lists = *lists_;
    auto sum = of(rows_) + of(persons_) + of(initials_) + of(lists.common) + lists.near.bytes() +
               newer_.near_older.bytes() + newer_.near_newest.bytes() + vocabulary_.bytes();
    for (const auto* list : {&lists.by_given, &lists.by_family}) sum += of(list->starts) + of(list->entries);
    sum += of(lists.by_date.starts) + of(lists.by_date.entries);
    for (const auto* list : {&lists.by_postcode, &lists.by_phone, &lists.by_identifier}) sum += of(*list);
    for (const auto* list : {&newer_.by_given, &newer_.by_family, &newer_.by_date, &newer_.by_postcode,
                             &newer_.by_phone, &newer_.by_identifier})
        sum += list->bytes();
    constexpr std::size_t of_a_node = 64;
    for (const auto& [word, near] : lists.near_common) sum += of(near) + of_a_node;
    return sum;
}

} // namespace reachable::identity
