// What repeats in the absences of children: who goes missing with whom, and where. Kept in narrow tables beside the
// cases, written with the act that changes an episode, so that no question reads all episodes.
#pragma once

#include "casework/desk.h"
#include "derived/site.h"
#include "storage/migrations.h"

namespace reachable::patterns {

/// With whom and where a child was in one episode, as the episode says now.
struct Trace {
    struct With {
        ChildId child;
        CaseId episode;
        bool operator==(const With&) const = default;
    };
    struct Where {
        std::string role; // missing.place_roles
        std::string kind; // missing.place_kinds
        std::string name;
        AgencyId area; // the force in whose area it lies
    };
    CaseId episode;
    ChildId child;
    UtcTime began{};
    AgencyId force;         // that leads
    bool is_absence = true; // false: an inspector decided that the child was not missing
    std::vector<With> with = {};
    std::vector<Where> places = {};
};
/// Puts what the episode says now in the place of what was known by it.
void note(storage::Transaction& transaction, const Trace& trace, UtcTime now);
/// Where the tables and that episode differ; each a sentence.
std::vector<std::string> differences(storage::Transaction& transaction, const Trace& trace);

/// How a place is told apart: letters and digits of its name in small letters, with one gap between words.
std::string key_of_place(std::string_view name);

/// Two children who were missing together, seen from the first.
struct Pair {
    ChildId child;
    ChildId other;
    std::size_t times = 0; // episodes of the first
    UtcTime last{};
    std::set<AgencyId> forces = {}; // that led
    bool operator==(const Pair&) const = default;
};
/// Those of these children within two years, the most frequent first and then the newest; of two of these children
/// once.
std::vector<Pair> pairs_of(storage::Transaction& transaction, std::span<const ChildId> children, UtcTime now,
                           std::size_t most);

constexpr auto named_within = hours{24 * 90};
constexpr std::size_t named_from = 3; // different children (R-B-09)

/// A place in the area of a force that three different children or more went missing from, went to or were found at
/// within 90 days.
struct Spot {
    std::string name;
    std::string kind;
    AgencyId area;
    bool is_home_that_reports = false; // ranked by nothing: reporting is protective (R-B-11)
    std::size_t children = 0;
    UtcTime last{};
    bool operator==(const Spot&) const = default;
};
/// At most 40, the one with the newest third child first. A child's own home and a foster home are never among them
/// (the column `told` of the list of kinds).
std::vector<Spot> spots_in(const lists::DatedLists& lists, storage::Transaction& transaction, AgencyId area,
                           UtcTime now);
/// The same of places in the areas of other forces, counting children whose episodes this force leads.
std::vector<Spot> spots_elsewhere(const lists::DatedLists& lists, storage::Transaction& transaction, AgencyId force,
                                  UtcTime now);
/// "3 or 4", or the count from five on.
std::string count_words(std::size_t children);

std::span<const storage::Migration> migrations();
std::string_view log_words(std::string_view action);
/// /patterns/pairs, /patterns/places, /children/{id}/network.
void add_pages(web::Router& router, const derived::Site& site);

} // namespace reachable::patterns
