#include "records/child_index.h"

#include "base/text.h"
#include "records/versions.h"

#include <set>

namespace reachable::records {
namespace {

using storage::Transaction;

void add_rows(Transaction& transaction, std::string_view statement, const storage::Value& child,
              const std::set<std::string>& keys)
{
    for (const auto& key : keys) transaction.execute(statement, {child, key});
}

} // namespace

std::string whole_name_row(const Name& name)
{
    const auto key = whole_key(name);
    return key.empty() ? key : "=" + key;
}

std::optional<std::string> birth_row(const std::optional<PartialDate>& born)
{
    if (!born || !born->month || !born->day) return std::nullopt;
    return to_iso(born->earliest());
}

std::string identifier_row(const Identifier& identifier)
{
    const auto value = join(keys_of(identifier.value), "");
    return value.empty() ? value : join(keys_of(identifier.type), "") + ":" + value;
}

void index_child(Transaction& transaction, const Child& child)
{
    const auto id = to_value(child.id);
    for (const auto* statement :
         {"delete from child_names where child = $1", "delete from child_births where child = $1",
          "delete from child_identifiers where child = $1"})
        transaction.execute(statement, {id});

    std::set<std::string> names;
    for (const auto& name : child.names) {
        for (auto& key : part_keys(name)) names.insert(std::move(key));
        names.insert(whole_name_row(name));
    }
    names.erase("");
    add_rows(transaction, "insert into child_names (child, key) values ($1, $2)", id, names);

    std::set<std::string> identifiers;
    for (const auto& identifier : child.identifiers) identifiers.insert(identifier_row(identifier));
    identifiers.erase("");
    add_rows(transaction, "insert into child_identifiers (child, key) values ($1, $2)", id, identifiers);

    if (const auto day = birth_row(child.born))
        transaction.execute("insert into child_births (child, day) values ($1, $2)", {id, *day});
}

} // namespace reachable::records
