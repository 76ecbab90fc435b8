// A policy text made ready for deciding: every list a number of bits, every word a place. Nothing here allocates, reads
// a clock or throws, so that a decision costs a few hundred nanoseconds and its time tells nothing.
//
// A Situation is a Request in such numbers, without the fields. An Outcome answers it for all fields at once: for each
// label and each kind of item, which categories are shown how. decide() in text_policy.cpp picks from it what was
// asked.
#pragma once

#include "policy/text.h"

#include <array>
#include <bitset>

namespace reachable::policy {

constexpr int nothing_known = -1; // a number that is no place: an unknown role, no purpose, an action of no rule

struct Situation {
    int role = nothing_known;
    int kind = nothing_known;
    int purpose = nothing_known;
    int action = nothing_known;
    AnyOf<Relationship> relationships;
    AnyOf<Relationship> unsure;
    AnyOf<Mark> marks;     // surely so
    AnyOf<Mark> not_marks; // surely not so
    int supervised = nothing_known;
    std::optional<BreakGlass> break_glass = {};
    std::int64_t second_factor_age = 0;
    Means means = {};
};

/// An item is told apart by two marks: bit 0, the asker's organisation supplied it; bit 1, it was released to them.
constexpr std::size_t item_kinds = 4;
/// Sealed things are shown by nothing, and need no row here.
constexpr std::size_t shown_labels = 4;

/// Of one label and one kind of item: the categories shown at least so much.
struct Shown {
    std::uint16_t generalised = 0;
    std::uint16_t masked = 0;
    std::uint16_t whole = 0;
    bool operator==(const Shown&) const = default;
};

struct FieldView {
    std::array<std::array<Shown, item_kinds>, shown_labels> shown{};
    bool operator==(const FieldView&) const = default;
    /// How a field is shown; hidden for a number that is no category or no label.
    Show of(const FieldClass& field) const;
};

constexpr std::size_t most_rules = 1000;
using RuleBits = std::bitset<most_rules>;

struct Outcome {
    bool is_allowed = false;
    bool is_forbidden = false;
    bool fits_task = false;                             // an allow would fit but for its relationship or condition
    bool lacks_means = false;                           // a duty could not be met
    FieldView opened;                                   // as the allows show it
    FieldView seen;                                     // after every limit
    RuleBits used;                                      // allows and broken glass that allow; or forbids that deny
    RuleBits limits;                                    // limits that apply, whether or not they cut anything
    std::array<std::int32_t, role_count> tell_within{}; // seconds; below nothing: not told
    std::int64_t expire_after = -1;
    int review_within_working_days = -1;
};

class Compiled {
  public:
    /// `text` as read_policy gives it.
    explicit Compiled(const PolicyText& text);

    Outcome decide(const Situation& situation) const;
    Situation situation_of(const Request& request) const;

    /// The rule behind a place in `used` and `limits`. Places are in the order of the rules' numbers.
    const std::string& id_of(std::size_t place) const { return names_[place].id; }
    const std::string& sentence_of(std::size_t place) const { return names_[place].sentence; }
    std::size_t rule_count() const { return names_.size(); }
    /// The categories a limit is of and what it leaves of them.
    std::pair<std::uint16_t, Show> cut_of(std::size_t place) const;

    int place_of_action(std::string_view action) const;
    int place_of_purpose(std::string_view purpose) const;

  private:
    struct Question {
        Subject subject = Subject::purpose;
        bool is_not = false;
        std::uint64_t members = 0;
        std::bitset<256> actions;
        std::int64_t within = 0;
    };
    using Questions = std::vector<std::vector<Question>>;
    struct Bound { // who, what and for which purpose
        std::uint64_t roles = 0;
        std::uint64_t kinds = 0;
        std::uint64_t purposes = 0;
        std::bitset<256> actions;
        bool or_their_supervisor = false;
    };
    struct Columns {
        std::uint16_t whole = 0;
        std::uint16_t summary = 0;
        std::uint16_t own = 0;
        std::uint16_t released = 0;
    };
    struct Allow {
        std::size_t place = 0;
        Bound bound;
        AnyOf<Relationship> relationships;
        Questions when;
        Columns columns;
        int up_to = nothing_known;
        Duties duties;
    };
    struct Limit {
        std::size_t place = 0;
        std::uint16_t categories = 0;
        Show at_most = Show::hide;
        Questions when;
        Questions unless;
    };
    struct Forbid {
        std::size_t place = 0;
        std::bitset<256> actions;
        bool is_of_any_action = true;
        Questions when;
        Questions unless;
        Duties duties;
    };
    struct Glass {
        std::size_t place = 0;
        Bound bound;
        std::size_t reason_characters = 0;
        std::int64_t second_factor_within = 0;
        std::int64_t lasts = 0;
        int up_to = nothing_known;
        Duties duties;
    };
    struct Name {
        std::string id;
        std::string sentence;
    };

    void name_rules(const PolicyText& text);
    std::size_t place_of_rule(std::string_view id) const;
    Bound bound_of(const AllowRule& rule) const;
    Bound bound_of(const BreakGlassRule& rule) const;
    std::uint64_t purpose_bits(const std::vector<std::string>& purposes) const;
    std::bitset<256> action_bits(const std::vector<std::string>& actions) const;
    Questions questions_of(const Condition& condition) const;
    static Columns columns_of(const PolicyText& text, const AllowRule& rule);

    static bool fits(const Bound& bound, const Situation& situation);
    static Told answer(const Question& question, const Situation& situation);
    static Told answer(const Questions& questions, const Situation& situation, Told if_empty);
    static bool is_broken(const Glass& glass, const Situation& situation);
    int ceiling_of_glass(const Situation& situation) const;
    void forbid(Outcome& outcome, const Situation& situation) const;
    void allow(Outcome& outcome, const Situation& situation, int glass_up_to) const;
    void limit(Outcome& outcome, const Situation& situation) const;
    static void add_duties(Outcome& outcome, const Duties& duties);
    using ColumnsByCeiling = std::array<Columns, shown_labels>;
    static void open(FieldView& view, const ColumnsByCeiling& columns, bool is_own_case);

    std::vector<std::string> actions_;
    std::vector<std::string> purposes_;
    std::vector<Name> names_;
    std::vector<Allow> allows_;
    std::array<std::vector<std::uint16_t>, role_count> allows_of_role_;
    std::vector<Limit> limits_;
    std::vector<Forbid> forbids_;
    std::vector<Glass> glasses_;
};

} // namespace reachable::policy
