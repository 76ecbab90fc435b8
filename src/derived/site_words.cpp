// What stands in a field, in words: codes by their label, times on London's clocks, organisations by their name.
#include "base/text.h"
#include "clocks/london.h"
#include "derived/site.h"

namespace reachable::derived {
namespace {

using casework::Field;
using casework::Kind;

constexpr const char* nothing_there = "Not recorded";

/// A team whose name tells no more than who works there. An office of an authority or a charity may be the home in
/// which the child lives, and where a child lives is held more closely (limit L3 of the policy).
bool may_be_named(storage::Transaction& transaction, const accounts::Team& team)
{
    const auto agency = accounts::find_agency(transaction, team.agency);
    const bool is_police = agency && agency->kind == accounts::AgencyKind::police_force;
    return is_police || team.kind == "duty-desk";
}

/// An organisation or a team by its name; of anything else the beginning of the reference: people and cases are named
/// where they are looked at.
std::string name_of_reference(const Desk& desk, const std::string& text)
{
    auto words = "Reference " + text.substr(0, 8);
    const auto agency_id = AgencyId::parse(text);
    const auto team_id = TeamId::parse(text);
    if (!agency_id || !team_id) return words;
    desk.database.read([&](storage::Transaction& transaction) {
        if (const auto agency = accounts::find_agency(transaction, *agency_id)) words = agency->name;
        const auto team = accounts::find_team(transaction, *team_id);
        if (team && may_be_named(transaction, *team)) words = team->name;
    });
    return words;
}

std::string people_in_words(const Json& json)
{
    std::vector<std::string> named;
    if (const auto people = records::Fact<std::vector<records::NamedPerson>>::read(json))
        for (const auto& person : *people) named.push_back(records::in_words(person));
    return named.empty() ? nothing_there : join(named, "; ");
}

std::string list_in_words(const Desk& desk, const Field& field, const Json& json)
{
    std::vector<std::string> labels;
    for (const auto& item : *json.items()) labels.emplace_back(desk.lists.label_of(field.codes, *item.text()));
    return labels.empty() ? nothing_there : join(labels, "; ");
}

} // namespace

std::string words_of(const Desk& desk, const Field& field, const void* facts)
{
    const auto json = field.write(facts);
    if (field.kind == Kind::people) return people_in_words(json);
    if (json.items() != nullptr) return list_in_words(desk, field, json);
    if (json.boolean() != nullptr) return *json.boolean() ? "Yes" : "No";
    // A number that nobody gave is kept as nought: no child was found nought kilometres from home by that.
    if (json.integer() != nullptr) return field.is_empty(facts) ? nothing_there : std::to_string(*json.integer());
    if (json.text() == nullptr || json.text()->empty()) return nothing_there;
    if (field.kind == Kind::time)
        if (const auto time = parse_utc(*json.text())) return clocks::wall_date_time(*time);
    if (field.kind == Kind::day || field.kind == Kind::partial_day)
        if (const auto date = parse_partial_date(*json.text())) return clocks::day_words(*date);
    if (field.kind == Kind::answer_state)
        if (const auto state = records::answer_state_from(*json.text())) return std::string(records::words_for(*state));
    if (field.kind == Kind::reference) return name_of_reference(desk, *json.text());
    return field.codes.empty() ? *json.text() : std::string(desk.lists.label_of(field.codes, *json.text()));
}

} // namespace reachable::derived
