#include "identity/population.h"

#include "base/text.h"
#include "identity/folding.h"
#include "identity/name_words.h"
#include "identity/search_parts.h"

#include <algorithm>

namespace reachable::identity {
namespace {

std::string without_spaces(std::string text)
{
    std::erase(text, ' ');
    return text;
}

RecordedSex sex_of(std::string_view sex)
{
    if (sex == "female") return RecordedSex::female;
    if (sex == "male") return RecordedSex::male;
    return sex.empty() ? RecordedSex::unknown : RecordedSex::other;
}

template <std::size_t places>
void put(std::array<WordId, places>& into, WordId word)
{
    const auto free = std::ranges::find(into, 0U);
    if (free != into.end() && std::ranges::find(into, word) == into.end()) *free = word;
}

/// Adds the values behind the first to the list, and gives the first.
template <class Texts, class Number>
WordId first_and_more(const Texts& texts, std::vector<WordId>& more, Number number)
{
    WordId first = 0;
    for (const auto& text : texts) {
        const auto value = number(text);
        if (first == 0)
            first = value;
        else if (value != 0 && value != first && std::ranges::find(more, value) == more.end())
            more.push_back(value);
    }
    return first;
}

} // namespace

namespace {

AddressSketch sketch_of(std::span<const WordId> words)
{
    AddressSketch sketch{.words = static_cast<std::uint8_t>(std::min<std::size_t>(words.size(), 255))};
    for (const auto word : words) {
        const auto bit = std::uint64_t{1} << (word * 0x9E3779B1U >> 26U);
        sketch.hidden = static_cast<std::uint8_t>(std::min(255, sketch.hidden + ((sketch.bits & bit) != 0 ? 1 : 0)));
        sketch.bits |= bit;
    }
    return sketch;
}

} // namespace

double Frequencies::chance_of_agreement() const
{
    double sum = 0;
    for (const auto count : counts_) sum += static_cast<double>(count) * static_cast<double>(count);
    return total_ == 0 ? 0 : sum / static_cast<double>(total_) / static_cast<double>(total_);
}

WordId Population::value(std::string_view kind, std::string_view text)
{
    return text.empty() ? 0 : values_->add_value(std::string(kind) + std::string(text));
}

WordId Population::address_value(std::string_view text)
{
    const auto folded = fold(text);
    if (folded.empty()) return 0;
    if (const auto known = address_numbers_.find(folded, [&](WordId number) { return addresses_[number]; }))
        return known;
    const auto next = static_cast<std::uint32_t>(addresses_.size());
    addresses_.push_back(address_texts_.keep(folded));
    address_numbers_.add(addresses_.back(), next);
    const auto begin = static_cast<std::ptrdiff_t>(address_words_.size());
    for (const auto word : split(folded, ' ')) address_words_.push_back(values_->add_value(word));
    std::sort(address_words_.begin() + begin, address_words_.end());
    address_starts_.push_back(static_cast<std::uint32_t>(address_words_.size()));
    address_sketches_.push_back(sketch_of(std::span(address_words_).subspan(static_cast<std::size_t>(begin))));
    return next;
}

PersonName Population::name_of(const SourceName& source, bool& is_order_known)
{
    PersonName name;
    const auto words = words_of(source);
    std::string joined;
    std::size_t given_count = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto number = vocabulary_->add(words[i].word);
        if (words[i].role == NameRole::unknown) is_order_known = false;
        // Of a name given whole the last word is taken for the family's; comparing tries the other order too.
        const bool is_last = i + 1 == words.size() && i > 0;
        if (words[i].role == NameRole::family || (words[i].role == NameRole::unknown && is_last)) {
            put(name.family, number);
        } else {
            put(name.given, number);
            joined += words[i].word;
            given_count += 1;
        }
    }
    if (given_count > 1) name.joined = vocabulary_->add(joined);
    return name;
}

/// What stands beside a row, while it is gathered.
struct Population::Further {
    std::vector<PersonName> names;
    std::array<std::vector<WordId>, More::columns> values;

    std::vector<WordId>& of(Column column) { return values[static_cast<std::size_t>(column) - More::first_column]; }
    bool is_empty() const
    {
        return names.empty() && std::ranges::all_of(values, [](const auto& list) { return list.empty(); });
    }
};

More Population::keep(const Further& further)
{
    constexpr std::size_t most = 255; // nobody has more that anybody would compare
    More more;
    const auto names = std::span(further.names).first(std::min(most, further.names.size()));
    more.names_ = further_names_.keep(names).data();
    more.name_count_ = static_cast<std::uint8_t>(names.size());
    std::vector<WordId> all;
    for (std::size_t i = 0; i < More::columns; ++i) {
        const auto values = std::span(further.values[i]).first(std::min(most - all.size(), further.values[i].size()));
        all.insert(all.end(), values.begin(), values.end());
        more.starts_[i + 1] = static_cast<std::uint8_t>(all.size());
    }
    more.values_ = further_values_.keep(all).data();
    return more;
}

Row Population::row_of(const SourceRecord& record, Further& further)
{
    Row row;
    for (const auto& source : record.names) {
        const auto name = name_of(source, row.is_order_known);
        if (name == PersonName{} || name == row.name) continue;
        if (row.name == PersonName{})
            row.name = name;
        else if (std::ranges::find(further.names, name) == further.names.end())
            further.names.push_back(name);
    }
    row.postcode = first_and_more(record.postcodes, further.of(Column::postcode),
                                  [&](const auto& text) { return value("", without_spaces(fold(text))); });
    row.place = first_and_more(record.places, further.of(Column::place),
                               [&](const auto& text) { return value("", without_spaces(fold(text))); });
    row.address = first_and_more(record.addresses, further.of(Column::address),
                                 [&](const auto& text) { return address_value(text); });
    row.phone = first_and_more(record.phones, further.of(Column::phone),
                               [&](const auto& text) { return value("", digits_only(text)); });
    row.email = first_and_more(record.emails, further.of(Column::email),
                               [&](const auto& text) { return value("", to_lower_ascii(trim(text))); });
    if (!record.emails.empty()) {
        const auto lower = to_lower_ascii(trim(record.emails.front()));
        row.mailbox = value("", std::string_view(lower).substr(0, lower.find('@')));
    }
    row.identifier =
        first_and_more(record.identifiers, further.of(Column::identifier), [&](const SourceIdentifier& one) {
            const auto digits = without_spaces(fold(one.value));
            return digits.empty() ? 0 : value("", one.type + ":" + digits);
        });
    row.born = birth_date(record.born);
    row.sex = sex_of(record.sex);
    row.beside = !further.names.empty() ? Beside::names : further.is_empty() ? Beside::nothing : Beside::values;
    row.source = number_of_source(record.source);
    return row;
}

std::uint8_t Population::number_of_source(std::string_view source)
{
    constexpr std::size_t most = 256; // with the one that stands for all others
    const auto known = std::ranges::find(sources_, source);
    if (known != sources_.end()) return static_cast<std::uint8_t>(known - sources_.begin());
    if (sources_.size() == most) return 0;
    sources_.emplace_back(source);
    return static_cast<std::uint8_t>(sources_.size() - 1);
}

void Population::count(const Row& row)
{
    const auto add = [&](Column column, WordId word) { frequencies_[static_cast<std::size_t>(column)].count(word); };
    for (const auto word : row.name.given) add(Column::given, word);
    for (const auto word : row.name.family) add(Column::family, word);
    if (row.born.is_known()) add(Column::born, born_value(row.born));
    add(Column::postcode, row.postcode);
    add(Column::place, row.place);
    add(Column::address, row.address);
    add(Column::phone, row.phone);
    add(Column::email, row.email);
    add(Column::identifier, row.identifier);
}

std::uint32_t Population::add(const SourceRecord& record)
{
    const auto number = static_cast<std::uint32_t>(rows_.size());
    Further further;
    rows_.push_back(row_of(record, further));
    count(rows_.back());
    if (rows_.back().beside != Beside::nothing) {
        rows_.back().more_at = static_cast<std::uint32_t>(more_.size());
        more_.push_back(keep(further));
    }
    return number;
}

} // namespace reachable::identity
