#include "identity/live_search.h"

#include "base/csv.h"
#include "base/text.h"
#include "identity/comparison.h"
#include "identity/name_words.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <mutex>
#include <regex>

namespace reachable::identity {
namespace {

constexpr std::size_t children_at_once = 1000;

/// With what less is known than this, a child is not shown: one rare name, or a common one with a birth date, is
/// enough.
constexpr float least_likely = -12;
/// A near miss may have half of the date and one of the names.
constexpr float least_of_near_misses = least_shown - 1;
/// Beside those wanted: many share a surname only.
constexpr std::size_t others_looked_at = 100;

/// Both names agree, and no birth date says otherwise; or one name and the birth date; or an identifier. Another first
/// name alone makes it another child, a brother or a sister perhaps.
bool may_be_the_same(Pattern pattern)
{
    if (level_of(pattern, Field::identifier) == level::same) return true;
    const auto given = level_of(pattern, Field::given);
    const auto family = level_of(pattern, Field::family);
    const auto born = level_of(pattern, Field::born);
    if (born >= level::one_digit) return given > level::different || family > level::different;
    const bool is_another_date = born == level::far_apart || born == level::years_apart;
    return std::min(given, family) >= (is_another_date ? level::one_slip : level::initial);
}

/// One name and half of the date, or both names nearly alike under another date: shown beside the others, so that a
/// clerk's slip hides nobody. A surname alone is none: that would be a list of families.
bool is_near_miss(Pattern pattern)
{
    const auto given = level_of(pattern, Field::given);
    const auto family = level_of(pattern, Field::family);
    const auto born = level_of(pattern, Field::born);
    const bool is_half_the_date = born >= level::placeholder && born <= level::same_month;
    if (is_half_the_date && std::max(given, family) >= level::short_form) return true;
    return born != level::not_known && std::min(given, family) >= level::near;
}

/// Among equals the index goes by when a record was stored last, which would tell of a change that is not shown.
bool is_before(const Likely& a, const Likely& b)
{
    return a.log_odds != b.log_odds ? a.log_odds > b.log_odds : a.child < b.child;
}

std::string number_of(const records::Contact& contact)
{
    return contact.kind == "phone" ? contact.value : std::string();
}

/// The same number of two issuers, such as two authorities, is not the same identifier.
std::string type_of(const records::Identifier& identifier)
{
    return to_lower_ascii(identifier.issuer.empty() ? identifier.type : identifier.type + " " + identifier.issuer);
}

/// "12 34x" and "1234X" are one number.
std::string plain(std::string_view value)
{
    auto text = to_lower_ascii(value);
    std::erase_if(text, [](unsigned char c) { return std::isalnum(c) == 0; });
    return text;
}

SourceName name_of(const records::Name& name)
{
    if (name.given.empty() || name.family.empty()) return {.given = {}, .family = {}, .whole = name.as_given};
    return {.given = join(name.given, " "), .family = join(name.family, " "), .whole = {}};
}

} // namespace

LiveSearch::LiveSearch(std::string data_folder, std::filesystem::path kept_in, std::size_t most_built_at_once)
    : data_folder_(std::move(data_folder)), kept_in_(std::move(kept_in)), most_built_at_once_(most_built_at_once)
{
}

void LiveSearch::read_classes()
{
    const auto path = data_folder_ + "/identity/names.csv";
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.empty()) throw std::runtime_error(path + " is missing or empty: names cannot be compared without it");
    auto read = NameClasses::read(text);
    if (!read) throw std::runtime_error(path + ": " + sentences(read.error()));
    read_common_names();
    classes_ = std::make_unique<NameClasses>(*std::move(read));
    classes_hash_ = sha256(as_bytes(text));
}

void LiveSearch::begin_empty()
{
    index_ = std::make_unique<SearchIndex>(*classes_, usual_model());
    index_->weigh_names_alike();
    numbers_ = {};
    position_ = {};
}

void LiveSearch::read_common_names()
{
    const auto table = read_csv_file(data_folder_ + "/identity/common_names.csv");
    if (!table || !table->require({"kind", "name"}))
        throw std::runtime_error("identity/common_names.csv cannot be read: " +
                                 (table ? std::string("it needs kind and name") : sentences(table.error())));
    for (const auto& row : table->rows)
        for (auto& key : records::keys_of(table->cell(row, "name")))
            (table->cell(row, "kind") == "family" ? common_family_ : common_given_).insert(std::move(key));
}

void LiveSearch::take_in(const records::Child& child)
{
    const auto number = static_cast<std::uint32_t>(numbers_.size());
    if (const auto older = numbers_.give_next(child.id)) index_->remove(*older);
    index_->add(number, described_by(child));
    ++taken_in_since_;
}

std::size_t LiveSearch::catch_up(storage::Database& database)
{
    begin(database);
    std::size_t count = 0;
    for (bool is_all = false; !is_all;) {
        records::ChangePosition from;
        {
            const std::shared_lock lock(mutex_);
            from = position_;
        }
        std::vector<records::Changed> changed;
        database.read([&](storage::Transaction& transaction) {
            changed = records::changed_since(transaction, records::RecordKind::child, from, children_at_once);
        });
        is_all = changed.size() < children_at_once;
        if (changed.empty() && is_settled_) break; // so that searches wait for nobody while nothing changes
        const std::unique_lock lock(mutex_);
        if (from != position_) { // somebody else took them in meanwhile
            is_all = false;
            continue;
        }
        for (const auto& one : changed) {
            const auto child = records::child_from(one.document);
            CHECK(child.has_value(), "a stored record cannot be read");
            take_in(*child);
            position_ = one.position;
            ++count;
            is_settled_ = false;
        }
        if (is_all)
            settle();
        else if (index_->is_frozen() && !is_backlog())
            index_->list_new_rows(); // somebody may search before the rest is taken in
    }
    return count;
}

/// Once a tenth of all came later: the lists that grow are not as fast as those that are built.
bool LiveSearch::is_time_to_build() const
{
    return taken_in_since_ > 200 && taken_in_since_ * 10 > numbers_.size();
}

/// So many came since that their lists would be slower than waiting for those that are built.
bool LiveSearch::is_backlog() const
{
    return taken_in_since_ * 2 > numbers_.size();
}

/// All that there is was taken in: so that the newest is found as well as the rest.
void LiveSearch::settle()
{
    const bool can_wait = index_->is_frozen() && numbers_.size() > most_built_at_once_ && !is_backlog();
    if (is_time_to_build() && !can_wait) {
        index_->freeze();
        taken_in_since_ = 0;
        times_built_ += 1;
        is_worth_keeping_ = true;
    } else {
        index_->settle();
    }
    is_settled_ = true;
}

/// Who takes a place. Asks once about each child.
class LiveSearch::Places {
  public:
    explicit Places(const WithoutPlace& ask) : ask_(ask) {}

    void look_at(std::span<const Likely> all)
    {
        std::vector<ChildId> fresh;
        for (const auto& one : all)
            if (looked_at_.insert(one.child).second) fresh.push_back(one.child);
        if (!fresh.empty()) without_.merge(ask_(fresh));
    }
    bool has_place(const Likely& one) const { return !without_.contains(one.child); }
    std::size_t without_place(std::span<const Likely> all) const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(all, [this](const Likely& one) { return !has_place(one); }));
    }
    /// Keeps `most` of those who take a place, and those who take none and stand before the next.
    void keep(std::vector<Likely>& all, std::size_t most)
    {
        if (all.size() <= most) return;
        look_at(all);
        std::size_t counted = 0;
        const auto beyond =
            std::ranges::find_if(all, [&](const Likely& one) { return has_place(one) && ++counted > most; });
        all.erase(beyond, all.end());
    }

  private:
    const WithoutPlace& ask_;
    std::set<ChildId> looked_at_;
    std::set<ChildId> without_;
};

std::set<ChildId> LiveSearch::everybody_takes_place(std::span<const ChildId> /*children*/)
{
    return {};
}

/// All that the index gives, whether it may be the same child or not; without the reasons.
std::vector<Likely> LiveSearch::best(const SourceRecord& asked, std::size_t most, float at_least) const
{
    const std::shared_lock lock(mutex_);
    std::vector<Likely> found;
    if (index_ == nullptr) return found;
    for (const auto& hit : index_->search(asked, most, at_least))
        found.push_back(
            {.child = numbers_.child(hit.person), .log_odds = hit.log_odds, .reasons = {}, .pattern = hit.pattern});
    return found;
}

/// Wider, until `most` are found that take a place, or all there are.
std::vector<Likely> LiveSearch::best_beside(const SourceRecord& asked, std::size_t most, float at_least,
                                            Places& places) const
{
    for (auto sought = most;;) {
        auto all = best(asked, sought, at_least);
        const bool is_all = all.size() < sought;
        if (!is_all) places.look_at(all);
        const auto without = places.without_place(all);
        if (is_all || all.size() - without >= most) {
            places.keep(all, most);
            return all;
        }
        sought = most + 2 * without;
    }
}

namespace {

void add_reasons(std::vector<Likely>& found)
{
    for (auto& one : found) one.reasons = reasons_in(one.pattern);
    std::ranges::sort(found, is_before);
}

} // namespace

std::vector<Likely> LiveSearch::find(const SourceRecord& asked, std::size_t most, NearMisses near_misses,
                                     const WithoutPlace& without_place) const
{
    Places places(without_place);
    const bool is_with_near = near_misses == NearMisses::too;
    std::vector<Likely> found;
    std::vector<Likely> near;
    for (auto& one :
         best_beside(asked, most + others_looked_at, is_with_near ? least_of_near_misses : least_likely, places)) {
        one.is_near_miss = one.log_odds < least_likely || !may_be_the_same(one.pattern);
        if (!one.is_near_miss)
            found.push_back(std::move(one));
        else if (is_with_near && is_near_miss(one.pattern))
            near.push_back(std::move(one));
    }
    for (auto* list : {&found, &near}) {
        places.keep(*list, most);
        add_reasons(*list);
    }
    std::ranges::move(near, std::back_inserter(found));
    return found;
}

std::vector<Likely> LiveSearch::find_beside(const SourceRecord& asked, std::size_t most, float at_least,
                                            const WithoutPlace& without_place) const
{
    Places places(without_place);
    auto found = best_beside(asked, most + others_looked_at, at_least, places);
    std::erase_if(found, [](const Likely& one) { return !may_be_the_same(one.pattern); });
    places.keep(found, most);
    add_reasons(found);
    return found;
}

std::string LiveSearch::how_common(const SourceRecord& asked) const
{
    const std::shared_lock lock(mutex_);
    bool is_given = false;
    bool is_family = false;
    for (const auto& name : asked.names)
        for (const auto& key : records::keys_of(name.whole.empty() ? name.given + " " + name.family : name.whole)) {
            is_given = is_given || common_given_.contains(key);
            is_family = is_family || common_family_.contains(key);
        }
    if (is_given && is_family) return "Many children bear these names. The names alone do not tell who it is.";
    if (is_given) return "Many children bear this first name.";
    if (is_family) return "Many children bear this surname.";
    return {};
}

Compared LiveSearch::compare(const records::Child& one, const records::Child& other)
{
    const std::unique_lock lock(mutex_);
    if (classes_ == nullptr) read_classes();
    Population population(*classes_);
    const auto said_of_one = described_by(one);
    const auto said_of_other = described_by(other);
    population.add(said_of_one);
    population.add(said_of_other);
    const auto pattern = Comparer(population).compare(0, 1).pattern;
    Compared compared{
        .guards = {.may_be_siblings = (pattern & siblings_mark) != 0,
                   .has_contradictory_identifiers = has_contradictory_identifiers(said_of_one, said_of_other)}};
    constexpr std::string_view but = "but ";
    for (auto& reason : reasons_in(pattern))
        reason.starts_with(but) ? compared.against.push_back(reason.substr(but.size()))
                                : compared.in_favour.push_back(std::move(reason));
    return compared;
}

bool has_contradictory_identifiers(const SourceRecord& one, const SourceRecord& other)
{
    std::map<std::string, bool> agrees; // by the types that both have
    for (const auto& ours : one.identifiers)
        for (const auto& theirs : other.identifiers)
            if (ours.type == theirs.type) agrees[ours.type] |= plain(ours.value) == plain(theirs.value);
    return std::ranges::any_of(agrees, [](const auto& type) { return !type.second; });
}

SourceRecord described_by(const records::Child& child)
{
    SourceRecord record;
    for (const auto& name : child.names)
        if (records::is_known(name)) record.names.push_back(name_of(name));
    if (!child.likes_to_be_called.empty()) {
        SourceName called{.given = child.likes_to_be_called, .family = {}, .whole = {}};
        if (!child.names.empty()) called.family = join(child.names.front().family, " ");
        record.names.push_back(std::move(called));
    }
    record.born = child.born;
    for (const auto& address : child.addresses)
        if (!address.postcode.empty()) record.postcodes.push_back(address.postcode);
    for (const auto& contact : child.contacts)
        if (auto number = number_of(contact); !number.empty()) record.phones.push_back(std::move(number));
    for (const auto& identifier : child.identifiers)
        record.identifiers.push_back({.type = type_of(identifier), .value = identifier.value});
    return record;
}

bool says_enough(const SourceRecord& asked)
{
    std::size_t words = 0;
    for (const auto& name : asked.names) words += words_of(name).size();
    return !asked.identifiers.empty() || words > 1 || (words == 1 && asked.born);
}

SourceRecord described_by(std::string_view full_name, const std::optional<PartialDate>& born)
{
    SourceRecord record;
    if (records::is_known(records::read_name(full_name)))
        record.names.push_back({.given = {}, .family = {}, .whole = std::string(full_name)});
    record.born = born;
    return record;
}

void add_place(SourceRecord& asked, std::string_view text)
{
    static const std::regex postcode(R"(\b([A-Za-z]{1,2}[0-9][0-9A-Za-z]?) *([0-9][A-Za-z]{2})\b)");
    std::string rest(text);
    if (std::smatch found; std::regex_search(rest, found, postcode)) {
        asked.postcodes.push_back(found[1].str() + " " + found[2].str());
        rest = found.prefix().str() + found.suffix().str();
    }
    if (!records::keys_of(rest).empty()) asked.addresses.push_back(std::move(rest));
}

} // namespace reachable::identity
