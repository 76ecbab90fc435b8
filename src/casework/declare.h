// How a capability declares its cases: the facts recorded, the actions that move a case, the clocks that run.
// Everything mechanical (storage, forms, JSON, OpenAPI, audit, reference pages) follows from these tables, and
// `checked()` proves them at compile time. A condition or a change is a function with a name, never a text.
#pragma once

#include "accounts/sessions.h"
#include "base/any_of.h"
#include "notices/notices.h"
#include "policy/policy.h"
#include "records/facts.h"

#include <functional>
#include <memory>
#include <set>
#include <span>

namespace reachable::casework {

using accounts::Role;
using accounts::Session;
using notices::Mail;
using notices::Notice;
using policy::FieldClass;
using records::Fact;
using records::Kind;
using records::Narrative;

/// The row of that name, or null.
auto find_named(const auto& rows, std::string_view name) -> decltype(rows.data())
{
    for (const auto& row : rows)
        if (row.name == name) return &row;
    return nullptr;
}

/// One fact of a case: its name everywhere, how closely it is held, and the words a form shows.
struct Field {
    std::string_view name;
    FieldClass held;
    std::string_view label;
    std::string_view hint;
    std::string_view codes; // the dated list its values come from; empty: free
    Kind kind;
    Json (*write)(const void* facts);
    Result<> (*read)(void* facts, const Json& value);
    void (*clear)(void* facts);
    bool (*is_empty)(const void* facts);
    bool is_noted = false; // set by the service itself; never taken from outside
};

/// A field of a part that the service notes itself: who, when, by which way.
constexpr Field noted(Field field)
{
    field.is_noted = true;
    return field;
}

// Never called: what a member belongs to and holds, and what a function takes first.
namespace detail {
template <class Owner, class Value>
Owner owner_of(Value Owner::*);
template <class Owner, class Value>
Value value_of(Value Owner::*);
template <class Taken, class First, class... Rest>
std::remove_cvref_t<First> first_of(Taken (*)(First, Rest...));
} // namespace detail

/// Declares the field kept in a member: field<&Detention::station>("station", custody_personal, "Custody suite").
template <auto Member>
constexpr Field field(std::string_view name, FieldClass held, std::string_view label, std::string_view hint = {},
                      std::string_view codes = {})
{
    using Owner = decltype(detail::owner_of(Member));
    using Travel = Fact<decltype(detail::value_of(Member))>;
    return Field{
        .name = name,
        .held = held,
        .label = label,
        .hint = hint,
        .codes = codes,
        .kind = codes.empty() || Travel::kind == Kind::codes ? Travel::kind : Kind::code,
        .write = [](const void* facts) { return Travel::write(static_cast<const Owner*>(facts)->*Member); },
        .read = [](void* facts, const Json& value) -> Result<> {
            static_cast<Owner*>(facts)->*Member = TRY(Travel::read(value));
            return {};
        },
        .clear = [](void* facts) { static_cast<Owner*>(facts)->*Member = {}; },
        .is_empty = [](const void* facts) { return Travel::is_empty(static_cast<const Owner*>(facts)->*Member); },
    };
}

/// A repeating part: a list of items with fields of their own (answers, acknowledgements).
struct Part {
    std::string_view name;
    std::string_view label;
    std::string_view key; // an item with the same key takes the old one's place; empty: every item is a new one
    std::span<const Field> fields;
    std::size_t (*count)(const void* facts);
    const void* (*at)(const void* facts, std::size_t index);
    void* (*slot)(void* facts, std::size_t index); // one past the end adds an item
    void (*remove_at)(void* facts, std::size_t index);
    FieldClass (*held)(const void* item);        // how closely a whole item is held, when it depends on the item
    FieldClass (*released_as)(const void* item); // a second class under which whoever may see that sees the item too

    const Field* find_field(std::string_view field) const { return find_named(fields, field); }
};

/// How closely an item is held: as it says itself, or as the most closely held of its fields.
FieldClass class_of(const Part& part, const void* item);

template <auto Member>
constexpr Part part(std::string_view name, std::string_view label, std::string_view key, std::span<const Field> fields,
                    FieldClass (*held)(const void* item) = nullptr,
                    FieldClass (*released_as)(const void* item) = nullptr)
{
    using Owner = decltype(detail::owner_of(Member));
    return Part{
        .name = name,
        .label = label,
        .key = key,
        .fields = fields,
        .count = [](const void* facts) { return (static_cast<const Owner*>(facts)->*Member).size(); },
        .at = [](const void* facts, std::size_t index) -> const void* {
            return &(static_cast<const Owner*>(facts)->*Member).at(index);
        },
        .slot = [](void* facts, std::size_t index) -> void* {
            auto& items = static_cast<Owner*>(facts)->*Member;
            if (index == items.size()) items.emplace_back();
            return &items.at(index);
        },
        .remove_at =
            [](void* facts, std::size_t index) {
                auto& items = static_cast<Owner*>(facts)->*Member;
                items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
            },
        .held = held,
        .released_as = released_as,
    };
}

/// Names in a table cell.
using States = AnyOf<std::string_view>;
using Roles = AnyOf<Role>;

/// Before a case exists. Only an action from here opens one.
constexpr std::string_view nothing_yet = "nothing yet";
/// As the place an action leads to: the state it came from.
constexpr std::string_view same_state = "same state";
/// The action every type with `may_correct` has: it sets one field right and says why.
constexpr std::string_view correct_action = "correct";

struct Desk;

/// What a condition or a change may look at, and what it may ask for. Writes asked for here happen only if the act
/// does.
struct Context {
    const Desk& desk;
    storage::Transaction& transaction; // for reading only
    const Session& session;
    UtcTime now{};
    CaseId case_id;
    std::string_view state; // before the act
    const Json& asked;
    std::string_view next_state; // may be set to another of the action's states
    std::vector<std::function<void(storage::Transaction&)>> writes;
    std::vector<Notice> notices;
    std::vector<Mail> mails;
};

using Condition = Result<> (*)(const void* facts, const Context& context);
using Change = Result<> (*)(void* facts, const void* before, Context& context);

/// A named condition over typed facts: only_if<a_plan_is_recorded>.
template <auto Function>
constexpr Condition only_if = [](const void* facts, const Context& context) -> Result<> {
    using Facts = decltype(detail::first_of(Function));
    return Function(*static_cast<const Facts*>(facts), context);
};

/// A named change of typed facts, told the facts before: doing<note_who_answered>.
template <auto Function>
constexpr Change doing = [](void* facts, const void* before, Context& context) -> Result<> {
    using Facts = decltype(detail::first_of(Function));
    return Function(*static_cast<Facts*>(facts), *static_cast<const Facts*>(before), context);
};

/// One way a case moves. `asks` names fields and parts, with "?" behind what may be left out.
struct Action {
    std::string_view name;
    States from; // none: any in which a case stands, as a correction may
    States to;   // the first unless the change chooses another of them
    Roles who;
    std::string_view asks;
    std::string_view title; // the words on its button
    Condition only_if = nullptr;
    Change then = nullptr;
    bool is_strict = false; // about what the page showed: any change since then refuses it

    constexpr bool opens() const { return from.has(nothing_yet); }
    constexpr bool comes_from(std::string_view state) const { return from.count == 0 || from.has(state); }
};

/// What happens when an action starts a clock that is running already.
enum class Again { keeps, runs_beside };

/// A clock of the case. Its length, warnings and ladder are dated data under the same code.
struct Clock {
    std::string_view code;
    std::string_view title;
    AnyOf<std::string_view> starts_on; // actions
    AnyOf<std::string_view> stops_on;
    std::string_view because;
    std::optional<UtcTime> (*starts_at)(const void* facts) = nullptr; // nothing: the moment of the action
    std::optional<UtcTime> (*stops_at)(const void* facts) = nullptr;  // nothing: the moment of the action
    bool (*stops_if)(const void* facts) = nullptr;                    // asked after a stopping action
    Again again = Again::keeps;
    AnyOf<std::string_view> corrected_on = {};      // actions by which a second person puts its start or its end right
    bool outlives_queue = false;                    // still asks for attention when the case has left its queue
    bool (*starts_if)(const void* facts) = nullptr; // asked after a starting action; nothing: it starts every time
};

/// Whom a case is about and who holds its two ends; kept beside the facts so that queues need not read them.
struct Heading {
    ChildId child;
    ChildId other = {}; // of a case about two children: whoever may not know of either is not shown it
    AgencyId agency;    // the side that owns the case
    TeamId team;
    AgencyId partner; // the side that is asked
    TeamId partner_team;
    /// When what connects a side with the child came to its end. Known of a loaded case; queues hold open cases only.
    std::optional<UtcTime> ended_at = {};         // for the side that owns the case
    std::optional<UtcTime> partner_ended_at = {}; // for the side that is asked
    bool operator==(const Heading&) const = default;
    /// Whom a notice to one side reaches.
    notices::Addressee side(bool is_partner) const;
};

/// A declared kind of case.
struct CaseType {
    std::string_view name; // "custody"
    std::string_view title;
    std::span<const std::string_view> states;
    std::span<const std::string_view> open_states; // those that stand in a queue
    std::span<const Field> fields;
    std::span<const Part> parts;
    std::span<const Action> actions;
    std::span<const Clock> clocks;
    Roles may_correct; // who may correct a field, with a reason
    std::string_view
        not_correctable; // fields a correction may not touch: times a clock starts from need a second person
    Change when_corrected = nullptr;                  // what a correction brings about beside
    std::shared_ptr<void> (*copy)(const void* facts); // null: an empty one
    Heading (*heading)(const void* facts);
    /// What connects this session with the case, from records only; the policy's text says how long each outlives its
    /// end.
    std::vector<policy::Link> (*relate)(const Heading& heading, const Session& session);
    /// How closely the mere existence and place in a queue is held.
    FieldClass held;
    /// How closely the case holds who the child is, and at least how closely where the child lives. A case about access
    /// to the child's record shows its opener no more of the child by that: sealed, or restricted to those who check.
    policy::Label child_held = policy::Label::personal;

    const Action* find_action(std::string_view action) const { return find_named(actions, action); }
    /// The declared actions, and the correction that every type with `may_correct` has.
    std::vector<Action> all_actions() const;
    /// An action as policy and audit name it: "custody.book_in".
    std::string full_name(std::string_view action) const { return std::string(name).append(".").append(action); }
    const Field* find_field(std::string_view field) const { return find_named(fields, field); }
    const Part* find_part(std::string_view part) const { return find_named(parts, part); }
    bool is_open(std::string_view state) const { return std::ranges::find(open_states, state) != open_states.end(); }
    /// False for the times and the sides that a correction may not touch.
    bool may_be_corrected(std::string_view field) const;
};

template <class Facts>
std::shared_ptr<void> copy_of(const void* facts)
{
    if (facts == nullptr) return std::make_shared<Facts>();
    return std::make_shared<Facts>(*static_cast<const Facts*>(facts));
}

/// One word of an `asks` cell.
struct Ask {
    std::string_view name;
    bool is_required = true;
};
/// The words of a cell, with "?" behind what may be left out.
constexpr std::vector<Ask> asks_of(std::string_view cell)
{
    std::vector<Ask> asks;
    while (!cell.empty()) {
        const auto word = cell.substr(0, cell.find(' '));
        cell.remove_prefix(std::min(word.size() + 1, cell.size()));
        const bool is_optional = word.ends_with('?');
        if (!word.empty()) asks.push_back({word.substr(0, word.size() - (is_optional ? 1 : 0)), !is_optional});
    }
    return asks;
}
constexpr std::vector<Ask> asks_of(const Action& action)
{
    return asks_of(action.asks);
}

/// Proves a declaration while compiling: the sentence that is thrown is the one the compiler shows.
consteval CaseType checked(CaseType type); // defined in casework/checked.h, which a declaration includes

} // namespace reachable::casework
