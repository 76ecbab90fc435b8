// How the lists lead to rows. Values and birth dates lead to few rows. Names lead to many: the words that may be meant
// are taken by what they add at most, and no list, entry or row is looked at that cannot come among the best any more.
#include "identity/search_query.h"

#include <algorithm>

namespace reachable::identity {
namespace {

constexpr std::size_t most_passed = 3'000'000; // entries of lists in one search
constexpr std::size_t most_scored = 60'000;    // rows fetched in one search
constexpr std::size_t most_of_one_value = 2'000;
constexpr std::size_t most_of_one_name = 20'000;
/// A list of so many entries is walked; two that are longer are looked up for the pairs they share.
constexpr std::size_t short_list = 1'024;
/// A run of so many people of one name is looked up by dates before it is walked.
constexpr std::size_t short_run = 4'096;

std::span<const std::uint64_t> run_of(std::span<const std::uint64_t> list, std::uint16_t upper)
{
    const auto begin = std::ranges::lower_bound(list, entry_of(upper, 0, 0));
    const auto end = upper == 0xFFFFU
                         ? list.end()
                         : std::lower_bound(begin, list.end(), entry_of(static_cast<std::uint16_t>(upper + 1), 0, 0));
    return {begin, end};
}

/// Entries of a run, all of one name, from one short date to another.
std::span<const std::uint64_t> dates_of(std::span<const std::uint64_t> run, std::uint32_t from, std::uint32_t to)
{
    if (run.empty() || from > to || to >= other_date) return {};
    const auto name = upper_of(run.front());
    const auto begin = std::ranges::lower_bound(run, entry_of(name, static_cast<std::uint16_t>(from), 0));
    const auto end = std::lower_bound(begin, run.end(), entry_of(name, static_cast<std::uint16_t>(to + 1), 0));
    return {begin, end};
}

std::uint32_t date_number(int year, int month, int day)
{
    if (year < 0 || month < 0 || month > 12 || day < 0 || day > 31) return 0;
    return born_value({.year = static_cast<std::uint16_t>(year),
                       .month = static_cast<std::uint8_t>(month),
                       .day = static_cast<std::uint8_t>(day)});
}

/// Dates that one slip or an unknown day makes of this one, but not itself; each once.
std::vector<std::uint32_t> vague_dates(const BirthDate& born)
{
    std::vector<std::uint32_t> dates;
    const auto add = [&](int year, int month, int day) {
        if (const auto one = date_number(year, month, day); one != 0) dates.push_back(one);
    };
    for (int day = 0; day <= 31; ++day) add(born.year, born.month, day);
    for (const int years : {-10, -2, -1, 1, 2, 10}) add(born.year + years, born.month, born.day);
    for (int month = 1; month <= 12 && born.day != 0; ++month) add(born.year, month, born.day);
    add(born.year, 1, 1);
    add(born.year, 0, 0);
    if (born.month == 0)
        for (int month = 1; month <= 12; ++month)
            for (int day = 0; day <= 31; ++day) add(born.year, month, day);
    std::ranges::sort(dates);
    const auto again = std::ranges::unique(dates);
    dates.erase(again.begin(), again.end());
    return dates;
}

/// Of the date itself and with day and month exchanged everybody is looked at whose names may fit. `is_wide`: also of
/// the dates that one slip or an unknown day makes of it.
std::vector<std::uint32_t> dates_to_walk(const BirthDate& born, bool is_wide)
{
    std::vector<std::uint32_t> dates;
    if (is_wide) dates = vague_dates(born);
    dates.push_back(born_value(born));
    if (born.day != 0 && born.day <= 12 && born.day != born.month)
        dates.push_back(date_number(born.year, born.day, born.month));
    std::erase(dates, 0U);
    std::ranges::sort(dates);
    const auto again = std::ranges::unique(dates);
    dates.erase(again.begin(), again.end());
    return dates;
}

} // namespace

void SearchIndex::take(Search& search, std::uint32_t row) const
{
    auto& place = search.coming[search.coming_count++ % search.coming.size()];
    __builtin_prefetch(&rows_[row]);
    __builtin_prefetch(&persons_[row]);
    if (search.coming_count > search.coming.size()) {
        const auto hit = score(search.query, place);
        if ((hit.person & removed_mark) == 0) search.best.offer(hit);
    }
    place = row;
    search.figures.scored += 1;
}

void SearchIndex::finish(Search& search) const
{
    const auto left = std::min(search.coming_count, search.coming.size());
    for (std::size_t i = 0; i < left; ++i)
        if (const auto hit = score(search.query, search.coming[i]); (hit.person & removed_mark) == 0)
            search.best.offer(hit);
    search.coming_count = 0;
}

/// An entry whose names add so much at most, all but the birth date counted in.
void SearchIndex::consider(Search& search, std::uint64_t entry, float names) const
{
    auto& query = search.query;
    auto odds = names;
    if (query.born.is_known()) {
        const auto date = lower_of(entry);
        odds += date == other_date ? query.most_of_born_elsewhere : query.born_elsewhere[query.level_of_date(date)];
    }
    if (!search.best.is_hopeless(odds)) take(search, row_of(entry));
}

void SearchIndex::by_values(Search& search) const
{
    const auto look_up = [&](const ValueList& list, const GrowingLists& newer, std::uint32_t value) {
        auto at = std::ranges::lower_bound(list, std::uint64_t{value} << 32U);
        std::size_t count = 0;
        for (; at != list.end() && *at >> 32U == value && count < most_of_one_value; ++at, ++count)
            take(search, row_of(*at));
        for (const auto entry : newer.of(value))
            if (count++ < most_of_one_value) take(search, row_of(entry));
    };
    for (const auto value : search.query.postcodes) look_up(lists_->by_postcode, newer_.by_postcode, value);
    for (const auto value : search.query.phones) look_up(lists_->by_phone, newer_.by_phone, value);
    for (const auto value : search.query.identifiers) look_up(lists_->by_identifier, newer_.by_identifier, value);
}

void SearchIndex::by_date(Search& search, std::uint32_t date) const
{
    const auto& given = search.query.sought_given.hashes;
    const auto& family = search.query.sought_family.hashes;
    for (const auto list : {lists_->by_date.of(date), newer_.by_date.of(date)}) {
        for (const auto entry : list) {
            const auto one = upper_of(entry);
            const auto other = lower_of(entry);
            if (given.test(one) || family.test(other) || given.test(other) || family.test(one))
                take(search, row_of(entry));
        }
        search.figures.passed += list.size();
    }
}

void SearchIndex::by_birth(Search& search) const
{
    for (const auto date : search.query.dates) by_date(search, date);
}

/// Lists of words that few people bear are walked for whoever bears one of the others too.
template <class List>
void SearchIndex::by_short_lists(Search& search, const List& list, const Sought& sought, const Sought& others,
                                 float rest) const
{
    constexpr std::size_t ahead = 4;
    constexpr bool is_built = std::is_same_v<List, WordList>; // else a list of any length is walked
    const auto& query = search.query;
    for (std::size_t i = 0; i < sought.words.size(); ++i) {
        const auto& one = sought.words[i];
        if (search.best.is_hopeless(rest + query.most_of_born_elsewhere + one.most + others.most())) return;
        // Whether a row is new depends on how many others there are, so nothing that those cost is held against it.
        if (is_built && (search.figures.passed > most_passed || search.figures.scored > most_scored)) return;
        if constexpr (is_built) {
            if (i + 2 * ahead < sought.words.size()) list.fetch_start(sought.words[i + 2 * ahead].word);
            if (i + ahead < sought.words.size()) list.fetch_list(sought.words[i + ahead].word);
        }
        const auto entries = list.of(one.word);
        if (is_built && entries.size() > short_list) continue;
        for (const auto entry : entries)
            if (const auto hash = upper_of(entry); others.hashes.test(hash))
                consider(search, entry, rest + one.most + others.most_of(hash));
        if (is_built) search.figures.passed += entries.size();
    }
}

/// Where many people bear either name, those who bear both stand together in the shorter of the lists.
void SearchIndex::by_long_lists(Search& search, const WordList& of_given, const WordList& of_family, float rest) const
{
    struct Long {
        std::span<const std::uint64_t> entries;
        WordId word = 0;
        float most = 0;
    };
    const auto gather = [](const WordList& list, const Sought& sought) {
        std::vector<Long> found;
        for (const auto& one : sought.words)
            if (const auto entries = list.of(one.word); entries.size() > short_list)
                found.push_back({entries, one.word, one.most});
        return found;
    };
    const auto given = gather(of_given, search.query.sought_given);
    const auto family = gather(of_family, search.query.sought_family);
    const auto born = search.query.most_of_born_elsewhere;
    for (const auto& one : given)
        for (const auto& other : family) {
            const auto names = rest + one.most + other.most;
            if (search.best.is_hopeless(names + born)) break;
            if (search.figures.passed > most_passed || search.figures.scored > most_scored) return;
            const bool is_given_shorter = one.entries.size() < other.entries.size();
            by_pair(search,
                    is_given_shorter ? run_of(one.entries, short_hash(other.word))
                                     : run_of(other.entries, short_hash(one.word)),
                    names);
        }
}

/// People of one name. `names`: the odds that it gives, all but the birth date counted in.
void SearchIndex::by_pair(Search& search, std::span<const std::uint64_t> run, float names) const
{
    auto& query = search.query;
    const auto walk = [&](std::span<const std::uint64_t> entries, float most) {
        std::size_t walked = 0;
        for (; walked < entries.size() && !search.best.is_hopeless(names + most); ++walked) {
            consider(search, entries[walked], names);
            if (search.figures.scored > most_scored) break;
        }
        search.figures.passed += walked;
    };
    if (!query.born.is_known()) return walk(run, 0);
    if (run.size() <= short_run) return walk(run, query.most_of_born_elsewhere);
    const auto most = query.most_of_born_elsewhere;
    walk(dates_of(run, 0, 0), 0);
    const auto year = date_number(query.born.year, 0, 0);
    if (short_date(year) != 0 && short_date(year) != other_date) {
        const std::uint32_t first = short_date(year);
        constexpr std::uint32_t of_a_year = 13 * 32;
        walk(dates_of(run, first, first + of_a_year - 1), most);
        const auto own = std::uint32_t{short_date(born_value(query.born))};
        const auto in_year = own - first;
        for (auto date = in_year + 1; date + of_a_year < other_date && !search.best.is_hopeless(names + most);
             date += of_a_year)
            if (date != own) walk(dates_of(run, date, date), most);
    }
    walk(run, std::max(weight(Field::born, level::far_apart), weight(Field::born, level::years_apart)));
}

void SearchIndex::by_names(Search& search) const
{
    const auto& query = search.query;
    if (query.sought_given.is_empty() || query.sought_family.is_empty()) return;
    const auto straight = query.rest_elsewhere + weight(Field::order, level::straight);
    const auto swapped = query.rest_elsewhere +
                         weight(Field::order, query.is_order_known ? level::swapped : level::straight) - other_middle;
    const auto& given = lists_->by_given;
    const auto& family = lists_->by_family;
    by_long_lists(search, given, family, straight);
    by_short_lists(search, given, query.sought_given, query.sought_family, straight);
    by_short_lists(search, family, query.sought_family, query.sought_given, straight);
    by_newer_names(search, straight, swapped);
    by_long_lists(search, family, given, swapped);
    by_short_lists(search, family, query.sought_given, query.sought_family, swapped);
    by_short_lists(search, given, query.sought_family, query.sought_given, swapped);
}

/// A list of theirs leads to whoever bears a word of either box, so those of one box are enough.
void SearchIndex::by_newer_names(Search& search, float straight, float swapped) const
{
    const auto& query = search.query;
    by_short_lists(search, newer_.by_family, query.sought_family, query.sought_given, straight);
    by_short_lists(search, newer_.by_given, query.sought_family, query.sought_given, swapped);
}

/// Whoever bears one of these words, in either box.
void SearchIndex::by_lists_of(Search& search, const Sought& sought, float rest) const
{
    const auto& query = search.query;
    rest += query.rest_elsewhere +
            std::max({0.0F, weight(Field::order, level::straight), weight(Field::order, level::swapped)});
    const auto walk = [&](const auto& list) {
        std::size_t passed = 0;
        for (const auto& one : sought.words)
            for (const auto entry : list.of(one.word)) {
                if (passed == most_of_one_name ||
                    search.best.is_hopeless(rest + query.most_of_born_elsewhere + one.most))
                    break;
                consider(search, entry, rest + one.most);
                passed += 1;
            }
        search.figures.passed += passed;
    };
    walk(lists_->by_given);
    walk(lists_->by_family);
    walk(newer_.by_given);
    walk(newer_.by_family);
}

void SearchIndex::by_one_name(Search& search) const
{
    const auto& query = search.query;
    if (query.has_both() || query.typed.empty()) return;
    by_lists_of(search, query.given.empty() ? query.sought_family : query.sought_given, 0);
}

/// "J Okafor": the name leads to all who bear it, and the letter tells them apart.
void SearchIndex::by_an_initial(Search& search) const
{
    const auto* sought = search.query.beside_an_initial();
    if (sought == nullptr) return;
    const auto of = [&](Field field) { return std::max(weight(field, level::initial), weight(field, level::shared)); };
    const auto middle = search.query.given.size() > 1 ? most_of_a_middle_name : 0;
    by_lists_of(search, *sought, std::max(of(Field::given), of(Field::family)) + middle);
}

std::vector<Hit> SearchIndex::search(const SourceRecord& asked, std::size_t most, float at_least,
                                     SearchFigures* figures) const
{
    auto query = understand(asked);
    if (query.is_empty()) return {};
    // Where both names are given they lead to all other dates, but not to whoever has one of them and half of the date.
    const bool is_wide = !query.has_both() || at_least < least_shown;
    if (query.born.is_known() && !query.typed.empty()) query.dates = dates_to_walk(query.born, is_wide);
    Search search{.query = query, .best = BestHits(most, at_least), .figures = {}};
    by_values(search);
    by_birth(search);
    finish(search);
    by_names(search);
    by_one_name(search);
    by_an_initial(search);
    finish(search);
    if (figures != nullptr) *figures = search.figures;
    return search.best.taken();
}

std::vector<Hit> SearchIndex::search_all(const SourceRecord& asked, std::size_t most, float at_least) const
{
    auto query = understand(asked);
    Search search{.query = query, .best = BestHits(most, at_least), .figures = {}};
    for (std::uint32_t row = 0; row < rows_.size(); ++row) take(search, row);
    finish(search);
    return search.best.taken();
}

} // namespace reachable::identity
