// Who may see or do what, and why. One question (Request), one answer (Decision), no other way.
// A decision is a pure function of the request and the policy: it reads no clock, no database and no session.
#pragma once

#include "accounts/accounts.h"
#include "base/crypto.h"
#include "base/time.h"

#include <cstdint>
#include <set>

namespace reachable::policy {

/// The group a field belongs to (specification of field groups). One bit each in the audit.
enum class Category {
    id_core,
    address,
    safety_summary,
    health,
    social_care,
    missing,
    interview_text,
    intelligence,
    custody,
    referral,
    crime,
    observation,
    meeting,
    disruption,
    statistics,
    administration
};
constexpr std::size_t category_count = 16;
std::string_view code_of(Category category);
/// "identity", "health" … for pages.
std::string_view title_of(Category category);

/// How closely a field is held. Ordered: a reader's ceiling shows everything at or below it.
enum class Label { open, personal, sensitive, restricted, sealed };
std::string_view code_of(Label label);

/// What the records say about a thing. What could not be looked up is unknown, and counts against access.
enum class Told { unknown, no, yes };

/// A class of field: every field of a declaration names category and label. An item may also be known to come from the
/// asker's own organisation, or to have been released to it by those who hold it. `operator<=>` gives a stable order.
struct FieldClass {
    Category category;
    Label label;
    Told supplied_by_own_agency;
    Told released_to_agency;
    /// Category and label are always said: a field that names neither does not compile.
    constexpr FieldClass(Category of, Label up_to, Told own = Told::unknown, Told released = Told::unknown)
        : category(of), label(up_to), supplied_by_own_agency(own), released_to_agency(released)
    {
    }
    auto operator<=>(const FieldClass&) const = default;
};

/// What connects the person who asks with the child or case asked about. Worked out from records, never typed in by the
/// person who gains from it.
enum class Relationship {
    detaining,  // the child is detained at the asker's suite or force, or was until 24 hours ago
    duty_desk,  // a request is addressed to the asker's desk and the asker is on it, or holds its one-time link
    allocated,  // the child is allocated to the asker
    searching,  // the child is missing in the asker's area
    own_agency, // the case belongs to the asker's agency
    linked,     // the asker is family, colleague or the person the record is about
    attending,  // the child is on the agenda of a meeting that the asker attends
    enquiry,    // a request, a review or an inspection under a reference names the record
};
constexpr std::size_t relationship_count = 8;
std::string_view code_of(Relationship relationship);

/// A relationship as records prove it: since when, and until when if it has ended.
struct Link {
    Relationship relationship = Relationship::linked;
    UtcTime since{};
    std::optional<UtcTime> ended_at = {};
};

/// A person breaks the glass: life is at risk and the usual link is missing. They give a reason and a second factor
/// that is fresh at that moment, and it ends by itself.
struct BreakGlass {
    std::size_t reason_characters = 0;  // the length of the reason they wrote
    std::chrono::seconds opened_ago{0}; // below nothing when the clock went back: then it is not open
    bool operator==(const BreakGlass&) const = default;
};

/// What the service can do at this moment. A duty that cannot be met turns leave into denial.
struct Means {
    bool can_log = true;
    bool can_notify = true;
    bool can_expire = true; // the clock can be relied on
    bool operator==(const Means&) const = default;
};

/// Everything a decision depends on.
struct Request {
    WorkerId worker;
    AgencyId agency;
    accounts::AgencyKind agency_kind = accounts::AgencyKind::police_force;
    accounts::Role role = accounts::Role::system;
    std::string purpose; // a purpose code, chosen by the person; empty: none chosen
    std::string action;  // "read", or a declared action such as "custody.book_in"
    std::optional<ChildId> child;
    std::set<Relationship> relationships;
    std::vector<FieldClass> fields; // what is asked for, in the order the answer comes back
    bool is_sealed = false;         // a flag on the record
    std::chrono::seconds second_factor_age{0};
    std::set<Relationship> unsure_relationships = {}; // those that could not be looked up
    Told is_under_alert = Told::unknown;              // a safety alert about the child is live
    Told is_opened_with_reason = Told::unknown;       // the asker wrote down why they open this record
    std::optional<accounts::Role> supervised = {};    // a supervisor: the role of those whose work is looked at
    std::optional<BreakGlass> break_glass = {};
    Means means = {};
};

/// How much of a field is shown. Ordered from least to most.
enum class Show { hide, generalise, mask, show };

/// How much of a fact of a case is shown where the policy shows so much of its class. A fact is short, so where a
/// summary is shown the fact is the summary. Of an interview it is not: what a child told is read whole or not at all,
/// and its summary is what was shared from it, which stands as facts of its own.
constexpr Show of_a_fact(const FieldClass& held, Show show)
{
    return held.category == Category::interview_text && show < Show::show ? Show::hide : show;
}

/// What must be done because something was allowed. Every decision is logged.
struct Obligations {
    bool log = true;
    std::vector<accounts::Role> tell;                  // roles to be told, in the order of the roles
    std::vector<std::chrono::seconds> tell_within;     // for each of them, how soon at the latest
    std::optional<std::chrono::seconds> expires_after; // what was shown is no longer open after this
    std::optional<int> review_within_working_days;
    bool operator==(const Obligations&) const = default;
};

struct Decision {
    bool is_allowed = false;
    std::vector<Show> fields;         // one for each field of the request; all hidden when not allowed
    std::vector<std::string> rules;   // ids of the rules used: "A12", "L3"; stand in the audit
    std::vector<std::string> reasons; // a sentence each, for the person who was refused or sees less
    Obligations obligations;
};

/// The record is sealed, and the asker has not written down why they open it.
inline bool waits_for_a_reason(const Request& asked)
{
    return asked.is_sealed && asked.is_opened_with_reason != Told::yes;
}
/// True if the asker learns that the record is there, its first field being that it is. Who works with a sealed record
/// does, so that they can say why they open it; of the child they learn nothing by that.
inline bool tells_that_it_is_there(const Request& asked, const Decision& decision)
{
    return decision.is_allowed && (decision.fields.front() != Show::hide || waits_for_a_reason(asked));
}
/// What somebody is told who may not write what they wrote.
inline std::string_view why_not_written(const Request& asked)
{
    return waits_for_a_reason(asked) ? "This record is sealed: say first why you open it" : "You may not record this";
}

/// Purposes a person may choose from, with the words a page shows and the legal basis.
struct Purpose {
    std::string_view code;
    std::string_view title;
    std::string_view legal_basis;
};

/// The seam. The service reads one from its signed text (text_policy.h, signed_policy.h).
class Policy {
  public:
    virtual ~Policy() = default;
    /// Never throws; denies what it does not know.
    virtual Decision decide(const Request& request) const = 0;
    virtual std::span<const Purpose> purposes() const = 0;
    /// The purposes that rules for this role name. A supervisor may choose those of the role they supervise too.
    virtual std::vector<Purpose> purposes_of(accounts::Role role) const = 0;
    /// Those of the links that hold at `now`. A link outlives its end by what the text says. When the clock cannot be
    /// relied on, what has ended is over at once. A bar (linked) holds whenever it is known, whatever the clock says.
    virtual std::set<Relationship> live(std::span<const Link> links, UtcTime now, bool is_clock_sure = true) const = 0;
    /// SHA-256 of the policy's canonical text, in hex.
    virtual std::string hash() const = 0;
    /// The sentence of one rule, for "why" pages.
    virtual std::string explain(std::string_view rule_id) const = 0;
};

} // namespace reachable::policy
