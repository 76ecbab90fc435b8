// Tests of a policy that an officer can read: a table of who / what for which purpose / while what → sees what, and
// because of which rules. Written beside the policy, not generated from it.
//
//     view custody  whole id-core, custody  summary health  own observation
//     lasts detaining 24 hours
//     custody-sergeant of police-force | read | custody-safeguarding | detaining | custody up to sensitive | A02
//     custody-sergeant of police-force | read | custody-safeguarding | detaining, linked | denied | F2
//     everything else is denied
//
// A row says what exactly these people see while exactly this is so. "while" holds alternatives joined by "or", each a
// list of relationships and circumstances: sealed, under-alert, opened-with-reason, unsure-detaining,
// supervising-inspector, and for broken glass: broken, or broken-characters-19, broken-opened-3599, broken-proved-901;
// "nothing": none. "sees" is "denied", "nothing" or views joined by "and", each with its label, then "with address as
// summary", then duties. The last line says that the table is whole: whoever an allow could fit with one relationship
// or none, and who stands in no row, is denied.
#pragma once

#include "policy/text_policy.h"

namespace reachable::policy {

struct TestRow {
    int line = 0;
    std::uint64_t roles = 0;
    std::uint64_t kinds = 0;
    std::vector<std::string> actions;
    std::vector<std::string> purposes;
    std::vector<Request> situations; // relationships and circumstances of each alternative
    bool is_allowed = false;
    FieldView seen;
    Duties duties;
    std::vector<std::string> because; // every rule used when all fields are asked for
};

struct TestTable {
    std::vector<TestRow> rows;
    std::vector<std::pair<Relationship, std::chrono::seconds>> lasts;
    bool is_whole = false;
};

/// Refuses, by line and remedy, what it cannot read.
Result<TestTable> read_test_table(std::string_view text);

struct TestReport {
    std::size_t requests = 0;
    std::vector<std::string> failures; // a sentence each; no more than `most_failures` are gathered
    bool is_passed() const { return failures.empty(); }
};

/// Asks the policy everything the table says.
TestReport run_tests(const TestTable& table, const TextPolicy& policy, std::size_t most_failures = 20);

} // namespace reachable::policy
