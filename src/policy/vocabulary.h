// The words of the policy language for what the program knows: roles, kinds of agency, categories, labels,
// relationships and marks of a record. A role is written as its title, with hyphens: "custody-sergeant".
#pragma once

#include "policy/any_of.h"
#include "policy/policy.h"

#include <array>

namespace reachable::policy {

constexpr std::size_t role_count = static_cast<std::size_t>(accounts::Role::ADMIN) + 1;
constexpr std::size_t kind_count = static_cast<std::size_t>(accounts::AgencyKind::immigration) + 1;
constexpr std::size_t label_count = 5;

/// What may be marked on the record asked about.
enum class Mark { sealed, under_alert, opened_with_reason, opened_by_break_glass };
constexpr std::size_t mark_count = 4;

/// Words in the order of the enumerators.
using Words = std::span<const std::string>;
Words words_of_roles();
Words words_of_kinds();
Words words_of_categories();
Words words_of_labels();
Words words_of_relationships();
Words words_of_marks();

inline std::string_view word_of(accounts::Role role)
{
    return words_of_roles()[static_cast<std::size_t>(role)];
}
inline std::string_view word_of(accounts::AgencyKind kind)
{
    return words_of_kinds()[static_cast<std::size_t>(kind)];
}
inline std::string_view word_of(Category category)
{
    return words_of_categories()[static_cast<std::size_t>(category)];
}
inline std::string_view word_of(Label label)
{
    return words_of_labels()[static_cast<std::size_t>(label)];
}
inline std::string_view word_of(Relationship one)
{
    return words_of_relationships()[static_cast<std::size_t>(one)];
}
inline std::string_view word_of(Mark mark)
{
    return words_of_marks()[static_cast<std::size_t>(mark)];
}

/// The place of a word among words; nothing if it is none of them.
std::optional<std::size_t> place_of(std::string_view word, Words words);

/// What to tell somebody who wrote `word`: “Did you mean “detaining”?”, or which words may stand there.
std::string remedy_for(std::string_view word, std::span<const std::string> words);

/// "15 minutes", "24 hours": the largest unit that fits without a rest.
std::string duration_text(std::chrono::seconds duration);

} // namespace reachable::policy
