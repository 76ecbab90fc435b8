#include "identity/country_errors.h"
#include "base/text.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace reachable::identity {
namespace {

/// Each word of a box changed by itself; blanks and hyphens stay where they were.
template <class Change>
std::string each_word(std::string_view box, Change change)
{
    std::string written;
    std::size_t from = 0;
    while (from <= box.size()) {
        const auto end = std::min(box.find_first_of(" -", from), box.size());
        written += change(box.substr(from, end - from));
        if (end < box.size()) written += box[end];
        from = end + 1;
    }
    return written;
}

std::vector<std::string_view> words_in(std::string_view box)
{
    std::vector<std::string_view> words;
    std::size_t from = 0;
    while (from < box.size()) {
        const auto end = std::min(box.find_first_of(" -", from), box.size());
        if (end > from) words.push_back(box.substr(from, end - from));
        from = end + 1;
    }
    return words;
}

std::string in_other_spelling(std::string_view word, const TraditionNames& names, Random& random)
{
    const auto* entry = names.entry(word);
    if (entry == nullptr || entry->spellings.empty()) return std::string(word);
    const auto start = random.below(entry->spellings.size() + 1);
    for (std::size_t i = 0; i <= entry->spellings.size(); ++i) {
        const auto at = (start + i) % (entry->spellings.size() + 1);
        const auto spelling = at == 0 ? entry->word : entry->spellings[at - 1];
        if (spelling != word) return std::string(spelling);
    }
    return std::string(word);
}

/// The given name that stays when only one is written: the last where it is the one used, either where "Mohammed"
/// leads.
std::string kept_given(std::string_view box, Tradition tradition, Random& random)
{
    const auto words = words_in(box);
    if (words.empty()) return std::string(box);
    if (tradition == Tradition::vietnamese) return std::string(words.back());
    if (tradition == Tradition::south_asian_muslim) return std::string(words[random.below(words.size())]);
    return std::string(words.front());
}

std::string kept_family(std::string_view box, Random& random)
{
    const auto words = words_in(box);
    if (words.size() < 2) return std::string(box);
    const auto start = random.below(words.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        if (const auto word = words[(start + i) % words.size()]; word.size() > 3) return std::string(word);
    return std::string(box); // particles alone
}

std::string whole_of(const SourceName& name, bool is_family_before)
{
    const auto& first = is_family_before ? name.family : name.given;
    const auto& second = is_family_before ? name.given : name.family;
    if (first.empty() || second.empty()) return first + second;
    return first + " " + second;
}

std::string in_capitals(const std::string& text)
{
    std::string out;
    icu::UnicodeString::fromUTF8(text).toUpper(icu::Locale::getRoot()).toUTF8String(out);
    return out;
}

void misspell(SourceName& name, Tradition tradition, const ErrorModel& errors, Random& random)
{
    const auto& names = names_of(tradition);
    const auto change = [&](std::string_view word) {
        std::string written{word};
        if (word.empty()) return written;
        if (random.chance(errors.other_spelling)) written = in_other_spelling(written, names, random);
        if (random.chance(errors.misheard)) written = misheard(written, random);
        if (random.chance(errors.typo)) written = with_typo(written, random);
        return written;
    };
    name.given = each_word(name.given, change);
    name.family = each_word(name.family, change);
    if (random.chance(errors.marks_dropped)) {
        name.given = without_marks(name.given);
        name.family = without_marks(name.family);
    }
}

void lose_parts(SourceName& name, Tradition tradition, const ErrorModel& errors, Random& random)
{
    if (random.chance(errors.middle_dropped)) name.given = kept_given(name.given, tradition, random);
    if (random.chance(errors.family_part_dropped)) name.family = kept_family(name.family, random);
    if (random.chance(errors.short_form)) {
        const auto end = std::min(name.given.find(' '), name.given.size());
        if (const auto form = short_form_of(name.given.substr(0, end), random); !form.empty())
            name.given.replace(0, end, form);
    }
}

constexpr std::array<std::string_view, 8> placeholders{"Not known", "Unknown", "Baby",   "Infant",
                                                       "Boy",       "Girl",    "Twin 1", "Not given"};

void empty_boxes(SourceName& name, const ErrorModel& errors, Random& random)
{
    if (random.chance(errors.given_placeholder))
        name.given = placeholders[random.below(placeholders.size())];
    else if (random.chance(errors.given_missing))
        name.given.clear();
    else if (random.chance(errors.family_missing))
        name.family.clear();
}

void fill_wrong_boxes(SourceName& name, bool is_family_before, const ErrorModel& errors, Random& random)
{
    if (random.chance(errors.one_box)) {
        name = {.whole = whole_of(name, is_family_before)};
    } else if (random.chance(errors.all_in_given)) {
        name = {.given = whole_of(name, is_family_before)};
    } else if (random.chance(errors.swapped_boxes)) {
        std::swap(name.given, name.family);
    }
}

void add_blanks(SourceName& name, Random& random)
{
    auto& box = !name.whole.empty() ? name.whole : (random.one_in(2) ? name.given : name.family);
    if (const auto between = box.find(' '); between != std::string::npos && random.one_in(2))
        box.insert(between, 1, ' ');
    else if (random.one_in(2))
        box.insert(0, 1, ' ');
    else
        box += ' ';
}

/// Another day with one digit changed; the same where no try gives a day of the calendar.
CivilDate with_one_digit(CivilDate born, Random& random)
{
    for (int attempt = 0; attempt < 40; ++attempt) {
        auto text = to_iso(born);
        text.replace(2, std::string::npos, with_wrong_digit(text.substr(2), random)); // the century is never wrong
        const auto changed = parse_date(text);
        if (changed && *changed != born) return *changed;
    }
    return born;
}

std::string with_postcode_typo(std::string text, Random& random)
{
    if (random.one_in(2)) return with_wrong_digit(std::move(text), random);
    text.back() = static_cast<char>('A' + (static_cast<std::size_t>(text.back() - 'A') + random.between(1, 25)) % 26);
    return text;
}

/// Former addresses as the source has them; the newest may not have reached it yet.
void write_addresses(const Inhabitant& person, SourceRecord& record, const ErrorModel& errors, Random& random)
{
    const bool is_old = person.postcodes.size() > 1 && random.chance(errors.old_address);
    const auto copy = [&](const std::vector<std::string>& from, std::vector<std::string>& to) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            const std::size_t newest = is_old && from.size() > 1 ? 1 : 0;
            if (i < newest) continue;
            if (i == newest || random.chance(errors.history_listed)) to.push_back(from[i]);
        }
    };
    if (!random.chance(errors.postcode_missing)) copy(person.postcodes, record.postcodes);
    for (auto& each : record.postcodes)
        if (random.chance(errors.postcode_typo)) each = with_postcode_typo(std::move(each), random);
    if (random.chance(errors.address_missing)) return;
    copy(person.places, record.places);
    copy(person.addresses, record.addresses);
}

std::string written_sex(Sex sex, const ErrorModel& errors, Random& random)
{
    if (random.chance(errors.sex_missing)) return {};
    const bool is_wrong = random.chance(errors.sex_wrong);
    return std::string(code_of(is_wrong == (sex == Sex::female) ? Sex::male : Sex::female));
}

std::string drawn_reference(Random& random)
{
    auto number = random.next();
    std::string text;
    for (int i = 0; i < 16; ++i, number >>= 4U) text += "0123456789abcdef"[number & 15U];
    return text;
}

} // namespace

SourceName written_name(const SourceName& name, Tradition tradition, const ErrorModel& errors, Random& random)
{
    SourceName written = name;
    const bool is_family_before = is_family_first(tradition);
    if (random.chance(errors.own_script)) {
        SourceName own{.given = in_script(tradition, name.given), .family = in_script(tradition, name.family)};
        if (!own.given.empty() && !own.family.empty()) {
            fill_wrong_boxes(own, is_family_before, errors, random);
            return own;
        }
    }
    lose_parts(written, tradition, errors, random);
    misspell(written, tradition, errors, random);
    empty_boxes(written, errors, random);
    fill_wrong_boxes(written, is_family_before, errors, random);
    if (random.chance(errors.capitals))
        for (auto* box : {&written.given, &written.family, &written.whole}) *box = in_capitals(*box);
    if (random.chance(errors.stray_blanks)) add_blanks(written, random);
    return written;
}

std::optional<PartialDate> written_date(CivilDate born, const ErrorModel& errors, Random& random)
{
    if (random.chance(errors.born_missing)) return std::nullopt;
    if (random.chance(errors.one_digit)) born = with_one_digit(born, random);
    const auto day = static_cast<unsigned>(born.day());
    const auto month = static_cast<unsigned>(born.month());
    if (random.chance(errors.day_month_swap) && day <= 12)
        born = born.year() / static_cast<int>(day) / static_cast<int>(month);
    if (random.chance(errors.year_off)) {
        const CivilDate other = born + std::chrono::years{random.one_in(2) ? 1 : -1};
        if (other.ok()) born = other;
    }
    if (random.chance(errors.first_of_january)) born = born.year() / std::chrono::January / 1;
    PartialDate date{.year = static_cast<int>(born.year()), .month = static_cast<unsigned>(born.month())};
    if (!random.chance(errors.only_month)) date.day = static_cast<unsigned>(born.day());
    return date;
}

SourceRecord write_down(const Inhabitant& person, std::string_view source, const ErrorModel& errors, Random& random)
{
    SourceRecord record{.source = std::string(source), .reference = drawn_reference(random)};
    std::vector<const SourceName*> names{&person.name};
    for (const auto& each : person.other_names) names.push_back(&each);
    if (names.size() > 1 && random.chance(errors.former_name))
        std::swap(names[0], names[random.between(1, names.size() - 1)]);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (i == 0 || random.chance(errors.other_names_listed))
            record.names.push_back(written_name(*names[i], person.tradition, errors, random));
    record.born = written_date(person.born, errors, random);
    record.sex = written_sex(person.sex, errors, random);
    write_addresses(person, record, errors, random);
    if (!random.chance(errors.phone_missing)) {
        const bool is_wrong = random.chance(errors.phone_digit);
        record.phones.push_back(is_wrong ? with_wrong_digit(person.phone, random) : person.phone);
    }
    if (!person.email.empty() && !random.chance(errors.email_missing)) record.emails.push_back(person.email);
    return record;
}

} // namespace reachable::identity
