#include "records/child_index.h"
#include "records/versions.h"

#include <algorithm>
#include <map>
#include <set>

namespace reachable::records {
namespace {

using storage::Transaction;
using storage::Values;

/// How many children one clue may bring up for a closer look. Those found by two clues are found by either.
constexpr std::size_t most_looked_at = 200;

using Found = std::map<ChildId, Child>;

std::set<std::string> parts_of(const Child& child)
{
    std::set<std::string> parts;
    for (const auto& name : child.names)
        for (auto& key : part_keys(name)) parts.insert(std::move(key));
    return parts;
}

std::set<std::string> wholes_of(const Child& child)
{
    std::set<std::string> wholes;
    for (const auto& name : child.names) wholes.insert(whole_name_row(name));
    wholes.erase("");
    return wholes;
}

std::size_t shared(const std::set<std::string>& a, const std::set<std::string>& b)
{
    return static_cast<std::size_t>(std::ranges::count_if(a, [&](const std::string& key) { return b.contains(key); }));
}

bool share_one(const std::set<std::string>& a, const std::set<std::string>& b)
{
    return std::any_of(a.begin(), a.end(), [&](const std::string& key) { return b.contains(key); });
}

/// "$2, $3, $4" for three values from the second on.
std::string placeholders(std::size_t first, std::size_t count)
{
    std::string text;
    for (std::size_t i = first; i < first + count; ++i) text += (text.empty() ? "$" : ", $") + std::to_string(i);
    return text;
}

/// Adds the children that `clue`, a condition on the id `r.id`, brings up.
void look_up(Transaction& transaction, const std::string& clue, const Values& values, Found& found)
{
    const auto sql = "select r.version, r.document from records r where r.kind = 'child' and r.id in (" + clue + ")";
    for (const auto& row : transaction.query(sql, values)) {
        auto child = stored_in<Child>(row, child_from).record;
        const auto id = child.id;
        found.emplace(id, std::move(child));
    }
}

std::string at_most(std::string clue)
{
    return clue + " limit " + std::to_string(most_looked_at);
}

Found look_for(Transaction& transaction, const Child& described)
{
    Found found;
    for (const auto& identifier : described.identifiers)
        look_up(transaction, at_most("select child from child_identifiers where key = $1"),
                {identifier_row(identifier)}, found);
    for (const auto& whole : wholes_of(described))
        look_up(transaction, at_most("select child from child_names where key = $1"), {whole}, found);
    const auto day = birth_row(described.born);
    const auto parts = parts_of(described);
    // A middle name left out, or a second surname: two names of a person are seldom another's by chance.
    if (parts.size() >= 2)
        look_up(transaction,
                at_most("select child from child_names where key in (" + placeholders(1, parts.size()) +
                        ") group by child having count(*) >= 2"),
                Values(parts.begin(), parts.end()), found);
    if (!day || parts.empty()) return found;
    Values values{*day};
    values.insert(values.end(), parts.begin(), parts.end());
    look_up(transaction,
            at_most("select b.child from child_births b where b.day = $1 and exists (select 1 from child_names n "
                    "where n.child = b.child and n.key in (" +
                    placeholders(2, parts.size()) + "))"),
            values, found);
    return found;
}

/// The same number of two issuers, such as two authorities, is not the same identifier.
bool is_same(const Identifier& a, const Identifier& b)
{
    const auto row = identifier_row(a);
    if (row.empty() || row != identifier_row(b)) return false;
    return a.issuer.empty() || b.issuer.empty() || keys_of(a.issuer) == keys_of(b.issuer);
}

struct Likeness {
    int strength = 0; // for the order only; never shown (R-A-02)
    std::vector<std::string> reasons;
};

Likeness likeness(const Child& described, const Child& child)
{
    Likeness like;
    for (const auto& identifier : described.identifiers)
        for (const auto& other : child.identifiers)
            if (is_same(identifier, other)) {
                like.reasons.push_back("same " + identifier.type + " identifier");
                like.strength += 4;
            }
    const bool has_same_name = share_one(wholes_of(described), wholes_of(child));
    const auto day = birth_row(described.born);
    const bool has_same_birth = day && day == birth_row(child.born);
    const auto in_common = shared(parts_of(described), parts_of(child));
    const bool shares_a_part = in_common > 0;
    if (!has_same_name && in_common < 2 && !(has_same_birth && shares_a_part) && like.reasons.empty()) return {};
    if (has_same_name)
        like.reasons.emplace_back("same name");
    else if (in_common >= 2)
        like.reasons.emplace_back("two names in common");
    else if (shares_a_part)
        like.reasons.emplace_back("one name in common");
    if (has_same_birth) like.reasons.emplace_back("same date of birth");
    like.strength += (has_same_name ? 2 : shares_a_part ? 1 : 0) + (has_same_birth ? 2 : 0);
    return like;
}

} // namespace

std::vector<Candidate> may_be(Transaction& transaction, const Child& described, std::size_t most)
{
    std::vector<std::pair<int, Candidate>> ranked;
    for (auto& [id, child] : look_for(transaction, described)) {
        if (id == described.id) continue;
        auto like = likeness(described, child);
        if (!like.reasons.empty()) ranked.emplace_back(like.strength, Candidate{child, std::move(like.reasons)});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<Candidate> candidates;
    for (auto& [strength, candidate] : ranked)
        if (candidates.size() < most) candidates.push_back(std::move(candidate));
    return candidates;
}

std::vector<Candidate> may_be(Transaction& transaction, const Name& name, const std::optional<PartialDate>& born,
                              std::size_t most)
{
    return may_be(transaction, Child{.names = {name}, .born = born}, most);
}

} // namespace reachable::records
