// The policy as people write, read and sign it. Each struct is one statement of the text; read one aloud:
//
//     allow A02 "Custody sees what keeps the child safe tonight"
//       may read  to custody-sergeant, inspector of police-force
//       for custody-safeguarding  while detaining  sees custody up to sensitive
//
// Reading refuses a text with sentences that name line, word and remedy. Printing a text that was read and reading it
// again gives the same text. What is not said here is denied; what a statement does is told by decide() in compiled.h
// and, in the words of the specification, by plain_decide.h.
#pragma once

#include "policy/vocabulary.h"

namespace reachable::policy {

/// Where a statement stands in the text, and the comments above it.
struct Place {
    int order = 0;
    std::vector<std::string> comments = {};
    bool operator==(const Place&) const = default;
};

/// version 2026.1
struct VersionLine {
    Place place;
    std::string version;
    bool operator==(const VersionLine&) const = default;
};

/// purpose statistics "Count and publish" law "…"  — or — purpose training "Training" grants nothing
struct PurposeLine {
    Place place;
    std::string code;
    std::string title;
    std::string legal_basis; // empty: grants nothing
    bool operator==(const PurposeLine&) const = default;
};

/// relationship detaining proved by "…" ends 24 hours after "release"
struct RelationshipLine {
    Place place;
    Relationship relationship = Relationship::linked;
    std::string proved_by;
    std::chrono::seconds lasts{0}; // how long it outlives its end
    std::string end;
    bool operator==(const RelationshipLine&) const = default;
};

/// labels open < personal < … and categories id-core, …  and actions read, …
struct LabelsLine {
    Place place;
    bool operator==(const LabelsLine&) const = default;
};
struct CategoriesLine {
    Place place;
    AnyOf<Category> categories;
    bool operator==(const CategoriesLine&) const = default;
};
struct ActionsLine {
    Place place;
    std::vector<std::string> actions;
    bool operator==(const ActionsLine&) const = default;
};

/// A name for roles, kinds of organisation or actions that rules list together; it means the list, no more:
/// group the-desk of roles emergency-duty-worker, local-authority-duty-manager
/// It stands where rules say what may or may not be done, by whom and of which kinds. Conditions and duties name each
/// word.
enum class GroupOf { roles, kinds, actions };
struct GroupLine {
    Place place;
    std::string name;
    GroupOf of = GroupOf::roles;
    std::vector<std::string> members; // two at least
    bool operator==(const GroupLine&) const = default;
};

/// What somebody sees: a row of the table of field groups.
/// view custody  whole id-core  summary health  own observation  released meeting
struct ViewLine {
    Place place;
    std::string name;
    AnyOf<Category> whole;
    AnyOf<Category> summary;
    AnyOf<Category> own;      // whole, of what the asker's own organisation supplied
    AnyOf<Category> released; // whole, item by item, of what was released to the asker's organisation
    bool operator==(const ViewLine&) const = default;
};

/// One thing that is so, is not so, or cannot be told: "relationship is detaining, allocated", "record is not sealed".
enum class Subject { purpose, role, kind, action, relationship, record, second_factor };
constexpr std::size_t subject_count = 7;
struct Fact {
    Subject subject = Subject::purpose;
    bool is_not = false;
    std::uint64_t members = 0;      // roles, kinds, relationships or marks, one bit each
    std::vector<std::string> words; // purposes or actions
    std::chrono::seconds within{0}; // second_factor: proved not longer ago than this
    bool operator==(const Fact&) const = default;
};

/// Groups joined by "or"; the facts of a group are joined by "and". No groups: nothing is asked.
struct Condition {
    std::vector<std::vector<Fact>> groups;
    bool is_empty() const { return groups.empty(); }
    bool operator==(const Condition&) const = default;
};

struct Notice {
    AnyOf<accounts::Role> roles;
    std::chrono::seconds within{0};
    bool operator==(const Notice&) const = default;
};

/// then log; notify supervisor within 15 minutes; expire after 1 hour; review within 1 working day
struct Duties {
    bool log = false;
    std::vector<Notice> notices;
    std::optional<std::chrono::seconds> expire_after;
    std::optional<int> review_within_working_days;
    bool is_empty() const { return *this == Duties{}; }
    bool operator==(const Duties&) const = default;
};

struct AllowRule {
    Place place;
    std::string id;
    std::string sentence;
    std::vector<std::string> actions;
    AnyOf<accounts::Role> roles;
    bool or_their_supervisor = false;
    AnyOf<accounts::AgencyKind> kinds;
    std::vector<std::string> purposes;
    AnyOf<Relationship> relationships; // one of these; empty: none is needed
    Condition when;
    std::string view; // empty: shows nothing
    Label up_to = Label::open;
    Duties duties;
    bool operator==(const AllowRule&) const = default;
};

/// Cuts what allows show: unless `unless` is surely so, while `when` is or may be so.
struct LimitRule {
    Place place;
    std::string id;
    std::string sentence;
    AnyOf<Category> categories;
    Condition when;
    Condition unless;
    Show at_most = Show::hide;
    bool operator==(const LimitRule&) const = default;
};

/// Denies, whatever is allowed. `duties` are for those whom `unless` lets past.
struct ForbidRule {
    Place place;
    std::string id;
    std::string sentence;
    std::vector<std::string> actions; // empty: any
    Condition when;                   // empty: always
    Condition unless;
    Duties duties;
    bool operator==(const ForbidRule&) const = default;
};

/// Stands in for a missing relationship of allows, never for anything else. Always expires and always notifies.
struct BreakGlassRule {
    Place place;
    std::string id;
    std::string sentence;
    std::vector<std::string> actions;
    AnyOf<accounts::Role> roles;
    AnyOf<accounts::AgencyKind> kinds;
    std::vector<std::string> purposes;
    std::size_t reason_characters = 0;
    std::chrono::seconds second_factor_within{0};
    Label up_to = Label::open;
    Duties duties;
    bool operator==(const BreakGlassRule&) const = default;
};

struct PolicyText {
    std::optional<VersionLine> version;
    std::vector<PurposeLine> purposes;
    std::optional<LabelsLine> labels;
    std::optional<CategoriesLine> categories;
    std::vector<RelationshipLine> relationships;
    std::optional<ActionsLine> actions;
    std::vector<GroupLine> groups;
    std::vector<ViewLine> views;
    std::vector<AllowRule> allows;
    std::vector<LimitRule> limits;
    std::vector<ForbidRule> forbids;
    std::vector<BreakGlassRule> break_glass;
    std::vector<std::string> comments_at_end;
    bool operator==(const PolicyText&) const = default;

    const ViewLine* find_view(std::string_view name) const;
    const PurposeLine* find_purpose(std::string_view code) const;
    const RelationshipLine* find_relationship(Relationship relationship) const;
};

/// Refuses what it cannot read, every fault at once: “line 31: “detianing” is no relationship. Did you mean
/// “detaining”?”. At most a megabyte, 1,000 rules, 64 purposes and 256 actions.
Result<PolicyText> read_policy(std::string_view text);

/// As the text is laid out: one statement after another in its own order, comments above the statement they stand in.
/// Where a rule lists all that a group holds, the name of the group stands for it.
std::string print_policy(const PolicyText& text);

/// The text without comments and groups, every list whole and every statement in one fixed order: what the hash is
/// taken of.
std::string canonical(const PolicyText& text);
/// SHA-256 of the canonical text, in hex.
std::string hash_of(const PolicyText& text);

/// A condition or the duties of a statement as they stand in the text.
std::string print_condition(const Condition& condition);
std::string print_duties(const Duties& duties);

} // namespace reachable::policy
