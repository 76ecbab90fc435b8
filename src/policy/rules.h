// What a policy is made of: rows that allow, rows that forbid and rows that limit, and the one function that reads
// them.
//
// Read a row of `Allow` aloud: "A02: a custody sergeant of a police force may read, for custody-safeguarding, while the
// child is detained there, what custody sees, up to sensitive."
#pragma once

#include "policy/any_of.h"
#include "policy/policy.h"

namespace reachable::policy {

/// A column of the table of field groups: what is shown whole and what as a summary. The rest is hidden.
struct View {
    AnyOf<Category> whole;
    AnyOf<Category> summary;
};

/// Allows if every cell fits. Cells of words hold them divided by spaces.
struct Allow {
    std::string_view id;
    std::string_view sentence;
    std::string_view actions;
    AnyOf<accounts::Role> roles;
    AnyOf<accounts::AgencyKind> kinds;
    std::string_view purposes;
    AnyOf<Relationship> needs_one_of; // empty: no relationship is needed
    View view;
    Label up_to = Label::open;
    AnyOf<accounts::Role> tell = {};
    std::optional<std::chrono::seconds> expires_after = {};
};

/// Denies whatever any row allows, when `applies`. A condition that cannot be told counts as true.
struct Forbid {
    std::string_view id;
    std::string_view sentence;
    std::string_view condition; // in words, for the canonical text
    bool (*applies)(const Request& request);
};

/// Shows fields of these categories at most as `at_most`, unless `is_lifted`.
struct Limit {
    std::string_view id;
    std::string_view sentence;
    AnyOf<Category> categories;
    Show at_most = Show::hide;
    std::string_view exception; // in words, for the canonical text
    bool (*is_lifted)(const Request& request);
};

/// A whole policy. Tests build others by leaving rows out, adding some or changing their order.
struct Rules {
    std::vector<Allow> allows;
    std::vector<Forbid> forbids;
    std::vector<Limit> limits;
    std::vector<Purpose> purposes;
};

/// The answer to one request. Denies unless a row allows and none forbids; the order of rows has no effect.
Decision decide(const Rules& rules, const Request& request);

/// Everything the rules say, one line a row, sorted by id: what the hash is taken of.
std::string canonical(const Rules& rules);

/// True if `word` is one of the words of `words`, which are divided by spaces.
constexpr bool has_word(std::string_view words, std::string_view word)
{
    if (word.empty() || word.find(' ') != std::string_view::npos) return false;
    while (!words.empty()) {
        const auto end = words.find(' ');
        if (words.substr(0, end) == word) return true;
        if (end == std::string_view::npos) return false;
        words.remove_prefix(end + 1);
    }
    return false;
}

/// The rows built in today.
const Rules& custody_rules();

} // namespace reachable::policy
