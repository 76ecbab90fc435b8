// The parts that statements of a policy share: lists of declared words, conditions, ceilings and duties.
#pragma once

#include "policy/text.h"
#include "policy/token_reader.h"

namespace reachable::policy {

/// What rules may name, gathered from the declarations.
struct Declared {
    std::vector<std::string> purposes;     // those that grant something
    std::vector<std::string> all_purposes; // also those that grant nothing
    std::vector<std::string> actions;
    std::vector<std::string> views;
    std::vector<NamedWords> roles; // groups
    std::vector<NamedWords> kinds;
    std::vector<NamedWords> groups_of_actions;
    std::vector<std::string> categories;
    std::vector<std::string> relationships;
};

Result<AnyOf<Category>> categories(TokenReader& reader, const Declared& declared);
Result<AnyOf<Relationship>> relationships(TokenReader& reader, const Declared& declared);
/// Without groups where each is to be named.
Result<AnyOf<accounts::Role>> roles(TokenReader& reader, std::span<const NamedWords> groups = {});
Result<AnyOf<accounts::AgencyKind>> kinds(TokenReader& reader, std::span<const NamedWords> groups = {});

/// "up to sensitive". Refuses sealed: no rule shows it.
Result<Label> ceiling(TokenReader& reader);
/// The condition behind `word`; an empty one if the word does not stand here.
Result<Condition> condition_after(TokenReader& reader, const Declared& declared, std::string_view word);
/// "then log; notify …"; none if "then" does not stand here.
Result<Duties> duties_of(TokenReader& reader);

} // namespace reachable::policy
